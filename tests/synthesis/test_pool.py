import os
import pickle
import shutil
from types import SimpleNamespace

import numpy as np
import pytest

from restorekit.synthesis import pages, pool
from restorekit.synthesis.pool import PagePool, Sources, make_room

SMALL = {"task": "handwriting", "size": 2, "height": 96, "width": 96, "sources": Sources()}


@pytest.fixture
def pools(tmp_path):
    """Four pools of 1000 bytes, "a" unused for longest."""
    for age, name in enumerate("dcba"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "000000.written.npy").write_bytes(bytes(1000))
        os.utime(tmp_path / name, (1e9 - age, 1e9 - age))
    return tmp_path


@pytest.mark.parametrize(
    ("keep", "most", "left"),
    [("x", 4000, "abcd"), ("x", 3999, "bcd"), ("x", 1000, "d"), ("a", 3000, "abcd"), ("a", 0, "a")],
)
def test_the_pools_longest_unused_go_until_the_rest_fits(pools, keep, most, left):
    make_room(pools, keep, most)
    assert sorted(path.name for path in pools.iterdir()) == list(left)


def test_half_of_a_small_disk_stays_free(pools, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=2000))
    make_room(pools, "x")
    assert sorted(path.name for path in pools.iterdir()) == ["b", "c", "d"]


def test_a_pool_in_the_temporary_folder_makes_room_and_one_elsewhere_does_not(tmp_path, monkeypatch):
    monkeypatch.setattr(pool.tempfile, "gettempdir", lambda: str(tmp_path))
    called = []
    monkeypatch.setattr(pool, "make_room", lambda *given: called.append(given))
    own = PagePool(**SMALL, seed=0, cache=None)
    assert called == [(own.folder.parent, own.folder.name)] and own.folder.parent.parent == tmp_path
    PagePool(**SMALL, seed=0, cache=str(tmp_path / "named"))
    assert len(called) == 1


def test_a_pool_that_is_read_counts_as_used_and_one_deleted_comes_back(tmp_path):
    first = PagePool(**SMALL, seed=0, cache=str(tmp_path))
    page = np.array(first[0].written)
    os.utime(first.folder, (1e9, 1e9))
    assert np.array_equal(PagePool(**SMALL, seed=0, cache=str(tmp_path))[0].written, page)
    assert first.folder.stat().st_mtime > 1e9
    shutil.rmtree(first.folder)
    assert first[1].written.shape == (96, 96, 4)


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="open files are counted by Linux's /proc")
def test_a_large_pool_stays_within_the_usual_limit_of_1024_open_files(tmp_path, monkeypatch):
    page = pool.PooledPage(np.zeros((32, 32, 4), np.uint8), np.zeros((64, 64), np.uint8))
    monkeypatch.setattr(pool, "render", lambda *given: page)
    large = PagePool(**{**SMALL, "size": 600}, seed=0, cache=str(tmp_path))
    before = len(os.listdir("/proc/self/fd"))
    for page_id in range(600):
        assert large[page_id].written.shape == (32, 32, 4)
    assert len(os.listdir("/proc/self/fd")) - before <= 600


def test_a_worker_started_afresh_is_sent_no_pages(tmp_path):
    opened = PagePool(**SMALL, seed=0, cache=str(tmp_path))
    before = len(pickle.dumps(opened))
    page = opened[0]
    sent = pickle.dumps(opened)
    assert len(sent) == before < 2000
    assert np.array_equal(pickle.loads(sent)[0].written, page.written)
    assert opened[0] is page


def test_another_generator_is_another_version_wherever_its_code_lies(tmp_path, monkeypatch):
    (tmp_path / "printing").mkdir()
    (tmp_path / "printing" / "rules.py").write_text("THICK = 1")
    monkeypatch.setattr(pool, "__file__", str(tmp_path / "pool.py"))
    monkeypatch.setattr(pool, "FOLDER", tmp_path / "assets")
    before = pool.generator_version.__wrapped__()
    (tmp_path / "printing" / "rules.py").write_text("THICK = 2")
    assert pool.generator_version.__wrapped__() != before


def test_no_ink_hangs_over_a_hole(monkeypatch):
    real, found = pool.hole_mask, []
    monkeypatch.setattr(pool, "hole_mask", lambda sheet: found.append(real(sheet)) or found[-1])
    monkeypatch.setattr(pages, "punch", lambda sheet, _: sheet.holes.append((150.0, 200.0, 120.0)))
    monkeypatch.setattr(pages, "PUNCHED", 1.0)
    for page_id in range(3):
        page = pool.render("handwriting", 5, page_id, 400, 300, Sources())
        if found:
            hole = found[-1] > 0
            assert hole.any() and not page.written[hole, 3].any()
            assert not page.marking.size or not page.marking[hole].any()
    assert found
