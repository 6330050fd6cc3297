"""Figures and Latin letters on pages of the East."""

import numpy as np
import pytest

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import signs
from restorekit.synthesis.printing.glyphs import width
from restorekit.synthesis.printing.latin import ITALIC, SANS, SERIF, cut, latin_face
from restorekit.synthesis.printing.sheets import Type, new_sheet, put_text, text_width

SONG, TIMES = "print/zh_song_regular.otf", SERIF.format("regular")
GAP = (signs.GAP, TIMES)


def test_figures_and_letters_are_set_in_a_face_of_their_own_and_signs_of_the_east_are_not():
    assert cut("长5 cm，求____。", SONG, TIMES) == [("长", SONG), GAP, ("5 cm", TIMES), ("，求____。", SONG)]
    assert cut("积3×4=", SONG, TIMES) == [("积", SONG), GAP, ("3×4=", TIMES)]
    assert cut("打“√”，", SONG, TIMES) == [
        ("打", SONG),
        ("“", TIMES),
        ("√", SONG),
        ("”", TIMES),
        ("，", SONG),
    ]
    assert cut("长5 cm", SONG, "") == [("长5 cm", SONG)]


@pytest.mark.parametrize(
    ("text", "slanted"),
    [
        ("求x的值", "x"),
        ("2x+3y=7", "xy"),
        ("f(x)=3", "x"),
        ("U/V", "U"),
        ("t/min", "t"),
        ("60 km/h", ""),
        ("5 m/s", ""),
        ("(a) 5 m", ""),
        ("max box", ""),
        ("xy=4", "xy"),
        ("I have a cold. See a doctor", ""),
        ("bèng", ""),
        ("已知a和b", "ab"),
        ("方程ax-3y=5的解", "axy"),
    ],
)
def test_letters_that_stand_for_numbers_are_slanted(text, slanted):
    assert "".join(run for run, path in cut(text, SONG, TIMES) if path == ITALIC) == slanted


@pytest.mark.parametrize(
    ("text", "slanted"),
    [
        ("Функция y = 2x − 5.", "yx"),
        ("Find f(x) = ax + b", "fxaxb"),
        ("x + 2y = 7?", "xy"),
        ("y = kx", "ykx"),
        ("2a + 3b − 4(x − 1)", "abx"),
        ("x", "x"),
        ("the value of a² when a = −3", "aa"),
        ("(a) 2 + 3", ""),
        ("20c + 5c =", ""),
        ("Juan y Ana tienen 3 + 4 libros", ""),
        ("I have a cold + a cough", ""),
        ("s = 5 km", ""),
        ("class 2a", ""),
        ("run + ing =", ""),
    ],
)
def test_letters_of_formulas_in_the_west_are_slanted(text, slanted):
    assert (
        "".join(run.strip() for run, path in cut(text, TIMES, "") if path == ITALIC).replace("(", "")
        == slanted
    )
    assert "".join(run for run, _ in cut(text, TIMES, "")) == text


def test_widths_are_those_of_the_faces_and_what_is_set_ends_there():
    kind = Type(SONG, 40, latin=TIMES)
    assert text_width("电12", kind) == pytest.approx(48 + 40 * (width(TIMES, "1") + width(TIMES, "2")))
    sheet = new_sheet(generator(3, 16), 100, 300, "zh", unit=40)
    assert put_text(sheet, 10, 60, "电12", kind) == pytest.approx(10 + text_width("电12", kind))
    own = new_sheet(generator(3, 16), 100, 300, "zh", unit=40)
    put_text(own, 10, 60, "电12", kind._replace(latin=""))
    same = np.asarray(sheet.image) == np.asarray(own.image)
    assert same[:, :50].all() and not same[:, 50:].all()


def test_most_pages_in_chinese_borrow_figures_and_none_in_the_west_do():
    borrowed = [bool(latin_face(generator(seed, 81), "zh", SONG)) for seed in range(200)]
    assert 0.75 < np.mean(borrowed) < 0.97
    assert not any(latin_face(generator(seed, 81), "ru", TIMES) for seed in range(20))


@pytest.mark.parametrize("language", ["zh", "ja", "ko"])
def test_figures_have_serifs_where_the_characters_beside_them_have(language):
    seen = set()
    for seed in range(80):
        sheet = new_sheet(generator(seed, 16), 90, 90, language)
        for kind in (sheet.body, sheet.head):
            plain = any(look in kind.path for look in ("hei", "gothic", "sans"))
            seen.add((plain, kind.latin))
            assert not kind.latin or ("sans" in kind.latin) == plain
    assert len(seen) >= 5


def test_variables_are_slanted_beside_a_face_without_serifs_too():
    placed = cut("求x的值", "print/zh_hei_regular.otf", SANS.format("regular"))
    assert ("x", ITALIC) in placed
