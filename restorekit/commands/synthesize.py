"""``restorekit synthesize``: pages with handwriting, or pictures with watermarks, made from nothing."""

from __future__ import annotations

import argparse
from pathlib import Path

from restorekit.commands.cores import available_cores
from restorekit.commands.outputs import output_folder
from restorekit.commands.progress import track
from restorekit.wording import counted


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``restorekit synthesize``."""
    parser.description = (
        "Make pairs to train on: images/ as somebody left them, gts/ as they were before, masks/ (white = "
        "ink or watermark) and manifest.json; alphas/ too for watermarks. The same seed makes the same "
        "bytes, whatever the number of workers; a run that was cut off goes on where it stopped."
    )
    parser.epilog = (
        "examples:\n"
        "  restorekit synthesize handwriting --pages 200 -o data/made\n"
        "  restorekit synthesize watermark --pages 50 -o data/marks --seed 7 --workers 4\n"
        "  restorekit synthesize handwriting --pages 500 -o data/mine --pages-from my_clean_scans/\n"
        "  restorekit synthesize watermark --pages 500 -o data/ours --pages-from photos/ --marks-from logos/"
    )
    parser.add_argument("task", choices=("handwriting", "watermark"), help="what is laid over the pages")
    parser.add_argument("--pages", type=int, required=True, metavar="N", help="how many pairs")
    parser.add_argument(
        "-o", "--output", type=output_folder, required=True, metavar="DIR", help="where to write them"
    )
    parser.add_argument(
        "--seed", type=int, default=0, metavar="S", help="other seed, other pages (default 0)"
    )
    parser.add_argument("--workers", type=int, metavar="W", help="processes (default: one a core, at most 8)")
    parser.add_argument("--height", type=int, default=1754, help="pixels (default 1754: A4 at 150 dpi)")
    parser.add_argument("--width", type=int, default=1240, help="pixels (default 1240)")
    parser.add_argument(
        "--format",
        choices=("jpg", "png"),
        default="jpg",
        help="jpg at quality 95, or png, exact (default jpg)",
    )
    parser.add_argument(
        "--pages-from", type=Path, metavar="DIR", help="your own clean pages, pictures or PDFs, to write on"
    )
    parser.add_argument(
        "--ink-from",
        type=Path,
        metavar="DIR",
        help="crops of real ink, dark on white, for half of the writers",
    )
    parser.add_argument("--fonts-from", type=Path, metavar="DIR", help="more fonts, for half of the pages")
    parser.add_argument(
        "--marks-from",
        type=Path,
        metavar="DIR",
        help="your own watermarks, with transparency or on white, for half of the marks",
    )


def run(args: argparse.Namespace) -> int:
    """Write the pairs.

    Raises:
        ValueError: an argument out of range, or the folder holds pages made with other settings.
        FileNotFoundError: a folder to take from is not there.
    """
    from restorekit.synthesis.folders import Job, write_folder

    folders = (args.pages_from, args.ink_from, args.fonts_from, args.marks_from)
    sources = (str(folder) if folder else "" for folder in folders)
    job = Job(args.task, args.seed, args.height, args.width, args.format, *sources)
    workers = args.workers if args.workers is not None else min(8, available_cores())
    counts = write_folder(job, args.output, args.pages, workers=workers)
    left = args.pages - next(counts)
    for _ in track(counts, f"{args.task} pages", total=left):
        pass
    print(f"{counted(args.pages, 'pair')} in {args.output}")
    return 0
