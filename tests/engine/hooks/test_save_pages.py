import pytest
import torch

from restorekit.engine.hooks import SavePagesHook
from restorekit.engine.hooks.pictures import CAPTION, GAP
from restorekit.images import to_array
from restorekit.reading import read_rgb


@pytest.mark.parametrize("name", ["page", "scans/试卷"])
def test_pages_and_comparisons_are_written_under_their_names(tmp_path, name):
    page = torch.rand(1, 3, 8, 12, generator=torch.Generator().manual_seed(0))
    batch = {"image": page, "target": page, "mask": page[:, :1], "name": [name]}
    prediction = torch.cat([1 - page, page[:, :1]], 1)
    hook = SavePagesHook(folder=str(tmp_path / "out"))
    hook.before_test(None)
    hook.after_test_iter(None, 0, data_batch=batch, outputs=prediction)
    assert (read_rgb(tmp_path / "out" / "restored" / f"{name}.png") == to_array(1 - page[0])).all()
    assert read_rgb(tmp_path / "out" / "compare" / f"{name}.jpg").shape == (CAPTION + 8, 5 * 12 + 4 * GAP, 3)
    assert sum(path.is_file() for path in tmp_path.rglob("*")) == 2
