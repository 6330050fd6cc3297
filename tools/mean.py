"""The mean of a network's weights before and after it went on learning: one network, as fast as either.

What training on other pages brings comes in, and most of what that loses on the pages before stays
(Wortsman et al., "Robust fine-tuning of zero-shot models", CVPR 2022, eq. 1).
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

EXAMPLES = """examples:
  python tools/mean.py handwriting work_dirs/handwrite_finetune/best mean
  python tools/mean.py handwriting work_dirs/handwrite_finetune/best mean --share 0.3   # nearer to the first

Compare on pages of both kinds: tools/test.py CONFIG mean --data DIR.
"""


def parser() -> argparse.ArgumentParser:
    """The command line."""
    result = argparse.ArgumentParser(
        description=__doc__, epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    result.add_argument("first", help="weights folder, or the name of one that ships; its inferencer is kept")
    result.add_argument("second", help="weights folder of the same network")
    result.add_argument("folder", type=Path, help="where to; weights that are there are replaced")
    result.add_argument("--share", type=float, default=0.5, help="of the second, 0 to 1 (default 0.5)")
    return result


def mean_weights(first: str, second: str, folder: Path, *, share: float) -> str:
    """Write the folder; returns the type of its network.

    Raises:
        FileNotFoundError: no weights.
        ValueError: two different networks, or a share out of range.
    """
    import torch

    from restorekit.networks.blocks import renew_spectral_norm
    from restorekit.weights_folder import find_weights, load_weights_folder, save_weights_folder

    if not 0 <= share <= 1:
        raise ValueError(f"--share is {share}; expected 0 to 1")
    (one, config), (other, second_config) = (
        load_weights_folder(find_weights(name)) for name in (first, second)
    )
    if config["network"] != second_config["network"]:
        raise ValueError(
            f"{first} and {second} hold different networks, whose weights have no mean: "
            f"{config['network']} and {second_config['network']}"
        )
    states = one.state_dict(), other.state_dict()
    one.load_state_dict(
        {key: torch.lerp(value.float(), states[1][key].float(), share) for key, value in states[0].items()}
    )
    renew_spectral_norm(one)
    save_weights_folder(
        folder,
        network=config["network"],
        inferencer=config["inferencer"],
        state_dict=one.state_dict(),
        task=config["task"],
        card=f"# {folder.name}\n\nThe mean of {first} and {second}, {share:g} of the second.\n",
    )
    return str(config["network"]["type"])


def main(argv: list[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    args = parser().parse_args(argv)
    from restorekit.cli import report_errors

    with report_errors() as outcome:
        kind = mean_weights(args.first, args.second, args.folder, share=args.share)
        print(f"{args.folder}: {kind}, the mean of {args.first} and {args.second}")
    return outcome.code


if __name__ == "__main__":
    sys.exit(main())
