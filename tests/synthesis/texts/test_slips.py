"""Slips in workings: what follows on them follows from them."""

import re

import pytest

from restorekit.synthesis.pages import generator
from restorekit.synthesis.texts.slips import STRUCK, done_again, slipped_working

STEPS = ["86+94=180(页)", "320-180=140(页)", "答:还剩140页没有看。"]
CHAIN = ["340-(76+64)", "=340-140", "=200"]


def wrong(lines, seeds=60):
    return {tuple(slipped_working(generator(seed, 1), lines)) for seed in range(seeds)}


def test_a_wrong_result_is_carried_on_to_the_answer():
    seen = wrong(STEPS)
    assert tuple(STEPS[:1]) in seen and tuple(STEPS[:2]) not in seen, "some are stuck before the result"
    assert ("86+94=170(页)", "320-170=150(页)", "答:还剩150页没有看。") in seen, "a carry forgotten"
    assert ("86+94=180(页)", "320+180=500(页)", "答:还剩500页没有看。") in seen, "a sign taken for another"
    for lines in (one for one in seen if len(one) == 3):
        first, second = re.match(r"86.94=(\d+)", lines[0]), re.match(r"320[-+](\d+)=(\d+)", lines[1])
        assert first[1] == second[1] and lines[2] == f"答:还剩{second[2]}页没有看。"


def test_a_wrong_line_of_a_chain_leads_to_another_result():
    seen = wrong(CHAIN)
    assert ("340-(76+64)", "=340-130", "=210") in seen and ("340-(76+64)", "=340+140", "=480") in seen
    assert all(lines[0] == CHAIN[0] for lines in seen), "what is given is copied as it is"
    assert {len(lines) for lines in seen} == {1, 2, 3}


@pytest.mark.parametrize("lines", [["3x+5=17", "3x=12", "x=4"], ["v=s÷t", "=30km÷0.5h", "=60km/h"]])
def test_what_is_given_is_never_wrong(lines):
    assert {one[:2] for one in wrong(lines) if len(one) > 1} == {tuple(lines[:2])}


def test_what_is_done_again_is_right_and_the_line_above_it_wrong():
    for seed in range(40):
        lines = done_again(generator(seed, 2), STEPS)
        struck = [line for line in lines if line.startswith(STRUCK)]
        assert [line for line in lines if not line.startswith(STRUCK)] == STEPS
        if struck:
            after = lines[lines.index(struck[0]) + 1]
            assert after != struck[0][1:] and after[:2] == struck[0][1:3]
    assert done_again(generator(1, 2), ["∵ AB=CD"]) == ["∵ AB=CD"]
