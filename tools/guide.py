"""Give a residual U-Net's weights a text detector's features; they restore as before until trained on."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

EXAMPLES = """examples:
  pip download --no-deps rapidocr && unzip rapidocr-*.whl 'rapidocr/models/*' && pip install onnx
  python tools/guide.py work_dirs/handwrite_made_pages/best guided \\
      --detector rapidocr/models/PP-OCRv6_det_small.onnx
  python tools/train.py configs/handwrite_text_guided.py --data data/handwriting \\
      --cfg-options load_from=guided

The detector's weights are PaddleOCR's, under Apache-2.0. What ships has a detector already:
load_from=handwriting.
"""


def parser() -> argparse.ArgumentParser:
    """The command line."""
    result = argparse.ArgumentParser(
        description=__doc__, epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    result.add_argument("weights", help="weights folder of a ResidualUNet, or its name")
    result.add_argument("folder", type=Path, help="where to; weights that are there are replaced")
    result.add_argument("--detector", type=Path, required=True, help="PP-OCRv6_det_small.onnx")
    return result


def guide(weights: str, folder: Path, *, detector: Path) -> None:
    """Write the folder.

    Raises:
        FileNotFoundError: no weights, or no detector.
        ValueError: the weights are of another network, or the detector is.
        ModuleNotFoundError: the package onnx is not installed.
    """
    from restorekit.conversion.text_detector import read_text_detector
    from restorekit.networks import ResidualUNet, TextGuidedUNet
    from restorekit.weights_folder import find_weights, load_weights_folder, save_weights_folder

    plain, config = load_weights_folder(find_weights(weights))
    settings = config["network"]
    if type(plain) is not ResidualUNet:
        raise ValueError(
            f"{weights} holds {type(plain).__name__}; only a ResidualUNet can be guided (tools/member.py"
            " takes one out of several)"
        )
    patch = settings.get("patch", 2)
    network = settings | {"type": "TextGuidedUNet", "patch": patch}
    guided = TextGuidedUNet(**{key: value for key, value in network.items() if key != "type"})
    read_text_detector(detector, guided.backbone, guided.neck)
    guided.load_state_dict(guided.state_dict() | plain.state_dict())
    save_weights_folder(
        folder,
        network=network,
        inferencer=config["inferencer"],
        state_dict=guided.state_dict(),
        task=config["task"],
        card=f"# {folder.name}\n\nThe weights of {weights}, guided by {detector.name}, untrained.\n",
    )


def main(argv: list[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    args = parser().parse_args(argv)
    from restorekit.cli import report_errors

    with report_errors() as outcome:
        guide(args.weights, args.folder, detector=args.detector)
        print(f"{args.folder}: guided by {args.detector.name}")
    return outcome.code


if __name__ == "__main__":
    sys.exit(main())
