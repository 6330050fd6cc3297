"""The generator needs numpy, OpenCV and Pillow, and nothing heavier."""

import ast
import subprocess
import sys
from pathlib import Path

import restorekit.synthesis

ABOVE = {
    "texts": {"printing", "handwriting", "capture"},
    "printing": {"handwriting", "capture"},
    "capture": {"texts", "printing", "handwriting"},
    "handwriting": {"capture"},
}
"""What each part may not import, for it is made later or is no concern of it."""


def test_no_torch_no_mmengine():
    code = (
        "import sys; import restorekit.synthesis, restorekit.synthesis.folders, restorekit.synthesis.crops;"
        "print([name for name in ('torch', 'mmengine', 'mmcv', 'rich', 'scipy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_texts_are_printed_then_written_on_and_then_photographed():
    root = Path(restorekit.synthesis.__file__).parent
    for part, above in ABOVE.items():
        files = list((root / part).glob("*.py"))
        assert len(files) > 3
        for path in files:
            imported = {
                node.module.removeprefix("restorekit.synthesis").strip(".").split(".")[0]
                for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
                if isinstance(node, ast.ImportFrom) and node.module.startswith("restorekit.synthesis")
            }
            assert not imported & above, path
