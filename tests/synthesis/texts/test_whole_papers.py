"""Whole papers: how they are read, and that each is what a teacher could give out."""

import re

import pytest

from restorekit.synthesis import assets
from restorekit.synthesis.printing.paper_blocks import DRAWN
from restorekit.synthesis.printing.shown import WHERE as SHOWN
from restorekit.synthesis.printing.signs import LENT, LOWERED, MINUS, SIGNS
from restorekit.synthesis.texts.grammar import CHAPTERS, part_of
from restorekit.synthesis.texts.topics import fits
from restorekit.synthesis.texts.variants import varied
from restorekit.synthesis.texts.whole_papers import (
    Block,
    Piece,
    WholePaper,
    papers_in,
    pieces_of,
    read_paper,
    taken_for,
)

PAPERS = [
    paper
    for language in ("en", "zh", "ru", "el", "es", "fr", "de", "ja", "ko")
    for paper in papers_in(language)
]
IDS = [f"{paper.language} {paper.title}" for paper in PAPERS]
PRINTS = [varied(paper, 1) for paper in PAPERS]
WRITTEN = """title: Sums
topic: mathematics_1
subject: Mathematics
year: 2
blanks: brackets
numbers: parts

# One
* 2+3=[5|6]
* Which is odd? [B]
A 2 | 3 | 4
# Two
* Show it.
> 2×3=6; 6+1=7
- First. [√]
- Second.
_ It is so.
= 1+1=[2] | 2+2=[4]
= 3+3=[6]
! 34+58=92 | 91-27=64
! 12×4=48
/ 0 | 5 | [10]
& counting
* Last
"""


def test_a_paper_is_read_block_by_block(tmp_path):
    path = tmp_path / "en_sums.txt"
    path.write_text(WRITTEN, encoding="utf-8")
    blocks = (
        Block("part", ("One",)),
        Block("question", ("2+3=[5|6]",), 1),
        Block("question", ("Which is odd? [B]",), 2, options=("2", "3", "4")),
        Block("part", ("Two",)),
        Block("question", ("Show it.",), 1, working=("2×3=6", "6+1=7")),
        Block("item", ("First. [√]",), 1),
        Block("item", ("Second.",), 2, answer="It is so."),
        Block("row", ("1+1=[2] | 2+2=[4]", "3+3=[6]")),
        Block("stacked", ("34+58=92 | 91-27=64", "12×4=48")),
        Block("number_line", ("0 | 5 | [10]",)),
        Block("drawn", ("counting",), 2),
        Block("question", ("Last",), 3),
    )
    expected = WholePaper(
        "en", "Sums", "mathematics_1", "Mathematics", "2", "", "", "brackets", "parts", blocks, "en_sums"
    )
    assert read_paper(path) == expected


@pytest.mark.parametrize(
    "old, new, message",
    [("topic:", "topik:", "no key 'topik'"), ("* Last", "; Last", "no mark ';' in '; Last'")],
)
def test_a_wrong_key_or_mark_is_named(tmp_path, old, new, message):
    path = tmp_path / "en_sums.txt"
    path.write_text(WRITTEN.replace(old, new), encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        read_paper(path)


def test_a_line_is_cut_into_what_is_set_each_in_its_way():
    assert pieces_of("x-3⁄4=[1|2|3]") == [
        Piece("text", "x−"),
        Piece("fraction", "3⁄4"),
        Piece("text", "="),
        Piece("blank", "1", ("2", "3")),
    ]
    assert pieces_of("4[@<]5, 2+[#3]=5, 不*正确*的是[C]") == [
        Piece("text", "4"),
        Piece("ring", "<"),
        Piece("text", "5, 2+"),
        Piece("box", "3"),
        Piece("text", "=5, 不"),
        Piece("stress", "正确"),
        Piece("text", "的是"),
        Piece("blank", "C"),
    ]
    assert pieces_of("(x+1)⁄2 ^2 so[×]") == [
        Piece("fraction", "(x+1)⁄2"),
        Piece("text", " "),
        Piece("power", "2"),
        Piece("text", " so"),
        Piece("judge", "×"),
    ]


def test_a_power_ends_where_words_of_the_east_begin():
    assert pieces_of("9cm^2です")[1:] == [Piece("power", "2"), Piece("text", "です")]


def test_there_are_over_ninety_papers_and_most_are_chinese_and_english():
    counts = {paper.language: len(papers_in(paper.language)) for paper in PAPERS}
    assert len(PAPERS) > 90 and counts["zh"] > 40 and counts["en"] > 20 and counts["ja"] > 9
    assert len(set(IDS)) == len(PAPERS)


@pytest.mark.parametrize("paper", PAPERS, ids=IDS)
def test_a_paper_is_whole(paper):
    assert not any("*" in line for block in paper.blocks if block.kind == "part" for line in block.lines)
    assert paper.title and paper.subject and part_of(paper.topic)[0] in CHAPTERS and 1 <= int(paper.year) <= 9
    assert paper.blanks in ("brackets", "rules") and paper.numbers in ("through", "parts")
    rows = [line for block in paper.blocks if block.kind in ("row", "stacked") for line in block.lines]
    asked = sum(block.number > 0 for block in paper.blocks)
    assert asked >= 10 or asked + sum(line.count(" | ") + 1 for line in rows) >= 30
    for block in paper.blocks:
        letters = [piece.text for line in block.lines for piece in pieces_of(line) if piece.kind == "blank"]
        if block.options:
            assert 3 <= len(block.options) <= 4 and len(set(block.options)) == len(block.options)
            assert letters[-1] in "ABCD"[: len(block.options)], block.lines
        if block.kind == "drawn":
            assert block.lines[0] in DRAWN
            assert block.lines[0] not in ("figured", "workings") or fits(paper.topic, SHOWN)
        if block.kind == "table":
            assert len({line.count(" | ") for line in block.lines}) == 1, block.lines
        if block.kind == "pinyin":
            for pair in block.lines[0].split(" | "):
                read, characters = pair.split("=")
                assert len(read.split(" ")) == len(characters)


SUM = re.compile(r"([\d.+×÷()−-]+)=\[?([\d.]+)\]?")


def worths(lines):
    """What the lines of a working come to."""
    return {eval(line.lstrip("=").translate(str.maketrans("×÷−", "*/-"))) for line in lines}  # noqa: S307


@pytest.mark.parametrize("paper", [*PAPERS, *PRINTS], ids=[*IDS, *IDS])
def test_sums_come_to_what_is_said(paper):
    for block in paper.blocks:
        if block.kind in ("row", "stacked"):
            for item in (item for line in block.lines for item in line.split(" | ")):
                found = SUM.fullmatch(item.strip())
                if found:
                    term = found[1].translate(str.maketrans("×÷−", "*/-"))
                    assert eval(term) == pytest.approx(float(found[2])), item  # noqa: S307
        again = [steps for line in block.lines if block.kind == "checked" for steps in line.split(" | ")]
        for done, _, judged in (one.partition(" => ") for one in again):
            sign, *steps = judged.split("; ")
            assert (len(worths(done.split("; "))) == 1) == (sign == "√") != bool(steps), done
            assert sign == "√" or worths(steps) == worths(done.split("; ")[:1]), steps
        for line in block.working:
            found = SUM.fullmatch(re.sub(r"\(?[^\W\d_]*\)?$", "", line))
            if found:
                term = found[1].translate(str.maketrans("×÷−", "*/-"))
                assert eval(term) == pytest.approx(float(found[2])), line  # noqa: S307


@pytest.mark.parametrize("paper", PRINTS, ids=IDS)
def test_faces_can_set_a_paper_and_hands_write_its_answers(paper):
    said, written = [paper.title, paper.note], list[str]()
    for block in paper.blocks:
        said += [*block.lines, *block.options]
        written += [*block.working, block.answer, *block.aside]
        written += [piece.text for line in block.lines for piece in pieces_of(line) if piece.kind == "blank"]
    drawn = SIGNS | LENT | LOWERED.keys() | set("⁄ 　\n" + MINUS)
    for face in assets.faces_for(paper.language):
        characters = set("".join(said)) - drawn
        if paper.language == "zh":  # syllables are set in a face of their own
            characters -= set("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ")
        assert not [one for one in characters if not assets.has_glyph(face.path, one)], face.path
    hands = {"ja": assets.HAND_JAPANESE, "ko": assets.HAND_KOREAN}.get(paper.language, ())
    eastern = {one for one in "".join(written) if "\u3040" < one < "\uff00"}
    for one in eastern - assets.stroke_characters().keys():
        assert hands and all(assets.has_glyph(f"hand/{hand}.ttf", one) for hand in hands), one


def test_what_may_be_answered_instead_is_of_the_same_script_and_not_right():
    for paper in PAPERS:
        for right, wrong in taken_for(paper).items():
            assert wrong and right not in wrong
            assert len({one.isascii() for one in (right, *wrong)}) == 1 or paper.language != "zh"


def test_nobody_answers_with_what_belongs_into_a_blank_of_another_line(tmp_path):
    file = tmp_path / "en_one.txt"
    said = "title: T\ntopic: language_1\nsubject: English\nyear: 3\nblanks: rules\nnumbers: through\n\n"
    lines = (
        "= make + ing = [making] | box + s = [boxes]",
        "* A cow eats [grass], a cat [mice]. [4.5|45]",
        "# B.",
        "$ map | storm",
        "* An old [map] it was.",
    )
    file.write_text(said + "\n".join(lines))
    found = taken_for(read_paper(file))
    assert found["making"] == ("meking", "makeng") and found["boxes"] == ("buxes", "boxis")
    assert found["grass"] == ("mice",) and found["mice"] == ("grass",)
    assert found["map"] == ("storm",) and found["4.5"] == ("45",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("14-[#6]=8", ["14−", "6", "=8"]),
        ("[#15]-9=6", ["15", "−9=6"]),
        ("Call [D] 685-6034.", ["Call ", "D", " 685-6034."]),
        ("用时[~8]分，做对[~]题", ["用时", "8", "分，做对", "", "题"]),
    ],
)
def test_a_hyphen_beside_a_blank_of_a_sum_is_a_minus_and_entries_are_no_answers(text, said):
    pieces = pieces_of(text)
    assert [piece.text for piece in pieces] == said
    assert all((piece.kind == "entry") == (piece.text in ("8", "")) for piece in pieces if "~" in text)
