import subprocess
import sys

import pytest
from filelock import UnixFileLock, WindowsFileLock

from restorekit.engine.training import train
from restorekit.engine.work_folder import held

HOLD = """
import os, sys
from restorekit.engine.work_folder import held
with held(sys.argv[1]):
    if not hasattr(os, "fork") or os.fork():
        print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def other_training(tmp_path):
    """Another process that holds ``tmp_path``, with a worker that outlives it."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout.readline() == b"held\n"
    yield process
    process.kill()
    process.wait()
    process.stdin.close()


def test_a_second_training_in_a_work_folder_is_refused(tiny_config, tmp_path, other_training):
    with pytest.raises(ValueError, match=f"another training is at work in {tmp_path}: name another"):
        train(str(tiny_config), work_dir=str(tmp_path))
    assert not list(tmp_path.glob("iter_*.pth"))
    other_training.kill()
    other_training.wait()
    with held(tmp_path):
        pass


def test_nothing_is_left_in_the_folder(tmp_path):
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt), held(tmp_path):
            raise KeyboardInterrupt
        assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("number", [37, 38])  # ENOLCK, ENOSYS
def test_where_there_are_no_locks_nobody_is_kept_out(tmp_path, monkeypatch, number):
    def refuse(self):
        raise OSError(number, "none")

    for kind in (UnixFileLock, WindowsFileLock):
        monkeypatch.setattr(kind, "_acquire", refuse)
    for _ in range(2):
        with held(tmp_path):
            pass


def killed_while_it_wrote(folder, *names):
    """Leave in ``folder`` what a training does that is killed, with ``names`` beside; each says its name."""
    for name in ("best_score.json", f".iter_8.pth-12345678-{16 * '0'}.part", ".mine.part", *names):
        path = folder / name / "model.safetensors" if "best-" in name or name == "best" else folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name)


def test_what_a_killed_training_left_is_cleared_away(tmp_path):
    killed_while_it_wrote(tmp_path, "best", f".best-{16 * 'a'}", f".best-{16 * 'b'}-old")
    with held(tmp_path):
        assert {path.name for path in tmp_path.iterdir()} == {
            ".lock",
            ".mine.part",
            "best",
            "best_score.json",
        }
    assert (tmp_path / "best" / "model.safetensors").read_text() == "best"


def test_the_best_weights_that_were_being_replaced_are_put_back(tmp_path):
    killed_while_it_wrote(tmp_path, f".best-{16 * 'a'}", f".best-{16 * 'a'}-old")
    with held(tmp_path):
        pass
    assert {path.name for path in tmp_path.iterdir()} == {".mine.part", "best", "best_score.json"}
    assert (tmp_path / "best" / "model.safetensors").read_text().endswith("-old")
