"""Papers as they are given out again, in another class or another year: no two prints of one are alike.

Questions that do not hang together stand in another order, and some are left out; answers to choose from
have other letters; sums and word problems have other numbers, people other names, titles other ends.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np

from restorekit.synthesis.texts.other_numbers import BARE, other_problem, other_sum
from restorekit.synthesis.texts.topics import subject
from restorekit.synthesis.texts.whole_papers import Block, WholePaper, numbered, pieces_of
from restorekit.synthesis.textures import Rng

STARTS, PARTS = ("question", "drawn"), ("part", "middle", "text", "picture")
"""Blocks that begin a question, and those that questions before and behind never change places over."""
CLOZE, REFERS = re.compile(r"__\d|^\[[A-G]\]$"), re.compile(r"第\d+题|[Qq]uestion \d")
"""What is in papers whose questions are counted in a text, and in those where one names another."""
LEANS = re.compile(r"(He|She|It|They|Then|Now|This|These|这|那|他|她|它)\b")
"""How questions begin that go on from the one before."""
FIXED = re.compile(r"以上|都|[A-D][、和]|\b(all|both|none|neither|above|tous|todas|alle)\b|все|όλ")
"""Answers to choose from that stay where they are."""
LEFT_OUT, LESS, PARTS_LEAST = 4, 0.5, 4
"""One question in so many is left out at most; the share of papers of so many parts that lack one of them."""
ORDINALS = ("一二三四五六七八九", "ABCDEFGH", "123456789")
"""How parts are counted."""
POINTS = re.compile(r"(每(小?题|空)(\d+)分，共)(\d+)(分)")
TOTAL = re.compile(r"(（共?)(\d+)(分)")
COUNTED = re.compile(r"\(\d+\)|\d+ ?(?:marks|points|Punkte|points|puntos)")
"""Headings that say how many questions are below, in the West."""
TOGETHER = 8
"""So many sums at most are kept together on a page."""
LEAST = 8
"""So many points a part is worth at least."""
NAMES: dict[str, tuple[tuple[str, ...], ...]] = {
    "en": (
        ("Tom", "Ben", "Sam", "Leo", "Jack", "Harry", "Adam", "Finn", "Luke", "Omar"),
        ("Mia", "Nora", "Eva", "Lucy", "Anna", "Ann", "Emma", "Grace", "Zoe", "Ruby"),
    ),
    "zh": (
        ("小明", "小华", "小东", "小刚", "小军", "小强", "小林", "小亮"),
        ("小红", "小丽", "小雪", "小英", "小云", "小美", "小兰"),
        ("王叔叔", "李叔叔", "张叔叔", "陈叔叔"),
    ),
}
"""Names of boys and of girls (and others that are alike), which stand for each other."""
ENDS = {
    "zh": (
        re.compile(
            r"(?:(?<=单元)|(?<=》)|(?<=第.单元))(?:检测|测试|练习|达标测试|过关检测)?(?:题|卷|试题)?$"
        ),
        ("检测卷", "测试题", "练习题", "达标测试", "检测题", "过关检测", "练习卷"),
    ),
}
SHEET = re.compile(r"\b(Sheet|Worksheet|Week|Quiz|Assessment|Nr\.|работа|Test|Woche|Set) (\d+)\b")
LETTER, SHARE = re.compile(r"[（(].{1,9}[）)]$|\d$"), 0.3
"""What titles end with that are counted already; the share of the others that are counted."""
COUNTS = {"zh": ("（一）", "（二）", "（三）", "（A卷）", "（B卷）"), "en": (" (A)", " (B)", " – 2", " – 3")}


NAMED = {
    "en": ("{0}", "Year {2}: {0}", "{1} Homework: {0}", "Revision: {0}", "{0} – Sheet {3}", "{0}: Check {3}"),
    "de": ("{0}", "Übungsblatt {3}: {0}", "Hausaufgabe: {0}", "{0} – Test {3}"),
    "fr": ("{0}", "Fiche {3} : {0}", "Exercices : {0}"),
    "es": ("{0}", "Ficha {3}: {0}", "Repaso: {0}"),
    "ru": ("{0}", "Карточка {3}. {0}", "Домашнее задание: {0}", "{0}. Вариант {3}"),
    "el": ("{0}", "Φύλλο εργασίας {3}: {0}", "Επανάληψη: {0}"),
}
RENAMED = 0.6
"""The share of the titles that are made anew of what a paper is on, its subject, year and a number."""
SERIAL = re.compile(
    r"\d|Unit|Review|Test|Quiz|Check|Practice|Homework|Exam|Introduction|Class|Worksheet|Prueba|Tema"
)


def varied(paper: WholePaper, seed: int) -> WholePaper:
    """A paper as it is given out another time; ``seed`` says which."""
    rng = np.random.default_rng(seed)
    blocks = _reordered(rng, paper._replace(blocks=_shortened(rng, paper)))
    lines = [line for block in blocks for line in block.lines]
    told = {item.translate(BARE) for line in lines for item in line.split(" | ")}
    blocks = [_permuted(rng, block) for block in blocks]
    blocks = [one for block in blocks for one in _parted(_recounted(rng, block, told))]
    if subject(paper.topic) == "mathematics":
        blocks = _reworked(rng, blocks)
    renamed = _renamed(rng, paper)
    blocks = [_mapped(block, renamed) for block in blocks]
    blocks = _worth(numbered(blocks, paper.numbers))
    return paper._replace(title=_titled(rng, paper), blocks=tuple(blocks), variant=str(seed))


def _shortened(rng: Rng, paper: WholePaper) -> tuple[Block, ...]:
    """The blocks of a paper, or all but those of one of its parts, where these are counted and not marked."""
    blocks = paper.blocks
    heads = [at for at, block in enumerate(blocks) if block.kind == "part"]
    said = [blocks[at].lines[0] for at in heads]
    counted = next((row for row in ORDINALS if _places(said, row)), "")
    marked = any(re.search(r"\d ?分|\(\d+\)|mark", one) for one in said)
    texts = " ".join(line for block in blocks for line in block.lines)
    if len(heads) < PARTS_LEAST or not counted or marked or CLOZE.search(texts) or rng.random() >= LESS:
        return blocks
    gone = int(rng.integers(0, len(heads)))
    start, stop = heads[gone], [*heads, len(blocks)][gone + 1]
    places = _places(said, counted)
    new = list(blocks)
    for one, at in enumerate(heads[gone + 1 :], gone):
        line, place = said[one + 1], places[one + 1]
        new[at] = blocks[at]._replace(lines=(f"{line[:place]}{counted[one]}{line[place + 1 :]}",))
    return (*new[:start], *new[stop:])


def _places(heads: Sequence[str], row: str) -> list[int]:
    """Where in each heading its number stands, by a ``row`` of them; none where one of them has none."""
    found = [
        re.match(rf"(?:[^\W\d_]{{3,9}} )?{one}(?=[.．、:　 ])", head)
        for head, one in zip(heads, row, strict=False)
    ]
    return [one.end() - 1 for one in found if one] if all(found) and len(found) == len(heads) else []


def _reordered(rng: Rng, paper: WholePaper) -> list[Block]:
    """The blocks, with those of questions that do not hang together in another order, some left out."""
    cloze = any(CLOZE.search(line) for block in paper.blocks for line in block.lines)
    told = " ".join(line for block in paper.blocks for line in block.lines if block.kind != "part")
    if REFERS.search(told):
        return list(paper.blocks)
    done, group, heading = list[Block](), list[list[Block]](), ""
    for block in (*paper.blocks, None):
        if block and block.kind in STARTS:
            group.append([block])
        elif block and group and (block.kind == "item" or _open(group[-1])) and block.kind not in PARTS:
            group[-1].append(block)
        else:
            loose = not COUNTED.search(heading) and not cloze
            done += [one for unit in _shuffled(rng, group, loose=loose) for one in unit]
            group = []
            if block:
                done.append(block)
                heading = block.lines[0] if block.kind == "part" else heading
    return done


def _open(unit: Sequence[Block]) -> bool:
    """Whether a question waits for what it is about, as it has no place for an answer yet."""
    block = unit[0]
    asked = any(piece.kind != "text" for line in block.lines for piece in pieces_of(line))
    return len(unit) > 1 or not (asked or block.options or block.working or block.answer)


def _shuffled(rng: Rng, units: list[list[Block]], *, loose: bool) -> list[list[Block]]:
    """Questions in another order but for those answered in sentences; some ``loose`` ones are left out."""
    begun = [unit[0].lines[0] for unit in units]
    if len(units) < 3 or any(CLOZE.match(one) or LEANS.match(one) for one in begun):
        return units
    free = [at for at, unit in enumerate(units) if not any(block.answer for block in unit)]
    moved = dict(zip(free, rng.permutation(free).tolist(), strict=True))
    order = [moved.get(at, at) for at in range(len(units))]
    gone = int(rng.integers(0, len(free) // LEFT_OUT + 1)) if loose else 0
    left_out = set(free[:gone])
    return [units[at] for at in order if at not in left_out]


def _permuted(rng: Rng, block: Block) -> Block:
    """Options, words in a frame, sums of a row in another order, the right letter with them."""
    if block.options and not any(FIXED.search(one) for one in block.options) and not block.aside:
        order = rng.permutation(len(block.options)).tolist()
        letters = {"ABCDEFG"[old]: "ABCDEFG"[new] for new, old in enumerate(order)}
        head, bracket, rest = block.lines[0].rpartition("[")
        marked, stop, tail = rest.partition("]")
        marked = "|".join(letters.get(one, one) for one in marked.split("|"))
        return block._replace(
            lines=(f"{head}{bracket}{marked}{stop}{tail}", *block.lines[1:]),
            options=tuple(block.options[old] for old in order),
        )
    if block.kind in ("row", "words", "stacked", "terms"):
        rows = [line.split(" | ") for line in block.lines]
        items = [item for row in rows for item in row]
        if not any(re.match(r"[(（]|.?[.)、]", item) for item in items):
            items = [items[at] for at in rng.permutation(len(items))]
        taken = iter(items)
        return block._replace(lines=tuple(" | ".join(next(taken) for _ in row) for row in rows))
    return block


def _recounted(rng: Rng, block: Block, told: set[str]) -> Block:
    """Sums with other numbers."""
    if block.kind == "terms":
        return block._replace(lines=tuple(_term(rng, line, told) for line in block.lines))
    if block.kind not in ("row", "stacked"):
        return block
    rows = [[other_sum(rng, item, told) for item in line.split(" | ")] for line in block.lines]
    return block._replace(lines=tuple(" | ".join(row) for row in rows))


def _parted(block: Block) -> list[Block]:
    """Many sums that stand below each other in parts, each of which is on one page."""
    if block.kind != "stacked" or sum(line.count(" | ") + 1 for line in block.lines) <= TOGETHER:
        return [block]
    return [block._replace(lines=(line,)) for line in block.lines]


def _term(rng: Rng, line: str, told: set[str]) -> str:
    """Terms to be worked out below that are one sum each, with other numbers."""
    items = []
    for item in line.split(" | "):
        term, arrow, step = item.partition(" => ")
        new = other_sum(rng, step, told) if step.startswith(term) else step
        items.append(item if new == step else f"{new.partition('=')[0]}={arrow}{new}")
    return " | ".join(items)


def _reworked(rng: Rng, blocks: list[Block]) -> list[Block]:
    """Word problems with other numbers, where no further question goes on with them."""
    new = list[Block]()
    for block, after in zip(blocks, [*blocks[1:], None], strict=True):
        alone = block.kind == "question" and block.working and not (after and after.kind == "item")
        if alone and not block.options and not block.aside:
            text, working = other_problem(rng, block.lines[0], block.working)
            block = block._replace(lines=(text,), working=working)
        new.append(block)
    return new


def _renamed(rng: Rng, paper: WholePaper) -> Callable[[str], str]:
    """What gives each boy and each girl of a paper another name."""
    said = " ".join(" ".join((*block.lines, *block.options)) for block in paper.blocks)
    new = dict[str, str]()
    for names in NAMES.get(paper.language, ()):
        known = [name for name in names if re.search(rf"(?<![A-Za-z]){name}(?![a-z])", said)]
        new |= dict(zip(known, rng.permutation(names).tolist(), strict=False))
    if not new:
        return str
    pattern = re.compile(rf"(?<![A-Za-z])({'|'.join(new)})(?![a-z])")
    return lambda text: pattern.sub(lambda found: new[found[1]], text)


def _mapped(block: Block, change: Callable[[str], str]) -> Block:
    lines, options, working, aside = (
        tuple(map(change, one)) for one in (block.lines, block.options, block.working, block.aside)
    )
    return block._replace(
        lines=lines, options=options, working=working, aside=aside, answer=change(block.answer)
    )


def _worth(blocks: list[Block]) -> list[Block]:
    """What parts are worth by their questions; what that takes or leaves the last part that can has."""
    heads = [at for at, block in enumerate(blocks) if block.kind == "part"]
    more = 0
    for at, stop in zip(heads, [*heads[1:], len(blocks)], strict=False):
        if found := POINTS.search(blocks[at].lines[0]):
            asked = [block for block in blocks[at + 1 : stop] if block.number and block.kind in STARTS]
            lines = [line for block in blocks[at + 1 : stop] for line in block.lines]
            blanks = sum(piece.kind in SPACES for line in lines for piece in pieces_of(line))
            total = int(found[3]) * (blanks if found[2] == "空" else len(asked))
            if total:
                more += int(found[4]) - total
                blocks[at] = _headed(blocks[at], POINTS, rf"\g<1>{total}\g<5>")
    for at in reversed(heads):
        found = TOTAL.search(blocks[at].lines[0])
        if found and int(found[2]) + more >= LEAST:
            blocks[at] = _headed(blocks[at], TOTAL, rf"\g<1>{int(found[2]) + more}\g<3>")
            break
    return blocks


SPACES = ("blank", "ring", "box")


def _headed(block: Block, pattern: re.Pattern[str], said: str) -> Block:
    return block._replace(lines=(pattern.sub(said, block.lines[0], count=1), *block.lines[1:]))


def _titled(rng: Rng, paper: WholePaper) -> str:
    """A title with another end or another number, as there are many sheets of one kind."""
    title = SHEET.sub(lambda found: f"{found[1]} {int(rng.integers(1, 15))}", paper.title)
    first, _, second = (one.strip() for one in title.partition(": "))
    core = second if second and (SERIAL.search(first) or paper.language != "en") else first
    if paper.language in NAMED and not SERIAL.search(core) and rng.random() < RENAMED:
        ways = [way for way in NAMED[paper.language] if not (paper.note and "Homework" in way)]  # no test is
        way = str(rng.choice(ways))
        number = int(rng.integers(1, 13))
        return way.format(core[0].upper() + core[1:], paper.subject, paper.year, number)
    if paper.language in ENDS:
        pattern, ends = ENDS[paper.language]
        title = pattern.sub(str(rng.choice(ends)), title, count=1)
    if paper.language in COUNTS and not LETTER.search(title) and rng.random() < SHARE:
        title += str(rng.choice(COUNTS[paper.language]))
    return title
