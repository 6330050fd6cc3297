"""Prints of papers: none like another, each as right as the paper."""

import re

import numpy as np
import pytest

from restorekit.synthesis.texts.variants import varied
from restorekit.synthesis.texts.whole_papers import Block, WholePaper, numbered, papers_in, pieces_of

PAPERS = [paper for language in ("zh", "en", "de", "ru", "ja") for paper in papers_in(language)]


def paper_of(*blocks, title="Sums: Worksheet 3", language="en", numbers="through"):
    blocks = tuple(numbered(blocks, numbers))
    return WholePaper(language, title, "mathematics_1", "Maths", "3", "", "", "rules", numbers, blocks)


def right_ones(paper):
    """The text of the option that is right, by the question and all of its options."""
    found = {}
    for block in paper.blocks:
        if block.options:
            letter = [piece.text for piece in pieces_of(block.lines[0]) if piece.kind == "blank"][-1]
            found[(block.lines[0].split("[")[0], frozenset(block.options))] = block.options[
                "ABCD".index(letter)
            ]
    return found


def test_two_prints_of_a_paper_are_alike_by_the_same_seed_alone():
    for paper in PAPERS:
        first, again = varied(paper, 7), varied(paper, 7)
        assert first == again and first.name == paper.name and first.variant == "7"
    alike = [set(varied(one, 1).blocks) & set(varied(one, 2).blocks) for one in PAPERS]
    share = [len(same) / len(one.blocks) for same, one in zip(alike, PAPERS, strict=True)]
    assert np.median(share) < 0.8 and sum(one == 1 for one in share) < 4


def test_the_same_option_stays_right_and_numbers_have_no_gap():
    for paper in PAPERS:
        right = right_ones(paper)
        for seed in range(3):
            new = varied(paper, seed)
            own = right_ones(new)
            assert {options for _, options in own} <= {options for _, options in right}
            common = own.keys() & right.keys()
            assert all(own[one] == right[one] for one in common)
            assert list(new.blocks) == numbered(new.blocks, paper.numbers)


def test_sums_are_as_hard_as_before_and_come_to_what_is_said():
    paper = paper_of(Block("row", ("34+58=[92] | [#6]+4=10 | 702-346=[356] | 60+70=[130]",)))
    seen = set()
    for seed in range(30):
        items = varied(paper, seed).blocks[0].lines[0].split(" | ")
        assert {re.sub(r"\d", "0", item) for item in items} == {
            "00+00=[00]",
            "[#0]+0=00",
            "000-000=[000]",
            "00+00=[000]",
        }
        for item in items:
            left, _, right = item.translate(str.maketrans("", "", "[]#")).partition("=")
            assert eval(left) == int(right)  # noqa: S307
        carried = next(item for item in items if item.startswith(tuple("123456789")) and len(item) == 10)
        a, b = re.findall(r"\d+", carried)[:2]
        assert int(a[1]) + int(b[1]) >= 10 and "0" not in (a[1], b[1])
        seen |= set(items)
    assert len(seen) > 60


@pytest.mark.parametrize(
    ("text", "working", "changes"),
    [
        ("Each of 8 boxes has 25 pens. 14 are lost.", ("8×25=200", "200-14=186", "186 pens"), True),
        ("How many wheels have 4 cars and 3 tricycles?", ("4×4=16", "3×3=9", "16+9=25"), False),
        ("A box of 6 costs 180. Which is cheaper?", ("180÷6=30",), False),
        ("Tom had 5 pounds and spent 3 × 120.", ("3×120=360", "500-360=140", "1 pound 40"), False),
    ],
)
def test_problems_have_other_numbers_where_that_is_sure(text, working, changes):
    paper, texts = paper_of(Block("question", (text,), working=working)), set()
    for seed in range(20):
        block = varied(paper, seed).blocks[0]
        said = block.lines[0]
        texts.add(re.sub("Tom|Ben|Sam|Leo|Jack|Harry|Adam|Finn|Luke|Omar", "Tom", said))
        for step in block.working:
            term, sign, result = step.partition("=")
            if sign:
                assert eval(term.replace("×", "*").replace("÷", "/")) == int(result)  # noqa: S307
        if changes:
            assert block.working[-1] == f"{block.working[1].partition('=')[2]} pens"
            assert set(re.findall(r"\d+", said)) <= set(re.findall(r"\d+", " ".join(block.working)))
    assert (len(texts) > 8) == changes and (text in texts or changes)


def test_parts_are_worth_what_their_questions_are_and_all_is_worth_as_much():
    questions = [Block("question", (f"Frage {place}：[1]",)) for place in range(12)]
    heads = Block("part", ("一、填空。（每空2分，共24分）",)), Block("part", ("二、解决问题。（共30分）",))
    paper = paper_of(heads[0], *questions, heads[1], Block("question", ("为什么？",)), language="zh")
    worths = set()
    for seed in range(20):
        blocks = varied(paper, seed).blocks
        asked = sum(block.kind == "question" for block in blocks) - 1
        said = [int(re.search(r"共(\d+)分", one.lines[0])[1]) for one in blocks if one.kind == "part"]
        assert said == [2 * asked, 54 - 2 * asked]
        worths.add(asked)
    assert len(worths) > 1 and max(worths) == 12


def test_many_sums_in_columns_may_go_on_on_the_next_page():
    lines = tuple(" | ".join(f"{n}{m}+11={n}{m + 1 + 10}" for m in range(5)) for n in (1, 2))
    for count, parts in ((1, 1), (2, 2)):
        paper = paper_of(Block("stacked", lines[:count]))
        assert len(varied(paper, 3).blocks) == parts


def test_questions_of_a_gapped_text_stay_in_their_order():
    paper = next(one for one in papers_in("zh") if one.name == "zh_eng9_cloze")
    at = next(at for at, block in enumerate(paper.blocks) if "__11__" in block.lines[0])
    gaps = [set(block.options) for block in paper.blocks[at + 1 : at + 9]]
    for seed in range(6):
        blocks = varied(paper, seed).blocks
        assert [set(block.options) for block in blocks[at + 1 : at + 9]] == gaps
        assert [block.number for block in blocks[at + 1 : at + 9]] == list(range(11, 19))


def test_people_keep_to_one_name_in_a_print():
    said = "Mia had 12 sweets. Mia's friend Tom ate 5. How many has Mia left?"
    paper, seen = paper_of(Block("question", (said,), answer="Mia has 7.")), set()
    for seed in range(20):
        block = varied(paper, seed).blocks[0]
        girl, boy = re.match(
            r"(\w+) had 12 sweets\. \1's friend (\w+) ate 5\. .* has \1 left", block.lines[0]
        ).groups()
        assert block.answer == f"{girl} has 7." and girl != boy
        seen.add((girl, boy))
    assert len(seen) > 10


def test_a_part_is_left_out_now_and_then_and_the_others_are_counted_anew():
    parts = [
        (Block("part", (f"{one}. {one.lower()}",)), Block("question", (f"1+{one}=[2]",))) for one in "ABCD"
    ]
    seen = set()
    for seed in range(60):
        blocks = varied(paper_of(*(block for part in parts for block in part)), seed).blocks
        heads = [block.lines[0] for block in blocks if block.kind == "part"]
        assert [one[:2] for one in heads] == ["A.", "B.", "C.", "D."][: len(heads)]
        asked = [block.lines[0][2].lower() for block in blocks if block.kind == "question"]
        assert asked == [one[3] for one in heads] and len(asked) in (3, 4)
        seen.add("".join(asked))
    assert seen == {"abcd", "bcd", "acd", "abd", "abc"}
    for heads in (("A. a (3)", "B. b", "C. c", "D. d"), ("Gold", "Silver", "Bronze", "Iron")):
        whole = paper_of(*(Block("part", (head,)) for head in heads))
        assert all(len(varied(whole, seed).blocks) == 4 for seed in range(12))


def test_titles_are_those_of_many_sheets():
    titles = {varied(paper_of(Block("part", ("A",))), seed).title for seed in range(60)}
    assert len(titles) > 20 and all("Sums" in one for one in titles)
    assert {"Year 3: Sums", "Maths Homework: Sums"} <= titles
    paper = paper_of(Block("part", ("A",)), title="五年级数学上册《多边形的面积》单元检测", language="zh")
    titles = {varied(paper, seed).title for seed in range(40)}
    assert len(titles) > 10 and all(one.startswith("五年级数学上册《多边形的面积》单元") for one in titles)
