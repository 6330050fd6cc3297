"""``restorekit evaluate``: score a folder of pictures, whoever made them, against the true ones."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from restorekit.atomic import refuse_taken
from restorekit.commands.outputs import output_file
from restorekit.commands.progress import track
from restorekit.wording import counted

if TYPE_CHECKING:
    from restorekit.metrics import Page

_REMEDIES = {
    "image": "the untouched pictures: add --images DIR",
    "mask": "the true masks: add --masks DIR",
    "mask_probability": "predicted masks, which a folder of pictures does not hold: leave it out",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``restorekit evaluate``."""
    parser.description = (
        "Score a folder of restored pictures, made by any method, against the folder of true ones.\n"
        "Pictures are matched by their name without the extension."
    )
    parser.epilog = (
        "examples:\n"
        "  restorekit evaluate out/ data/gts\n"
        "  restorekit evaluate out/ data/gts --images data/images --json scores.json\n"
        "  restorekit evaluate work_dirs/mine/results/restored data/gts --partial\n"
        "  restorekit evaluate out/ data/gts --protocol published --csv scores.csv"
    )
    parser.add_argument("results", type=Path, metavar="RESULTS", help="folder of the restored pictures")
    parser.add_argument("gts", type=Path, metavar="GTS", help="folder of the true pictures")
    parser.add_argument(
        "--images", type=Path, metavar="DIR", help="untouched pictures; adds damage, residue and psnr_gain"
    )
    parser.add_argument("--masks", type=Path, metavar="DIR", help="masks, white = ink; adds rmse_in_mask")
    parser.add_argument(
        "--partial",
        action="store_true",
        help="score the pictures of RESULTS where GTS has more, as after a test on held-out pages",
    )
    parser.add_argument(
        "--protocol",
        choices=("honest", "published"),
        default="honest",
        help="published: the text-removal papers' way (pEPs and pCEPs over 512 x 512, and their MSSIM); "
        "default: honest",
    )
    parser.add_argument(
        "--metrics", metavar="A,B,C", help="metrics wanted (default: all that the folders allow)"
    )
    parser.add_argument(
        "--json", type=output_file, metavar="FILE", help="write protocol, versions, mean and images"
    )
    parser.add_argument(
        "--csv", type=output_file, metavar="FILE", help="write one row a picture, then the mean"
    )


def run(args: argparse.Namespace) -> int:
    """Score the pictures, print the table, write the files asked for.

    Raises:
        ValueError: a folder without pictures, pictures without a partner, an unreadable picture, sizes
            that differ, a metric that is unknown or that the folders do not allow, or an output that would
            take a picture's place.
    """
    from restorekit.metrics.report import make_report, print_scores, write_csv, write_json

    roles = {"restored": args.results, "target": args.gts, "image": args.images, "mask": args.masks}
    folders = {role: folder for role, folder in roles.items() if folder is not None}
    names = _wanted_metrics(args.metrics, args.protocol, set(folders))
    files = match_files(folders, partial=args.partial)
    read = (file for found in files.values() for file in found.values())
    refuse_taken({"--json": args.json, "--csv": args.csv}, read)
    pages = _score_folders(files, names, args.protocol)
    print_scores(pages, args.protocol)
    if left_out := len(_pictures(args.gts)) - len(pages):
        print(f"not scored: {counted(left_out, 'picture')} of {args.gts} that {args.results} has not")
    if args.json is not None:
        write_json(args.json, make_report(pages, args.protocol))
    if args.csv is not None:
        write_csv(args.csv, pages, args.protocol)
    return 0


def match_files(folders: Mapping[str, Path], *, partial: bool = False) -> dict[str, dict[str, Path]]:
    """The picture files of each folder by stem, every stem in every folder.

    Args:
        folders: folder by role; ``target`` is the one that the others are compared with.
        partial: leave out what ``restored`` has not.

    Raises:
        ValueError: a path that is no folder of pictures, two files of one stem, or files without a
            partner, which are listed.
    """
    from restorekit.datasets.folders import listed

    files = {role: _pictures(folder) for role, folder in folders.items()}
    if partial:
        wanted = files["restored"].keys()
        files = {
            role: {stem: file for stem, file in found.items() if stem in wanted}
            for role, found in files.items()
        }
    complaints = []
    for role, found in files.items():
        missing = sorted(files["target"].keys() - found.keys())
        extra = sorted(found.keys() - files["target"].keys())
        if missing:
            complaints.append(f"missing from {folders[role]}: {listed(missing)}")
        if extra:
            complaints.append(f"in {folders[role]} but not in {folders['target']}: {listed(extra)}")
    if complaints:
        raise ValueError(
            "every picture needs a partner of the same name (any extension) in each folder"
            + ("\n  " if partial else "; --partial asks for those of RESULTS alone\n  ")
            + "\n  ".join(complaints)
        )
    return files


def _pictures(folder: Path) -> dict[str, Path]:
    from restorekit.datasets.folders import list_images
    from restorekit.reading import EXTENSIONS

    kinds = " ".join(sorted(extension[1:] for extension in EXTENSIONS))
    if not folder.is_dir():
        raise ValueError(f"{folder} is not a folder: give one that holds pictures ({kinds})")
    found = list_images(folder)
    if not found:
        raise ValueError(f"{folder} holds no pictures ({kinds})")
    return found


def _wanted_metrics(text: str | None, protocol: str, given: set[str]) -> list[str] | None:
    """The metrics named on the command line, None for all; refused before any picture is read."""
    from restorekit.metrics.page import check_names, protocol_metrics

    if text is None:
        return None
    names = [name.strip() for name in text.split(",") if name.strip()]
    if not names:
        raise ValueError("--metrics names no metric; leave it out for all that the folders allow")
    check_names(names, protocol)
    for name in names:
        for field in protocol_metrics(protocol)[name].needs:
            if field not in given:
                raise ValueError(f"the metric {name!r} needs {_REMEDIES[field]}")
    return names


def _score_folders(
    files: Mapping[str, Mapping[str, Path]], names: list[str] | None, protocol: str
) -> list[dict[str, Any]]:
    """Name and scores of each picture."""
    from restorekit.metrics import score_page

    pages: list[dict[str, Any]] = []
    for stem in track(sorted(files["target"]), "scoring", total=len(files["target"])):
        page = _read_page({role: found[stem] for role, found in files.items()})
        pages.append({"name": stem, **score_page(page, names, protocol)})
    return pages


def _read_page(files: Mapping[str, Path]) -> Page:
    from restorekit.metrics import Page
    from restorekit.reading import page_count, read_grey, read_rgb

    for file in files.values():
        if (count := page_count(file)) > 1:
            raise ValueError(
                f"{file} holds {count} pages, and pictures of one are scored; save each as a file of its own"
            )
    arrays = {
        role: read_grey(file) > 127 if role == "mask" else read_rgb(file) for role, file in files.items()
    }
    height, width = arrays["target"].shape[:2]
    for role, array in arrays.items():
        if array.shape[:2] != (height, width):
            raise ValueError(
                f"{files[role]} is {array.shape[1]}x{array.shape[0]} px, but {files['target']} is "
                f"{width}x{height} px: pictures are compared at their own size, so make them equal first"
            )
    return Page(**arrays)
