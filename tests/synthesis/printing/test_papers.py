"""Papers in parts, and what is asked in them."""

import re

import pytest

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import papers
from restorekit.synthesis.printing.papers import PARTS, judge, paper, share_of_facts
from restorekit.synthesis.printing.primary import ROWS
from restorekit.synthesis.printing.sheets import new_sheet
from restorekit.synthesis.texts import topics
from restorekit.synthesis.texts.grammar import CHAPTERS, facts_of, rules


def printed(sheet):
    return [slot.hint for slot in sheet.slots if slot.kind == "text"]


@pytest.mark.parametrize("language", ["en", "zh", "ko"])
def test_each_part_has_its_heading_and_numbers_run_through(language):
    headings = {text.split("{")[0].strip("（( ") for part in PARTS for text in rules(language)[part]}
    found = []
    for seed in range(8):
        sheet = new_sheet(generator(seed, 11), 2400, 800, language, unit=20)
        paper(sheet, generator(seed, 12))
        text = ("" if language == "zh" else " ").join(printed(sheet))  # some headings take two lines
        seen = [heading for heading in headings if heading in text]
        found.append(len(seen))
        assert seen and sheet.questions > 5
    assert sum(one > 1 for one in found) >= 6, "some papers have one long part"


def test_a_paper_has_three_texts_to_read_at_most():
    counts = []
    for seed in range(40):
        following = papers._blocks(generator(seed, 14), ["read", "fill"], 0)
        blocks = [next(following)[0] for _ in range(6)]
        counts.append(next(place for place in range(1, 6) if blocks[place] is not papers.read) - 1)
    assert set(counts) == {1, 2, 3}


def test_parts_are_counted_as_each_language_counts_them():
    seen = {"ja": 0, "zh": 0}
    for language, mark in (("ja", r"第[1-7]問 "), ("zh", "[一二三四五六七]、")):
        for seed in range(6):
            sheet = new_sheet(generator(seed, 11), 1600, 800, language, unit=20)
            paper(sheet, generator(seed, 12))
            heads = [line for line in printed(sheet) if re.match("第.問|[一二三四五六七]、", line)]
            assert all(re.match(mark, line) for line in heads)
            seen[language] += len(heads)
    assert min(seen.values()) > 6


def test_a_paper_of_facts_leaves_no_room_for_workings():
    seen = 0
    for seed in range(12):
        sheet = new_sheet(generator(seed, 11), 6000, 800, "en", unit=20)
        paper(sheet, generator(seed, 12))
        if sheet.facts == 1.0:
            seen += 1
            assert "area" not in {slot.kind for slot in sheet.slots}
    assert seen


def test_what_is_to_be_judged_is_as_its_place_says():
    facts = dict(fact.split(" = ") for fact in facts_of("en", "science_2"))
    known = {
        text.replace("{gap}", answer) for text, answers in facts.items() for answer in answers.split("; ")
    }
    right = {text.replace("{gap}", answers.split("; ")[0]) for text, answers in facts.items()}
    seen = set()
    for seed in range(30):
        sheet = new_sheet(generator(seed, 11), 300, 2400, "en", unit=20)
        sheet.topic = "science_2"
        judge(sheet, generator(seed, 13), 40, 2360, 20)
        said = next(line for line in printed(sheet) if ". " in line).split(". ", 1)[1]
        place = next(slot for slot in sheet.slots if slot.kind == "judge")
        assert said in known
        assert (said in right) == (place.hint == "right")
        seen.add(place.hint)
    assert seen == {"right", "wrong"}


def test_rows_with_signs_are_parts_of_papers_too():
    assert all(PARTS[symbol] == (rows,) for symbol, rows in ROWS.items())


def test_nothing_is_to_be_judged_twice():
    sheet = new_sheet(generator(1, 11), 4000, 2400, "es", unit=20)
    sheet.topic, y = "science_2", 20.0
    for seed in range(40):
        y = judge(sheet, generator(seed, 13), 40, 2360, y)
    said = [line.split(". ", 1)[1].rstrip(".") for line in printed(sheet) if ". " in line]
    known = [fact.split(" = ")[0].split("{gap}")[0] for fact in facts_of("es", "science_2")]
    assert 5 < len(said) <= len(known)
    assert all(sum(one.startswith(start) for one in said) <= 1 for start in known)


def test_a_topic_with_one_kind_of_sum_asks_for_facts():
    for topic, shares in (("science_1", {1.0}), ("science_2", {0.5, 1.0})):
        sheet = new_sheet(generator(1, 11), 300, 800, "en", unit=20)
        sheet.topic = topic
        assert {share_of_facts(generator(seed, 14), sheet) for seed in range(20)} == shares


@pytest.mark.parametrize("language", ["zh", "en", "de", "fr", "es", "ru", "el", "ja", "ko"])
def test_what_is_judged_by_letters_that_the_heading_names_is_answered_by_these(language):
    lettered = 0
    for seed in range(40):
        sheet = new_sheet(generator(seed, 11), 900, 2400, language, unit=20)
        y = papers._heading("judge", 0, 0)(sheet, generator(seed, 12), 40, 2360, 20)
        heading = next(slot.hint for slot in sheet.slots if slot.kind == "text")
        judge(sheet, generator(seed, 13), 40, 2360, y)
        signs = "".join(papers.QUOTED.findall(heading))
        place = sheet.slots[-1]
        if signs.isalpha():
            lettered += 1
            assert len(signs) == 2 and place.kind == "gap" and place.hint in signs
            other = signs.replace(place.hint, "")
            assert sheet.wrong[place.hint] == (other,)
        else:
            assert place.kind == "judge"
    assert 0 < lettered < 30


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_paper_can_be_set_on_every_chapter(language):
    for topic, chapters in CHAPTERS.items():
        for name in chapters:
            for seed in range(3):
                sheet = new_sheet(generator(seed, 1), 1754, 1240, language)
                sheet.topic = f"{topic}_{name}" if name else topic
                sheet.given = {**topics.particulars(generator(seed, 2), language, topic), "field": name}
                papers.paper(sheet, generator(seed, 3))
                assert sheet.slots, sheet.topic


def test_chapters_without_figures_ask_about_none():
    shown = {papers.choice_shown, papers.figured, papers.workings_shown}
    for topic, some in (
        ("mathematics_2_equations", set()),
        ("science_2_life", {papers.choice_shown}),
        ("mathematics_1", shown),
    ):
        following = papers._blocks(generator(2, 14), ["choose", "solve_each"], 0, topic)
        assert shown & {next(following)[0] for _ in range(90)} == some


def test_parts_are_counted_by_letters_of_the_papers_own_alphabet():
    for language, alphabet in (("el", "ΑΒΓΔΕΖΗ"), ("ru", "АБВГДЕЖ"), ("en", "ABCDEFG")):
        assert "".join(papers._count(language, number, 0) for number in range(7)) == alphabet
        assert papers._count(language, 3, 1) == "IV"


def test_what_questions_are_worth_is_new_with_each_part_unless_its_heading_says_so(monkeypatch):
    sheet = new_sheet(generator(1, 3), 900, 700, "en", unit=20)
    for text, marks in (("Choose.", None), ("Choose. (2 marks each)", "")):
        monkeypatch.setattr(papers, "expand", lambda *_, text=text: text)
        sheet.given = {"marks": "3", "year": "2020"}
        papers._heading("choose", 0, 0)(sheet, generator(2, 3), 20, 600, 20)
        assert sheet.given.get("marks") == marks and sheet.given["year"] == "2020"


def test_no_paper_on_a_language_asks_whether_a_sentence_is_true():
    for seed in range(12):
        sheet = new_sheet(generator(seed, 3), 1200, 900, "zh", unit=20)
        sheet.topic = "language_1"
        sheet.given = topics.particulars(generator(seed, 5), "zh", "language_1")
        papers.paper(sheet, generator(seed, 4))
        assert not [slot for slot in sheet.slots if slot.kind == "judge"]


def test_brackets_to_fill_in_are_named_as_they_are_printed_where_there_are_any():
    named = set()
    for seed in range(160):
        sheet = new_sheet(generator(1, 16), 900, 900, "zh", unit=20)
        sheet.body = sheet.body._replace(path="print/zh_song_regular.otf")
        pair = ("()", "（）", "【】", "□")[seed % 4]
        sheet.plan = sheet.plan._replace(brackets=seed % 8 < 4, pair=pair)
        papers._heading("fill", 0, 0)(sheet, generator(seed, 19), 40, 860, 40)
        told = "".join(slot.hint for slot in sheet.slots)
        if found := re.search(r"([(（【□])\s*[)）】]?里", told):
            assert found[1] == pair[0], told
            named.add((pair, sheet.plan.brackets))
    assert named == {(pair, True) for pair in ("()", "（）", "【】", "□")}
