"""Whether a config's value is what a component declares, and that in words."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Dict, List, Literal, Optional, Union  # noqa: UP035  (as mmengine writes them)

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from restorekit.declared import declared_types, fits, in_words

KINDS = [
    (int, "a whole number", [3, 3.0], [3.5, True, "3", None, float("inf"), float("nan")]),
    (float, "a number", [3, 0.5], [True, "0.5", None, [0.5]]),
    (bool, "True or False", [True, False], [1, "yes", None]),
    (str, "a string", ["a"], [5, None, ["a"]]),
    (str | Path | None, "a string or None", ["a", None], [5]),
    (int | float | None, "a number or None", [3, 0.5, None], ["a"]),
    (Optional[Union[int, List[int]]], "a whole number, a list of whole numbers or None", [3, [3]], [["a"]]),  # noqa: UP006, UP007, UP045
    (float | Tensor, "a number", [0.5, 1], ["a", {}]),
    (tuple[float, float], "a list of 2 numbers", [[1, 2], (1, 2)], [[1], [1, 2, 3], [1, "a"], 1]),
    (tuple[int, ...], "a list of whole numbers", [[], [1, 2, 3]], [[1.5], 1]),
    (Sequence[list[int]], "a list of lists of whole numbers", [[[1], []]], [[1], "a"]),
    (Sequence[dict], "a list of dicts", [[{"type": "A"}]], [[5], {"type": "A"}, None]),
    (list, "a list", [[1, "a"]], [1, "ab", {}]),
    (Dict, "a dict", [{}], [[], 5, None]),  # noqa: UP006
    (Mapping[str, float], "a dict", [{"a": 1}], [{"a": "b"}]),
    (dict | nn.Module, "a dict", [{}, nn.ReLU()], [5, "ReLU", None]),
    (nn.Module, "a dict", [{"type": "ReLU"}, nn.ReLU()], [5, "ReLU", [{}]]),
    (Callable[[int], int], "a dict", [abs, {"type": "default_collate"}], [5]),
    (Literal["a", "b", "c"], "'a', 'b' or 'c'", ["a"], ["d", None]),
    (Any, "anything", [5, None, "a"], []),
    (
        int | list[Tensor],
        "a whole number or a list of numbers",
        [iter([3]), [torch.ones(1)], np.ones(3)],
        ["a"],
    ),
]


@pytest.mark.parametrize("kind, words, good, bad", KINDS, ids=lambda value: str(value)[:30])
def test_what_a_type_takes(kind, words, good, bad):
    assert in_words(kind) == words
    assert [value for value in good if not fits(value, kind)] == []
    assert [value for value in bad if fits(value, kind)] == []


def test_what_a_class_declares_and_passes_on():
    class Base:
        def __init__(self, depth: int, name="", rate: float = None) -> None:  # noqa: RUF013
            """Nothing."""

    class Derived(Base):
        def __init__(self, *args, width: "Width" = 3, **others) -> None:  # noqa: F821
            """Nothing."""

    found, takes_others = declared_types(Derived)
    assert not takes_others
    assert {key: found[key] for key in ("depth", "name", "rate", "width")} == {
        "depth": int,
        "name": Any,
        "rate": float | None,
        "width": Any,
    }


def test_others_that_are_taken_may_go_anywhere_unless_the_class_above_gets_all():
    class Hook:
        def __init__(self, every: int = 1) -> None:
            """Nothing."""

    class Saver(Hook):
        def __init__(self, **for_saving) -> None:
            """Nothing."""

    assert declared_types(Saver) == ({"every": int}, True)


def test_a_type_that_only_checkers_know_is_any_and_the_others_are_known():
    found, _ = declared_types(torch.utils.data.DataLoader)  # its Iterable is imported for type checkers alone
    assert found["pin_memory"] is bool
    assert fits(5, found["sampler"])
