"""Lines of writing stand where they should, and no letter of theirs is lost."""

import cv2
import numpy as np
import pytest

from restorekit.synthesis.handwriting import drawn_words, lines
from restorekit.synthesis.handwriting.drawn_words import MISSPELT, OFTEN, SLIP, slipped
from restorekit.synthesis.handwriting.hands import new_hand
from restorekit.synthesis.handwriting.lines import write_line
from restorekit.synthesis.handwriting.real_ink import Ink
from restorekit.synthesis.pages import generator


def stroke_width(coverage: np.ndarray) -> float:
    """Area by length, of something much longer than wide."""
    inked = coverage > 127
    edge = cv2.morphologyEx(inked.astype(np.uint8), cv2.MORPH_GRADIENT, np.ones((2, 2), np.uint8))
    return 2 * inked.sum() / edge.sum()


@pytest.mark.parametrize(("language", "text"), [("en", "water 12"), ("zh", "物理实验"), ("ru", "задача")])
def test_writing_stands_on_its_line(language, text):
    for seed in range(6):
        rng = generator(seed, 21)
        hand = new_hand(rng, language)._replace(ink=None)
        written = write_line(rng, hand, text, 40, 3)
        rows = np.flatnonzero((written.coverage > 127).any(1))
        assert len(rows) > 12
        middle = (rows[0] + rows[-1]) / 2
        assert -6 < written.baseline - middle < 40  # tails below may outweigh


def test_tall_letters_are_as_much_taller_as_the_hand_says():
    hand = new_hand(generator(5, 23), "en")._replace(ink=None, slant=0.0, climb=0.0, wobble=0.0)
    heights = []
    for stretch in (1.0, 1.5):
        written = write_line(generator(6, 22), hand._replace(stretch=stretch), "hill", 40, 3)
        heights.append(written.baseline - int(np.flatnonzero((written.coverage > 127).any(1))[0]))
    assert heights[1] / heights[0] == pytest.approx(1.5, abs=0.1)


@pytest.mark.parametrize("climb", [-0.06, 0.06])
def test_a_long_line_that_climbs_keeps_the_tops_and_tails_of_its_letters(climb):
    hand = new_hand(generator(5, 23), "en")._replace(ink=None, slant=0.0, wobble=0.0, unrest=0.0, climb=climb)
    written = write_line(generator(6, 22), hand, "hpl " * 30, 30, 3)
    columns = np.flatnonzero(written.coverage.any(0))
    begins, ends = (
        np.flatnonzero((written.coverage[:, part] > 127).any(1)) for part in (columns[:100], columns[-100:])
    )
    assert np.ptp(ends) == pytest.approx(np.ptp(begins), abs=10)
    assert ends[0] - begins[0] == pytest.approx(-climb * np.ptp(columns), abs=18)


def test_a_wider_pen_writes_wider():
    for seed in range(4):
        thin, thick = (
            write_line(
                generator(seed, 22), new_hand(generator(seed, 23), "en")._replace(ink=None), "run", 60, px
            )
            for px in (2.5, 6.0)
        )
        assert stroke_width(thick.coverage) > stroke_width(thin.coverage) + 1.2


@pytest.mark.parametrize("face", ["zh_zhimangxing_400", "zh_longcang_400"])
def test_whatever_the_face_its_lines_are_as_wide_as_the_pen(face):
    hand = new_hand(generator(1, 23), "zh")._replace(eastern=f"hand/{face}.ttf", taper=0.0, spacing=0.2)
    written = write_line(generator(2, 22), hand, "一人十工", 60, 4.0).coverage
    assert stroke_width(written) == pytest.approx(3.4, abs=0.6)  # bends have more edge than straight lines


def test_a_letter_changes_along_a_line_in_size_and_in_height_above_it():
    for western in ("hand/la_kalam_400.ttf", ""):
        hand = new_hand(generator(5, 23), "en")._replace(ink=None, western=western, slant=0.0, climb=0.0)
        heights, feet = [], []
        for seed in range(6, 10):
            written = write_line(generator(seed, 22), hand._replace(unrest=0.04), "o " * 16, 40, 3).coverage
            count, _, boxes, _ = cv2.connectedComponentsWithStats((written > 127).astype(np.uint8))
            boxes = boxes[1:][boxes[1:, cv2.CC_STAT_AREA] > 30]
            assert len(boxes) > 12
            heights.append(boxes[:, cv2.CC_STAT_HEIGHT].std())
            feet.append((boxes[:, cv2.CC_STAT_TOP] + boxes[:, cv2.CC_STAT_HEIGHT]).std())
        assert np.mean(heights) > 1.2 and np.mean(feet) > 0.85


def test_chinese_punctuation_is_written():
    hand = new_hand(generator(1, 25), "zh")._replace(ink=None, western="", slant=0.0, climb=0.0)
    with_, without = (
        np.flatnonzero(write_line(generator(3, 24), hand, text, 40, 3).coverage.any(0))
        for text in ("水，？。水", "水水")
    )
    assert np.ptp(with_) > np.ptp(without) + 30


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_minus_of_type_is_written_as_a_stroke(language):
    for seed in range(4):
        hand = new_hand(generator(seed, 26), language)._replace(ink=None)
        typed, plain = (write_line(generator(3, 24), hand, text, 40, 3) for text in ("36−24", "36-24"))
        assert np.array_equal(typed.coverage, plain.coverage)


def test_what_no_source_can_write_is_left_out():
    rng = generator(1, 24)
    assert not write_line(rng, new_hand(rng, "en")._replace(ink=None), "\u0b95\u0ba3", 40, 3).coverage.any()


@pytest.mark.parametrize("seed", range(4))
def test_latin_letters_are_drawn_by_a_cyrillic_hand(seed):
    hand = new_hand(generator(seed, 28), "ru")._replace(ink=None, aspect=1.0, spacing=0.0)
    written = write_line(generator(seed, 29), hand, "kg mm", 40, 3).coverage
    inked = np.flatnonzero(written.any(0))
    assert inked[-1] - inked[0] > 60


@pytest.mark.parametrize(
    ("language", "text"), [("ko", "글씨"), ("ja", "てがみ"), ("ja", "カナ"), ("el", "λόγος")]
)
def test_letters_of_an_eastern_or_greek_hand_stand_side_by_side(language, text):
    hand = new_hand(generator(1, 26), language)._replace(ink=None, aspect=1.0, spacing=0.0)
    written = write_line(generator(1, 27), hand, text, 40, 3).coverage
    inked = np.flatnonzero(written.any(0))
    assert 0.35 * 40 * (len(text) - 1) < inked[-1] - inked[0] < 1.15 * 40 * len(text)


def test_all_but_signs_is_words_of_real_ink_where_a_hand_has_these(monkeypatch):
    pasted = []
    monkeypatch.setattr(lines, "paste_word", lambda *_: pasted.append(True) or 20.0)
    hand = new_hand(generator(1, 26), "en")._replace(ink=Ink((), 20.0, 3.0))
    for text, count in (("by hand.", 2), ("a 1969", 2), ("- =", 0)):
        pasted.clear()
        write_line(generator(2, 22), hand, text, 40, 3)
        assert len(pasted) == count


@pytest.mark.parametrize("language", ["zh", "ko"])
def test_letters_and_figures_are_as_tall_beside_characters_as_one_hand_writes_them(language):
    texts = {"zh": "高南图国", "ko": "학늘강를"}[language], "ABEH", "xnuo", "0346"
    ratios = []
    for seed in range(30):
        hand = new_hand(generator(seed, 23), language)._replace(ink=None, climb=0.0)
        tall = []
        for text in texts:
            alone = [write_line(generator(seed, 24), hand, one, 60, 3).coverage for one in text]
            tall.append(np.median([np.ptp(np.flatnonzero((cover > 100).any(1))) for cover in alone]))
        ratios.append(np.array(tall[1:]) / tall[0])
    assert np.median(ratios, 0) == pytest.approx([0.88, 0.48, 0.88], abs=0.1)
    assert np.max(ratios) < 1.5


def test_figures_are_lower_than_chinese_characters():
    shares = []
    for seed in range(12):
        hand = new_hand(generator(seed, 23), "zh")._replace(climb=0.0, unrest=0.01)
        tall = []
        for text in ("题国", "28"):
            cover = write_line(generator(seed, 24), hand, text, 60, 3).coverage
            tall.append(np.ptp(np.flatnonzero((cover > 100).any(1))))
        shares.append(tall[1] / tall[0])
    assert 0.7 < np.median(shares) < 0.95


@pytest.mark.parametrize("sign", "×÷+")
def test_signs_of_sums_are_written_whatever_the_face_has(sign):
    for seed in range(20):
        hand = new_hand(generator(seed, 28), "ru")
        assert (write_line(generator(seed, 29), hand, sign, 40, 3).coverage > 127).sum() > 20


def rows_of(hand, text: str, seed: int) -> np.ndarray:
    """The rows that a text covers, by the line it stands on and its size."""
    written = write_line(generator(seed, 24), hand, text, 60, 3)
    return (np.flatnonzero((written.coverage > 127).any(1)) - written.baseline) / 60


@pytest.mark.parametrize("sign", "=+×÷")
def test_signs_of_sums_stand_in_the_middle_of_figures_whoever_writes(sign):
    for language in ("en", "zh"):
        off = []
        for seed in range(16):
            hand = new_hand(generator(seed, 23), language)._replace(ink=None, climb=0.0, wobble=0.0)
            figure, rows = rows_of(hand, "8", seed), rows_of(hand, sign, seed)
            off.append((np.ptp(rows) / 2 + rows[0] - figure.mean()) / np.ptp(figure))
        assert abs(np.median(off)) < 0.15


def test_a_sign_that_a_face_lacks_leaves_the_figures_beside_it_to_the_face(monkeypatch):
    typed = []
    monkeypatch.setattr(drawn_words, "SLIP", 0.0)
    monkeypatch.setattr(lines, "draw_glyph", lambda *given: typed.append(given[3]))
    monkeypatch.setattr(lines, "has_glyph", lambda face, one: one.isdecimal())
    hand = new_hand(generator(1, 23), "en")._replace(ink=None, western="hand/la_kalam_400.ttf")
    written = write_line(generator(1, 24), hand, "2÷8=4", 60, 3)
    assert "".join(typed) == "284" and written.coverage.any()


def test_many_chinese_full_stops_are_rings():
    rings = 0
    for seed in range(60):
        hand = new_hand(generator(seed, 23), "zh")._replace(slant=0.0)
        ink = (write_line(generator(seed, 24), hand, "。", 80, 3).coverage > 100).astype(np.uint8)
        rings += bool((cv2.findContours(ink, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)[1][0][:, 3] >= 0).any())
    assert rings > 20, "and some so small that they close up"


def test_gaps_between_words_are_uneven_and_wider_in_some_hands():
    means = []
    for gap in (0.3, 0.8):
        hand = new_hand(generator(3, 23), "en")._replace(ink=None, western="", gap=gap, slant=0.0, climb=0.0)
        cover = write_line(generator(3, 24), hand, "l " * 30, 60, 3).coverage
        columns = np.flatnonzero(cover.any(0))
        gaps = np.diff(columns)[np.diff(columns) > 1] / 60
        means.append(gaps.mean())
        assert gaps.std() > 0.15 * gap
    assert means[1] - means[0] == pytest.approx(0.5, abs=0.1)


def test_dots_are_as_broad_as_lines_however_the_pressure_changes():
    hand, broad = new_hand(generator(3, 23), "en")._replace(ink=None, western="", taper=1.0), []
    for seed in range(12):
        cover = write_line(generator(seed, 24), hand, "÷", 60, 5).coverage
        broad += cv2.connectedComponentsWithStats((cover > 127).astype(np.uint8))[2][1:, 2].tolist()
    assert np.mean(np.array(broad) >= 5) > 0.9


@pytest.mark.parametrize("western", ["", "hand/la_kalam_400.ttf"])
def test_a_line_that_narrows_ends_smaller_than_it_begins_and_is_as_long(western):
    tall, wide = [], []
    for narrows in (0.0, 0.6):
        hand = new_hand(generator(3, 23), "en")._replace(ink=None, western=western, unrest=0.01, climb=0.0)
        cover = write_line(generator(3, 24), hand, "hill " * 12, 60, 3, narrows).coverage > 127
        columns = np.flatnonzero(cover.any(0))
        wide.append(np.ptp(columns))
        ends = [np.ptp(np.flatnonzero(cover[:, part].any(1))) for part in (columns[:200], columns[-200:])]
        tall.append(ends[1] / ends[0])
    assert tall[0] == pytest.approx(1, abs=0.17) and tall[1] < 0.8
    assert wide[1] == pytest.approx(wide[0], rel=0.06)


def test_characters_grow_and_shrink_over_some_of_them_rather_than_from_one_to_the_next(monkeypatch):
    sizes = []
    monkeypatch.setattr(lines, "write_character", lambda _, __, x, y, size: sizes.append(size) or size)
    alike = []
    for seed in range(40):
        sizes.clear()
        write_line(generator(seed, 24), new_hand(generator(seed, 23), "zh"), "水" * 30, 40, 3)
        alike.append(np.corrcoef(sizes[:-1], sizes[1:])[0, 1])
    assert 0.5 < np.mean(alike) < 0.8


@pytest.mark.parametrize(("language", "text"), [("zh", "水" * 20), ("en", "hill " * 14)])
def test_a_line_with_too_little_room_gets_cramped_toward_its_end(language, text):
    ends, tall = [], []
    for seed in range(20):
        hand = new_hand(generator(seed, 23), language)._replace(ink=None, unrest=0.01, climb=0.0, slant=0.0)
        full, cramped = (
            write_line(generator(seed, 24), hand, text, 50, 3, 0.0, share).coverage for share in (1.0, 0.75)
        )
        ends.append((cramped.shape[1] - 100) / (full.shape[1] - 100))
        parts = cramped[:, 60:260], cramped[:, -260:-60]
        tall.append([np.ptp(np.flatnonzero((part > 127).any(1))) for part in parts])
    assert np.mean(ends) == pytest.approx(0.75, abs=0.07)
    first, last = np.mean(tall, 0)
    assert last < 0.99 * first, "lower where letters draw closer"


def test_a_word_with_too_little_room_is_narrower_rather_than_smaller():
    hand = new_hand(generator(3, 23), "en")._replace(ink=None, western="", climb=0.0, slant=0.0)
    shrunk = []
    for seed in range(8):
        full, cramped = (
            write_line(generator(seed, 24), hand, "children", 60, 3, 0.0, share).coverage > 127
            for share in (1, 0.7)
        )
        shrunk.append(
            [
                np.ptp(np.flatnonzero(cramped.any(side))) / np.ptp(np.flatnonzero(full.any(side)))
                for side in (1, 0)
            ]
        )
    tall, wide = np.median(shrunk, 0)
    assert wide < 0.8 < tall


def test_a_figure_is_seldom_written_over_another():
    rng = generator(1, 29)
    said = [slipped(rng, "7") for _ in range(4000)]
    assert all(text[-1] == "7" and len(text) <= 2 for text in said)
    assert sum(len(text) == 2 for text in said) / 4000 == pytest.approx(SLIP, rel=0.5)
    letters = [slipped(rng, "a") for _ in range(8000)]
    assert sum(len(text) == 2 for text in letters) / 8000 == pytest.approx(MISSPELT, rel=0.5)
    assert all(text[-1] == "a" and text[0] in OFTEN["latin"] for text in letters)
    assert all(slipped(rng, one) == one for one in "A(x" for _ in range(500))


def test_no_stroke_leads_through_the_opening_of_a_c_which_would_be_an_e():
    hand = new_hand(generator(2, 23), "es")._replace(
        ink=None, western="", join=1.0, spacing=0.25, unrest=0.01
    )
    holes = []
    for seed in range(20):
        cover = write_line(generator(seed, 24), hand, "ccc", 60, 3).coverage
        holes.append(cv2.connectedComponents((cover < 100).astype(np.uint8), connectivity=4)[0] - 2)
    assert np.mean(holes) < 0.6
    closed = write_line(generator(1, 24), hand, "eee", 60, 3).coverage
    assert cv2.connectedComponents((closed < 100).astype(np.uint8), connectivity=4)[0] - 2 >= 3
