"""What is drawn among notes."""

import numpy as np
import pytest

from restorekit.synthesis.handwriting import marks, note_drawings
from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.handwriting.note_drawings import DRAWINGS, arrow, frame
from restorekit.synthesis.handwriting.pens import writing_pen
from restorekit.synthesis.handwriting.writer import Layer, Writer
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.sheets import Ruling, new_sheet


def writer(seed: int, language: str = "en") -> Writer:
    rng = generator(seed, 22)
    layer = Layer(writing_pen(rng), np.zeros((500, 800), np.uint8))
    return Writer(rng, new_sheet(rng, 500, 800, language, unit=22), new_hand(rng, language), layer, 28.0)


@pytest.mark.parametrize("name", DRAWINGS)
def test_drawings_fill_about_their_box(name):
    draw, ems = DRAWINGS[name]
    for seed, language in enumerate(("en", "zh", "ru", "en")):
        by = writer(seed, language)
        draw(by, (150.0, 120.0, 600.0, 120.0 + ems * 28))
        rows, columns = np.nonzero(by.canvas > 127)
        assert len(rows) > 100
        assert rows.min() > 120 - 30 and rows.max() < 120 + (ems + 1.6) * 28
        assert columns.min() > 90 and columns.max() < 700


ROWS = [["year", "people"], ["1750", "18 000"], ["1801", "75 000"]]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_tables_and_rows_of_arrows_keep_to_their_box(language):
    for seed in range(4):
        for draw, said in (
            (note_drawings.table, ROWS),
            (note_drawings.flow, ["farm", "shop", "town"]),
        ):
            by = writer(seed, language)
            draw(by, (150.0, 120.0, 600.0, 240.0), said)
            rows, columns = np.nonzero(by.canvas > 127)
            assert len(rows) > 100
            assert rows.min() > 100 and rows.max() < 270 and columns.min() > 130 and columns.max() < 630


def test_an_arrow_has_its_head_where_it_ends(monkeypatch):
    monkeypatch.setattr(marks, "HOOKED", 0.0)
    for seed in range(5):
        by = writer(seed)
        arrow(by, 200, 200, 400, 200)
        assert np.ptp(np.flatnonzero((by.canvas[:, 380:402] > 127).any(1))) > 5
        assert np.ptp(np.flatnonzero((by.canvas[:, 200:220] > 127).any(1))) < 9


def test_a_frame_has_four_sides():
    by = writer(3)
    frame(by, (200.0, 100.0, 400.0, 180.0))
    ink = by.canvas > 127
    assert ink[92:108, 220:380].any(0).all() and ink[172:188, 220:380].any(0).all()
    assert ink[120:160, 192:208].any(1).all() and ink[120:160, 392:408].any(1).all()
    assert not ink[115:165, 215:385].any()


@pytest.mark.parametrize("name", ["table", "frame"])
def test_tables_and_frames_may_run_along_the_squares(monkeypatch, name):
    """By eye: a line is some pixels off its rule, but less than one drawn anywhere, 6 in the mean."""
    monkeypatch.setattr(note_drawings, "ALONG", 1.0)
    offs = []
    for seed in range(8):
        by = writer(seed)
        by.sheet.ruling = Ruling(0, 800, 40, 500, 48, square=24, column=10)
        if name == "table":
            monkeypatch.setattr(note_drawings, "_named", lambda *_: None)
            note_drawings.table(by, (153.0, 125.0, 620.0, 330.0), 4 * [6 * ["12 345"]])
        else:
            frame(by, (153.0, 125.0, 620.0, 330.0))
        ink = by.canvas > 127
        for profile, start in ((ink[:, 200:260].sum(1), 40), (ink[140:200].sum(0), 10)):
            lines = np.flatnonzero(profile > 18)
            assert len(lines)
            offs.append(np.abs((lines - start + 12) % 24 - 12).mean())
    assert np.mean(offs) < 4


@pytest.mark.parametrize("name", ["graph", "flow"])
def test_axes_and_rows_of_arrows_may_run_along_the_squares(monkeypatch, name):
    monkeypatch.setattr(note_drawings, "ALONG", 1.0)
    drawn = []
    monkeypatch.setattr(note_drawings, "arrow", lambda _, x0, y0, x1, y1: drawn.append((x0, y0, x1, y1)))
    for seed in range(10):
        by = writer(seed)
        by.sheet.ruling = Ruling(0, 800, 40, 500, 48, square=24, column=10)
        drawn.clear()
        box = (153.0, 125.0, 700.0, 330.0)
        if name == "flow":
            note_drawings.flow(by, box, ["farm", "shop"])
        else:
            note_drawings.graph(by, box)
        assert (drawn[0][1] - 40) % 24 == 0
        if name == "graph":
            across, up = drawn
            assert across[1] == across[3] and up[0] == up[2] and (up[0] - 10) % 24 == 0


def test_labels_get_smaller_in_narrow_boxes(monkeypatch):
    sizes = []
    monkeypatch.setattr(note_drawings, "write_formula", lambda _, __, ___, ____, size: sizes.append(size))
    by = writer(1)
    reach = by.reach("magnets")
    note_drawings._named(by, "magnets", 300, 200, 30.0)
    for share in (1.3, 0.9, 0.2):
        note_drawings._named(by, "magnets", 300, 200, 30.0, share * reach * sizes[0])
    usual, free, narrow, least = sizes
    assert free == usual and narrow == pytest.approx(0.9 * note_drawings.FILLED * usual)
    assert least == note_drawings.LEAST * usual
