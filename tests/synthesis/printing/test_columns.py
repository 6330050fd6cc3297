"""Columns end at the foot of the page with a whole block."""

from itertools import repeat

import numpy as np

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.columns import FOOT, fill_column
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
    end = fill_column(sheet, generator(2, 16), blocks, left, right, 20.0)
    return sheet, end, np.asarray(sheet.image)[..., 0].min(1) < 128


def test_what_does_not_fit_is_taken_back():
    sheet, end, printed = column(repeat(bar(100)))
    assert end == 420 and sheet.questions == 4 and len(sheet.slots) == 4
    assert printed[415] and not printed[421:].any()


def test_a_long_block_is_broken_at_the_foot():
    sheet, _, printed = column(repeat(bar(1000)))
    assert printed[440] and not printed[round(500 - FOOT * 20) + 8 :].any()
    assert not [slot for slot in sheet.slots if slot.bottom > 500]


def test_a_text_that_is_broken_at_the_foot_ends_with_a_whole_line():
    def lines(sheet, rng, left, right, y):
        for _ in range(40):
            put_text(sheet, left, y := y + 27, "HHHH", sheet.body)
        return y

    sheet, _, printed = column(repeat(lines))
    runs = "".join("x" if row else " " for row in printed).split()
    assert len(runs) > 8 and max(map(len, runs)) - min(map(len, runs)) <= 1


def test_what_was_asked_by_what_is_taken_back_is_not_asked():
    def asks(sheet, rng, left, right, y):
        sheet.asked.add(f"asked at {y:.0f}")
        return y + 150

    sheet, end, _ = column(repeat(asks))
    assert end == 320 and sheet.asked == {"asked at 20", "asked at 170"}


def test_another_column_is_left_alone():
    sheet = new_sheet(generator(1, 16), 500, 440, "en", unit=20)
    sheet.draw.rectangle([20, 300, 200, 490], fill=(0, 0, 0))
    fill_column(sheet, generator(2, 16), repeat(bar(100)), 240, 420, 20.0)
    assert not np.asarray(sheet.image)[300:490, 20:200].any()


def test_a_text_that_is_at_its_end_leaves_the_rest_empty():
    sheet, end, printed = column(repeat(lambda sheet, rng, left, right, y: y))
    assert end == 20 and not printed.any()


def test_a_shorter_block_is_tried_where_one_is_too_long():
    sheet, end, printed = column(iter([bar(180)] * 3 + [bar(50)] + [bar(60)] * 9))
    assert end == 430 and sheet.questions == 3 and len(sheet.slots) == 3
    assert printed[425] and not printed[431:].any()


def test_no_row_of_sums_is_cut_through():
    def rows(sheet, rng, left, right, y):
        for _ in range(40):
            y += 37
            put_text(sheet, left, y, "HHHH=", sheet.body, slot=False)
            sheet.slot("sum", left + 90, y - 20, right, y, "4")
        return y

    sheet, _, printed = column(repeat(rows))
    runs = "".join("x" if row else " " for row in printed).split()
    assert len(runs) > 8 and max(map(len, runs)) - min(map(len, runs)) <= 1
