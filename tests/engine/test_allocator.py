from types import SimpleNamespace

import pytest

from restorekit.engine import allocator


def test_large_blocks_are_kept(monkeypatch):
    calls = {}
    monkeypatch.setattr(
        allocator.ctypes, "CDLL", lambda _: SimpleNamespace(mallopt=lambda k, v: calls.update({k: v}) or 1)
    )
    assert allocator.keep_freed_memory()
    assert calls == {-3: 2**30, -1: 2**30, -2: 2**28}


@pytest.mark.parametrize("library", [SimpleNamespace(), SimpleNamespace(mallopt=lambda *_: 0)])
def test_a_c_library_that_does_not_know_how_is_left_alone(monkeypatch, library):
    monkeypatch.setattr(allocator.ctypes, "CDLL", lambda _: library)
    assert not allocator.keep_freed_memory()
