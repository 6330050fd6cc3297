"""Time a config's training steps or data loading on this machine, or the prediction of weights."""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Callable

EXAMPLES = """examples:
  python tools/benchmark.py training configs/handwrite_residual_stage1.py --crop 256
  python tools/benchmark.py loading configs/handwrite_stage1.py --data my_pairs
  python tools/benchmark.py prediction handwriting --megapixels 2

What is compared is timed in turn within one run; on a shared machine quote the ratios.
"""

NEEDS = {
    "training": ("model", "train_dataloader", "optim_wrapper"),
    "loading": ("train_dataloader",),
}


def parser() -> argparse.ArgumentParser:
    """The command line."""
    result = argparse.ArgumentParser(
        description=__doc__, epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    result.add_argument("what", choices=(*NEEDS, "prediction"))
    result.add_argument(
        "config", help="config file; of prediction, weights: a folder, or the name of those that ship"
    )
    result.add_argument("--data", metavar="DIR", help="folder with images/ and gts/ (default: the config's)")
    result.add_argument(
        "--crop", type=_above_zero(int), default=256, metavar="PX", help="training crop (default 256)"
    )
    result.add_argument(
        "--rounds",
        type=_above_zero(int),
        default=5,
        help="timed turns of a training step or a page (default 5)",
    )
    result.add_argument(
        "--samples", type=_above_zero(int), default=40, help="samples to load, twice (default 40)"
    )
    result.add_argument(
        "--megapixels", type=_above_zero(float), default=1.0, help="made page to predict (default 1)"
    )
    result.add_argument("--cfg-options", nargs="+", metavar="KEY=VALUE", help="override config keys")
    return result


def _above_zero(kind: Callable[[str], float]) -> Callable[[str], float]:
    def read(text: str) -> float:
        if not 0 < (value := kind(text)) < math.inf:
            raise argparse.ArgumentTypeError(f"expected a number above 0; got {text}")
        return value

    read.__name__ = "number"  # argparse names it where kind refuses the text
    return read


def main(argv: list[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    args = parser().parse_args(argv)
    from restorekit.cli import report_errors

    with report_errors() as outcome:
        from restorekit.engine import benchmark
        from restorekit.engine.config import load_config, parse_options
        from restorekit.engine.config_edits import choose_pages

        if args.what == "prediction":
            figures = benchmark.benchmark_prediction(
                args.config, megapixels=args.megapixels, rounds=args.rounds
            )
        else:
            config = load_config(args.config, parse_options(args.cfg_options), needs=NEEDS[args.what])
            choose_pages(config, ("train_dataloader",), data=args.data, holdout=None)
            if args.what == "training":
                figures = benchmark.benchmark_training(config, crop=args.crop, rounds=args.rounds)
            else:
                figures = benchmark.benchmark_loading(config, samples=args.samples)
        for name, value in figures.items():
            print(f"{name:<24}{value:10.3f}")
    return outcome.code


if __name__ == "__main__":
    sys.exit(main())
