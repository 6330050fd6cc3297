"""Give a residual U-Net's weights more levels, channels or blocks; until trained, they restore as before."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

EXAMPLES = """examples:
  python tools/grow.py handwriting deeper --widths 32,64,128,192,192
  python tools/train.py configs/handwrite_text_guided.py --data data/handwriting --cfg-options \\
      load_from=deeper model.network.widths="(32,64,128,192,192)"
  python tools/grow.py handwriting wider --widths 48,96,160,256 --blocks 3

A level more lets the network see about twice as far around each pixel; channels and blocks let it hold more.
"""


def parser() -> argparse.ArgumentParser:
    """The command line."""
    result = argparse.ArgumentParser(
        description=__doc__, epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    result.add_argument("weights", help="weights folder of a residual U-Net, or the name of one that ships")
    result.add_argument("folder", type=Path, help="where to; weights that are there are replaced")
    result.add_argument(
        "--widths", type=_widths, help="channels of each level, such as 48,96,160,256 (default: as they are)"
    )
    result.add_argument("--blocks", type=int, help="blocks a level (default: as they are)")
    return result


def _widths(text: str) -> tuple[int, ...]:
    try:
        return tuple(map(int, text.split(",")))
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"expected numbers with commas between, got {text!r}") from error


def grow(
    weights: str, folder: Path, *, widths: Sequence[int] | None = None, blocks: int | None = None
) -> dict[str, Any]:
    """Write the folder; returns the config of its network.

    Raises:
        FileNotFoundError: no weights.
        ValueError: the weights are of another network, or it would be smaller anywhere.
    """
    from restorekit.networks.residual_unet import ResidualUNet, grown_state
    from restorekit.registry import NETWORKS
    from restorekit.weights_folder import find_weights, load_weights_folder, save_weights_folder

    small, config = load_weights_folder(find_weights(weights))
    if not isinstance(small, ResidualUNet):
        raise ValueError(
            f"{weights} holds {type(small).__name__}; only a residual U-Net can grow (tools/member.py takes"
            " one out of several)"
        )
    network = dict(config["network"])
    if widths is not None:
        network["widths"] = list(widths)
    if blocks is not None:
        network["blocks"] = blocks
    save_weights_folder(
        folder,
        network=network,
        inferencer=config["inferencer"],
        state_dict=grown_state(small, NETWORKS.build(network)),
        task=config["task"],
        card=f"# {folder.name}\n\nThe weights of {weights}, grown to {network}, what is new untrained.\n",
    )
    return network


def main(argv: list[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    args = parser().parse_args(argv)
    from restorekit.cli import report_errors

    with report_errors() as outcome:
        network = grow(args.weights, args.folder, widths=args.widths, blocks=args.blocks)
        print(f"{args.folder}: {network}")
    return outcome.code


if __name__ == "__main__":
    sys.exit(main())
