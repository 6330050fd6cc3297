"""Pages of whole papers: in order, without gaps, filled to the foot, their answers where they belong."""

import re

import numpy as np
import pytest

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import whole_papers
from restorekit.synthesis.printing.paper_blocks import put_block
from restorekit.synthesis.printing.paper_lines import Style
from restorekit.synthesis.printing.sheets import new_sheet, next_sheet
from restorekit.synthesis.printing.whole_papers import whole_paper
from restorekit.synthesis.texts.variants import varied
from restorekit.synthesis.texts.whole_papers import Block, papers_in, pieces_of

LANGUAGES = ("en", "zh", "ru", "el", "es", "fr", "de", "ja", "ko")
PAPERS = [paper for language in LANGUAGES for paper in papers_in(language)]


def page(paper, seed, height=1754, width=1240):
    sheet = new_sheet(generator(seed, 3), height, width, paper.language)
    whole_paper(sheet, generator(seed, 4), (paper,))
    return sheet


def numbers(sheet):
    """The numbers of the questions of a sheet in the order in which they are printed."""
    return [int(slot.hint) for slot in sheet.slots if slot.kind == "number"]


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.title)
def test_questions_stand_in_their_order_without_a_gap(paper):
    sheets = [page(paper, seed) for seed in range(4)]
    said = [block.number for block in paper.blocks if block.kind == "question"]
    pages = [numbers(sheet) for sheet in sheets]
    assert sum(map(len, pages)) > 6 or len(said) < 6
    for sheet, found in zip(sheets, pages, strict=True):
        new = varied(paper, int(sheet.given["variant"]))
        said = [block.number for block in new.blocks if block.kind == "question"]
        places = [at for at in range(len(said) + 1) if said[at : at + len(found)] == found]
        drawn = any(block.kind == "drawn" for block in paper.blocks)
        assert places or drawn, found


@pytest.mark.parametrize("paper", PAPERS[::5], ids=lambda paper: paper.title)
def test_every_blank_of_a_page_has_an_answer_of_the_paper(paper):
    sheet = page(paper, 1)
    paper = varied(paper, int(sheet.given["variant"]))
    answers = {piece.text for block in paper.blocks for line in block.lines for piece in pieces_of(line)}
    answers |= set("ABCDАБВГΑΒΓΔアイウエ")
    stacked = " ".join(line for block in paper.blocks if block.kind == "stacked" for line in block.lines)
    answers |= set(re.findall(r"=(\d+)", stacked))
    blanks = [slot.hint for slot in sheet.slots if slot.kind == "gap"]
    drawn = any(block.kind == "drawn" for block in paper.blocks)
    assert drawn or not set(blanks) - answers
    for slot in sheet.slots:
        assert 0 <= slot.left < slot.right and slot.top < slot.bottom <= sheet.height


def test_pages_are_filled_to_the_foot():
    full = []
    for seed, paper in enumerate(PAPERS):
        ink = np.asarray(page(paper, seed).image.convert("L")).min(1) < 128
        full.append(np.flatnonzero(ink).max() / len(ink))
    assert np.mean(np.array(full) > 0.8) > 0.75


def test_first_pages_have_a_title_and_later_ones_none():
    titled = 0
    for seed in range(30):
        sheet = page(papers_in("en")[seed % 8], seed, 1000, 1000)
        first = next(slot.hint for slot in sheet.slots if slot.kind == "text")
        assert bool(sheet.title) == (sheet.title.startswith(first) if sheet.title else False)
        titled += bool(sheet.title)
    assert 10 < titled < 28


def test_the_other_side_goes_on_where_the_front_ends():
    paper = next(one for one in papers_in("zh") if "历史" in one.title)
    front = page(paper, 1, 600, 1100)
    assert int(front.given["reached"]) < len(paper.blocks), "there is more of it than fits"
    back = next_sheet(front)
    whole_paper(back, generator(9, 9), papers_in("zh"))
    assert back.given["whole_paper"] == paper.name
    assert back.given["heading"] == front.given["heading"]
    assert numbers(back)[0] in (front.questions, front.questions + 1, 1)


def test_behind_all_of_a_paper_is_another_one_or_nothing():
    known = papers_in("zh")
    paper = next(one for one in known if one.title == "两位数加减两位数口算练习")
    for others in (known, (paper,)):
        front = next_sheet(new_sheet(generator(1, 3), 900, 640, "zh"))
        reached = str(len(varied(paper, 1).blocks))
        front.given = {"whole_paper": paper.name, "variant": "1", "reached": reached, "set": paper.name}
        whole_paper(front, generator(1, 9), others)
        other = front.given["whole_paper"]
        assert (other == paper.name) == (others == (paper,))
        assert bool(front.slots) == (others == known)
        assert next(one for one in known if one.name == other).subject == paper.subject


def test_bars_of_papers_in_black_are_pale_and_their_headings_dark():
    sheet = new_sheet(generator(1, 3), 200, 600, "en", unit=24)
    sheet.plan = sheet.plan._replace(accent=(40, 40, 40), heading="bar")
    put_block(sheet, generator(1, 4), Block("part", ("Part 1",)), Style(), 40, 560, 20)
    grey = np.asarray(sheet.image.convert("L"))
    assert np.median(grey[:, 300][grey[:, 300] < 255]) > 200 and grey.min() < 60


@pytest.mark.parametrize("way", ["left", "rule", "bar", "badge"])
def test_parts_are_headed_as_the_plan_has_it(way):
    sheet = new_sheet(generator(1, 3), 200, 600, "en", unit=24)
    accent = (10, 120, 60)
    sheet.plan = sheet.plan._replace(accent=accent, heading=way)
    end = put_block(sheet, generator(1, 4), Block("part", ("Part 1",)), Style(), 40, 560, 20)
    picture = np.asarray(sheet.image)
    rows, columns = np.nonzero((picture == accent).all(2))
    (text,) = sheet.slots
    assert (len(rows) > 0) == (way in ("bar", "badge")) and text.bottom < end
    assert (text.left > 50) == (way in ("bar", "badge"))
    if way == "bar":
        assert (
            columns.min() == 40
            and text.right < columns.max() < 560
            and (picture == 255).all(2)[rows.min() + 8 :].any()
        )
    if way == "rule":
        assert (picture[text.bottom + 3 : int(end)].min(2) < 128)[:, 41:559].all(1).any()


def test_boxes_for_points_stand_at_the_parts_of_some_papers_alone():
    sizes = []
    for boxed in (False, True):
        sheet = new_sheet(generator(1, 3), 300, 600, "zh", unit=24)
        sheet.plan = sheet.plan._replace(heading="left")
        block = Block("part", ("一、填空",))
        sizes.append(put_block(sheet, generator(1, 4), block, Style(boxed=boxed), 40, 560, 20))
    assert sizes[1] > sizes[0] + 24


def test_what_is_to_be_done_never_stands_last():
    blocks = (Block("question", ("Work out.",), 1), Block("stacked", ("12+13=25 | 14+15=29",)))
    paper = papers_in("en")[0]._replace(blocks=(Block("text", ("word " * 300,)), *blocks))
    sheet = new_sheet(generator(1, 3), 560, 800, "en", unit=24)
    lasts = set()
    for height in range(500, 1000, 20):
        sheet = new_sheet(generator(1, 3), height, 800, "en", unit=20)
        whole_paper(sheet, generator(1, 4), (paper,))
        if sheet.given["reached"] != "0":
            lasts.add(int(sheet.given["reached"]))
    assert 1 in lasts and 2 not in lasts


def test_no_column_stays_bare_before_what_fills_more_than_one(monkeypatch):
    blocks = (Block("part", ("Work out.",)), Block("terms", tuple(f"{n}+1 => {n + 1}" for n in range(40))))
    paper = papers_in("en")[0]._replace(blocks=blocks)
    monkeypatch.setattr(whole_papers, "TWO", 1.0)
    sheet = new_sheet(generator(1, 3), 700, 1000, "en", unit=16)
    whole_paper(sheet, generator(1, 4), (paper,))
    assert any(slot.right < 500 for slot in sheet.slots if slot.kind == "area")


def test_only_papers_that_are_marked_by_points_have_boxes_for_them():
    pointed = {paper.title: whole_papers._pointed(paper) for paper in papers_in("zh")}
    assert pointed["三年级上册数学期中检测卷"] and not pointed["两位数加减两位数口算练习"]
    assert 0.3 < np.mean(list(pointed.values())) < 0.8
