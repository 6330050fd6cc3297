"""The blocks of whole papers: each sets itself below ``y`` and returns where the next may begin."""

from __future__ import annotations

from collections.abc import Callable

from restorekit.synthesis.printing import extras, joined, paper_sums, paper_tables, primary, shown
from restorekit.synthesis.printing.answer_room import put_room_after, room_width
from restorekit.synthesis.printing.badged import letter_width, put_letter
from restorekit.synthesis.printing.blocks import LINE
from restorekit.synthesis.printing.bold import put_bold, put_number, source_of
from restorekit.synthesis.printing.headings import put_heading
from restorekit.synthesis.printing.ornaments import stars
from restorekit.synthesis.printing.paper_lines import CLOSE, Room, Style, line_width, put_line
from restorekit.synthesis.printing.picture_tables import picture_table
from restorekit.synthesis.printing.pictures import put_picture
from restorekit.synthesis.printing.score_boxes import part_boxes
from restorekit.synthesis.printing.scripts import scripted
from restorekit.synthesis.printing.segments import see_and_solve
from restorekit.synthesis.printing.sheets import TOLD, Sheet, hairline, put_text, text_width
from restorekit.synthesis.printing.worn_rules import writing_rule
from restorekit.synthesis.texts.phrases import SPACED
from restorekit.synthesis.texts.topics import BRACKETED, letters
from restorekit.synthesis.texts.whole_papers import Block, Piece, pieces_of
from restorekit.synthesis.textures import Rng

CHARACTERS = 1.6
"""How far a character of an answer in sentences reaches by its print."""
DRAWN: dict[str, Callable[[Sheet, Rng, float, float, float], float]] = {
    "figured": shown.figured,
    "choice": shown.choice_shown,
    "workings": shown.workings_shown,
    "segments": see_and_solve,
    "counting": primary.counting,
    "chain": primary.chain,
    "table": picture_table,
    "corners": shown.pictures,
    "equation": extras.equation,
    "cases": extras.cases,
    "grid": extras.grid,
}
"""The generator's own blocks that papers name: a question with a number on what they draw."""


def put_block(
    sheet: Sheet, rng: Rng, block: Block, style: Style, left: float, right: float, y: float
) -> float:
    """Set one block of a paper, ``style`` being the paper's."""
    return SET[block.kind](sheet, rng, block, style, left, right, y)


def _part(sheet: Sheet, rng: Rng, block: Block, style: Style, left: float, right: float, y: float) -> float:
    """A heading, and boxes for the points of its part."""
    kind = sheet.head._replace(size=round(style.parts * sheet.unit))
    if style.boxed:
        y = part_boxes(sheet, rng, left, right, y)
    y = put_heading(sheet, rng, block.lines[0], kind, style, left, right, y)
    if block.answer:
        y = _answer_lines(sheet, rng, block.answer, style, left, right, y)
    return y + 0.25 * kind.size


def _question(
    sheet: Sheet, rng: Rng, block: Block, style: Style, left: float, right: float, y: float
) -> float:
    """A question, an item or a line without a number, and what belongs to it."""
    kind, em, line = sheet.body, sheet.body.size, pieces_of(block.lines[0])
    blanks = any(piece.kind in ("blank", "ring", "box") for piece in line)
    leading = max(CLOSE * blanks, sheet.plan.leading) * em
    leading += 0.7 * em * any(piece.kind == "fraction" for piece in line)
    y += max(leading, 1.3 * em)
    x = start = left + em * (block.kind == "item")
    if block.kind == "question":
        sheet.questions = block.number
        start = put_number(sheet, x, y, f"{block.number}{sheet.plan.stop}", kind)
    elif block.kind == "item":
        number = style.items.format(block.number, "abcdefghijkl"[(block.number - 1) % 12])
        start = put_text(sheet, x, y, number, kind, slot=False)
    further = start if style.hangs or block.kind == "item" else x
    if block.aside:
        sheet.slot("aside", left, y - em, right, y, "\n".join(block.aside))
    last = _last(block, line)
    line = line[:-1] if last else line
    if source := source_of(sheet, rng) if block.options else "":
        start = put_bold(sheet, start, y, source, kind)
    room = Room(x, further, right, leading)
    if block.kind == "question" and style.hard:
        stars(sheet, left - 0.1 * em - 0.8 * em * 2, y, 0.7 * em, 1 + block.number % 2, filled=True)
    end, y = put_line(sheet, rng, line, (start, y), room, kind, style.stress)
    if last:
        if end + room_width(sheet, kind) + 0.2 * em > right:
            end, y = further, y + leading
        _room_for(sheet, rng, last, end, right, y)
    if block.options:
        y = _options(sheet, rng, block.options, style, further, right, y)
    if block.working:
        floor = y + em * max(style.bare * (LINE * len(block.working) + 1), 2.5)
        sheet.slot("area", further, y + 0.3 * em, right, floor, "\n".join(block.working))
        y = floor
    if block.answer:
        y = _answer_lines(sheet, rng, block.answer, style, left, right, y)
    return y + (0.2 + sheet.plan.between) * em


def _last(block: Block, line: list[Piece]) -> Piece | None:
    """The last piece of a question where that is what brackets at its end are for."""
    piece, before = line[-1], line[-2].text if len(line) > 1 else ""
    chosen = piece.kind == "blank" and bool(block.options) and not before.endswith("—")
    return piece if chosen or piece.kind == "judge" else None


def _room_for(sheet: Sheet, rng: Rng, last: Piece, end: float, right: float, y: float) -> None:
    """Room at the end of a question for the letter of an option, or for what it is judged by."""
    em = sheet.body.size
    room = put_room_after(sheet, rng, end, right, y, sheet.body)
    middle = (room.left + room.right) / 2
    box = middle - em, y - em, middle + em, y
    if last.kind == "judge":
        sheet.slot("judge", *box, "right" if last.text == "√" else "wrong")
    else:
        sheet.slot("gap", *box, letters(sheet.language)["ABCDEFG".index(last.text)])


def _options(
    sheet: Sheet, rng: Rng, options: tuple[str, ...], style: Style, left: float, right: float, y: float
) -> float:
    """Answers to choose from: as many beside each other as the longest leaves room for."""
    kind, em, counted = sheet.body, sheet.body.size, letters(sheet.language)
    stop = ") " if sheet.language in BRACKETED else sheet.plan.stop
    lines = [pieces_of(option) for option in options]
    label = letter_width(sheet, stop, kind)
    widest = label + max(line_width(sheet, line, kind) for line in lines) + 0.8 * em
    across = style.across if len(options) % style.across == 0 else len(options)
    while across > 1 and widest > (right - left) / across:
        across = across // 2 if across % 2 == 0 else 1
    tall = any(piece.kind == "fraction" for line in lines for piece in line)
    step, leading = (right - left) / across, (sheet.plan.leading + 0.7 * tall) * em
    for place, line in enumerate(lines):
        x = left + step * (place % across)
        y += leading * (place % across == 0)
        start = put_letter(sheet, x, y, counted[place], stop, kind)
        room = Room(start, start, right if across == 1 else float("inf"), leading)
        _, y = put_line(sheet, rng, line, (start, y), room, kind)
    return y + 0.15 * em


def _answer_lines(
    sheet: Sheet, rng: Rng, answer: str, style: Style, left: float, right: float, y: float
) -> float:
    """Room for an answer in sentences, as the plan has it: whole or dashed rules, nothing, a box."""
    plan, em = sheet.plan, sheet.unit
    count = 1 + int(CHARACTERS * text_width(answer, sheet.body) / (right - left)) + int(rng.integers(0, 2))
    step = 1.05 * plan.rows * em
    thin = hairline(plan.thin, sheet.colour) if plan.thin else None
    top = y + 0.4 * em
    ends = right - (right - left) * float(rng.choice([0, 0, rng.uniform(0.1, 0.6)]))  # of the last rule
    for row in range(count):
        y += step
        if plan.lines in ("rule", "dashed"):
            stop = ends if row == count - 1 > 0 else right
            writing_rule(sheet, rng, left, y, stop, dashed=plan.lines == "dashed", thin=thin)
        hint = str(row) if row else f"0\n{answer}"
        sheet.slot("line", left + 0.3 * em, y - step, right, y - 0.15 * em, hint)
    if plan.lines == "box":
        sheet.draw.rectangle([left, top, right, y + 0.4 * em], outline=sheet.colour, width=sheet.rule_px)
    return y + 0.5 * em


def _middle(sheet: Sheet, rng: Rng, block: Block, style: Style, left: float, right: float, y: float) -> float:
    kind = sheet.head._replace(size=sheet.unit)
    wide = text_width(block.lines[0], kind)
    y += 1.8 * kind.size
    put_text(sheet, left + max(0.0, 0.5 * (right - left - wide)), y, block.lines[0], kind)
    return y + 0.2 * kind.size


def _text(sheet: Sheet, rng: Rng, block: Block, style: Style, left: float, right: float, y: float) -> float:
    """A paragraph to be read, set in as paragraphs are."""
    kind, em = scripted(sheet.body, style.script, block.lines[0]), sheet.body.size
    line = pieces_of(block.lines[0])
    blanks = any(piece.kind == "blank" for piece in line)
    leading = max(CLOSE * blanks, sheet.plan.leading) * em
    indent = 2 * em if sheet.language not in SPACED else sheet.plan.indent * em
    y += leading
    start = left + indent
    _, y = put_line(sheet, rng, line, (start, y), Room(start, left, right, leading), kind, style.stress)
    return y + 0.1 * em


def _drawn(sheet: Sheet, rng: Rng, block: Block, style: Style, left: float, right: float, y: float) -> float:
    """A question of the generator's own, with the number that the paper has come to."""
    opened, sheet.opened = sheet.opened, True
    sheet.asked = {one for one in sheet.asked if not one.startswith(TOLD)}
    sheet.questions = block.number - 1
    end = DRAWN[block.lines[0]](sheet, rng, left, right, y)
    sheet.opened, sheet.questions = opened, block.number
    return end


SET: dict[str, Callable[[Sheet, Rng, Block, Style, float, float, float], float]] = {
    "part": _part,
    "question": _question,
    "item": _question,
    "line": _question,
    "middle": _middle,
    "text": _text,
    "row": paper_tables.rows,
    "terms": paper_tables.terms,
    "stacked": paper_sums.stacked,
    "number_line": paper_sums.number_line,
    "checked": paper_sums.checked,
    "table": paper_tables.table,
    "words": paper_tables.words,
    "pinyin": paper_tables.pinyin,
    "match": paper_tables.match,
    "chain": joined.chain,
    "tree": joined.tree,
    "drawn": _drawn,
    "picture": put_picture,
}
"""How each kind of block is set."""
