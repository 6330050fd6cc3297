"""Letters keep their shape in every hand."""

import unicodedata

import numpy as np
import pytest

from restorekit.synthesis.assets import words
from restorekit.synthesis.handwriting.letters import OTHERWISE, SECOND, STROKES, letter
from restorekit.synthesis.handwriting.movement import flow
from restorekit.synthesis.handwriting.strips import HASTE
from restorekit.synthesis.strokes import smooth_path


@pytest.mark.parametrize("character", list(STROKES))
def test_every_letter_keeps_its_shape_with_every_writer(character):
    for style in range(20):
        strokes, advance = letter(character, style)
        assert strokes
        assert all(len(stroke) >= 2 for stroke in strokes)
        points = np.concatenate(strokes)
        assert -0.2 < points[:, 0].min() < points[:, 0].max() < advance < 1.2
        assert -1.3 < points[:, 1].min() < points[:, 1].max() < 0.7


@pytest.mark.parametrize("character", "áàâäãčéèêëíîïñóôöúùûüÁÉÖÜŽ")
def test_an_accent_stands_above_its_letter_which_is_as_without_it(character):
    base, accent = unicodedata.normalize("NFD", character)
    for style in range(20):
        plain, strokes = letter(base, style)[0], letter(character, style)[0]
        kept = plain[:1] if base in "ij" else plain  # the accent stands for the dot
        assert all(np.array_equal(one, same) for one, same in zip(kept, strokes, strict=False))
        above = strokes[len(kept) :]
        assert len(above) == 1 + (accent == "\u0308")
        assert max(stroke[:, 1].max() for stroke in above) < strokes[0][:, 1].min() + 0.16
        assert abs(np.concatenate(above)[:, 0].mean() - strokes[0][:, 0].mean()) < 0.25


def test_a_cedilla_hangs_below_its_letter():
    assert letter("ç", 3)[0][-1][:, 1].max() > 0.2 > letter("c", 3)[0][0][:, 1].max()


@pytest.mark.parametrize("language", ["de", "es", "fr", "ru", "el"])
def test_all_words_of_a_language_can_be_drawn(language):
    assert all(letter(one, 1)[0] for word in words(language) for one in word)


def test_a_writer_forms_a_letter_in_one_way_with_or_without_an_accent():
    first, second = letter("g", 3), letter("g", 3)
    assert all(np.array_equal(a, b) for a, b in zip(first[0], second[0], strict=True))
    assert letter("é", 3)[1] == letter("e", 3)[1]
    assert not np.array_equal(letter("g", 4)[0][0], first[0][0])
    assert letter("中", 0) == ((), 0.0)


def shape_of(form):
    return tuple(len(stroke.split()) for stroke in form.split("|"))


def shape_by(character, style, form=0):
    return tuple(len(stroke) for stroke in letter(character, style, form)[0])


@pytest.mark.parametrize("character", list(OTHERWISE))
def test_as_many_writers_have_each_of_the_forms_of_a_letter(character):
    forms = [shape_of(form) for form in (STROKES[character], *OTHERWISE[character])]
    styles = np.random.default_rng(1).integers(0, 1_000_000, 300).tolist()
    shapes = [shape_by(character, style) for style in styles]
    assert set(shapes) == set(forms)
    for form in forms:
        share = forms.count(form) / len(forms)
        assert shapes.count(form) == pytest.approx(300 * share, rel=0.35)


@pytest.mark.parametrize("character", "agt47")
def test_some_writers_have_a_second_form_of_a_letter_beside_the_usual_one(character):
    forms = {shape_of(form) for form in (STROKES[character], *OTHERWISE[character])}
    second = 0
    for style in range(0, 1_000_000, 4999):
        usual, seldom = ([shape_by(character, style, form) for form in some] for some in ((0, 3), (5, 6)))
        assert usual[0] == usual[1] and seldom[0] == seldom[1] and seldom[0] in forms
        second += usual != seldom
    assert second / 201 == pytest.approx(SECOND, abs=0.12)


def test_who_forms_a_seven_otherwise_need_not_form_a_four_so():
    both = {tuple(shape_by(one, style) for one in "74") for style in range(0, 1_000_000, 4999)}
    count = [len({shape_of(form) for form in (STROKES[one], *OTHERWISE[one])}) for one in "74"]
    assert len(both) == count[0] * count[1]


def test_the_strokes_of_an_equals_sign_stay_apart():
    for style in range(200):
        (above, below), _ = letter("=", style)
        assert np.all(below[:, 1].min() > above[:, 1].mean())


def test_every_sign_that_is_an_answer_can_be_drawn():
    assert all(letter(sign, 3)[0] for sign in "<>=+-×÷°.,")


def test_every_writer_draws_a_plus_sign_of_strokes_that_cross():
    for style in range(200):
        (upright, level), _ = letter("+", style)
        assert upright[0, 1] < level[:, 1].min() and upright[1, 1] > level[:, 1].max()
        assert level[0, 0] < upright[:, 0].min() and upright[:, 0].max() < level[1, 0]


def test_a_writer_has_some_forms_of_a_letter_that_are_more_alike_than_those_of_two_writers():
    def apart(one, other):
        return np.mean([np.abs(a - b).mean() for a, b in zip(one[0], other[0], strict=True)])

    own = [apart(letter("j", style), letter("j", style, 1)) for style in range(30)]
    others = [apart(letter("j", style), letter("j", style + 1)) for style in range(30)]
    assert min(own) > 0 and 0.2 < np.mean(own) / np.mean(others) < 0.6


def test_small_letters_of_one_writer_are_alike_in_height_and_those_of_two_are_not():
    def high(style):
        return [-min(stroke[:, 1].min() for stroke in letter(one, style)[0]) for one in "aceosunmvw"]

    heights = np.array([high(style) for style in range(40)])
    assert np.std(heights.mean(1)) > 0.03 and 0.35 < heights.mean() < 0.6


def test_russian_letters_end_where_the_next_begins():
    for one in "алмниутш":
        usual = [style for style in range(60) if shape_by(one, style) == shape_of(STROKES[one])]
        ends = np.array([letter(one, style)[0][0][-1] for style in usual])
        assert len(ends) > 15 and np.median(ends[:, 1]) > -0.3, "low, and farthest to the right"


def test_a_russian_m_comes_down_between_its_humps_however_quick_the_hand():
    low = []
    for style in range(40):
        path = flow(letter("м", style)[0][0] * 40, 2.0, HASTE[0] + HASTE[1])[:, 1]
        humps = [at for at in range(1, len(path) - 1) if path[at - 1] > path[at] <= path[at + 1]]
        low.append(max(path[humps[0] : humps[1]]) if len(humps) > 1 else -20)
    assert np.mean(np.array(low) > -7) > 0.85, "or it is an l"


def test_every_letter_begins_at_its_left_edge_however_narrow_it_is():
    for style in range(40):
        assert all(min(path[:, 0].min() for path in letter(one, style)[0]) < 0.001 for one in "iltIι!")


def test_every_z_ends_on_its_right():
    for style in range(0, 1_000_000, 4999):
        first = letter("z", style)[0][0]
        assert first[-1, 0] > first[-2, 0] + 0.1


def test_the_upper_left_corners_of_square_capitals_stay_corners():
    for one in "ГПΓΠ":
        away = []
        for style in range(100):
            path = smooth_path(letter(one, style)[0][0])
            away.append(np.hypot(*(path - path.min(0)).T).min())
        assert np.mean(away) < 0.09


def test_the_legs_of_a_pi_stand_apart():
    for style in range(100):
        left, right = letter("π", style)[0][1:]
        assert right[:, 0].min() - left[:, 0].max() > 0.12
