"""Columns end at the foot of the page with a whole block."""

from itertools import chain, repeat

import numpy as np

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import columns
from restorekit.synthesis.printing.columns import FOOT, Following, fill_column
from restorekit.synthesis.printing.sheets import new_sheet, put_text


def bar(tall):
    def block(sheet, rng, left, right, y):
        sheet.questions += 1
        sheet.draw.rectangle([left, y + 8, right, y + tall], fill=(0, 0, 0))
        sheet.slot("area", left, y + 8, right, y + tall)
        return y + tall

    return block


def column(blocks, left=20, right=200):
    sheet = new_sheet(generator(1, 16), 500, 440, "en", unit=20)
    sheet.plan = sheet.plan._replace(between=0.0)
    blocks = blocks if isinstance(blocks, Following) else Following(blocks)
    end = fill_column(sheet, generator(2, 16), blocks, left, right, 20.0)
    return sheet, end, np.asarray(sheet.image)[..., 0].min(1) < 128


def test_what_does_not_fit_is_taken_back():
    sheet, end, printed = column(repeat((bar(100), False)))
    assert end == 420 and sheet.questions == 4 and len(sheet.slots) == 4
    assert printed[415] and not printed[421:].any()


def test_no_heading_stands_last():
    following = chain([(bar(100), False)] * 3, [(bar(30), True)], repeat((bar(100), False)))
    sheet, end, printed = column(following)
    assert end == 320 and sheet.questions == 3 and not printed[321:].any()


def test_a_long_block_is_broken_at_the_foot():
    sheet, _, printed = column(repeat((bar(1000), False)))
    assert printed[440] and not printed[round(500 - FOOT * 20) + 8 :].any()
    assert not [slot for slot in sheet.slots if slot.bottom > 500]


def test_a_text_that_is_broken_at_the_foot_ends_with_a_whole_line():
    def lines(sheet, rng, left, right, y):
        for _ in range(40):
            put_text(sheet, left, y := y + 27, "HHHH", sheet.body)
        return y

    sheet, _, printed = column(repeat((lines, False)))
    runs = "".join("x" if row else " " for row in printed).split()
    assert len(runs) > 8 and max(map(len, runs)) - min(map(len, runs)) <= 1


def test_what_was_asked_by_what_is_taken_back_is_not_asked():
    def asks(sheet, rng, left, right, y):
        sheet.asked.add(f"asked at {y:.0f}")
        return y + 150

    sheet, end, _ = column(repeat((asks, False)))
    assert end == 320 and sheet.asked == {"asked at 20", "asked at 170"}


def test_another_column_is_left_alone():
    sheet = new_sheet(generator(1, 16), 500, 440, "en", unit=20)
    sheet.draw.rectangle([20, 300, 200, 490], fill=(0, 0, 0))
    fill_column(sheet, generator(2, 16), Following(repeat((bar(100), False))), 240, 420, 20.0)
    assert not np.asarray(sheet.image)[300:490, 20:200].any()


def test_a_text_that_is_at_its_end_leaves_the_rest_empty():
    sheet, end, printed = column(repeat((lambda sheet, rng, left, right, y: y, False)))
    assert end == 20 and not printed.any()


def test_a_shorter_block_is_tried_where_one_is_too_long():
    sheet, end, printed = column(iter([(bar(180), False)] * 3 + [(bar(50), False)] + [(bar(60), False)] * 9))
    assert end == 430 and sheet.questions == 3 and len(sheet.slots) == 3
    assert printed[425] and not printed[431:].any()


def test_a_heading_over_nothing_goes():
    nothing = (lambda sheet, rng, left, right, y: y, False)
    sheet, end, _ = column(
        iter([(bar(100), False), (bar(30), True), nothing, (bar(30), True)] + [(bar(90), False)] * 9)
    )
    assert end == 420 and [slot.bottom - slot.top for slot in sheet.slots] == [92, 22, 82, 82, 82]


def test_a_part_that_is_taken_back_is_not_counted():
    def head(sheet, rng, left, right, y):
        sheet.parts += 1
        return y + 30

    sheet, _, _ = column(iter([(bar(300), False), (head, True), *[(bar(400), False)] * 9]))
    assert sheet.parts == 0 and sheet.questions == 1


def test_rows_of_a_kind_go_on_without_a_gap_and_others_keep_theirs(monkeypatch):
    tops: list[float] = []

    def row(sheet, rng, left, right, y):
        tops.append(y)
        return y + 50

    for in_rows, pitch in (((row,), 50), ((), 50 + 0.7 * 20)):
        tops.clear()
        monkeypatch.setattr(columns, "IN_ROWS", in_rows)
        sheet = new_sheet(generator(1, 16), 500, 440, "en", unit=20)
        sheet.plan = sheet.plan._replace(between=0.7)
        fill_column(sheet, generator(2, 16), Following(repeat((row, False))), 20, 200, 20.0)
        assert np.allclose(np.diff(tops)[:4], pitch)


def test_a_heading_without_room_stands_above_the_next_column():
    heading = bar(30)
    for before in (300, 390):  # no room for what stands below it, or for itself
        blocks = Following(chain([(bar(before), False), (heading, True)], repeat((bar(100), False))))
        sheet, end, _ = column(blocks)
        assert end == 20 + before and sheet.questions == 1 and next(blocks) == (heading, True)


def test_a_heading_stands_above_something_shorter_where_what_follows_is_too_long():
    begun = [(bar(300), False), (bar(30), True), (bar(100), False), (bar(60), False)]
    blocks = Following(chain(begun, repeat((bar(100), False))))
    sheet, end, _ = column(blocks)
    assert end == 410 and sheet.questions == 3
