"""Give a residual U-Net's weights one more, coarser level; they restore as before until trained on."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

EXAMPLES = """examples:
  python tools/deepen.py handwriting deeper --width 192
  python tools/train.py configs/handwrite_made_pages.py --data data/handwriting --cfg-options \\
      load_from=deeper model.network.widths="(32,64,128,192,192)"

A level more lets the network see about twice as far around each pixel.
"""


def parser() -> argparse.ArgumentParser:
    """The command line."""
    result = argparse.ArgumentParser(
        description=__doc__, epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    result.add_argument("weights", help="weights folder of a ResidualUNet, or the name of one that ships")
    result.add_argument("folder", type=Path, help="where to; a folder that is there is replaced")
    result.add_argument("--width", type=int, default=192, help="channels of the new level (default: 192)")
    return result


def deepen(weights: str, folder: Path, *, width: int) -> tuple[int, ...]:
    """Write the folder; returns the widths of its network.

    Raises:
        FileNotFoundError: no weights.
        ValueError: the weights are of another network, or a width out of range.
    """
    from restorekit.networks.residual_unet import ResidualUNet, deepened_state
    from restorekit.registry import NETWORKS
    from restorekit.weights_folder import find_weights, load_weights_folder, save_weights_folder

    shallow, config = load_weights_folder(find_weights(weights))
    if not isinstance(shallow, ResidualUNet):
        raise ValueError(f"{weights} holds {type(shallow).__name__}; only a ResidualUNet can be deepened")
    widths = (*config["network"]["widths"], width)
    network = {**config["network"], "widths": widths}
    state = deepened_state(shallow, NETWORKS.build(network))
    save_weights_folder(
        folder,
        network=network,
        inferencer=config["inferencer"],
        state_dict=state,
        task=config["task"],
        card=f"# {folder.name}\n\nThe weights of {weights} with one more level, {width} wide, untrained.\n",
    )
    return widths


def main(argv: list[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    args = parser().parse_args(argv)
    from restorekit.cli import report_errors

    with report_errors() as outcome:
        widths = deepen(args.weights, args.folder, width=args.width)
        print(f"{args.folder}: widths {widths}")
    return outcome.code


if __name__ == "__main__":
    sys.exit(main())
