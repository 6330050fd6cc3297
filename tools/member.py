"""Take one network out of weights that hold several, to train it on or to look at it alone."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

EXAMPLES = """examples:
  python tools/member.py mean_of_two            # networks.0 (ResidualUNet), networks.1 (TextGuidedUNet)
  python tools/member.py mean_of_two led --member networks.1

Without a folder the members are listed.
"""


def parser() -> argparse.ArgumentParser:
    """The command line."""
    result = argparse.ArgumentParser(
        description=__doc__, epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    result.add_argument("weights", help="weights folder of several networks, or the name of one that ships")
    result.add_argument("folder", type=Path, nargs="?", help="where to; weights that are there are replaced")
    result.add_argument("--member", metavar="NAME", help="which, by its place in config.json: networks.0")
    return result


def take_member(weights: str, folder: Path | None, *, member: str | None) -> str:
    """Write the folder; returns the type of its network. Without either, returns the list of members.

    Raises:
        FileNotFoundError: no weights.
        ValueError: they have no such member, and the message names those that they have; or no folder.
    """
    from restorekit.weights_folder import find_weights, load_weights_folder, save_weights_folder

    network, config = load_weights_folder(find_weights(weights))
    members = list_members(config["network"])
    if not members:
        raise ValueError(
            f"{weights} holds one network, {config['network']['type']}: there is none to take out"
        )
    told = ", ".join(f"{name} ({part['type']})" for name, part in members.items())
    if member is None and folder is None:
        return told
    if member not in members:
        asked = f"has no member {member}" if member else "needs a --member"
        raise ValueError(f"{weights} {asked}; it has: {told}")
    if folder is None:
        raise ValueError(f"--member {member} needs a folder to go to")
    prefix = f"{member}."
    state = network.state_dict()
    save_weights_folder(
        folder,
        network=members[member],
        inferencer=config["inferencer"],
        state_dict={key.removeprefix(prefix): state[key] for key in state if key.startswith(prefix)},
        task=config["task"],
        card=f"# {folder.name}\n\nThe network {member} of {weights}.\n",
    )
    return members[member]["type"]


def list_members(network: dict[str, Any], at: str = "") -> dict[str, dict[str, Any]]:
    """The networks in a network's config and in those, by where they stand: ``networks.1.networks.0``."""
    found: dict[str, dict[str, Any]] = {}
    for key, value in network.items():
        several = isinstance(value, list)
        parts = {f"{at}{key}.{i}": one for i, one in enumerate(value)} if several else {f"{at}{key}": value}
        for name, part in parts.items():
            if isinstance(part, dict) and "type" in part:
                found |= {name: part} | list_members(part, f"{name}.")
    return found


def main(argv: list[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    args = parser().parse_args(argv)
    from restorekit.cli import report_errors

    with report_errors() as outcome:
        kind = take_member(args.weights, args.folder, member=args.member)
        print(f"{args.folder}: {kind}, {args.member} of {args.weights}" if args.folder else kind)
    return outcome.code


if __name__ == "__main__":
    sys.exit(main())
