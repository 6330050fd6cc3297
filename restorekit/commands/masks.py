"""``restorekit masks``: make the masks of a folder of pairs, and check such a folder for what spoils it."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from restorekit.atomic import refuse_taken
from restorekit.commands.cores import available_cores
from restorekit.commands.outputs import output_file
from restorekit.commands.progress import track
from restorekit.wording import counted

if TYPE_CHECKING:
    from restorekit.datasets.checkup import Checkup

SHEET_ROWS = 60


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``restorekit masks``."""
    parser.description = (
        "A folder of pairs holds images/ (with ink), gts/ (the same pages without it) and perhaps masks/\n"
        "(white = ink), matched by name up to the extension."
    )
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    for action in (_add_check(actions), _add_make(actions)):
        action.formatter_class = argparse.RawDescriptionHelpFormatter
        action.add_argument("--image-folder", default="images", metavar="NAME", help="instead of images")
        action.add_argument("--target-folder", default="gts", metavar="NAME", help="instead of gts")
        action.add_argument("--mask-folder", default="masks", metavar="NAME", help="instead of masks")
        action.add_argument(
            "--workers", type=int, metavar="N", help="threads (default: one a core, at most 4)"
        )


def _add_check(actions: argparse._SubParsersAction) -> argparse.ArgumentParser:
    check = actions.add_parser(
        "check",
        help="find shifted pairs, wrong masks, duplicates and more",
        description="Check folders of pairs. Exit code 1 if something is wrong.\n\n"
        "Found: files without a partner, unreadable or of several pages, sizes that differ, ground truth\n"
        "that is swapped with the input, shifted (by phase correlation outside the ink), changed outside\n"
        "the mask, of another tone, or has its rules drawn anew; masks that are inverted, empty, full, of\n"
        "levels 0 and 1, or miss the ink; folders most of whose pages show no ink; pages that show the\n"
        "same in two folders.\n"
        "Give training and validation folders together to find what leaks from one to the other.\n"
        "Measured besides: what the ink is like. Give made and real pages together to see where they differ.",
        epilog="examples:\n"
        "  restorekit masks check data/train\n"
        "  restorekit masks check data/train data/val --json report.json --sheet report.jpg\n\n"
        "json: ok, folders, page_count, problem_count, findings (how many of each kind), pages (each\n"
        "  with its measures and findings), and duplicates: for each page that others show too, its likest\n"
        "  across to other folders (a problem) and within its own, how like, and how many more there are.",
    )
    check.add_argument("folders", nargs="+", type=Path, metavar="DIR", help="folder of pairs")
    check.add_argument(
        "--json", type=output_file, metavar="FILE", help="write everything that was measured and found"
    )
    check.add_argument(
        "--sheet",
        type=output_file,
        metavar="FILE",
        help=f"write a picture (.jpg or .png) of up to {SHEET_ROWS} pages, the worst first",
    )
    return check


def _add_make(actions: argparse._SubParsersAction) -> argparse.ArgumentParser:
    make = actions.add_parser(
        "make",
        help="compute masks from the pairs",
        description="Write masks/NAME.png, white = ink, for every pair. Masks that are there are kept.",
        epilog="examples:\n"
        "  restorekit masks make data/train\n"
        "  restorekit masks make data/train --hard --overwrite",
    )
    make.add_argument("folder", type=Path, metavar="DIR", help="folder of pairs")
    kind = make.add_mutually_exclusive_group()
    for name, what in (
        ("soft", "difference / 20 levels, at most 1 (default)"),
        ("hard", "difference over 25 levels, grown by one pixel"),
    ):
        kind.add_argument(f"--{name}", dest="kind", action="store_const", const=name, help=what)
    make.set_defaults(kind="soft")
    make.add_argument("--overwrite", action="store_true", help="replace the masks that are there")
    return make


def run(args: argparse.Namespace) -> int:
    """Run the action; returns 1 if ``check`` found something wrong.

    Raises:
        ValueError: a folder or an argument that cannot be used.
    """
    if args.workers is not None and args.workers < 1:
        raise ValueError(f"--workers is {args.workers}; expected 1 or more")
    args.workers = args.workers or min(4, available_cores())
    return _check(args) if args.action == "check" else _make(args)


def _check(args: argparse.Namespace) -> int:
    from restorekit.datasets.checkup import conclude
    from restorekit.datasets.doctor import examine_pages, list_pages

    if args.sheet is not None and args.sheet.suffix.lower() not in (".jpg", ".jpeg", ".png"):
        raise ValueError(f"--sheet {args.sheet} has no extension .jpg or .png")
    pages = [
        page
        for folder in {os.path.realpath(folder): folder for folder in args.folders}.values()
        for page in list_pages(
            folder,
            image_folder=args.image_folder,
            target_folder=args.target_folder,
            mask_folder=args.mask_folder,
        )
    ]
    read = (file for page in pages for file in page.files.values())
    refuse_taken({"--json": args.json, "--sheet": args.sheet}, read)
    examined = list(track(examine_pages(pages, workers=args.workers), "examining", total=len(pages)))
    checkup = conclude(examined)
    _print(checkup)
    _write(checkup, args.json, args.sheet)
    return 1 if checkup.problem_count else 0


def _print(checkup: Checkup) -> None:
    from rich.console import Console

    from restorekit.datasets.checkup import findings_table, measures_table

    console = Console()
    if any(page.findings for page in checkup.pages):
        console.print(findings_table(checkup))
    console.print(measures_table(checkup))
    count, wrong = len(checkup.pages), checkup.problem_count
    pages = counted(count, "page")
    verdict = f"problems on {wrong} of {pages}" if wrong else f"{pages}, nothing wrong"
    console.print(verdict, style="red" if wrong else "green")


def _write(checkup: Checkup, json_path: Path | None, sheet_path: Path | None) -> None:
    import json

    from restorekit.atomic import write_whole
    from restorekit.datasets.checkup import as_json
    from restorekit.datasets.contact_sheet import choose_pages, draw_sheet
    from restorekit.datasets.writing import encode_image

    if json_path is not None:
        text = json.dumps(as_json(checkup), indent=2, ensure_ascii=False, allow_nan=False) + "\n"
        write_whole(json_path, text)
    if sheet_path is not None:
        sheet = draw_sheet(choose_pages(checkup.pages, most=SHEET_ROWS))
        write_whole(sheet_path, encode_image(sheet, sheet_path.suffix))


def _make(args: argparse.Namespace) -> int:
    from restorekit.datasets.mask_files import write_masks

    count, masks = write_masks(
        args.folder,
        kind=args.kind,
        overwrite=args.overwrite,
        workers=args.workers,
        image_folder=args.image_folder,
        target_folder=args.target_folder,
        mask_folder=args.mask_folder,
    )
    written = list(track(masks, f"{args.kind} masks", total=count))
    shares = [mask.share for mask in written if mask.share is not None]
    kept = sum(mask.kept for mask in written)
    folder = args.folder / args.mask_folder
    ink = f", {sum(shares) / len(shares):.1%} ink on average" if shares else ""
    print(f"{counted(len(shares), f'{args.kind} mask')} written to {folder}{ink}")
    if kept:
        print(f"{counted(kept, 'mask')} kept as before; --overwrite replaces what is there")
    return 0
