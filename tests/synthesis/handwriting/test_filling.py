"""Workings in blank places."""

from restorekit.synthesis.handwriting.filling import _nearest_working


def test_what_is_worked_out_beside_a_question_is_that_question_once():
    workings = [(50.0, ("3+4", "=7")), (500.0, ("9-1", "=8"))]
    assert _nearest_working(workings, 480, 100) == ["9-1", "=8"]
    assert _nearest_working(workings, 480, 100) == []
    assert _nearest_working(workings, 120, 100) == ["3+4", "=7"]
    assert _nearest_working(workings, 120, 100) == []
