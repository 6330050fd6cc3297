"""Holes: where punches and wires set them, and nowhere in print."""

import numpy as np
import pytest

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import bindings
from restorekit.synthesis.printing.bindings import bind, hole_mask, punch, seal
from restorekit.synthesis.printing.sheets import new_sheet, next_sheet


def blank():
    return new_sheet(generator(1, 11), 1188, 840, "en", unit=22)  # 4 pixels a millimetre


def test_writing_keeps_clear_of_holes():
    clear = set()
    for seed in range(60):
        sheet = blank()
        left = bind(sheet, generator(seed, 16), 6.0)
        holes = hole_mask(sheet) > 0
        assert not (np.asarray(sheet.image) < 255).any(), "a hole is no print"
        if left:
            assert holes.any() and not holes[:, int(left) :].any()
        clear.add(left > 0)
    assert clear == {False, True}


def test_a_bare_margin_is_punched_at_standard_places():
    counts = set()
    for seed in range(40):
        sheet = blank()
        punch(sheet, generator(seed, 3))
        x, y, radius = np.array(sheet.holes).T
        counts.add(len(x))
        assert np.all(np.abs(np.minimum(x, 840 - x) - 48) <= 4), "12 mm off the edge"
        assert np.allclose(np.diff(y), 4 * (108 if len(y) == 3 else 80))
        assert abs(y.mean() - 594) < 40 and set(radius / 4) <= {3.0, 3.5}
        area = hole_mask(sheet).sum() / (np.pi * radius**2).sum()
        assert area == pytest.approx(1, abs=0.05)
        assert not next_sheet(sheet).holes
    assert counts == {2, 3, 4}


def test_nobody_punches_through_print_or_a_place_to_write():
    for seed in range(20):
        for kind in ("print", "slot"):
            sheet = blank()
            if kind == "print":
                sheet.draw.rectangle([30, 100, 810, 1100], fill=(0, 0, 0))
            else:
                sheet.slot("line", 30, 100, 810, 1100)
            punch(sheet, generator(seed, 3))
            assert not sheet.holes


@pytest.mark.parametrize(("left", "sealed"), [(12, False), (90, True)])
def test_names_are_sealed_off_beside_the_print_and_never_over_it(left, sealed):
    for seed in range(10):
        sheet = new_sheet(generator(3, 16), 900, 900, "zh", unit=20)
        sheet.draw.rectangle([left, 50, 880, 850], fill=(0, 0, 0))
        before = np.asarray(sheet.image).copy()
        seal(sheet, generator(seed, 48), sheet.body._replace(size=16, spacing=0.0))
        changed = (np.asarray(sheet.image) != before).any(-1)
        assert changed.any() == sealed and not changed[:, left:].any()


def test_what_a_sealed_line_says_stands_clear_of_the_labels_and_the_print(monkeypatch):
    drawn = []
    monkeypatch.setattr(bindings, "WORDED", 1.0)
    put = bindings.put_text
    monkeypatch.setattr(
        bindings,
        "put_text",
        lambda sheet, x, y, text, kind, **more: (
            drawn.append((x, text)),
            put(sheet, x, y, text, kind, **more),
        )[1],
    )
    for seed in range(10):
        drawn.clear()
        sheet = new_sheet(generator(3, 16), 900, 900, "zh", unit=20)
        sheet.draw.rectangle([90, 50, 880, 850], fill=(0, 0, 0))
        seal(sheet, generator(seed, 48), sheet.body._replace(size=16, spacing=0.0))
        said = [(x, text) for x, text in drawn if len(text) == 1]
        assert "".join(text for _, text in said) in bindings.SEALS
        assert all(x + 16 < 90 for x, _ in said)
        labels = np.asarray(sheet.image)[:, : int(said[0][0])].min(-1) < 128
        assert labels.any(), "beside them"


def test_what_is_asked_for_at_the_head_is_not_asked_for_along_a_sealed_line(monkeypatch):
    said = []
    monkeypatch.setattr(
        bindings, "put_text", lambda _, x, __, text, *___, **____: said.append(text) or x + 20
    )
    for asked in ((), ("姓名", "班级", "学号")):
        said.clear()
        for seed in range(10):
            sheet = new_sheet(generator(3, 16), 900, 900, "zh", unit=20)
            sheet.draw.rectangle([90, 50, 880, 850], fill=(0, 0, 0))
            sheet.asked = set(asked)
            seal(sheet, generator(seed, 48), sheet.body._replace(size=16, spacing=0.0))
        assert ("姓名" in said) == (not asked) and "学校" in said


def test_what_is_filled_in_along_a_sealed_line_is_turned_with_it():
    for seed in range(6):
        sheet = new_sheet(generator(3, 16), 900, 900, "zh", unit=20)
        sheet.draw.rectangle([90, 50, 880, 850], fill=(0, 0, 0))
        seal(sheet, generator(seed, 48), sheet.body._replace(size=16, spacing=0.0))
        beside = np.asarray(sheet.image)[:, :88].min(-1) < 128
        line = int(beside.sum(0).argmax())  # the dashed line, or the rules to write on along it
        rows = beside[:, max(0, line - 30) : line + 30].any(1)
        rules = beside[rows].sum(1)
        assert rows.mean() > 0.5 and np.median(rules) < 8, "most of it is lines along the edge"
