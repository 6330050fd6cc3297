import argparse
import json
import os
import shutil

import cv2
import numpy as np
import pytest
from PIL import Image

from restorekit.commands import masks

SIZE = 300


def run(*arguments):
    parser = argparse.ArgumentParser()
    masks.add_arguments(parser)
    return masks.run(parser.parse_args([str(argument) for argument in arguments]))


def make_folder(root, seeds=(0,)):
    """Pages of print with a stroke of ink."""
    for seed in seeds:
        rng = np.random.default_rng(seed)
        target = np.full((SIZE, SIZE, 3), 240, np.uint8)
        for baseline in range(20, SIZE, 24):
            words = "".join(rng.choice(list("abcdefg hijk"), 30))
            cv2.putText(target, words, (5, baseline), 0, 0.6, (30, 30, 30), 1, cv2.LINE_AA)
        image = target.copy()
        cv2.line(image, (40, 60), (250, 200), (20, 40, 180), 4)
        for folder, plane in (("images", image), ("gts", target)):
            (root / folder).mkdir(parents=True, exist_ok=True)
            Image.fromarray(plane).save(root / folder / f"p{seed}.png")
    return root


def test_made_masks_pass_the_check(tmp_path, capsys):
    folder = make_folder(tmp_path / "data", seeds=(0, 1))
    assert run("make", folder, "--hard") == 0
    assert "2 hard masks written to" in capsys.readouterr().out
    assert run("check", folder) == 0
    assert "2 pages, nothing wrong" in capsys.readouterr().out


def test_kept_masks_are_told(tmp_path, capsys):
    folder = make_folder(tmp_path)
    run("make", folder)
    assert run("make", folder, "--hard") == 0
    out = capsys.readouterr().out
    assert "1 soft mask written" in out and "0 hard masks written" in out
    assert "1 mask kept as before; --overwrite replaces what is there" in out
    soft = (folder / "masks" / "p0.png").read_bytes()
    run("make", folder, "--hard", "--overwrite")
    assert (folder / "masks" / "p0.png").read_bytes() != soft


def test_a_problem_gives_exit_code_1_with_json_and_sheet(tmp_path, capsys):
    folder = make_folder(tmp_path / "data", seeds=(0, 1))
    run("make", folder)
    path = folder / "masks" / "p1.png"
    Image.fromarray(255 - np.asarray(Image.open(path))).save(path)
    sheet, report = tmp_path / "sheet.jpg", tmp_path / "report.json"
    assert run("check", folder, "--json", report, "--sheet", sheet) == 1
    out = capsys.readouterr().out
    assert "inverted_mask" in out and "problems on 1 of 2 pages" in out
    told = json.loads(report.read_text())
    assert told["ok"] is False and told["findings"] == {"inverted_mask": 1}
    assert Image.open(sheet).size[0] == 1000
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "report.json", "sheet.jpg"]


@pytest.mark.parametrize("option", ["--json", "--sheet"])
def test_a_report_takes_no_pages_place(tmp_path, option):
    page = make_folder(tmp_path) / "gts" / "p0.png"
    before = page.read_bytes()
    with pytest.raises(ValueError, match=f"{option}: .*p0.png is read or written besides; name another"):
        run("check", tmp_path, option, page)
    assert page.read_bytes() == before


def test_a_page_of_training_in_the_validation_folder(tmp_path, capsys):
    train = make_folder(tmp_path / "train", seeds=(0, 1))
    val = make_folder(tmp_path / "val", seeds=(1, 2))
    assert run("check", train, val) == 1
    assert "problems on 2 of 4 pages" in capsys.readouterr().out
    for same in (train, val / ".." / "train"):
        assert run("check", train, same) == 0
        assert "2 pages, nothing wrong" in capsys.readouterr().out  # the same folder twice is one folder


def test_one_pair_that_is_swapped_and_a_folder_of_copies(tmp_path, capsys):
    folder = make_folder(tmp_path / "data", seeds=(0, 1))
    (folder / "images" / "p1.png").rename(tmp_path / "ink.png")
    (folder / "gts" / "p1.png").rename(folder / "images" / "p1.png")
    (tmp_path / "ink.png").rename(folder / "gts" / "p1.png")
    assert run("check", folder) == 1
    out = capsys.readouterr().out
    assert "swapped" in out and "problems on 1 of 2 pages" in out
    shutil.copytree(folder / "images", folder / "copies")
    assert run("check", folder, "--target-folder", "copies") == 1
    out = capsys.readouterr().out
    assert "copied" in out and "problems on 2 of 2 pages" in out


def test_the_folders_may_have_other_names(tmp_path):
    folder = make_folder(tmp_path)
    for old, new in (("images", "in"), ("gts", "out")):
        (folder / old).rename(folder / new)
    names = ("--image-folder", "in", "--target-folder", "out", "--mask-folder", "ink")
    assert run("make", folder, *names) == 0
    assert (folder / "ink" / "p0.png").is_file()
    assert run("check", folder, *names) == 0


def test_what_would_fail_at_the_end_is_refused_at_the_start(tmp_path):
    folder = make_folder(tmp_path)
    with pytest.raises(ValueError, match="--sheet .*sheet.pdf has no extension .jpg or .png"):
        run("check", folder, "--sheet", tmp_path / "sheet.pdf")
    with pytest.raises(ValueError, match="--workers is 0"):
        run("check", folder, "--workers", "0")


def test_a_folder_that_is_none_draws_the_layout(tmp_path):
    for action in ("check", "make"):
        with pytest.raises(ValueError, match="there is no folder .*images"):
            run(action, tmp_path)


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="this system does not tell")
def test_there_are_no_more_threads_than_cores_to_use(tmp_path, monkeypatch):
    threads = []
    monkeypatch.setattr(
        "restorekit.datasets.doctor.examine_pages", lambda pages, *, workers: threads.append(workers) or []
    )
    monkeypatch.setattr(os, "cpu_count", lambda: 8)
    folder = make_folder(tmp_path)
    for cores in (2, 8):
        monkeypatch.setattr(os, "sched_getaffinity", lambda _, cores=cores: set(range(cores)))
        run("check", folder)
    assert threads == [2, 4]
