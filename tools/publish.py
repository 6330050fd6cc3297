"""Turn trained weights into a folder to give away: half precision, with a model card."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

EXAMPLES = """examples:
  python tools/publish.py work_dirs/handwrite_made_pages/best my_weights \\
      --card card.md --pictures before_after.jpg
  python tools/publish.py work_dirs/mine/best my_weights --card card.md --fp32

Half precision halves the file; test both folders with tools/test.py before you give it away. A card says what
the weights were trained on and under which licence, how long, what they reached, and what they fail at.
"""


def parser() -> argparse.ArgumentParser:
    """The command line."""
    result = argparse.ArgumentParser(
        description=__doc__, epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    result.add_argument("weights", help="weights folder, as training leaves in WORK_DIR/best")
    result.add_argument("folder", type=Path, help="where to; weights that are there are replaced")
    result.add_argument("--card", type=Path, required=True, metavar="FILE", help="the model card, Markdown")
    result.add_argument(
        "--pictures", type=Path, nargs="+", default=[], metavar="FILE", help="shown in the card"
    )
    result.add_argument("--fp32", action="store_true", help="keep full precision")
    return result


def publish(weights: str, folder: Path, *, card: Path, pictures: list[Path], fp32: bool) -> str:
    """Write the folder; returns the SHA-256 of its weights.

    Raises:
        FileNotFoundError, ValueError: no weights, no card, no such picture, or a weight too large for half
            precision.
    """
    import torch

    from restorekit.engine.testing import file_hash
    from restorekit.weights_folder import find_weights, load_weights_folder, save_weights_folder

    text = card.read_text(encoding="utf-8")
    shown = {picture.name: picture.read_bytes() for picture in pictures}
    network, config = load_weights_folder(find_weights(weights))
    state = network.state_dict()
    if not fp32:
        state = {key: value.half() if value.is_floating_point() else value for key, value in state.items()}
        lost = [key for key, value in state.items() if not torch.isfinite(value).all()]
        if lost:
            raise ValueError(f"{', '.join(lost)} does not fit half precision; use --fp32")
    save_weights_folder(
        folder,
        network=config["network"],
        inferencer=config["inferencer"],
        state_dict=state,
        task=config["task"],
        card=text,
    )
    for name, data in shown.items():
        (folder / name).write_bytes(data)
    return file_hash(str(folder))


def main(argv: list[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    args = parser().parse_args(argv)
    from restorekit.cli import report_errors

    with report_errors() as outcome:
        digest = publish(args.weights, args.folder, card=args.card, pictures=args.pictures, fp32=args.fp32)
        print(f"{args.folder}: sha256 {digest}")
    return outcome.code


if __name__ == "__main__":
    sys.exit(main())
