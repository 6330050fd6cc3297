"""Marks are as uneven as a quick hand makes them."""

import numpy as np
import pytest

from restorekit.synthesis.handwriting import marks
from restorekit.synthesis.pages import generator


def blank() -> np.ndarray:
    return np.zeros((300, 400), np.uint8)


@pytest.fixture
def paths(monkeypatch):
    drawn = []
    monkeypatch.setattr(marks, "draw_path", lambda _, path, widths, __: drawn.append((path, widths)))
    return drawn


def test_some_strokes_end_in_a_hook_and_short_ones_in_none(paths):
    line = [(50.0, 100.0), (200.0, 100.0), (350.0, 100.0)]
    for seed in range(400):
        marks.draw_stroke(blank(), generator(seed), line, 3)
    hooked = [abs(path[-1, 1] - 100) > 1 for path, _ in paths]
    assert np.mean(hooked) == pytest.approx(marks.HOOKED, abs=0.05)
    assert all(path[-1, 0] == path[:, 0].max() for path, _ in paths), "none turns back"
    assert all(np.abs(path - [[200, 100]]).max(0)[1] < 10 for path, _ in paths)
    paths.clear()
    for seed in range(50):
        marks.draw_stroke(blank(), generator(seed), [(50.0, 100.0), (70.0, 100.0)], 3)
    assert all(np.allclose(path[:, 1], 100, atol=0.01) for path, _ in paths)


def test_strokes_are_palest_where_the_pen_is_lifted():
    paler = []
    for seed in range(60):
        canvas = blank()
        marks.draw_stroke(
            canvas, generator(seed), [(40.0, 100.0), (200.0, 100.0), (360.0, 100.0)], 8, taper=0.9
        )
        paler.append(canvas[:, 352:356].max() / float(canvas[:, 150:200].max()))
    assert np.mean(paler) < 0.97


def test_strokes_are_thinner_where_they_end(paths):
    for seed in range(60):
        line = [(50.0, 100.0), (150.0, 100.0), (250.0, 100.0), (350.0, 100.0)]
        marks.draw_stroke(blank(), generator(seed), line, 3)
    middles, ends = (
        np.array([widths[len(widths) // 2 if at else -1] for _, widths in paths]) for at in (1, 0)
    )
    assert middles.mean() == pytest.approx(3, abs=0.3)
    assert 0.6 < np.quantile(ends / middles, 0.25) < 0.97 and ends.min() > 0


def test_lines_that_are_dashed_off_are_thinnest_where_the_pen_moves_fastest(paths):
    for seed in range(200):
        marks.line(blank(), generator(seed), 50, 100, 350, 100, 3)
    slow, fast = (np.mean([widths[int(at * len(widths))] for _, widths in paths]) for at in (0.2, 0.5))
    assert fast < 0.94 * slow
    paths.clear()
    for seed in range(200):
        marks.line(blank(), generator(seed), 50, 100, 50 + 3 * marks.LONG - 2, 100, 3)
    slow, fast = (np.mean([widths[int(at * len(widths))] for _, widths in paths]) for at in (0.3, 0.5))
    assert fast == pytest.approx(slow, rel=0.04), "short ones are not"


def test_most_circles_begin_at_the_top_and_go_to_the_left(paths):
    for seed in range(200):
        marks.circle(blank(), generator(seed), (150, 130, 250, 170), 3)
    begins = np.array([path[0] for path, _ in paths])
    turns = [np.unwrap(np.arctan2(*(path - [200, 150]).T[::-1])) for path, _ in paths]
    ways = np.array([turn[-1] - turn[0] for turn in turns])
    assert np.mean(begins[:, 1] < 150) > 0.75
    assert 0.7 < np.mean(ways < 0) < 0.9
    gaps = np.array([np.hypot(*(path[0] - path[-1])) for path, _ in paths])
    assert np.mean(gaps > 6) > 0.7


def test_rings_are_large_and_small_flat_and_tall_and_some_go_round_twice(paths):
    for seed in range(400):
        marks.circle(blank(), generator(seed, 2), (180, 135, 210, 165), 3)
    spans = np.array([np.ptp(path, 0) for path, _ in paths])
    assert np.std(np.log(spans.prod(1))) > 0.35, "areas differ by half"
    assert np.std(np.log(spans[:, 0] / spans[:, 1])) > 0.2 and np.median(spans[:, 0] / spans[:, 1]) > 1.05
    turns = [np.unwrap(np.arctan2(*(path - path.mean(0)).T[::-1])) for path, _ in paths]
    rounds = np.array([abs(turn[-1] - turn[0]) / (2 * np.pi) for turn in turns])
    assert np.mean(rounds > 1.4) == pytest.approx(marks.DOUBLED, abs=0.05)
    inside = [np.all(path.min(0) < (187, 143)) and np.all(path.max(0) > (203, 157)) for path, _ in paths]
    assert np.mean(inside) > 0.9, "what is ringed is inside"


def test_underlines_are_neither_level_nor_just_as_long_as_the_words(paths):
    rises, lengths = [], []
    for seed in range(200):
        paths.clear()
        marks.underline(blank(), generator(seed), 50, 350, 200, 3, 20)
        if len(paths) == 1 and len(paths[0][0]) < 120:
            ((path, _),) = paths
            rises.append(path[-1, 1] - path[0, 1])
            lengths.append(path[-1, 0] - path[0, 0])
    assert np.std(rises) > 2.5 and np.std(lengths) > 4
    assert np.mean(lengths) == pytest.approx(300, abs=4)


def test_some_crosses_are_drawn_without_lifting_the_pen(paths):
    for seed in range(200):
        marks.cross(blank(), generator(seed), 200, 150, 60, 3)
    once = 400 - len(paths)
    assert 10 < once < 60


def test_boxes_are_filled_in_where_they_are():
    covered = []
    for seed in range(40):
        canvas = np.zeros((60, 120), np.uint8)
        marks.fill_in(canvas, generator(seed, 51), (40, 20, 70, 36), 3.0)
        assert not canvas[:, :30].any() and not canvas[:, 90:].any() and not canvas[:10].any()
        covered.append((canvas[20:36, 40:70] > 127).mean())
    assert 0.25 < np.mean([share > 0.6 for share in covered]) < 0.8
    assert np.std(covered) > 0.1, "no two alike"
    assert min(covered) > 0.08


def test_along_a_rule_underlines_are_straighter_and_more_level(monkeypatch):
    drawn = []

    def line(canvas, rng, x0, y0, x1, y1, pen_px, bow=0.012):
        drawn.append((abs(y1 - y0) / (x1 - x0), bow))

    monkeypatch.setattr(marks, "line", line)
    means = []
    for along in (False, True):
        drawn.clear()
        for seed in range(80):
            marks.underline(blank(), generator(seed, 1), 50, 350, 100, 3, 20, along=along)
        means.append(np.mean(drawn, 0))
    assert (means[1] < 0.6 * means[0]).all()


def test_every_mark_is_drawn_about_where_it_is_asked_for():
    box = (60.0, 60.0, 140.0, 100.0)
    drawings = [
        lambda c, r: marks.cross(c, r, 100, 80, 40, 3),
        lambda c, r: marks.circle(c, r, box, 3),
        lambda c, r: marks.line(c, r, 60, 80, 140, 80, 3),
        lambda c, r: marks.underline(c, r, 60, 140, 80, 3, 20),
        lambda c, r: marks.caret(c, r, 100, 80, 30, 3),
        lambda c, r: marks.sketch(c, r, box, 3),
        lambda c, r: marks.blot(c, r, 100, 80, 9),
    ]
    for place, draw in enumerate(drawings):
        for seed in range(5):
            canvas = np.zeros((200, 200), np.uint8)
            draw(canvas, generator(seed, 26))
            rows, columns = np.nonzero(canvas > 127)
            assert len(rows) > 20, place
            assert abs(rows.mean() - 80) < 40, place
            assert abs(columns.mean() - 100) < 50, place
