"""What a teacher writes on a page."""

import numpy as np
import pytest

from restorekit.synthesis.handwriting import pens, remarks, scores
from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.handwriting.writer import Layer, Writer
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.sheets import Slot, new_sheet
from tests.synthesis.handwriting.teachers import mark


@pytest.fixture(autouse=True)
def in_points(monkeypatch):
    """Scores are put in whole points."""
    monkeypatch.setattr(scores, "AS", {"whole": 1.0})


def test_points_are_taken_off_beside_what_is_wrong_and_words_stand_beside_answers(monkeypatch):
    said = []
    monkeypatch.setattr(Writer, "write", lambda self, text, x, y, size, **_: said.append((text, x, y)) or x)
    sheet = new_sheet(generator(0, 16), 900, 600, "en", unit=20)
    right, wrong = Slot("sum", 50, 250, 150, 280, "1"), Slot("gap", 350, 550, 550, 580, "iron")
    sheet.slots = [Slot("field", 60, 50, 200, 70), right, wrong]
    for seed in range(80):
        mark(seed, sheet, {right: True, wrong: False})
    lost = [(x, y) for text, x, y in said if text[0] == "-"]
    scores = [y for text, _, y in said if text.isdecimal() and len(text) > 1]
    words = [y for text, _, y in said if not text.lstrip("-").isdecimal()]
    assert lost and all((x > 450 or x < 30) and abs(y - 580) < 40 for x, y in lost)
    assert scores and max(scores) < 180
    assert words and all(min(abs(y - 280), abs(y - 580)) < 40 for y in words)
    said.clear()
    for seed in range(20):
        mark(seed, sheet, {})
    assert all(text.isdecimal() for text, *_ in said), "nothing is said of what nobody wrote"


def test_a_date_and_a_name_stand_at_the_foot_of_the_print(monkeypatch):
    said = []
    monkeypatch.setattr(Writer, "write", lambda self, text, x, y, *_, **__: said.append((text, y)) or x)
    monkeypatch.setattr(remarks, "SIGNED", 1.0)
    sheet = new_sheet(generator(0, 16), 1000, 900, "en", unit=20)
    sheet.slots = [Slot("text", 60, y - 16, 560, y, "More.") for y in (100, 500)]
    for seed in range(20):
        mark(seed, sheet, {})
    dates = [y for text, y in said if not text.isdecimal()]
    assert len(dates) == 20 and all(500 < y <= 600 for y in dates)


def test_remarks_stand_on_bare_paper_and_praise_no_mistakes(monkeypatch):
    said = []
    monkeypatch.setattr(
        Writer, "write", lambda self, text, x, y, size, **_: said.append((text, x, y, size)) or x
    )
    sheet = new_sheet(generator(0, 16), 900, 600, "en", unit=20)
    sheet.draw.rectangle([0, 200, 430, 600], fill=(0, 0, 0))
    slot = Slot("gap", 350, 550, 400, 580, "iron")
    sheet.slots = [slot]
    for right in (True, False):
        said.clear()
        for seed in range(60):
            mark(seed, sheet, {slot: right})
        words = [(text, x) for text, x, y, _ in said if y > 300 and text != "iron"]
        assert words and all(x > 430 for _, x in words)
        assert all(bool(remarks.PRAISE.search(text)) == right for text, _ in words)


@pytest.mark.parametrize("language", ["en", "zh", "fr", "el"])
def test_of_words_alone_something_is_said_and_no_reason_or_unit_is_asked_for(language, monkeypatch):
    said = []
    monkeypatch.setattr(remarks, "LOST", 0.0)
    monkeypatch.setattr(remarks, "_beside", lambda _, slot, text, *__: said.append((slot.kind, text)))
    sheet = new_sheet(generator(0, 16), 900, 600, language, unit=20)
    kinds = {"gap": "iron", "judge": "right", "sum": "12"}
    sheet.slots = [Slot(kind, 50, 99, 90, 130, hint) for kind, hint in kinds.items()]
    for seed in range(300):
        mark(seed, sheet, dict.fromkeys(sheet.slots, False))
    assert {kind for kind, _ in said} == {"gap"} and not any(remarks.OF_MORE.search(text) for _, text in said)


def test_some_points_are_taken_off_on_print_where_no_paper_is_bare(monkeypatch):
    said = []
    monkeypatch.setattr(Writer, "write", lambda self, text, *_, **__: said.append(text) or 0.0)
    sheet = new_sheet(generator(0, 16), 300, 600, "en", unit=20)
    sheet.draw.rectangle([0, 0, 600, 300], fill=(0, 0, 0))
    sheet.slots = [Slot("sum", 50, 150, 90, 180, "1")]
    for seed in range(80):
        mark(seed, sheet, {sheet.slots[0]: False})
    assert 0 < sum("-" in text for text in said) < 30


def test_a_date_and_a_name_leave_print_and_writing_free(monkeypatch):
    said = []
    monkeypatch.setattr(Writer, "write", lambda self, text, x, y, *_, **__: said.append((x, y)) or x)
    monkeypatch.setattr(remarks, "SIGNED", 1.0)
    sheet = new_sheet(generator(0, 16), 1000, 900, "en", unit=20)
    sheet.draw.rectangle([60, 430, 500, 700], fill=(0, 0, 0))
    sheet.slots = [Slot("text", 60, 484, 560, 500, "More.")]
    written = np.zeros((1000, 900), np.uint8)
    written[430:600, 500:560] = 255
    for seed in range(20):
        mark(seed, sheet, {}, written)
    assert len(said) > 10 and all(x > 560 or y < 430 or y > 600 for x, y in said)


def test_remarks_leave_what_was_written_free(monkeypatch):
    said = []
    monkeypatch.setattr(Writer, "write", lambda self, text, x, y, size, **_: said.append((x, y)) or x)
    monkeypatch.setattr(remarks, "LOST", 0.0)
    sheet = new_sheet(generator(0, 16), 900, 600, "en", unit=20)
    slot = Slot("gap", 200, 550, 250, 580, "iron")
    written = np.zeros((900, 600), np.uint8)
    written[500:600, 260:600] = 255
    for seed in range(40):
        pen = Layer(pens.marking_pen(generator(1, 31)), np.zeros((900, 600), np.uint8))
        teacher = Writer(generator(seed, 21), sheet, new_hand(generator(1, 23), "en"), pen, 20)
        remarks.remark(teacher, {slot: False}, written)
    beside = [x for x, y in said if 500 < y < 640]
    assert beside and max(beside) < 200


def test_words_are_said_of_words_and_beside_their_own_answer_alone(monkeypatch):
    said = []
    monkeypatch.setattr(Writer, "write", lambda self, text, x, *_, **__: said.append((text, x)) or x)
    monkeypatch.setattr(remarks, "LOST", 0.0)
    sheet = new_sheet(generator(0, 16), 900, 600, "en", unit=20)
    sheet.draw.rectangle([150, 550, 380, 580], fill=(0, 0, 0))
    for hint, expected in (("7", False), ("copper", True)):
        wrong, other = Slot("gap", 60, 550, 140, 580, hint), Slot("gap", 400, 550, 440, 580, "8")
        sheet.slots = [wrong, other]
        said.clear()
        for seed in range(40):
            pen = Layer(pens.marking_pen(generator(1, 31)), np.zeros((900, 600), np.uint8))
            teacher = Writer(generator(seed, 21), sheet, new_hand(generator(1, 23), "en"), pen, 20)
            remarks.remark(teacher, {wrong: False, other: True})
        assert bool(said) is expected and all(x < 60 for _, x in said), "the right margin is the other's"


def test_what_was_left_out_earns_nothing(monkeypatch):
    shares = []
    monkeypatch.setattr(remarks, "write_score", lambda _, share, __: shares.append(share))
    sheet = new_sheet(generator(0, 16), 900, 600, "en", unit=20)
    sheet.slots = [Slot("gap", 60, 40 * n, 140, 40 * n + 30, "7") for n in range(10)]
    for seed in range(20):
        pen = Layer(pens.marking_pen(generator(1, 31)), np.zeros((900, 600), np.uint8))
        teacher = Writer(generator(seed, 21), sheet, new_hand(generator(1, 23), "en"), pen, 20)
        remarks.remark(teacher, dict.fromkeys(sheet.slots[:8], True), empty=set(sheet.slots[8:]))
    assert set(shares) == {0.9}


def test_no_remark_is_written_over_another(monkeypatch):
    said = []
    monkeypatch.setattr(Writer, "write", lambda self, text, x, *_, **__: said.append(text) or x)
    sheet = new_sheet(generator(0, 16), 900, 600, "en", unit=20)
    sheet.slots = [Slot("gap", 60, 550, 140, 580, "iron")]
    for seed in range(20):
        pen = Layer(pens.marking_pen(generator(1, 31)), np.full((900, 600), 255, np.uint8))
        teacher = Writer(generator(seed, 21), sheet, new_hand(generator(1, 23), "en"), pen, 20)
        remarks._beside(teacher, sheet.slots[0], "check this", 24.0)
    assert not said
