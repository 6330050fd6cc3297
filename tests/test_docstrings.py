"""Public classes say what their constructors raise."""

import ast
from pathlib import Path

import pytest

import restorekit

PACKAGE = Path(restorekit.__file__).parent
CONSTRUCTORS = ("__init__", "__post_init__")


def silent_classes(source: str) -> list[str]:
    """The public classes whose constructor raises, and whose docstring does not say what."""
    classes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ClassDef)]
    return [
        own.name
        for own in classes
        if not own.name.startswith("_")
        and "Raises:" not in (ast.get_docstring(own) or "")
        and any(
            isinstance(node, ast.Raise)
            for part in own.body
            if isinstance(part, ast.FunctionDef) and part.name in CONSTRUCTORS
            for node in ast.walk(part)
        )
    ]


@pytest.mark.parametrize(
    "part", sorted(path.name for path in PACKAGE.iterdir() if path.suffix in ("", ".py"))
)
def test_what_a_constructor_raises_is_told(part):
    path = PACKAGE / part
    for file in [path] if path.is_file() else path.rglob("*.py"):
        assert not silent_classes(file.read_text(encoding="utf-8")), file


def test_a_class_that_tells_nothing_is_found():
    body = "    def __init__(self):\n        raise ValueError\n"
    assert silent_classes(f"class Mute:\n    '''It.'''\n{body}") == ["Mute"]
    assert (
        silent_classes(
            f"class Told:\n    '''It.\n\n    Raises:\n        ValueError: always.\n    '''\n{body}"
        )
        == []
    )
