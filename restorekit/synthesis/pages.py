"""Pairs of pages: as somebody left them, and as they were before."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from restorekit.synthesis.app_marks import lay_app_mark
from restorekit.synthesis.capture import camera, rims, shots
from restorekit.synthesis.capture.desk import heap, lay_on, make_desk, make_lid, pierce
from restorekit.synthesis.capture.fingers import lay_fingers
from restorekit.synthesis.capture.lighting import BY_HAND
from restorekit.synthesis.capture.other_side import show_through
from restorekit.synthesis.capture.paper import make_paper
from restorekit.synthesis.capture.surface import make_surface, on_glass
from restorekit.synthesis.capture.toner import Press, age_print, new_press
from restorekit.synthesis.handwriting.pens import transmittance
from restorekit.synthesis.handwriting.writer import Layer
from restorekit.synthesis.handwriting.writing import write_on
from restorekit.synthesis.printing.bindings import hole_mask, punch
from restorekit.synthesis.printing.layouts import print_sheet
from restorekit.synthesis.printing.sheets import Sheet
from restorekit.synthesis.textures import A4, Rng
from restorekit.synthesis.user_pages import cut, sheet_of

TWO_SIDED = 0.55
"""The share of sheets whose other side may be seen; leaves of books and exercise books mostly are such."""
ONE_SIDED = ("form",)
"""Kinds of sheets with nothing on their other side."""
FILLED_BEHIND = 0.75
"""The share of printed other sides that are written on; those of notes all are."""
PRESSED = np.float32(1.6)
"""Ink soaks in a little, and pens press the paper through: it is denser from behind than from the front."""
FAINT = np.float32(0.6)
"""How dense print is from behind, of what it is from the front: toner lies on top."""
PUNCHED = 0.12
"""The share of printed sheets that were punched, where a margin is bare."""
LEAVES = 0.5
"""The share of punched sheets that lie on others of their heap, which show through the holes."""
HEAPED = 0.3
"""The share of photographed pages with an edge in the picture that lie on others."""
HELD = 0.06
"""The share of photographs with the fingers that hold the page."""
NO_INK = 0.05
"""The share of pages that nobody wrote on."""

WRITTEN = 0.4
"""The share of the documents below watermarks that somebody wrote on."""

COPIED = 0.3
"""The share of the sheets that were copied after somebody wrote on them, or scanned by a drum as worn as the
printer's: ink runs, blurs and fades with the print."""

APP_MARKED = 0.06
"""The share of photographs with a name or a date that an app or the phone wrote into them."""

VISIBLE = 10
"""A pixel belongs to the mask where ink changes it by over this many levels, in the mean over R, G, B."""

BOOK = 0.3
"""The share of photographed pages with a side edge in the picture that are a book's."""

ON_GLASS = 0.12
"""The share of scanned and copied pages that are an open book's, pressed on the glass."""

FURTHER = (0.015, 0.05)
"""How far up or down lines stand on the page that this one stands in for, in page heights: one to four lines,
and no farther than the margins at the head and the foot are wide."""

MOST_NEIGHBOUR = 0.15
"""How much of the picture the next page of a book may be."""


class Pair(NamedTuple):
    """An input, its ground truth, and where they differ.

    Attributes:
        image: uint8 RGB ``(H, W, 3)``, with ink or watermark.
        target: uint8 RGB ``(H, W, 3)``, the same page without it.
        mask: uint8 ``(H, W)``, 255 where there is ink or watermark, else 0.
    """

    image: np.ndarray
    target: np.ndarray
    mask: np.ndarray


def check_size(height: int, width: int) -> None:
    """Raise a ValueError for a page that is too small to print on, or absurdly large."""
    for name, value in (("height", height), ("width", width)):
        if not 64 <= value <= 10000:
            raise ValueError(f"{name} is {value} pixels; expected 64 to 10000")


def render_sheet(rng: Rng, height: int, width: int, fonts: str = "") -> tuple[np.ndarray, Sheet]:
    """A clean page lying flat; ``fonts`` is a user's folder of fonts, or "".

    Returns:
        float32 ``(height, width, 3)`` reflectance in [0, 1], what lies below its holes with it, and the sheet
        with its places to write.
    """
    page, sheet, _ = _render(rng, height, width, fonts)
    if sheet.holes:
        page = pierce(rng, page, hole_mask(sheet), make_desk(rng, height, width), LEAVES)
    return page, sheet


def _render(rng: Rng, height: int, width: int, fonts: str) -> tuple[np.ndarray, Sheet, Press]:
    """What ``render_sheet`` does, and what printed it."""
    sheet = print_sheet(rng, height, width, fonts)
    if sheet.ruling is None and rng.random() < PUNCHED:
        punch(sheet, rng)
    print_ = np.asarray(sheet.image)
    paper = make_paper(rng, height, width, stationery=sheet.ruling is not None)
    if sheet.kind not in ONE_SIDED and rng.random() < TWO_SIDED:
        paper = show_through(rng, paper, *_other_side(rng, sheet, fonts))
    press = new_press(rng, height, width)
    if sheet.plan.wear:  # what has worn its rules away has not made its letters fat
        press = press._replace(swell=min(press.swell, 0.0))
    page = age_print(print_, press)
    page *= paper
    return page, sheet, press


def render_document(rng: Rng, height: int, width: int, fonts: str = "") -> np.ndarray:
    """A page lying flat, as it may be before a watermark is laid on it: some are written on.

    Takes what ``render_sheet`` does; returns float32 ``(height, width, 3)`` reflectance in [0, 1].
    """
    page, sheet = render_sheet(rng, height, width, fonts)
    if rng.random() >= WRITTEN:
        return page
    return page * (1 - (1 - ink_of(rng, write_on(sheet, rng))) * (1 - hole_mask(sheet)[..., None]))


def _other_side(rng: Rng, front: Sheet, fonts: str) -> tuple[np.ndarray, np.ndarray | None]:
    """The next page, and its ink alone, None for none: float32 ``(height, width, 3)`` transmittance."""
    sheet = print_sheet(rng, front.height, front.width, fonts, front)
    back = 1 - FAINT * (1 - np.asarray(sheet.image).astype(np.float32) / 255)
    if not sheet.ruling and rng.random() >= FILLED_BEHIND:
        return back, None
    written = ink_of(rng, write_on(sheet, rng))
    front.asked.update(sheet.asked)  # the front is written next
    return back * written**PRESSED, written


def _given(rng: Rng, picture: np.ndarray, height: int, width: int) -> tuple[np.ndarray, Sheet]:
    """The same of a page that the user has."""
    page = cut(rng, picture, height, width)
    return page.astype(np.float32) / 255, sheet_of(rng, page)


def ink_of(rng: Rng, layers: list[Layer]) -> np.ndarray:
    """The layers' ink as one transmittance, float32 ``(H, W, 3)``."""
    return transmittance([layer.amount(rng) for layer in layers], [layer.pen.colour for layer in layers])


def photograph(
    rng: Rng, page: np.ndarray, ink: np.ndarray | None, holes: np.ndarray | None = None
) -> tuple[Pair, shots.Shot]:
    """Take a page with and without its ink, uncompressed.

    Args:
        rng: source of chance.
        page: float32 ``(H, W, 3)`` reflectance.
        ink: float32 ``(H, W, 3)`` transmittance, or None for a page without ink.
        holes: float32 ``(H, W)`` share of each pixel that is a hole's, or None for a page without any.
    """
    height, width = page.shape[:2]
    shot = shots.new_shot(rng)
    map_x, map_y = camera.warp_map(rng, height, width, shot.look)
    shade, around = None, make_lid
    if shot.look in BY_HAND:
        map_x, map_y, shade = _bent(rng, map_x, map_y)
        around = make_desk
    elif rng.random() < ON_GLASS:
        map_x, map_y, shade = _pressed(rng, map_x, map_y)
    page = camera.warp(page, map_x, map_y)
    away = rims.beyond(map_x, map_y, width, height)
    if ink is not None:
        ink = camera.warp(ink, map_x, map_y, bare=True)
    if holes is not None or away.max() > 0:
        outside, desk = rims.share_outside(rng, away, width / A4), around(rng, height, width)
        if holes is not None:
            holes = cv2.remap(holes, map_x, map_y, cv2.INTER_LINEAR)
            page = pierce(rng, page, holes, desk, LEAVES if around is make_desk else 0.0)
            ink = ink if ink is None else 1 - (1 - ink) * (1 - holes[..., None])
        if away.max() > 0:
            if around is make_desk and rng.random() < HEAPED:
                desk = heap(rng, page, outside, desk)
            page = lay_on(rng, page, outside, desk, lift=1.0 if around is make_desk else rims.PRESSED_ON)
    if shot.look in BY_HAND and rng.random() < HELD:
        covered = lay_fingers(rng, page, width / A4)
        ink = ink if ink is None else 1 - (1 - ink) * (1 - covered)[..., None]
    noise = camera.sensor_noise(rng, height, width, shot)
    target, image = camera.take(rng, page, ink, shot, noise, shade)
    return Pair(image, target, changed(image, target)), shot


def _bent(rng: Rng, map_x: np.ndarray, map_y: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A page that does not lie flat: where it is looked at then, and its shade.

    A page whose left or right edge is in the picture may be a book's: it goes into the spine there, and
    behind it is a slice of the next page, for which this one's far side stands in: other rows of it, as no
    two pages say the same beside each other.
    """
    height, width = map_x.shape
    small = (max(2, width // 4), max(2, height // 4))
    x, y = (cv2.resize(one, small) / np.float32(width) for one in (map_x, map_y))
    sides = [(float(np.mean(x < 0)), 0.0), (float(np.mean(x > 1)), 1.0)]
    seen, gutter = max(sides)
    book = 0 < seen < MOST_NEIGHBOUR and rng.random() < BOOK
    surface = make_surface(rng, x, y, gutter if book else None)
    shift = cv2.resize(surface.shift * np.float32(width), (width, height), interpolation=cv2.INTER_LINEAR)
    map_x, map_y = map_x + shift[..., 0], map_y + shift[..., 1]
    if book:
        next_page = map_x > width - 1 if gutter else map_x < 0
        map_x[next_page] += -(width - 1) if gutter else width - 1
        rows = map_y[next_page] + np.float32(rng.normal(0, 0.008) * height)  # they are not bound quite alike
        on_it = (rows >= 0) & (rows < height - 1)
        other = np.abs(rows[on_it] + np.float32(rng.choice([-1, 1]) * rng.uniform(*FURTHER) * height))
        rows[on_it] = np.minimum(other, 2 * np.float32(height - 1) - other)  # the rims are bare
        map_y[next_page] = rows
    return map_x, map_y, surface.shade


def _pressed(rng: Rng, map_x: np.ndarray, map_y: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The same of a book's page on a scanner's glass, its spine at the left or the right.

    Where it rises it is turned a little, too, as books are pressed down more at one end: lines bend.
    """
    height, width = map_x.shape
    seen, bright, rise = on_glass(rng, width)
    shift = seen - np.arange(width, dtype=np.float32)
    if rng.random() < 0.5:
        shift, bright, rise = -shift[::-1], bright[::-1], rise[::-1]
    lean = rng.normal(0, 0.25) + rng.normal(0, 0.4) * np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    pressed = rng.uniform(0.6, 1.15, (6, 1)).astype(np.float32)  # a hand or a lid does so unevenly
    shade = np.clip(1 - (1 - bright[None, ::4]) * cv2.resize(pressed, (1, height // 8 + 2)), 0, 1)
    return map_x + shift[None], map_y + (lean * rise[None]).astype(np.float32), shade


def changed(image: np.ndarray, target: np.ndarray) -> np.ndarray:
    """255 where two uint8 images differ visibly, else 0."""
    red, green, blue = cv2.split(cv2.absdiff(image, target))
    total = cv2.add(cv2.add(red, green, dtype=cv2.CV_16U), blue, dtype=cv2.CV_16U)
    return np.asarray(cv2.compare(total, 3.0 * VISIBLE, cv2.CMP_GT))


def make_handwriting_pair(
    seed: int,
    *,
    height: int = 1754,
    width: int = 1240,
    page: np.ndarray | None = None,
    ink: str = "",
    fonts: str = "",
) -> Pair:
    """A page that was written on, and the same page clean. Same arguments, same bytes.

    Rules, shadows, creases, stains and show-through stay in the target; writing, marks and blots do not.
    Outside the mask the two differ by no more than ``VISIBLE`` levels and what compression does to the input.

    Args:
        seed: which page, 0 or more.
        height: pixels, 64 to 10000.
        width: pixels, 64 to 10000.
        page: a clean page to write on, uint8 RGB ``(H, W, 3)`` of any size, instead of a made one.
        ink: a folder of crops of real ink, dark on white, which half of the writers then use; or "".
        fonts: a folder of fonts, in which half of the made pages are then printed; or "".

    Raises:
        ValueError: a size or a seed out of range, or nothing of use in a folder.
        FileNotFoundError: no such folder.
    """
    check_size(height, width)
    rng = generator(seed, 1)
    if page is None:
        sheet_page, sheet, press = _render(rng, height, width, fonts)
    else:
        (sheet_page, sheet), press = _given(rng, page, height, width), None
    bare = rng.random() < NO_INK
    layer = None if bare else ink_of(rng, write_on(sheet, rng, ink))
    if layer is not None and press is not None and rng.random() < COPIED:
        layer = age_print(layer, press)
    holes = hole_mask(sheet) if sheet.holes else None
    pair, shot = photograph(rng, sheet_page, layer, holes)
    if shot.look in BY_HAND and rng.random() < APP_MARKED:
        image, target = lay_app_mark(rng, (pair.image, pair.target))
        pair = Pair(image, target, changed(image, target))
    return pair._replace(image=camera.compress(pair.image, shot.jpeg))


def generator(*seeds: int) -> Rng:
    """A source of chance for a tuple of whole numbers, each 0 or more."""
    if min(seeds) < 0:
        raise ValueError(f"seed is {min(seeds)}; expected 0 or more")
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seeds)))
