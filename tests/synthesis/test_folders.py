"""Folders of pairs: the same bytes however they were written."""

import hashlib
import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from restorekit.synthesis.folders import Job, is_whole, make_pair, write_folder

JOB = Job("handwriting", seed=3, height=160, width=128)


def digest(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    assert list(write_folder(JOB, folder, 3)) == [0, 1, 2, 3]
    return folder


def test_files_and_manifest(made):
    assert sorted(digest(made)) == sorted(
        [f"{kind}/{place:06d}.jpg" for kind in ("images", "gts") for place in range(3)]
        + [f"masks/{place:06d}.png" for place in range(3)]
        + ["manifest.json"]
    )
    manifest = json.loads((made / "manifest.json").read_text())
    assert manifest["settings"]["seed"] == 3
    assert [page["name"] for page in manifest["pages"]] == ["000000", "000001", "000002"]
    assert manifest["pages"][1]["seed"] == 3_000_000_001


def test_workers_do_not_change_a_byte(made, tmp_path):
    list(write_folder(JOB, tmp_path, 3, workers=2))
    assert digest(tmp_path) == digest(made)


def test_a_run_goes_on_where_it_stopped(made, tmp_path):
    list(write_folder(JOB, tmp_path, 2))
    kept = tmp_path / "images" / "000000.jpg"
    before = kept.stat().st_mtime_ns
    cut_off = tmp_path / "gts" / "000001.jpg"
    cut_off.write_bytes(cut_off.read_bytes()[:-40])
    assert list(write_folder(JOB, tmp_path, 3)) == [1, 2, 3]
    assert digest(tmp_path) == digest(made)
    assert kept.stat().st_mtime_ns == before


def test_another_jobs_folder_is_left_alone(made):
    with pytest.raises(ValueError, match="holds pages made with seed = 3, not 4"):
        list(write_folder(JOB._replace(seed=4), made, 3))


@pytest.mark.parametrize("name", ["images/000000.jpg", "gts/a.png", "masks/000000.png"])
def test_a_folder_of_the_users_own_pairs_is_left_alone(tmp_path, name):
    (tmp_path / name).parent.mkdir()
    (tmp_path / name).write_bytes(b"mine")
    with pytest.raises(ValueError, match="holds files, and no manifest.json .*yours would be overwritten"):
        list(write_folder(JOB, tmp_path, 1))
    assert list(digest(tmp_path)) == [name] and (tmp_path / name).read_bytes() == b"mine"


def test_what_is_written_is_what_was_made(tmp_path):
    job = JOB._replace(format="png")
    list(write_folder(job, tmp_path, 1))
    pair, _, _ = make_pair(job, 0)
    for kind, picture in (("images", pair.image), ("gts", pair.target)):
        stored = cv2.imread(str(tmp_path / kind / "000000.png"))[..., ::-1]
        assert np.array_equal(stored, picture)
    assert np.array_equal(cv2.imread(str(tmp_path / "masks" / "000000.png"), 0), pair.mask)


def test_a_watermark_keeps_its_alpha(tmp_path):
    job = Job("watermark", height=160, width=128, format="png")
    list(write_folder(job, tmp_path, 1))
    _, about, alpha = make_pair(job, 0)
    assert np.array_equal(cv2.imread(str(tmp_path / "alphas" / "000000.png"), 0), alpha)
    page = json.loads((tmp_path / "manifest.json").read_text())["pages"][0]
    assert page["colour"] == about["colour"]


@pytest.mark.parametrize("task", ["handwriting", "watermark"])
def test_the_users_own_pages_are_used(tmp_path, task):
    own = tmp_path / "own"
    own.mkdir()
    cv2.imwrite(str(own / "green.png"), np.full((200, 200, 3), (0, 255, 0), np.uint8))
    job = Job(task, height=96, width=96, pages_from=str(own))
    pages = [make_pair(job, page) for page in range(4)]
    assert {about["source"] for _, about, _ in pages} == {"green.png"}
    greener = [pair.target[..., 1].mean() - pair.target[..., 0].mean() for pair, _, _ in pages]
    assert max(greener) > 60, "some scanners see no colour"


@pytest.mark.parametrize(
    ("job", "pages", "workers", "message"),
    [
        (JOB._replace(task="stains"), 1, 1, "task is 'stains'; expected one of handwriting, watermark"),
        (JOB._replace(format="gif"), 1, 1, "format is 'gif'"),
        (JOB._replace(seed=-1), 1, 1, "seed is -1"),
        (JOB._replace(height=1), 1, 1, "height is 1 pixels"),
        (JOB, 0, 1, "--pages is 0"),
        (JOB, 1, 0, "--workers is 0"),
    ],
)
def test_bad_arguments_are_named(tmp_path, job, pages, workers, message):
    with pytest.raises(ValueError, match=message):
        list(write_folder(job, tmp_path / "out", pages, workers=workers))
    assert not (tmp_path / "out").exists()


def test_a_manifest_that_is_none_is_told(tmp_path):
    (tmp_path / "manifest.json").write_text("[]")
    with pytest.raises(ValueError, match="is no manifest"):
        list(write_folder(JOB, tmp_path, 1))


def test_whole_files_are_told_from_torn_ones(tmp_path):
    path = tmp_path / "a.png"
    assert not is_whole(path)
    cv2.imwrite(str(path), np.random.default_rng(0).integers(0, 255, (20, 20), np.uint8))
    assert is_whole(path)
    path.write_bytes(path.read_bytes()[:-1])
    assert not is_whole(path)
