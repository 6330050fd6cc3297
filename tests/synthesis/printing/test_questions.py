"""What a sheet asks."""

import pytest

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import blocks, primary, questions
from restorekit.synthesis.printing.questions import ask, ask_freely, ask_which, instruct
from restorekit.synthesis.printing.sheets import Slot, new_sheet
from restorekit.synthesis.texts.grammar import facts_of, rules


def test_a_sheet_asks_nothing_twice():
    for seed in range(6):
        rng = generator(seed, 18)
        sheet = new_sheet(rng, 300, 300, "en")
        assert len({ask(sheet, rng, 0.0, 300.0, 0.0).text for _ in range(40)}) == 40


def test_where_there_is_room_a_question_is_worked_out_and_elsewhere_beside_it():
    sheet = new_sheet(generator(1, 18), 300, 300, "en")
    sheet.facts = 1.0
    asked = ask(sheet, generator(2, 18), 10.0, 290.0, 50.0, room=True)
    assert asked.working and not sheet.slots
    sheet.facts = 0.0
    asked = ask(sheet, generator(3, 18), 10.0, 290.0, 70.0)
    assert sheet.slots == [Slot("aside", 10, 70, 290, 70 + sheet.unit, "\n".join(asked.working))]
    assert sheet.wrong[asked.answer] == asked.wrong


@pytest.mark.parametrize("language", ["en", "zh", "ko"])
def test_of_four_statements_one_alone_is_as_asked(language):
    facts = [fact.split(" = ") for fact in facts_of(language, "science_2")]
    true = {text.replace("{gap}", answers.split("; ")[0]) for text, answers in facts}
    seen = set()
    for seed in range(30):
        sheet = new_sheet(generator(0, 16), 100, 200, language)
        sheet.topic = "science_2"
        asked = ask_which(sheet, generator(seed, 41))
        assert asked.text.count("*") in (0, 2)
        assert len({asked.answer, *asked.wrong}) == 4
        assert {one in true for one in asked.wrong} == {asked.answer not in true}
        assert (asked.text in rules(language)["which_true"]) == (asked.answer in true)
        seen.add(asked.answer in true)
    assert seen == {True, False}


def test_questions_keep_to_the_sheets_topic_and_chapter_and_differ_by_more_than_names():
    sheet = new_sheet(generator(0, 16), 100, 200, "en")
    sheet.topic, sheet.facts = "language_2", 1.0
    asked = [ask(sheet, generator(seed, 44), 0.0, 200.0, 0.0) for seed in range(16)]
    assert not any(one.working for one in asked)
    assert len({one.kind for one in asked}) >= 14
    sheet.topic, sheet.facts = "mathematics_2_percent", 0.0
    assert all("%" in ask(sheet, generator(seed, 45), 0.0, 200.0, 0.0).text for seed in range(10))


@pytest.mark.parametrize("language", ["en", "ja", "ko"])
def test_what_is_answered_in_sentences_is_of_the_subject_and_asked_once(language):
    sheet = new_sheet(generator(0, 16), 100, 200, language)
    sheet.topic = "science_2"
    asked = [ask_freely(sheet, generator(seed, 46)) for seed in range(40)]
    known = [text.split(" = ")[0] for text in rules(language)["question_science"]]
    assert sorted(text for text, _ in asked if text) == sorted(known)
    assert all(bool(text) == bool(reply) for text, reply in asked)


def test_no_pattern_is_asked_again_and_again_while_there_are_others():
    sheet = new_sheet(generator(1, 16), 900, 900, "zh", unit=20)
    sheet.topic, sheet.facts = "language_1", 1.0
    for seed in range(14):
        ask(sheet, generator(seed, 5), 0, 900, 20)
    opposites = sum(count for way, count in sheet.ways.items() if way.startswith("的反义词是"))
    assert 0 < opposites <= 3 and sum(sheet.ways.values()) == 14


def test_what_is_to_be_done_is_said_once_on_a_sheet():
    sheet = new_sheet(generator(3, 16), 900, 600, "en", unit=16)
    sheet.opened = True
    said = [instruct(sheet, generator(seed, 9), "count") for seed in range(30)]
    texts = [text.split(". ", 1)[1] for text in said if text]
    assert len(texts) == 1 == sheet.questions and texts[0] in rules("en")["count"]
    for seed in range(3):
        assert primary.counting(sheet, generator(seed, 10), 20, 580, 100) == 100


def test_no_sum_stands_twice_on_a_page():
    for seed in range(6):
        sheet = new_sheet(generator(seed, 9), 900, 500, "en", unit=20)
        for part in range(3):
            blocks.sums(sheet, generator(seed, part), 20, 480, 20)
        columns = [slot for slot in sheet.slots if slot.kind == "sum"]
        assert len([text for text in sheet.asked if text.endswith("=")]) == len(columns) > 10


def test_unasked_sums_differ():
    sheet = new_sheet(generator(1, 9), 700, 500, "en", unit=20)
    draws = iter([("1+1=", "2"), ("1+1=", "2"), ("1+2=", "3")])
    assert [questions.unasked(sheet, lambda: next(draws))[1] for _ in range(2)] == ["2", "3"]


def test_on_a_language_nothing_is_asked_about_a_text_that_is_not_there():
    for seed in range(12):
        sheet = new_sheet(generator(seed, 9), 700, 500, "zh", unit=20)
        text, _ = questions.ask_freely(sheet, generator(seed, 5))
        assert "短文" not in text


def test_where_there_is_one_kind_of_sums_few_of_them_are_asked_alike():
    sheet = new_sheet(generator(1, 16), 900, 900, "zh", unit=20)
    sheet.topic, sheet.facts, rng = "science_1", 0.0, generator(2, 16)
    taken = [not questions.again(sheet, "gap", questions.ask(sheet, rng, 40, 860, 40)) for _ in range(60)]
    assert 3 <= sum(taken) <= 3 * questions.FEW_ALIKE
    sheet.topic = "mathematics_1"
    taken = [not questions.again(sheet, "gap", questions.ask(sheet, rng, 40, 860, 40)) for _ in range(60)]
    assert sum(taken) > 40


def test_the_storys_teller_is_asked_for_where_there_is_one():
    for seed in range(60):
        sheet = new_sheet(generator(1, 16), 900, 900, "zh", unit=20)
        sheet.topic = "language_2"
        text, _ = questions.ask_freely(sheet, generator(seed, 18), "古时候没有纸。")
        assert "“我”" not in text


def test_what_is_done_with_other_numbers_is_told_each_time():
    sheet = new_sheet(generator(1, 9), 900, 500, "en", unit=20)
    told = [questions.instruct(sheet, generator(seed, 11), "reckon", anew=True) for seed in range(9)]
    assert all(told) and len(set(told)) == 9 == len({text.split(". ")[0] for text in told})
    assert {text.split(". ", 1)[1] for text in told[:4]} <= set(rules("en")["reckon"])
