import subprocess
import sys

import pytest

from restorekit.engine import work_folder
from restorekit.engine.training import train
from restorekit.engine.work_folder import held

HOLD = """
import sys
from restorekit.engine.work_folder import held
with held(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def other_training(tmp_path):
    """Another process that holds ``tmp_path``."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout.readline() == b"held\n"
    yield process
    process.kill()
    process.wait()


@pytest.mark.skipif(work_folder.fcntl is None, reason="Windows keeps nobody out")
def test_a_second_training_in_a_work_folder_is_refused(tiny_config, tmp_path, other_training):
    with pytest.raises(ValueError, match=f"another training is at work in {tmp_path}: name another"):
        train(str(tiny_config), work_dir=str(tmp_path))
    assert not list(tmp_path.glob("iter_*.pth"))
    other_training.kill()
    other_training.wait()
    with held(tmp_path):
        pass


def test_where_there_are_no_locks_nobody_is_kept_out(tmp_path, monkeypatch):
    if work_folder.fcntl is not None:
        monkeypatch.setattr(work_folder.fcntl, "lockf", lambda *_: (_ for _ in ()).throw(OSError(37, "none")))
    with held(tmp_path):
        pass
    monkeypatch.setattr(work_folder, "fcntl", None)
    with held(tmp_path):
        pass
