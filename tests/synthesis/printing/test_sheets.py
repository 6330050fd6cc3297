"""A sheet's rules, and where they are."""

from restorekit.synthesis.printing.sheets import Ruling

LINED = Ruling(60, 660, 80, 850, 45)


def test_a_point_moves_onto_the_nearest_rules_that_there_are():
    assert LINED.nearest(101, 130) == (101, 125)
    assert LINED._replace(loose=True).nearest(101, 130) == (101, 130)
    squared = LINED._replace(pitch=40, square=20, column=7)
    assert squared.nearest(101, 132) == (107, 140)
    assert squared.nearest(1, 61) == (7, 60)
