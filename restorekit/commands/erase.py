"""``restorekit erase``: take handwriting off pages, or watermarks off pictures, whole folders at a time."""

from __future__ import annotations

import argparse
import json
import sys
import warnings
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from restorekit.atomic import DiskFullError, write_whole
from restorekit.commands.cores import available_cores
from restorekit.commands.interruption import how_to_go_on, interruptible
from restorekit.commands.model import TASKS, add_model_arguments, import_plugins, made_by, make_restorer
from restorekit.commands.outputs import output_file, output_folder
from restorekit.commands.page_ranges import page_ranges
from restorekit.wording import counted

if TYPE_CHECKING:
    from restorekit.documents import EraseOptions, Outcome, Report, Task
    from restorekit.documents.progress import ProgressWatcher

_EPILOG = """examples:
  restorekit erase page.jpg -o clean.jpg
  restorekit erase scans/ -o clean/ --report clean/report.html --json clean/pages.json
  restorekit erase 'archive/**/*.pdf' -o clean/ --resume --jobs 4
  restorekit erase exam.pdf -o exam_clean.pdf --only red --pages 2-
  restorekit erase primary_school.jpg -o clean.jpg --weights handwriting-best
  restorekit erase form.tif -o form_clean.tif --weights work_dirs/mine/best --tta h --mask-out masks/
  restorekit erase - -o - < page.png > clean.png
  restorekit erase handout.jpg -o handout_clean.jpg --task watermark

what comes back:
  Format, size, bit depth, grey or colour, alpha, resolution, EXIF, XMP and ICC profile are those of the input
  (a BMP holds neither EXIF nor XMP, a TIFF of several pages what its own tags can say of it, and a TIFF of 2
  or 4 bits of grey gets 8).
  Around the ink an edge of 6 px changes with it, fading; beyond, every pixel keeps its value. Lossy formats
  (JPEG, lossy WebP, TIFF compressed by JPEG or WebP, PDF pages made of JPEGs) are encoded anew, a JPEG with
  the input's own quantisation tables, so that pixels beyond can still move by a few levels (7 at most on the
  JPEG pages tried); name a picture's output .png to keep its print bit for bit.
  PDF: a page that bears a picture (over 5 % of it) is rendered at the resolution of the finest picture that
  fills half of it (else of its largest, within 72 to 600 dpi), at 200 dpi or more where text or lines lie
  over that, or at --dpi, and becomes a picture of the same page size; its text layer, if any, goes. Comments
  of a PDF program (ink, lines, shapes, highlights, stamps, typed notes) go wherever they stand, and what is
  below them comes back exactly; a page without a picture stays text (with --only, which keeps comments of
  other colours, it is rendered). Watermarks and --full leave comments as they are. Other pages pass through;
  --pdf-mode all renders them, at --dpi or 200.
  Masks are upright PNG files, white = the ink that was found, without the edge around it.
  JSON: ok, problems (of inputs), and files, each with source, target, status (done; skipped: done before;
  failed: it, or pages in it; left: interrupted before it), error, and pages with number, size, changed (share
  of the pixels), warnings (why to look at it), error, and passed (a PDF page without a picture).

exit code: 0 all pages are done, 1 some failed (named at the end), 2 nothing could be started, or the
disk became full, 130 interrupted."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``restorekit erase``."""
    parser.description = "Erase handwriting from pages (JPEG, PNG, TIFF, WebP, BMP, PDF) and keep the print."
    parser.epilog = _EPILOG
    add = parser.add_argument
    add(
        "inputs",
        nargs="+",
        metavar="INPUT",
        help="files, folders, patterns (quoted), or - for standard input",
    )
    add("-o", "--output", metavar="OUT", help="a file, a folder (the inputs' tree is kept), or -")
    add("--in-place", action="store_true", help="replace the inputs themselves")
    add_model_arguments(parser.add_argument_group("what erases"))
    what = parser.add_argument_group("what is erased")
    extent = what.add_mutually_exclusive_group()
    extent.add_argument(
        "--keep-print",
        action="store_true",
        help="keep every pixel that is over 6 px off the ink (the default, except for watermarks)",
    )
    extent.add_argument("--full", action="store_true", help="take the network's whole picture")
    what.add_argument(
        "--only",
        metavar="A,B",
        help="erase inks of these colours alone: black, red, yellow, green, blue, purple",
    )
    what.add_argument(
        "--pages",
        type=page_ranges,
        default=(),
        metavar="A,B-C,D-",
        help="erase these pages alone of each file; the others stay as they are",
    )
    pages = parser.add_argument_group("pages and files")
    pages.add_argument("--mask-out", type=output_folder, metavar="DIR", help="write the masks there")
    pages.add_argument(
        "--report",
        type=output_file,
        metavar="HTML",
        help="show before, after and changes; resumed, name a new file",
    )
    pages.add_argument(
        "--json", type=output_file, metavar="FILE", help="write what became of each file and page"
    )
    pages.add_argument("--dpi", type=float, help="resolution of rendered PDF pages (default: their own)")
    pages.add_argument("--pdf-mode", choices=("pictures", "all"), default="pictures", help="see below")
    pages.add_argument(
        "--max-megapixels", type=float, default=400.0, metavar="N", help="refuse larger pages (default: 400)"
    )
    pages.add_argument(
        "--resume",
        action="store_true",
        help="skip files whose output is no older and has no failed pages, whatever options made it; "
        "go on in a PDF or TIFF at the page where it was cut off (kept in a hidden .pages file beside the "
        "output, which goes once that is whole; delete it if you do not go on)",
    )
    pages.add_argument(
        "--jobs", type=int, metavar="N", help="files at once; each holds a page (default: 1 or 2)"
    )


def run(args: argparse.Namespace) -> int:
    """Erase the files.

    Raises:
        ValueError, FileNotFoundError: arguments that do not fit each other, or no weights.
    """
    from restorekit.documents import WHOLE_PICTURE_TASKS, EraseOptions, Report, erase_batch, plan
    from restorekit.documents.progress import ProgressWatcher

    if args.in_place and args.resume:
        raise ValueError("--resume cannot tell erased files from others with --in-place; use -o")
    if args.report is not None and args.report.suffix.lower() not in (".html", ".htm"):
        raise ValueError(f"--report {args.report} is a web page; name it .html")
    if args.resume and args.report is not None and args.report.exists():
        raise ValueError(f"--report {args.report} shows the pages of an earlier run; name another file")
    named = {"--report": args.report, "--json": args.json}
    reports = {option: file for option, file in named.items() if file is not None}
    todo = plan(args.inputs, args.output, in_place=args.in_place, mask_folder=args.mask_out, reports=reports)
    if not todo.tasks:
        raise ValueError("; ".join(todo.problems))
    options = EraseOptions(
        pages=args.pages,
        full=args.full,
        only=tuple(name.strip().lower() for name in args.only.split(",")) if args.only is not None else (),
        dpi=args.dpi,
        pdf_mode=args.pdf_mode,
        max_megapixels=args.max_megapixels,
    )
    jobs = pick_jobs(args.jobs, len(todo.tasks))
    import_plugins(args.plugin)
    from restorekit.weights_folder import find_weights  # and torch: seconds

    folder = find_weights(args.weights or args.task or TASKS[0])
    restorer = make_restorer(folder, args, jobs)
    if restorer.task in WHOLE_PICTURE_TASKS and not (args.keep_print or args.only):
        options = replace(options, full=True)
    warnings.filterwarnings("ignore", category=UserWarning, module="PIL")  # what matters is told as an error
    report = Report(args.report) if args.report is not None else None
    watcher = ProgressWatcher(pages=count_all(todo.tasks, options), report=report)
    outcomes: list[Outcome] = []
    try:
        with interruptible(), watcher.shown():
            outcomes = erase_batch(
                restorer.restore,
                todo.tasks,
                options,
                jobs=jobs,
                resume=args.resume,
                watcher=watcher,
                made_by=made_by(folder, args),
            )
    except (KeyboardInterrupt, DiskFullError):
        summarise(watcher.outcomes, todo.problems, watcher)
        print(how_to_go_on(todo.tasks, watcher.outcomes, in_place=args.in_place), file=sys.stderr)
        raise
    finally:
        problems = [*todo.problems, *finish(report, todo.tasks, watcher.outcomes)]
        problems += write_json_report(args.json, todo.tasks, watcher.outcomes, problems)
    return summarise(outcomes, problems, watcher)


def finish(report: Report | None, tasks: list[Task], outcomes: list[Outcome]) -> list[str]:
    """Write the report in the order of ``tasks``, whichever was done first.

    Returns:
        Why it could not be written, if so: the files are done all the same.
    """
    place = {task: number for number, task in enumerate(tasks)}
    try:
        if report is not None:
            report.finish(sorted(outcomes, key=lambda outcome: place[outcome.task]))
    except OSError as error:
        return [error.strerror or str(error)]
    return []


def write_json_report(
    target: Path | None, tasks: list[Task], outcomes: list[Outcome], problems: list[str]
) -> list[str]:
    """Write what became of the files for programs; returns as ``finish`` does."""
    from restorekit.documents.json_report import as_json

    try:
        if target is not None:
            text = json.dumps(as_json(tasks, outcomes, problems), indent=1, ensure_ascii=False)
            write_whole(target, text + "\n")
    except OSError as error:
        return [error.strerror or str(error)]
    return []


def pick_jobs(jobs: int | None, files: int) -> int:
    """Files at once: two overlap reading, erasing and writing; more only where asked for."""
    if jobs is not None and jobs < 1:
        raise ValueError(f"--jobs must be at least 1; got {jobs}")
    return min(jobs or 2, files, available_cores())


def count_all(tasks: list[Task], options: EraseOptions) -> int:
    """Pages of all files."""
    from restorekit.documents.batch import count_pages

    return sum(count_pages(task, options) for task in tasks)


def summarise(outcomes: list[Outcome], problems: list[str], watcher: ProgressWatcher) -> int:
    """Print what was done, what failed, and what to look at; returns the exit code."""
    from restorekit.documents.batch import flagged
    from restorekit.documents.progress import failures

    failed = [*problems, *(line for outcome in outcomes for line in failures(outcome))]
    done = [page for outcome in outcomes for page in outcome.pages if not page.error]
    skipped = sum(outcome.skipped for outcome in outcomes)
    speed = f", {watcher.speed:.2f} megapixels/s" if watcher.speed else ""
    lines = [f"{counted(len(done), 'page')} done{speed}"]
    lines[0] += f"; {counted(skipped, 'file')} done before" if skipped else ""
    passed = sum(page.passed for page in done)
    lines[0] += f"; {passed} passed through, without a picture: --pdf-mode all takes them" if passed else ""
    lines += [
        f"look at {task.name}, page {page.number}: {'; '.join(page.warnings)}"
        for task, page in flagged(outcomes)
    ]
    lines += [f"failed: {line}" for line in failed]
    print("\n".join(lines), file=sys.stderr)
    return 1 if failed else 0
