import signal
from pathlib import Path

import pytest

from restorekit.atomic import atomic_file
from restorekit.commands.interruption import how_to_go_on, interruptible
from restorekit.documents import Task


@pytest.fixture(params=[name for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)])
def kind(request):
    """A signal that ends the process, though these tests may have been started to ignore it (nohup)."""
    kind = getattr(signal, request.param)
    before = signal.signal(kind, signal.default_int_handler)
    yield kind
    signal.signal(kind, before)


def test_the_second_interruption_ends_the_process_and_leaves_no_half_a_file(kind, monkeypatch, tmp_path):
    before, ended = signal.getsignal(kind), []
    monkeypatch.setattr("os._exit", lambda code: ended.append((code, list(tmp_path.iterdir()))))
    with interruptible():
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(kind)
        assert not ended
        with pytest.raises(RuntimeError), atomic_file(tmp_path / "page.png"):
            assert len(list(tmp_path.iterdir())) == 1
            signal.raise_signal(signal.SIGINT)
            signal.raise_signal(signal.SIGTERM)
            raise RuntimeError
    assert ended == [(130, [])] * 2 and signal.getsignal(kind) is before


def test_a_process_that_ignores_ctrl_c_goes_on_to_do_so():
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with interruptible():
            signal.raise_signal(signal.SIGINT)
    finally:
        signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("ends", [(None, Path("a.pdf")), (Path("a.pdf"), None)])
def test_what_goes_through_a_pipe_cannot_be_resumed(ends):
    assert how_to_go_on([Task(*ends)], [], in_place=False) == "done: 0 of 1 file"
