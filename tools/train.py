"""Train a network as a config says."""

from __future__ import annotations

import argparse
import sys

EXAMPLES = """examples:
  python tools/train.py configs/handwrite_residual_stage1.py --data my_pairs
  python tools/train.py configs/handwrite_finetune.py --data my_scans --data my_photos
  python tools/train.py configs/handwrite_stage1.py --cfg-options train_dataloader.batch_size=8
  python tools/train.py configs/handwrite_stage2.py --resume
  python tools/train.py configs/handwrite_made_pages.py --minutes 55   # on a machine rented by the hour
  torchrun --nproc-per-node 2 tools/train.py configs/handwrite_stage1.py   # on two GPUs
  tensorboard --logdir work_dirs            # watch it

Everything goes to work_dirs/CONFIG_NAME; best/ in it is ready for restorekit.load_restorer.
Ctrl-C and SIGTERM finish the step and save a checkpoint (exit code 130 and 143); Ctrl-C again ends at once.
"""


def parser() -> argparse.ArgumentParser:
    """The command line."""
    result = argparse.ArgumentParser(
        usage="python tools/train.py CONFIG [options]",
        description=__doc__,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    result.add_argument("config", help="config file, e.g. configs/handwrite_stage1.py")
    result.add_argument(
        "--data",
        action="append",
        metavar="DIR",
        help="folder with images/ and gts/; several by as many --data (default: the config's)",
    )
    result.add_argument(
        "--holdout",
        metavar="PAGES",
        help="validate on these and train on the others: a count, a share or a list file (default: 0.075)",
    )
    result.add_argument(
        "--val-data",
        metavar="DIR",
        help="validate on every page of this folder instead, and train on every page of --data",
    )
    result.add_argument("--work-dir", help="where everything goes (default: work_dirs/CONFIG_NAME)")
    result.add_argument(
        "--resume",
        action="store_true",
        help="go on from the newest checkpoint there; start where there is none",
    )
    result.add_argument(
        "--minutes",
        type=float,
        metavar="M",
        help="train this long, validations and all resumed runs together, the rates falling to zero by then;"
        " the config's max_iters stays an upper bound (default: max_iters alone)",
    )
    result.add_argument(
        "--amp", action="store_true", help="train in bf16 (default: where the machine is fast at it)"
    )
    result.add_argument(
        "--launcher",
        choices=("pytorch", "slurm", "mpi"),
        help="what started several processes (default: pytorch under torchrun)",
    )
    result.add_argument(
        "--cfg-options",
        nargs="+",
        metavar="KEY=VALUE",
        help="override config keys, e.g. train_cfg.max_iters=9",
    )
    return result


def main(argv: list[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    args = parser().parse_args(argv)
    from restorekit.cli import report_errors

    with report_errors(interrupted="interrupted; the same command with --resume goes on") as outcome:
        from restorekit.engine.config import parse_options
        from restorekit.engine.training import train

        train(
            args.config,
            options=parse_options(args.cfg_options),
            data=args.data,
            holdout=args.holdout,
            val_data=args.val_data,
            work_dir=args.work_dir,
            resume=args.resume,
            amp=args.amp,
            minutes=args.minutes,
            launcher=args.launcher,
        )
    return outcome.code


if __name__ == "__main__":
    sys.exit(main())
