"""Of what type an argument is declared to be: whether a config's value is of it, and the type in words."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterable, Mapping
from os import PathLike
from types import NoneType, SimpleNamespace, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from torch import Tensor

WORDS = {
    NoneType: ("None", "None"),
    bool: ("True or False", "True or False"),
    int: ("a whole number", "whole numbers"),
    float: ("a number", "numbers"),
    Tensor: ("a number", "numbers"),  # torch takes rates as either, and a config has no tensors
    str: ("a string", "strings"),
}
"""One, and many."""
_MANY = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
PLAIN = (NoneType, bool, int, float, str, list, tuple, dict)


def declared_types(component: Any) -> tuple[dict[str, Any], bool]:
    """The types of a component's arguments, and whether it takes others besides.

    What a class takes as ``*args, **kwargs`` are the arguments of the class above; ``**kwargs`` alone may go
    anywhere. ``Any`` stands for what is not declared, or by a name that only type checkers know.

    Raises:
        TypeError, ValueError: a builtin without a signature.
    """
    found: dict[str, Any] = {}
    takes_others = False
    for level in component.__mro__ if inspect.isclass(component) else [component]:
        parameters = inspect.signature(level).parameters
        names = vars(sys.modules[level.__module__])
        kinds = [one.kind for one in parameters.values()]
        named = {name: one for name, one in parameters.items() if one.kind not in _MANY}
        found = {name: _declared_type(one, names) for name, one in named.items()} | found
        if inspect.Parameter.VAR_KEYWORD not in kinds:
            break
        takes_others |= inspect.Parameter.VAR_POSITIONAL not in kinds
    return found, takes_others


def needed(component: Any) -> list[str]:
    """The arguments that a component does not go without."""
    try:
        parameters = inspect.signature(component).parameters
    except (TypeError, ValueError):  # a builtin without a signature
        return []
    return [name for name, one in parameters.items() if one.default is one.empty and one.kind not in _MANY]


def _declared_type(parameter: inspect.Parameter, names: dict[str, Any]) -> Any:
    if parameter.annotation is parameter.empty:
        return Any
    try:
        alone = SimpleNamespace(__annotations__={"it": parameter.annotation})
        kind = get_type_hints(alone, names)["it"]
    except (NameError, AttributeError, TypeError):
        return Any
    return kind | None if parameter.default is None else kind


def fits(value: Any, kind: Any) -> bool:
    """Whether ``value``, as a config has it, is of the type ``kind``.

    A whole number may be written as a float, a tuple as a list, and any object as the dict that configures
    it. What is built already is taken as it is.
    """
    outer, inner = get_origin(kind) or kind, get_args(kind)
    if outer in (Any, object, type) or not isinstance(value, PLAIN):
        return True
    if outer in (Union, UnionType):
        return any(fits(value, one) for one in inner)
    if outer is Literal:
        return value in inner
    if outer in (int, float, Tensor):
        if isinstance(value, float):
            return outer is not int or value.is_integer()
        return isinstance(value, int) and not isinstance(value, bool)
    if not isinstance(outer, type):
        return True
    if issubclass(outer, PathLike):
        return isinstance(value, str)
    if _is_list(outer):
        if not isinstance(value, (list, tuple)):
            return False
        if _has_length(outer, inner):
            return len(value) == len(inner) and all(map(fits, value, inner))
        return all(fits(one, inner[0]) for one in value if inner)
    if issubclass(outer, Mapping):
        return isinstance(value, dict) and all(fits(one, inner[1]) for one in value.values() if inner)
    return isinstance(value, outer if outer in WORDS else dict)


def in_words(kind: Any, *, many: bool = False) -> str:
    """What ``kind`` takes, e.g. ``"a number, a list of 2 numbers or None"``."""
    outer, inner = get_origin(kind) or kind, get_args(kind)
    if outer in (Union, UnionType):
        apart = [one for one in inner if not (one is int and float in inner)]
        return _either(in_words(one, many=many) for one in sorted(apart, key=lambda one: one is NoneType))
    if outer is Literal:
        return _either(map(repr, inner))
    if outer is Any or not isinstance(outer, type):
        return "anything"
    if outer in WORDS or issubclass(outer, PathLike):
        return WORDS.get(outer, WORDS[str])[many]
    if _is_list(outer):
        count = f"{len(inner)} " if _has_length(outer, inner) else ""
        of = f" of {count}{in_words(inner[0], many=True)}" if inner else ""
        return ("lists" if many else "a list") + of
    return "dicts" if many else "a dict"


def _either(words: Iterable[str]) -> str:
    *others, last = dict.fromkeys(words)
    return f"{', '.join(others)} or {last}" if others else last


def _is_list(outer: type) -> bool:
    return (
        outer.__module__ in ("builtins", "collections.abc")
        and issubclass(outer, Iterable)
        and not issubclass(outer, (Mapping, str))
    )


def _has_length(outer: type, inner: tuple) -> bool:
    return outer is tuple and bool(inner) and inner[-1] is not ...
