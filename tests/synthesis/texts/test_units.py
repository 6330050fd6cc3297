"""The unit of a result is the one that its problem asks for."""

import pytest

from restorekit.synthesis.pages import generator
from restorekit.synthesis.texts.grammar import exercise
from restorekit.synthesis.texts.units import GIVEN, unit_asked


@pytest.mark.parametrize(
    ("kind", "text", "unit"),
    [
        ("sum", "小明有12本书，又买来5本，现在有多少本？", "本"),
        ("product", "每小时走15千米，3小时走多少千米？", "千米"),
        ("quotient", "把24个苹果平均分给3个人，每人得几个？", "个"),
        ("area", "长方形的长是8厘米，宽是3厘米，求面积。", "平方厘米"),
        ("perimeter", "长方形的长是8厘米，宽是3厘米，求它四条边的和。", "厘米"),
        ("area", "一块长8米、宽3米的长方形土地，面积是多少？", "平方米"),
        ("sum", "计算12+5的结果。", ""),
        ("quotient", "24是3的多少倍？", ""),
        ("sum", "What is 12 + 5?", ""),
    ],
)
def test_units_are_read_from_the_problem(kind, text, unit):
    assert unit_asked(kind, text) == unit


def test_a_problem_in_chinese_is_worked_out_with_its_unit():
    for seed in range(40):
        asked = exercise(generator(seed, 3), "zh", 0.0, "mathematics_1", ("product",))
        unit = unit_asked("product", asked.text)
        assert asked.working[-1] == f"={asked.answer}" + (f"({unit})" if unit else "")
        assert bool(GIVEN.search(asked.working[-1])) == bool(unit)
