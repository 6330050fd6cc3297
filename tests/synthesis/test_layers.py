"""The generator needs numpy, OpenCV and Pillow, and nothing heavier; no two of its parts need each other."""

import ast
import subprocess
import sys
from collections import defaultdict
from graphlib import TopologicalSorter
from pathlib import Path

import restorekit.synthesis

ABOVE = {
    "texts": {"printing", "handwriting", "capture"},
    "printing": {"handwriting", "capture"},
    "capture": {"texts", "printing", "handwriting"},
    "handwriting": {"capture"},
}
"""What each part may not import, not even by way of others: it is made later or is no concern of it."""


def test_no_torch_no_mmengine():
    code = (
        "import sys; import restorekit.synthesis, restorekit.synthesis.folders, restorekit.synthesis.crops;"
        "print([name for name in ('torch', 'mmengine', 'mmcv', 'rich', 'scipy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def parts_of(path: Path) -> set[str]:
    """The folders and modules right below ``restorekit.synthesis`` that a source file imports."""
    names: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            names += [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
    return {name.split(".")[2] for name in names if name.startswith("restorekit.synthesis.")}


def test_texts_are_printed_then_written_on_and_then_photographed():
    root = Path(restorekit.synthesis.__file__).parent
    needs: dict[str, set[str]] = defaultdict(set)
    for path in root.rglob("*.py"):
        part = path.relative_to(root).parts[0].removesuffix(".py")
        needs[part] |= parts_of(path) - {part}
    assert needs["printing"] and needs["pages"] >= {"printing", "handwriting", "capture"}
    for part in TopologicalSorter(needs).static_order():  # raises where parts need each other in a circle
        needs[part] |= set().union(*(needs[below] for below in needs[part]))
        assert not needs[part] & ABOVE.get(part, set()), part
