"""Charts: shares that make up the whole, and wedges of white, grey and hatching."""

import numpy as np
import pytest

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import charts
from restorekit.synthesis.printing.charts import _shares, pie
from restorekit.synthesis.printing.sheets import new_sheet
from restorekit.synthesis.texts.grammar import rules


def test_shares_make_up_a_hundred_and_are_wide_enough_to_read():
    for names in (3, 4, 7):
        drawn = [_shares(generator(seed, 1), names) for seed in range(300)]
        for shares in drawn:
            assert sum(shares) == 100 and 3 <= len(shares) <= min(5, names)
            assert min(shares) >= charts.THINNEST and all(isinstance(share, int) for share in shares)
        assert any(max(shares) < 50 for shares in drawn)


def test_every_chart_says_what_it_is_about_and_names_all_its_parts(monkeypatch):
    said = []
    monkeypatch.setattr(charts, "put_label", lambda _, __, ___, text, *____, **_____: said.append(text))
    for language in ("en", "zh", "de", "el"):
        known = {
            title: names.split(", ")
            for title, _, names in (text.split("; ") for text in rules(language)["chart"])
        }
        for seed in range(20):
            sheet = new_sheet(generator(seed, 3), 300, 500, language, unit=20)
            titles = []
            for place, draw in enumerate((charts.bars, pie)):
                said.clear()
                read = draw(sheet, generator(seed, 4 + place), 20, 20, 400, 220)
                titles.append(said[0])
                parts = [text.rpartition(" ")[0] or text for text in said if text.endswith("%")]
                parts = parts or [text for text in said[1:] if text in known[said[0]]]
                count = len(read["see_total"][0].split("+")) if "see_total" in read else len(parts)
                assert sorted(parts) == sorted(known[said[0]][:count]) and count > 1
            assert len(set(titles)) == 2, "no two charts on one thing"


def test_pies_are_mostly_thin_lines_on_white():
    shares = []
    for seed in range(20):
        sheet = new_sheet(generator(seed, 3), 240, 360, "en", unit=22)
        pie(sheet, generator(seed, 4), 30, 20, 300, 200)
        shares.append((np.asarray(sheet.image).min(2) < 240).mean())
    assert 0.005 < np.median(shares) < 0.12


@pytest.mark.parametrize("middle", [0.0, -1.5, 1.2])
def test_labels_beside_a_pie_stand_one_below_the_other_and_clear_of_it(monkeypatch, middle):
    places = {0.0: [], 1.0: []}
    monkeypatch.setattr(charts, "put_label", lambda _, x, y, *__, align: places[align].append((x, y)))
    sheet = new_sheet(generator(1, 3), 300, 400, "en", unit=22)
    em = charts.small_type(sheet).size
    thin = [(middle + turn, "1%") for turn in (-0.2, -0.1, 0.0, 0.06, 3.0, 3.1)]
    charts._lead_out(sheet, generator(2, 3), np.array([200.0, 150.0]), 60.0, thin, 1.0)
    assert sum(map(len, places.values())) == 6
    for side in places.values():
        x, y = np.array(side).T
        assert np.diff(y).min() > em
        assert np.hypot(x - 200, y - 0.35 * em - 150).min() > 60 * 1.1


def test_only_wide_wedges_have_their_label_within(monkeypatch):
    beside = set()
    monkeypatch.setattr(charts, "_shares", lambda *_: [80, 14, 3, 3])
    monkeypatch.setattr(charts, "_lead_out", lambda *args: beside.update(text for _, text in args[4]))
    for seed in range(20):
        beside.clear()
        pie(new_sheet(generator(seed, 3), 240, 360, "en", unit=16), generator(seed, 4), 30, 20, 300, 200)
        assert {text.split(" ")[-1] for text in beside} in ({"14%", "3%"}, {"14%", "3%", "80%"})


def test_an_axis_is_numbered_in_even_steps(monkeypatch):
    numbers = []
    monkeypatch.setattr(
        charts, "put_label", lambda _, __, y, text, *___, **____: numbers.append((y, float(text)))
    )
    for seed in range(20):
        numbers.clear()
        sheet = new_sheet(generator(seed, 3), 240, 360, "en", unit=16)
        worth = charts.ticks(sheet, generator(seed, 4), np.array([50.0, 20.0, 330.0, 200.0]), 1.0, 0.5)
        y, said = np.array(numbers).T
        levels = y - 0.35 * charts.small_type(sheet).size
        assert len(said) >= 2 and 20 <= levels.min() < levels.max() < 200
        assert said == pytest.approx(said[0] * np.arange(1, len(said) + 1))
        assert said == pytest.approx(worth * (200 - levels))


@pytest.mark.parametrize("topic", ["mathematics_1", "mathematics_2", "science_2", "pupils"])
def test_axes_are_named_as_the_subject_has_them(topic, monkeypatch):
    named = set()
    monkeypatch.setattr(charts, "put_label", lambda _, __, ___, text, *____, **_____: named.add(text))
    for seed in range(60):
        sheet = new_sheet(generator(seed, 1), 300, 400, "en", unit=20)
        sheet.topic = topic
        charts.frame(sheet, generator(seed, 2), 20, 20, 300, 200, 1.5, topic if topic == "pupils" else "")
    own = next(names for where, names in charts.AXES.items() if topic.startswith(where))
    known = {"", "pupils"} if topic == "pupils" else {name for pair in own for name in pair}
    assert named <= known and len(named) >= 2


def test_the_numbers_above_bars_are_as_high_as_the_ticks_say(monkeypatch):
    said = []
    monkeypatch.setattr(
        charts, "put_label", lambda _, __, y, text, ___, align=0.5: said.append((text, y, align))
    )
    counted = 0
    for seed in range(20):
        said.clear()
        sheet = new_sheet(generator(seed, 1), 300, 500, "en", unit=20)
        charts.bars(sheet, generator(seed, 2), 20, 20, 400, 240)
        em = charts.small_type(sheet).size
        ticks = np.array([(float(text), y - 0.35 * em) for text, y, align in said if align == 1.0])
        slope, start = np.polyfit(ticks[:, 1], ticks[:, 0], 1)
        floor = -start / slope
        for text, y, align in said:
            if align == 0.5 and y < floor and text.replace(".", "").isdigit():
                counted += 1
                assert float(text) == pytest.approx(slope * (y + 0.2 * em) + start, abs=0.51)
    assert counted > 10


def test_what_is_read_from_a_chart_is_what_stands_in_it(monkeypatch):
    said = []
    monkeypatch.setattr(charts, "put_label", lambda _, __, ___, text, *____, **_____: said.append(text))
    sums = 0
    for seed in range(30):
        said.clear()
        sheet = new_sheet(generator(seed, 1), 300, 500, "en", unit=20)
        read = charts.bars(sheet, generator(seed, 5), 20, 20, 400, 240)
        terms, total = read["see_total"]
        values = [float(term) for term in terms.split("+")]
        assert sum(values) == float(total.strip("="))
        assert float(read["see_largest"][0]) == max(values)
        assert float(read["see_difference"][1].strip("=")) == max(values) - min(values)
        if f"{values[0]:g}" in said and f"{values[-1]:g}" in said:
            sums += 1
        said.clear()
        shares = charts.pie(sheet, generator(seed, 6), 20, 20, 400, 240)
        assert any(text.endswith(f"{shares['see_most'][0]}%") for text in said)
    assert sums > 5


def test_one_bar_is_the_highest_and_the_others_are_as_unlike_as_there_is_room():
    unlike = []
    for seed in range(30):
        sheet = new_sheet(generator(seed, 1), 300, 500, "en", unit=20)
        terms, _ = charts.bars(sheet, generator(seed, 5), 20, 20, 400, 240)["see_total"]
        values = [float(term) for term in terms.split("+")]
        assert values.count(max(values)) == 1
        unlike.append(len(set(values)) / len(values))
    assert np.mean(unlike) > 0.8


def test_bars_beside_each_other_are_not_all_as_high():
    for seed in range(40):
        sheet = new_sheet(generator(seed, 1), 400, 600, "en", unit=20)
        sheet.topic = "mathematics_1"
        terms = charts.bars(sheet, generator(seed, 2), 40, 40, 300, 130)["see_total"][0].split("+")
        assert len(set(terms)) >= min(3, len(terms))
