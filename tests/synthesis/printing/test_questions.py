"""What is said above questions that are drawn."""

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import primary, questions
from restorekit.synthesis.printing.questions import instruct
from restorekit.synthesis.printing.sheets import new_sheet
from restorekit.synthesis.texts.grammar import rules


def test_what_is_to_be_done_is_said_once_on_a_sheet():
    sheet = new_sheet(generator(3, 16), 900, 600, "en", unit=16)
    sheet.opened = True
    said = [instruct(sheet, generator(seed, 9), "count") for seed in range(30)]
    texts = [text.split(". ", 1)[1] for text in said if text]
    assert len(texts) == 1 == sheet.questions and texts[0] in rules("en")["count"]
    for seed in range(3):
        assert primary.counting(sheet, generator(seed, 10), 20, 580, 100) == 100


def test_what_is_done_with_other_numbers_is_told_each_time():
    sheet = new_sheet(generator(1, 9), 900, 500, "en", unit=20)
    told = [questions.instruct(sheet, generator(seed, 11), "copy", anew=True) for seed in range(9)]
    assert all(told) and len(set(told)) == 9 == len({text.split(". ")[0] for text in told})
    assert {text.split(". ", 1)[1] for text in told[:4]} <= set(rules("en")["copy"])
