"""Heads of papers: a school and a year that nothing else on the page contradicts."""

import numpy as np
import pytest

from restorekit.synthesis.assets import faces_for, has_glyph, labels
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import letterheads
from restorekit.synthesis.printing.forms import fields
from restorekit.synthesis.printing.letterheads import HEADS, MIND, instructions, letterhead
from restorekit.synthesis.printing.sheets import new_sheet
from restorekit.synthesis.texts import phrases


def headed(monkeypatch, language, seed, title="三年级数学下册测试题"):
    monkeypatch.setattr(letterheads, "HEADED", 1.0)
    sheet = new_sheet(generator(1, 3), 300, 900, language, unit=20)
    sheet.given = {"heading": title}
    end = letterhead(sheet, generator(seed, 4), 40, 860, 20, year=3, middle=True)
    assert 20 < end < 70
    return sheet


def test_every_face_has_the_characters():
    for language, heads in HEADS.items():
        said = "".join((*heads.early, *heads.later, *heads.years, *heads.terms, *MIND.get(language, ())))
        for face in faces_for(language):
            missing = [one for one in set(said) - set("{} ") if not has_glyph(face.path, one)]
            assert not missing, (face.path, missing)


@pytest.mark.parametrize("language", ["zh", "en", "ru"])
def test_dates_are_of_the_term_and_nobody_asks_for_the_school_again(monkeypatch, language):
    for seed in range(12):
        sheet = headed(monkeypatch, language, seed)
        months = set(map(int, sheet.given["months"].split()))
        assert months in ({9, 10, 11, 12}, {3, 4, 5, 6})
        for place in range(20):
            date = phrases.entry(generator(place, 5), language, "date", sheet.given)
            parts = [int(one) for one in date.replace("/", ".").replace("-", ".").split(".")]
            year = next((one for one in parts if one > 1000), None)
            assert year in (None, int(sheet.given["year"]))
            day_month = [one for one in parts if one != year]
            assert (day_month[0] if language == "zh" else day_month[-1]) in months
        fields(sheet, generator(seed, 6), 40, 860, 80)
        schools = [label for label, what in labels(language).items() if what == "school"]
        assert not set(schools) & sheet.asked


def test_the_term_is_that_of_the_title(monkeypatch):
    for title, months in (("三年级数学下册测试题", "3 4 5 6"), ("三年级数学上册测试题", "9 10 11 12")):
        assert {headed(monkeypatch, "zh", seed, title).given["months"] for seed in range(8)} == {months}


def test_instructions_end_below_their_last_line(monkeypatch):
    monkeypatch.setattr(letterheads, "MINDED", 1.0)
    for language in MIND:
        sheet = new_sheet(generator(1, 3), 300, 500, language, unit=20)
        end = instructions(sheet, generator(2, 4), 40, 460, 20)
        rows = np.flatnonzero((np.asarray(sheet.image.convert("L")) < 200).any(1))
        assert 20 < rows.min() < rows.max() < end + 2 < 200
    assert instructions(new_sheet(generator(1, 3), 300, 500, "ko"), generator(2, 4), 40, 460, 20) == 20
