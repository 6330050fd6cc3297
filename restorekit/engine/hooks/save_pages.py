"""The restored pages of a test, as pictures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mmengine.hooks import Hook
from mmengine.runner import Runner
from torch import Tensor

from restorekit.atomic import make_folder, write_whole
from restorekit.datasets.writing import encode_image
from restorekit.engine.hooks.pictures import strip
from restorekit.images import to_array
from restorekit.registry import HOOKS
from restorekit.types import Batch


@HOOKS.register_module()
class SavePagesHook(Hook):
    """Writes ``restored/NAME.png`` and, to look at, ``compare/NAME.jpg`` (input, restored, target, masks).

    Args:
        folder: where to.
    """

    def __init__(self, *, folder: str) -> None:
        self.folder = Path(folder)

    def before_test(self, runner: Runner) -> None:
        """Make the folders."""
        for name in ("restored", "compare"):
            make_folder(self.folder / name)

    def after_test_iter(
        self, runner: Runner, batch_idx: int, data_batch: Batch, outputs: Sequence[Tensor]
    ) -> None:
        """Write the pages of one batch."""
        for index, prediction in enumerate(outputs):
            name = data_batch["name"][index]
            panels = [data_batch[key][index] for key in ("image", "target", "mask")]
            for folder, suffix, rgb in (
                ("restored", ".png", to_array(prediction[:3])),
                ("compare", ".jpg", strip(panels[0], prediction, *panels[1:])),
            ):
                write_whole(self.folder / folder / f"{name}{suffix}", encode_image(rgb, suffix))
