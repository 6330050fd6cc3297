"""Questions on figures: what is asked stands around the figure, and some figures are written on."""

import numpy as np
import pytest

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import charts, layouts, observed, shown
from restorekit.synthesis.printing.sheets import new_sheet
from restorekit.synthesis.texts.grammar import rules


def _sheet(seed):
    return new_sheet(generator(seed, 1), 900, 900, "zh", unit=24)


def test_a_figure_stands_between_the_question_and_its_answers():
    for seed in range(6):
        sheet = _sheet(seed)
        end = shown.choice_shown(sheet, generator(seed, 2), 60, 840, 40)
        gap = next(slot for slot in sheet.slots if slot.kind == "gap" and slot.hint in "ABCD")
        options = [slot for slot in sheet.slots if slot.kind == "option"]
        assert len(options) == 4
        assert options[0].top - gap.bottom > 5 * sheet.unit
        between = np.asarray(sheet.image)[gap.bottom + sheet.unit : options[0].top - sheet.unit]
        assert between.min() < 200
        assert end > options[-1].bottom


def test_workings_go_below_the_figure():
    sheet = _sheet(1)
    end = shown.workings_shown(sheet, generator(1, 2), 60, 840, 40)
    area = next(slot for slot in sheet.slots if slot.kind == "area")
    assert area.bottom == int(end)
    assert "\n" in area.hint
    assert np.asarray(sheet.image)[40 : area.top].min() < 200


def test_at_least_a_sixth_of_exam_papers_show_figures(monkeypatch):
    drawn = []
    monkeypatch.setattr(shown, "reproduce", lambda sheet, _, x, y, *__: drawn.append(y < sheet.height))
    monkeypatch.setattr(layouts, "KINDS", {"paper": 1.0})
    monkeypatch.setattr(layouts.phrases, "pick_language", lambda rng: str(rng.choice(["en", "zh"])))
    shares = []
    for seed in range(60):
        drawn.clear()
        layouts.print_sheet(generator(seed, 4), 1754, 1240)
        shares.append(any(drawn))
    assert np.mean(shares) > 1 / 6


def test_below_shapes_is_room_for_how_many_corners_they_have():
    sheet = _sheet(3)
    sheet.topic = "mathematics_1"
    end = shown.pictures(sheet, generator(3, 2), 60, 840, 40)
    gaps = [slot for slot in sheet.slots if slot.kind == "gap"]
    assert len(gaps) > 1 and sheet.questions and end > 40
    assert all(3 <= int(slot.hint) <= 6 for slot in gaps)
    sheet.asked.update(rules("zh")["see_corners"])
    assert shown.pictures(sheet, generator(2, 4), 20, 880, 400) == 400, "nothing is left to ask"


def test_answers_to_choose_from_have_the_one_that_is_read_from_the_figure():
    for answer in ("7", "0.7", "113.04", "-3"):
        for seed in range(20):
            others = shown._others(generator(seed, 9), answer)
            assert len({answer, *others}) == 4
            assert all(len(one.partition(".")[2]) == len(answer.partition(".")[2]) for one in others)
            assert answer == "-3" or min(map(float, others)) > 0


def test_science_asks_what_is_true_of_what_goes_on_in_a_figure(monkeypatch):
    kinds = set()
    monkeypatch.setattr(shown, "ask_about", lambda *args: kinds.add("drawn") or observed.ask_about(*args))
    for seed in range(12):
        kinds.clear()
        sheet = _sheet(seed)
        sheet.topic = "science_2"
        end = shown.choice_shown(sheet, generator(seed, 2), 60, 840, 40)
        if "drawn" not in kinds:
            continue
        gap = next(slot for slot in sheet.slots if slot.kind == "gap" and slot.hint in list("ABCD"))
        options = [slot for slot in sheet.slots if slot.kind == "option"]
        assert len(options) == 4 and 60 < gap.bottom < options[0].top < end
        between = np.asarray(sheet.image)[gap.bottom + sheet.unit : options[0].top - sheet.unit]
        assert between.min() < 200
        break
    else:
        pytest.fail("no such question")


def test_wrong_answers_are_what_other_signs_give_where_there_are_any():
    for seed in range(10):
        assert set(shown._others(generator(seed, 3), "36", "180-90-54")) <= {"90", "126", "144"}
        assert "54" not in shown._others(generator(seed, 3), "54", "18×6÷2")
        assert set(shown._others(generator(seed, 3), "54", "18×6÷2")) <= {"108", "20", "36", "24", "16"}
        assert len(set(shown._others(generator(seed, 3), "1.5", "1.5"))) == 3


def test_graphs_of_papers_on_motion_are_of_motion():
    assert {across for _, across in charts.AXES["science_2_forces"]} <= {"t/s", "t/h"}
