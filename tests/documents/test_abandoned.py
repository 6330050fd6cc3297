import os

from restorekit.atomic import atomic_file
from restorekit.documents import EraseOptions, Task, erase_batch
from restorekit.documents.progress import ProgressWatcher


def test_what_a_killed_batch_left_beside_the_outputs_goes(scan, tmp_path, restore, monkeypatch):
    target = tmp_path / "out" / "scan.png"
    block = atomic_file(target)
    with block.__enter__():
        (left,) = target.parent.iterdir()
    os.utime(left, (0, 0))
    watcher = ProgressWatcher(pages=1, report=None)
    erase_batch(restore, [Task(scan, target)], EraseOptions(), jobs=1, resume=True, watcher=watcher)
    assert list(target.parent.iterdir()) == [target]
