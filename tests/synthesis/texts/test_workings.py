"""What is put down where something is to be worked out."""

from restorekit.synthesis.pages import generator
from restorekit.synthesis.texts.workings import any_working, as_written


def test_brackets_are_in_half_the_workings_of_later_mathematics_and_in_few_of_earlier():
    later, earlier = (
        sum("(" in "".join(any_working(generator(seed, 3), "en", topic)) for seed in range(200))
        for topic in ("mathematics_2", "mathematics_1")
    )
    assert later > 90 and earlier < 30


def test_in_chinese_most_keep_the_unit_that_is_asked_for_and_none_is_made_up():
    counted = 0
    for seed in range(100):
        lines = as_written(generator(seed, 3), "zh", ["24÷3", "=8(本)"])
        assert lines[0].endswith("24÷3") and lines[1] in ("=8", "=8(本)")
        counted += lines[1].endswith(")")
        for language in ("zh", "en"):
            assert as_written(generator(seed, 3), language, ["24÷3", "=8"])[1] == "=8"
    assert 60 < counted < 90


def test_pupils_write_the_signs_of_their_country():
    lines = ["24÷3×1.5", "=8×1.5", "=12"]
    assert as_written(generator(1, 3), "ru", lines) == ["24:3·1,5", "=8·1,5", "=12"]
    assert as_written(generator(1, 3), "fr", lines) == ["24:3×1,5", "=8×1,5", "=12"]
    assert as_written(generator(1, 3), "en", lines) == lines


def test_in_chinese_equations_are_introduced_and_some_results_said_in_a_sentence():
    solved = [as_written(generator(seed, 3), "zh", ["3x=12", "x=4"]) for seed in range(60)]
    assert all(lines[0] in ("解:3x=12", "3x=12") and lines[1:] == ["x=4"] for lines in solved)
    assert 30 < sum(lines[0][0] == "解" for lines in solved) < 55
    told = [as_written(generator(seed, 3), "zh", ["24÷3", "=8(本)"]) for seed in range(60)]
    assert 10 < sum(lines[-1] == "答:8本。" for lines in told) < 32


def test_a_working_that_begins_as_it_should_does_not_begin_twice():
    lines = ["解:设长x米", "x=5"]
    for seed in range(20):
        assert as_written(generator(seed, 1), "zh", lines)[0].count("解") == 1
