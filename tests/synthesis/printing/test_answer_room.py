"""Room for short answers: brackets as a page has them, wide enough to write in."""

import numpy as np
import pytest

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.answer_room import pair_of, put_room, put_room_after, room_width
from restorekit.synthesis.printing.sheets import new_sheet
from restorekit.synthesis.printing.type_plan import PAIRS, draw_plan

PLAIN = {"uneven": False, "leaders": False, "room": 2.0}


def sheet_with(language, **plan):
    sheet = new_sheet(generator(1, 1), 200, 800, language, unit=30)
    sheet.plan = sheet.plan._replace(**{**PLAIN, **plan})
    return sheet


@pytest.mark.parametrize("pair", ["()", "[]", "（）", "【】"])
def test_brackets_stand_around_the_room_that_the_plan_has(pair):
    sheet = sheet_with("zh", pair=pair)
    room = put_room(sheet, generator(1, 2), 100, 100, sheet.body)
    assert pair_of(sheet, sheet.body) == tuple(pair)
    assert room.right - room.left == pytest.approx(60)
    assert room.end - 100 == pytest.approx(room_width(sheet, sheet.body))
    dark = np.asarray(sheet.image.convert("L")) < 128
    assert not dark[:, int(room.left) + 1 : int(room.right)].any()
    assert dark[:, 100 : int(room.left)].any() and dark[:, int(room.right) : int(room.end)].any()


def test_a_frame_is_drawn_around_the_room_except_where_brackets_are_wanted():
    sheet = sheet_with("en", pair="□")
    room = put_room(sheet, generator(1, 2), 100, 100, sheet.body)
    assert np.asarray(sheet.image.convert("L"))[60:115, int((room.left + room.right) / 2)].min() < 128
    assert room.end - 100 == pytest.approx(room_width(sheet, sheet.body))
    put_room(sheet, generator(1, 2), 400, 100, sheet.body, framed=False)
    assert np.asarray(sheet.image.convert("L"))[:, 440].min() == 255
    assert pair_of(sheet_with("en", pair="【】"), sheet.body) == ("(", ")"), "western faces lack these"


def test_room_is_behind_the_text_or_at_the_right_edge_behind_dots():
    sheet = sheet_with("en", aside=False)
    beside = put_room_after(sheet, generator(1, 2), 200, 780, 100, sheet.body)
    assert beside.left < 240
    sheet = sheet_with("en", aside=True, leaders=True)
    room = put_room_after(sheet, generator(1, 2), 200, 780, 100, sheet.body)
    assert room.end == pytest.approx(780)
    assert (np.asarray(sheet.image.convert("L"))[:, 250:600] < 128).any()


def test_pages_differ_in_brackets_and_each_keeps_to_its_own():
    for eastern in (False, True):
        plans = [draw_plan(generator(seed, 3), eastern=eastern) for seed in range(300)]
        assert {plan.pair for plan in plans} == set(PAIRS[eastern])
        assert 1.7 <= min(plan.room for plan in plans) < 1.9 and max(plan.room for plan in plans) > 2.9
        assert abs(np.mean([plan.pair == "（）" for plan in plans]) - PAIRS[eastern].get("（）", 0)) < 0.1
