"""A folder of pairs: its layout, and how files are matched."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from restorekit.reading import EXTENSIONS

LISTED = 10


class PagePaths(NamedTuple):
    """The files of one page. ``name`` is their common stem."""

    name: str
    image: Path
    target: Path
    mask: Path | None


def find_pairs(
    root: str | Path,
    *,
    image_folder: str = "images",
    target_folder: str = "gts",
    mask_folder: str | None = "masks",
) -> list[PagePaths]:
    """The pages of a folder, matched by stem and sorted by it.

    Args:
        root: the folder that holds the others.
        image_folder: where the pages with ink are.
        target_folder: where their ground truth is.
        mask_folder: where the masks are; they are used if this folder exists, and None ignores it.

    Raises:
        ValueError: a folder is missing or empty, two files of one folder share a stem, or a file has no
            partner; the message lists what, or draws the layout that was expected.
    """
    root = Path(root).expanduser()
    images, targets, masks = open_folders(
        root, image_folder=image_folder, target_folder=target_folder, mask_folder=mask_folder
    )
    _check_partners(images, root / image_folder, targets, root / target_folder)
    if masks is None:
        return [PagePaths(stem, images[stem], targets[stem], None) for stem in sorted(images)]
    _check_partners(images, root / image_folder, masks, root / str(mask_folder))
    return [PagePaths(stem, images[stem], targets[stem], masks[stem]) for stem in sorted(images)]


def check_roots(root: str | Sequence[str]) -> list[str]:
    """The folders that ``root`` names, one or a list; a ValueError for none, or one named twice."""
    roots = [str(root)] if isinstance(root, (str, Path)) else list(root)
    places = Counter(Path(one).expanduser().resolve() for one in roots)
    if not roots or max(places.values()) > 1:
        raise ValueError(f"root (--data) is {root!r}; expected a folder of pairs, or several, each once")
    return roots


def apart(folders: Sequence[list[PagePaths]], roots: Sequence[str]) -> list[list[PagePaths]]:
    """The pages of several folders, each stem that more than one of them has led by its folder's path.

    Args:
        folders: the pages of each.
        roots: the folders; of ``exams/old``, page ``0001`` becomes ``exams_old_0001``.
    """
    counts = Counter(page.name for page in chain.from_iterable(folders))
    labels = [re.sub(r"\W+", "_", root).strip("_") for root in roots]
    return [
        [page._replace(name=f"{label}_{page.name}") if counts[page.name] > 1 else page for page in pages]
        for pages, label in zip(folders, labels, strict=True)
    ]


def open_folders(
    root: Path, *, image_folder: str, target_folder: str, mask_folder: str | None
) -> tuple[dict[str, Path], dict[str, Path], dict[str, Path] | None]:
    """The images, ground truths and masks (None without such a folder), each as ``{stem: path}``.

    Raises:
        ValueError: a folder is missing or empty, or two files of it share a stem.
    """
    layout = draw_layout(root, image_folder, target_folder, mask_folder)
    for folder in (root / image_folder, root / target_folder):
        if not folder.is_dir():
            raise ValueError(
                f"there is no folder {folder}{_near(root, image_folder, target_folder)} {layout}"
            )
    images, targets = list_images(root / image_folder), list_images(root / target_folder)
    if not images and not targets:
        raise ValueError(f"{root} holds no pages; folders within {image_folder} are passed over. {layout}")
    if mask_folder is None or not (root / mask_folder).is_dir():
        return images, targets, None
    return images, targets, list_images(root / mask_folder)


def _near(root: Path, image_folder: str, target_folder: str) -> str:
    """What may be meant where ``root`` is no folder of pairs, to end a sentence with."""
    inside = sorted(path for path in root.iterdir() if path.is_dir()) if root.is_dir() else []
    for place in (root.parent, *inside):
        if (place / image_folder).is_dir() and (place / target_folder).is_dir():
            return f"; did you mean {place}?"
    if others := [path.name for path in inside if path.name not in (image_folder, target_folder)]:
        return f"; rename {listed(others)}, or name two of them as image_folder and target_folder."
    return "."


def draw_layout(root: Path, image_folder: str, target_folder: str, mask_folder: str | None) -> str:
    """What a folder of pairs should hold, in words and lines."""
    rows = [
        (image_folder, "0001.jpg", "pages with ink"),
        (target_folder, "0001.png", "the same pages without it"),
    ]
    if mask_folder is not None:
        rows.append((mask_folder, "0001.png", "optional: white = ink"))
    width = max(len(f"{folder}/{file}") for folder, file, _ in rows)
    drawn = "\n".join(f"    {f'{folder}/{file}'.ljust(width)}   {what}" for folder, file, what in rows)
    known = " ".join(sorted(extension[1:] for extension in EXTENSIONS))
    return f"A folder of pairs looks like this, partners sharing a name ({known}):\n  {root}/\n{drawn}"


def list_images(folder: str | Path) -> dict[str, Path]:
    """``{stem: path}`` of the images in a folder; hidden files, other types and folders are passed over.

    Raises:
        ValueError: two images share a stem.
    """
    found: dict[str, Path] = {}
    clashes = []
    for path in sorted(Path(folder).iterdir()):
        if path.suffix.lower() not in EXTENSIONS or path.name.startswith(".") or not path.is_file():
            continue
        # One name may be stored composed or decomposed, depending on the system that wrote it.
        stem = unicodedata.normalize("NFC", path.stem)
        if stem in found:
            clashes.append(f"{found[stem].name} and {path.name}")
        found[stem] = path
    if clashes:
        raise ValueError(
            f"{folder} has images that share a name up to the extension: {listed(clashes)}."
            " Pages are matched by that name; remove or rename one of each"
        )
    return found


def listed(names: Iterable[str]) -> str:
    """The first ten names and the count of the others."""
    everything = list(names)
    more = len(everything) - LISTED
    return ", ".join(everything[:LISTED]) + (f" and {more} more" if more > 0 else "")


def _check_partners(
    images: dict[str, Path], image_folder: Path, others: dict[str, Path], other_folder: Path
) -> None:
    complaints = []
    for names, folder, known, partner_folder in (
        (images, image_folder, others, other_folder),
        (others, other_folder, images, image_folder),
    ):
        lonely = sorted(names.keys() - known.keys())
        if lonely:
            complaints.append(
                f"{len(lonely)} of {len(names)} images in {folder} have no partner in {partner_folder}:"
                f" {listed(names[stem].name for stem in lonely)}."
            )
    if complaints:
        raise ValueError(
            " ".join(complaints)
            + " Partners share their name up to the extension: add or rename what lacks, or remove the rest"
        )
