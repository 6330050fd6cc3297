"""Whole notes: how they are read, and that each is what somebody could write."""

import re

import pytest

from restorekit.synthesis import assets
from restorekit.synthesis.handwriting.formulas import SIGNS
from restorekit.synthesis.handwriting.letters import STROKES
from restorekit.synthesis.handwriting.note_drawings import DRAWINGS
from restorekit.synthesis.texts.grammar import CHAPTERS, part_of
from restorekit.synthesis.texts.whole_notes import Note, Piece, notes_in, read_note, unmarked

LANGUAGES = ("en", "zh", "ru", "el", "es", "fr", "de", "ja", "ko")
NOTES = [note for language in LANGUAGES for note in notes_in(language)]
IDS = [f"{note.language} {note.title}" for note in NOTES]
EASTERN = {
    "zh": [],
    "ja": [f"hand/{name}.ttf" for name in assets.HAND_JAPANESE],
    "ko": [f"hand/{name}.ttf" for name in assets.HAND_KOREAN],
}
WRITTEN = """title: Sums
topic: mathematics_1
sort: notes

# One
+ First
+ Second
> 2×3=6
> 6+1=7
# Two
- So *it* is
+ Third
| a | b
| 1 | 2
"""


def test_notes_are_read_piece_by_piece(tmp_path):
    path = tmp_path / "en_sums.txt"
    path.write_text(WRITTEN, encoding="utf-8")
    pieces = (
        Piece("heading", ("One",)),
        Piece("item", ("First",), 1),
        Piece("item", ("Second",), 2),
        Piece("working", ("2×3=6", "6+1=7")),
        Piece("heading", ("Two",)),
        Piece("bullet", ("So *it* is",)),
        Piece("item", ("Third",), 1),
        Piece("table", ("a | b", "1 | 2")),
    )
    assert read_note(path) == Note("en", "Sums", "mathematics_1", "notes", pieces)
    assert unmarked("So *it* is") == ("So it is", ["it"])


@pytest.mark.parametrize(
    "old, new, message",
    [("topic:", "topik:", "no key 'topik'"), ("- So", "; So", "no mark ';' in '; So \\*it\\* is'")],
)
def test_a_wrong_key_or_mark_is_named(tmp_path, old, new, message):
    path = tmp_path / "en_sums.txt"
    path.write_text(WRITTEN.replace(old, new), encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        read_note(path)


def test_every_language_has_prose_and_notes_and_most_are_chinese_and_english():
    assert len(NOTES) > 50 and len(set(IDS)) == len(NOTES)
    for language in LANGUAGES:
        assert {note.sort for note in notes_in(language)} == {"prose", "notes"}
    assert len(notes_in("zh")) > 20 and len(notes_in("en")) > 8


@pytest.mark.parametrize("note", NOTES, ids=IDS)
def test_notes_are_whole(note):
    assert note.title and part_of(note.topic)[0] in CHAPTERS
    kinds = {piece.kind for piece in note.pieces}
    assert kinds == {"paragraph"} if note.sort == "prose" else "heading" in kinds
    for piece in note.pieces:
        assert piece.kind != "table" or len({line.count(" | ") for line in piece.lines}) == 1, piece
        assert piece.kind != "definition" or " | " in piece.lines[0]
        assert piece.kind != "drawing" or piece.lines[0] in DRAWINGS
        plain = piece.kind not in ("formula", "working", "table")
        assert not plain or not any(one in line for line in piece.lines for one in "^_[√"), piece
        assert all(line.count("*") % 2 == 0 for line in piece.lines)


SUM = re.compile(r"(?=.*[+×÷-])([\d+×÷()−.,-]+)=([\d.,]+)")


@pytest.mark.parametrize("note", NOTES, ids=IDS)
def test_sums_come_to_what_is_said(note):
    for line in (line for piece in note.pieces if piece.kind == "working" for line in piece.lines):
        found = SUM.fullmatch(re.sub(r"\(?[^\W\d_]*\)?$", "", line))
        if found:
            term, value = (one.replace(",", ".") for one in found.groups())
            assert eval(term.translate(str.maketrans("×÷−", "*/-"))) == pytest.approx(float(value)), line  # noqa: S307


@pytest.mark.parametrize("note", NOTES, ids=IDS)
def test_hands_can_write_all_of_a_note(note):
    said = note.title + "".join(line for piece in note.pieces for line in piece.lines)
    eastern = {one for one in said if one > "\u3040" and one < "\uff00"}
    faces = EASTERN.get(note.language, [])
    for one in eastern - assets.stroke_characters().keys():
        assert faces and all(assets.has_glyph(face, one) for face in faces), one
    western = {"ru": assets.HAND_CYRILLIC, "el": assets.HAND_GREEK}.get(note.language, assets.HAND_WESTERN)
    letters = {one for one in said if one.isalpha()} - eastern - SIGNS.keys() - STROKES.keys()
    for name in western:
        assert not [one for one in letters if not assets.has_glyph(f"hand/{name}.ttf", one)], name
