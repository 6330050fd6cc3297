"""What papers are about, and what stands above them."""

from restorekit.synthesis.pages import generator
from restorekit.synthesis.texts import topics


def test_what_belongs_to_a_subject_fits_its_topics_and_papers_of_everything():
    assert topics.fits("mathematics_1", "mathematics")
    assert topics.fits("mathematics_1", "mathematics_1 science")
    assert not topics.fits("mathematics_2", "mathematics_1 science")
    assert topics.fits("", "science") and topics.fits("science_2", "")


def test_what_belongs_to_a_field_stands_on_papers_of_that_and_of_the_whole_topic_but_of_no_other():
    assert topics.fits("mathematics_2", "mathematics_2_figures")
    assert topics.fits("mathematics_2_figures", "mathematics_2")
    assert not topics.fits("mathematics_2_percent", "mathematics_2_figures")
    assert {topics.narrowed(generator(seed, 1), "science_2") for seed in range(30)} == {
        f"science_2_{field}" for field in ("forces", "matter", "life")
    }
    assert topics.narrowed(generator(1, 1), "mathematics_1") == "mathematics_1"


def test_options_are_counted_by_the_letters_of_the_language():
    assert [topics.letters(language)[0] for language in ("en", "zh", "ru", "ja")] == ["A", "A", "А", "ア"]
    assert topics.option_row("ウ") == "アイウエ" and topics.option_row("オ") == topics.option_row("AB") == ""
