"""What is put down where something is to be worked out."""

from restorekit.synthesis.pages import generator
from restorekit.synthesis.texts.workings import any_working, as_written


def test_brackets_are_in_half_the_workings_of_later_mathematics_and_in_few_of_earlier():
    later, earlier = (
        sum("(" in "".join(any_working(generator(seed, 3), "en", topic)) for seed in range(200))
        for topic in ("mathematics_2", "mathematics_1")
    )
    assert later > 90 and earlier < 30


def test_in_chinese_most_results_have_their_unit_in_brackets_and_equations_none():
    counted = 0
    for seed in range(100):
        lines = as_written(generator(seed, 3), "zh", ["24÷3", "=8"])
        assert lines[0].endswith("24÷3") and lines[1].startswith("=8")
        counted += lines[1].endswith(")")
        assert as_written(generator(seed, 3), "zh", ["3+x=8", "x=5"])[1] == "x=5"
        assert as_written(generator(seed, 3), "en", ["24÷3", "=8"])[1] == "=8"
    assert 40 < counted < 80
