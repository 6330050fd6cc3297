"""Flow charts: boxes with words that do not touch, some left empty to be filled in."""

from itertools import pairwise

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import flows
from restorekit.synthesis.printing.flows import _columns, flow_chart
from restorekit.synthesis.printing.sheets import new_sheet
from restorekit.synthesis.texts.grammar import rules


def test_columns_stand_side_by_side_within_the_box():
    upright = 0
    for seed in range(40):
        sheet = new_sheet(generator(seed, 1), 300, 600, "zh", unit=22)
        columns = _columns(sheet, generator(seed, 2), 50, 40, 440, 180)
        assert len(columns) >= 2
        for before, after in pairwise(columns):
            assert max(node.right for node in before) < min(node.left for node in after)
        for node in sum(columns, []):
            assert node.left + 1e-6 >= 50
            assert node.right <= 490 + 1e-6
            upright += node.upright
    assert upright > 5


def test_upright_words_are_no_taller_than_their_box_nor_the_boxes_than_their_room(monkeypatch):
    monkeypatch.setattr(flows, "row_of_words", lambda *_: ["二氧化碳"] * 10)
    upright = 0
    for seed in range(60):
        sheet = new_sheet(generator(seed, 1), 300, 600, "zh", unit=22)
        height = (5, 6, 8, 12)[seed % 4] * 17.6 + 1
        for column in _columns(sheet, generator(seed, 2), 50, 40, 440, height):
            for above, below in pairwise(column):
                assert above.y + above.height / 2 < below.y - below.height / 2
            for node in column:
                assert node.y - node.height / 2 >= 40 and node.y + node.height / 2 <= 40 + height
                assert not node.upright or node.height >= 1.1 * 4 * 17.6
                upright += node.upright
    assert upright > 10


def test_empty_boxes_are_to_be_filled_in():
    slots = []
    for seed in range(40):
        sheet = new_sheet(generator(seed, 1), 300, 600, "en", unit=22)
        flow_chart(sheet, generator(seed, 2), 50, 40, 440, 180)
        slots += sheet.slots
    assert slots
    assert {slot.kind for slot in slots} == {"gap"}


def test_arrows_lead_from_each_column_to_the_next(monkeypatch):
    paths = []
    monkeypatch.setattr(flows, "arrow", lambda _, path, *__, **___: paths.append(path))
    monkeypatch.setattr(flows, "_pass_through", lambda *_, **__: None)
    for seed in range(20):
        sheet = new_sheet(generator(seed, 1), 300, 600, "en", unit=22)
        columns = _columns(sheet, generator(seed, 2), 50, 40, 440, 180)
        monkeypatch.setattr(flows, "_columns", lambda *_, made=columns: made)
        paths.clear()
        flow_chart(sheet, generator(seed, 2), 50, 40, 440, 180)
        assert len(paths) == sum(max(len(before), len(after)) for before, after in pairwise(columns))
        ends = {node.left for column in columns[1:] for node in column}
        assert all(path[0][0] < path[-1][0] for path in paths)
        assert all(min(abs(path[-1][0] - end) for end in ends) < 3 for path in paths)


def test_boxes_name_the_steps_of_a_process_in_their_order():
    rows = [text.split(", ") for text in rules("en")["process"]]
    in_order = 0
    for seed in range(40):
        sheet = new_sheet(generator(seed, 1), 300, 900, "en", unit=20)
        columns = _columns(sheet, generator(seed, 2), 50, 40, 800, 100)
        words = [node.words for node in sum(columns, [])]
        in_order += any(
            all(word in ("", step) for word, step in zip(words, row, strict=False)) for row in rows
        )
    assert in_order > 30
