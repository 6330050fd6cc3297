"""Messages that reach callers from Python name arguments, and the option of a command in brackets behind."""

import ast
import re
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "restorekit"
NOT_FOR_PYTHON = [
    *("cli.py", "commands", "synthesis", "documents/planning.py", "datasets/checkup.py"),
    *("documents/report.py", "conversion/card.py"),  # write pages of their own
]
WHOLE_COMMANDS = r"torchrun.*|give --nproc-per-node|`.*`|--overwrite`|--cfg-options takes key=value"


def messages(path: Path) -> list[str]:
    """The strings in a module that hold an option, without docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = {node for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    found -= {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [node.value for node in found if re.search(r"(^|[ (`])--[a-z]", str(node.value))]


def test_an_option_stands_in_brackets_behind_the_argument():
    known = {path: PACKAGE / path for path in NOT_FOR_PYTHON}
    assert all(path.exists() for path in known.values())
    found = [
        message
        for path in PACKAGE.rglob("*.py")
        if not any(path.is_relative_to(own) for own in known.values())
        for message in messages(path)
    ]
    assert len(found) > 10
    assert [text for text in found if re.search(r"(?<!\()--", re.sub(WHOLE_COMMANDS, "", text))] == []
