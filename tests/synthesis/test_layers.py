"""The generator needs numpy, OpenCV and Pillow, and nothing heavier."""

import subprocess
import sys


def test_no_torch_no_mmengine():
    code = (
        "import sys; import restorekit.synthesis, restorekit.synthesis.folders, restorekit.synthesis.crops;"
        "print([name for name in ('torch', 'mmengine', 'mmcv', 'rich', 'scipy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
