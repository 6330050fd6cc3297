"""Test weights on pairs: scores of each page, pictures, and a stamped result file."""

from __future__ import annotations

import argparse
import sys

EXAMPLES = """examples:
  python tools/test.py configs/handwrite_stage2.py work_dirs/handwrite_stage2/best --out results
  python tools/test.py configs/handwrite_residual_stage1.py work_dirs/handwrite_residual_stage1/best \\
      --data my_pairs --tta none --tile 512 --margin 64
  python tools/test.py configs/handwrite_made_pages.py handwriting --data my_test_set --holdout all
  python tools/test.py configs/handwrite_contest.py work_dirs/handwrite_stage2/best \\
      work_dirs/handwrite_nonlocal_stage2/best       # both models, averaged

--tta, --tile and --margin edit the config's `inferencer`; what you leave out stays as the config says.
"""


def parser() -> argparse.ArgumentParser:
    """The command line."""
    result = argparse.ArgumentParser(
        usage="python tools/test.py CONFIG WEIGHTS [WEIGHTS ...] [options]",
        description=__doc__,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    result.add_argument("config", help="config file, e.g. configs/handwrite_stage2.py")
    result.add_argument(
        "weights", nargs="+", help="weights folder, .safetensors or checkpoint; several are averaged"
    )
    result.add_argument(
        "--data",
        action="append",
        metavar="DIR",
        help="folder with images/ and gts/; several by as many --data (default: the config's)",
    )
    result.add_argument(
        "--holdout",
        metavar="PAGES",
        help="score these: a count, a share or a list file, as in training; or all (default: the config's)",
    )
    result.add_argument("--tta", choices=("none", "h", "v", "hv"), help="average over flips")
    result.add_argument("--tile", type=int, metavar="PX", help="tile side; 0 for the whole page at once")
    result.add_argument("--margin", type=int, metavar="PX", help="px dropped around each tile's centre")
    result.add_argument("--protocol", choices=("honest", "published"), help="how metrics are computed")
    result.add_argument("--precision", choices=("auto", "fp32", "bf16"), help="number format")
    result.add_argument("--out", metavar="DIR", help="write results.json, restored/ and compare/ there")
    result.add_argument("--cfg-options", nargs="+", metavar="KEY=VALUE", help="override config keys")
    return result


def main(argv: list[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    args = parser().parse_args(argv)
    from restorekit.cli import report_errors

    with report_errors() as outcome:
        from restorekit.engine.config import parse_options
        from restorekit.engine.testing import test

        options = vars(args)
        test(
            options.pop("config"),
            options.pop("weights"),
            options=parse_options(options.pop("cfg_options")),
            **options,
        )
    return outcome.code


if __name__ == "__main__":
    sys.exit(main())
