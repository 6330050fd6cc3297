"""The restored pages of a test, as pictures."""

from __future__ import annotations

from pathlib import Path

import cv2
from mmengine.hooks import Hook

from restorekit.atomic import make_folder
from restorekit.engine.hooks.pictures import strip
from restorekit.images import to_array
from restorekit.registry import HOOKS


@HOOKS.register_module()
class SavePagesHook(Hook):
    """Writes ``restored/NAME.png`` and, to look at, ``compare/NAME.jpg`` (input, restored, target, masks).

    Args:
        folder: where to.
    """

    def __init__(self, *, folder: str) -> None:
        self.folder = Path(folder)

    def before_test(self, runner) -> None:
        """Make the folders."""
        for name in ("restored", "compare"):
            make_folder(self.folder / name)

    def after_test_iter(self, runner, batch_idx, data_batch=None, outputs=None) -> None:
        """Write the pages of one batch."""
        for index, prediction in enumerate(outputs):
            name = data_batch["name"][index]
            panels = [data_batch[key][index] for key in ("image", "target", "mask")]
            _write(self.folder / "restored" / f"{name}.png", to_array(prediction[:3]))
            _write(self.folder / "compare" / f"{name}.jpg", strip(panels[0], prediction, *panels[1:]))


def _write(path: Path, rgb) -> None:
    if not cv2.imwrite(str(path), cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR)):
        raise OSError(f"could not write {path}: is the disk full, or the folder read-only?")
