"""Signs that typefaces lack."""

import numpy as np
import pytest

from restorekit.synthesis.assets import EASTERN, has_glyph, load_font
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.glyphs import width
from restorekit.synthesis.printing.sheets import new_sheet, put_text, text_width
from restorekit.synthesis.printing.signs import (
    MINUS,
    OUTLINES,
    SIGNS,
    advance,
    face_of,
    is_drawn,
    runs,
    sign_mask,
)

SONG = "print/zh_song_regular.otf"


def test_text_is_cut_at_the_signs_that_its_face_lacks():
    assert runs("对的打", SONG) == ["对的打"]
    assert runs("打“√”。", SONG) == ["打“", "√", "”。"]
    assert is_drawn("√", SONG) and not is_drawn("×", SONG)
    assert has_glyph(SONG, "○") and runs("在○里", SONG) == ["在○里"]


@pytest.mark.parametrize("sign", sorted(SIGNS - {MINUS}))
def test_a_sign_is_drawn_in_its_square_and_open(sign):
    mask = np.asarray(sign_mask(sign, load_font(SONG, 40)))
    assert mask.shape == (40, 40) and mask.max() == 255
    assert 0.03 < (mask > 127).mean() < 0.3
    assert not mask[0].any() and not mask[:, 0].any()


@pytest.mark.parametrize("sign", sorted(OUTLINES))
def test_a_tick_is_lowest_left_of_its_middle_and_ends_at_the_upper_right(sign):
    rows, columns = np.nonzero(np.asarray(sign_mask(sign, load_font(SONG, 60))) > 127)
    assert columns[rows.argmax()] < 30
    assert rows[columns.argmax()] < 15


@pytest.mark.parametrize("spacing", [0.0, 0.2])
def test_a_drawn_sign_stands_in_its_line_and_takes_its_room(spacing):
    sheet = new_sheet(generator(3, 16), 100, 300, "zh", unit=30)
    kind = sheet.body._replace(path=SONG, size=30, colour=(0, 0, 0), spacing=spacing)
    end = put_text(sheet, 20, 60, "打√", kind)
    assert end - 20 == pytest.approx(text_width("打√", kind))
    start = 20 + round(text_width("打", kind))
    tick = np.asarray(sheet.image.convert("L"))[:, start : start + 30] < 128
    assert tick[30:65].any() and not tick[:30].any() and not tick[65:].any()


@pytest.mark.parametrize(
    "text, printed",
    [
        ("73-6=", "73−6="),
        ("=(x-3)×2", "=(x−3)×2"),
        ("= -4", "= −4"),
        ("120-48", "120−48"),
        ("-5的相反数", "−5的相反数"),
        ("B. -5", "B. −5"),
        ("2023-05-01", "2023-05-01"),
        ("well-known = famous", "well-known = famous"),
        ("A-B", "A-B"),
        ("134-75=134-（75", "134−75=134−（75"),
        ("DIN-4 = A4", "DIN-4 = A4"),
        ("x²+ax-3=0", "x²+ax−3=0"),
        ("方程ax-3y=5", "方程ax−3y=5"),
        ("tax-3 = 5", "tax-3 = 5"),
        ("计算-1-2的结果是", f"计算{MINUS}1{MINUS}2的结果是"),
        ("电话685-6034", "电话685-6034"),
    ],
)
def test_a_hyphen_in_a_sum_is_printed_as_a_minus(text, printed):
    assert "".join(runs(text, SONG)) == printed


@pytest.mark.parametrize("face", ["print/zh_song_regular.otf", "print/zh_hei_black.otf"])
def test_a_minus_is_the_bar_of_the_faces_plus(face):
    font = load_font(face, 60)
    mask = np.asarray(sign_mask(MINUS, font))
    assert mask.shape == (60, round(font.getlength("+")))
    assert advance(MINUS, face, 60) == pytest.approx(font.getlength("+"), abs=0.6)
    rows, columns = np.nonzero(mask > 127)
    assert np.ptp(columns) > 3 * np.ptp(rows)
    assert (mask.max(1)[rows.min() : rows.max() + 1] > 0).all()
    middle = mask[:, columns.min() + 3 : columns.max() - 2] > 127
    assert set(middle.sum(0)) == {np.ptp(rows) + 1}  # no upright; the ends may be round


def test_stops_stand_at_the_lower_left_in_every_chinese_face():
    for face in EASTERN:
        sheet = new_sheet(generator(3, 16), 100, 300, "zh", unit=30)
        kind = sheet.body._replace(path=face.path, size=40, colour=(0, 0, 0), spacing=0.0)
        assert put_text(sheet, 20, 60, "。", kind) == pytest.approx(60)
        rows, columns = np.nonzero(np.asarray(sheet.image.convert("L")) < 128)
        assert columns.max() < 40 and rows.min() > 49, face.path
        assert face_of("．", face.path) == face_of("。", face.path)


@pytest.mark.parametrize("text", ["52°", "9 cm²", "20°C"])
def test_degrees_and_powers_of_units_are_set_in_a_face_that_has_them(text):
    path = "print/zh_song_regular.otf"
    for run in runs(text, path):
        assert all(has_glyph(face_of(run, path), character) for character in run)
    assert "".join(runs(text, path)) == text
    assert advance("°", path, 40) == 40 * width("print/la_serif_regular.ttf", "°")
