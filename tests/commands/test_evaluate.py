import argparse
import csv
import json
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from restorekit.commands import evaluate


def run(*arguments):
    parser = argparse.ArgumentParser()
    evaluate.add_arguments(parser)
    return evaluate.run(parser.parse_args([str(argument) for argument in arguments]))


def save(folder, name, page):
    """Write an RGB or grey array losslessly, whatever the name says after the dot (webp is not)."""
    folder.mkdir(exist_ok=True)
    page = cv2.cvtColor(page, cv2.COLOR_RGB2BGR) if page.ndim == 3 else page
    encoded = cv2.imencode("." + name.rsplit(".", 1)[-1], page)[1]
    (folder / name).write_bytes(encoded.tobytes())


@pytest.fixture
def folders(tmp_path):
    """Two pages of 16 x 20 px: white, a row of print, red ink; ``half`` has half of its ink left."""
    target = np.full((16, 20, 3), 255, np.uint8)
    target[1, :10] = 0
    image = target.copy()
    image[8:10, 4:8] = (200, 0, 0)
    half = target.copy()
    half[8, 4:8] = (200, 0, 0)
    mask = np.zeros((16, 20), np.uint8)
    mask[8:10, 4:8] = 255
    for name in ("half", "clean"):
        save(tmp_path / "results", f"{name}.png", half if name == "half" else target)
        save(tmp_path / "gts", f"{name}.bmp", target)
        save(tmp_path / "images", f"{name}.PNG", image)
        save(tmp_path / "masks", f"{name}.png", mask)
    return tmp_path


# what one pixel of red ink on white adds to the sum of squares over RGB
INK = 55**2 + 255**2 + 255**2


def test_json_has_the_scores_of_each_picture_and_the_mean(folders):
    file = folders / "out.json"
    code = run(
        folders / "results", folders / "gts", "--images", folders / "images", "--masks", folders / "masks",
        "--json", file,
    )  # fmt: skip
    assert code == 0
    report = json.loads(file.read_text(encoding="utf-8"))
    assert report["protocol"] == "honest"
    half, clean = report["images"]["half"], report["images"]["clean"]
    assert half["mse"] == pytest.approx(4 * INK / (16 * 20 * 3 * 255**2), rel=1e-12)
    assert half["psnr"] == pytest.approx(-10 * np.log10(half["mse"]), rel=1e-12)
    assert half["psnr_gain"] == pytest.approx(10 * np.log10(2), abs=1e-9)
    assert half["peps"] == 4 / 320
    assert half["rmse_in_mask"] == pytest.approx(np.sqrt(4 * INK / (8 * 3)), rel=1e-12)
    assert (half["residue"], half["damage"]) == (50.0, 0.0)
    assert (clean["residue"], clean["damage"], clean["psnr"], clean["mse"]) == (0.0, 0.0, 100.0, 0.0)
    assert report["mean"]["residue"] == 25.0
    assert report["mean"]["psnr"] == pytest.approx((half["psnr"] + 100) / 2)
    assert half["ms_ssim"] is None  # 16 x 20 px are too few


def test_colours_are_read_as_rgb(folders):
    file = folders / "out.json"
    run(folders / "results", folders / "gts", "--metrics", "age", "--json", file)
    # Y of the ink is .299 * 200 = 59.8, so 195.2 below white; taken for blue it would be 22.8
    assert json.loads(file.read_text())["images"]["half"] == {"age": 4 * 195 / 320}


def test_published_protocol_is_stamped_and_counted(folders):
    json_file, csv_file = folders / "out.json", folders / "out.csv"
    run(
        folders / "results", folders / "gts", "--protocol", "published", "--metrics", "peps,mssim,psnr",
        "--json", json_file, "--csv", csv_file,
    )  # fmt: skip
    report = json.loads(json_file.read_text())
    assert report["protocol"] == "published"
    assert list(report["mean"]) == ["peps", "mssim", "psnr"]
    assert report["images"]["half"]["peps"] == 4 / 512**2
    rows = list(csv.DictReader(csv_file.open(encoding="utf-8")))
    assert [row["name"] for row in rows] == ["clean", "half", "mean"]
    assert {row["protocol"] for row in rows} == {"published"}
    assert float(rows[1]["peps"]) == 4 / 512**2


def test_the_table_is_printed_and_not_clipped(folders, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    run(folders / "results", folders / "gts", "--images", folders / "images")
    printed = capsys.readouterr().out
    assert "2 pages, protocol: honest" in printed
    assert "…" not in printed
    assert all(name in printed for name in ("half", "clean", "mean", "residue", "50.00", "25.00"))


def test_pictures_without_a_partner_are_listed(folders):
    (folders / "results" / "half.png").rename(folders / "results" / "hlaf.png")
    with pytest.raises(ValueError) as error:
        run(folders / "results", folders / "gts")
    assert f"missing from {folders / 'results'}: half" in str(error.value)
    assert f"in {folders / 'results'} but not in {folders / 'gts'}: hlaf" in str(error.value)


def test_results_of_held_out_pages_alone_are_scored_where_asked(folders, capsys):
    (folders / "results" / "half.png").unlink()
    with pytest.raises(
        ValueError, match="; --partial asks for those of RESULTS alone\n  missing from .*: half$"
    ):
        run(folders / "results", folders / "gts", "--images", folders / "images")
    file = folders / "out.json"
    given = folders / "results", folders / "gts", "--images", folders / "images", "--partial"
    assert run(*given, "--json", file) == 0
    assert list(json.loads(file.read_text(encoding="utf-8"))["images"]) == ["clean"]
    told = f"not scored: 1 picture of {folders / 'gts'} that {folders / 'results'} has not\n"
    assert capsys.readouterr().out.endswith(told)
    (folders / "images" / "clean.PNG").unlink()
    with pytest.raises(ValueError, match=r"in each folder\n  missing from .*images: clean$"):
        run(*given)
    (folders / "gts" / "clean.bmp").unlink()
    with pytest.raises(ValueError, match=r"but not in .*gts: clean$"):
        run(*given[:2], "--partial")


def test_masks_and_images_need_partners_too(folders):
    (folders / "masks" / "clean.png").unlink()
    with pytest.raises(ValueError, match=r"missing from .*masks: clean$"):
        run(folders / "results", folders / "gts", "--masks", folders / "masks")


def test_sizes_that_differ_are_named(folders):
    save(folders / "results", "half.png", np.zeros((8, 10, 3), np.uint8))
    with pytest.raises(ValueError, match=r"half\.png is 10x8 px, but .*half\.bmp is 20x16 px"):
        run(folders / "results", folders / "gts", "--json", folders / "out.json")
    assert not (folders / "out.json").exists()


def test_pages_after_the_first_are_not_left_out_of_the_score(folders):
    pages = [Image.new("RGB", (20, 16)) for _ in range(2)]
    (folders / "results" / "half.png").unlink()
    pages[0].save(folders / "results" / "half.tif", save_all=True, append_images=pages[1:])
    with pytest.raises(ValueError, match=r"half\.tif holds 2 pages, and pictures of one are scored"):
        run(folders / "results", folders / "gts")


def test_a_damaged_picture_is_named(folders):
    for content in (b"", b"not a picture"):
        (folders / "results" / "half.png").write_bytes(content)
        with pytest.raises(ValueError, match=r"half\.png cannot be decoded"):
            run(folders / "results", folders / "gts")


def test_folders_that_are_none_or_empty(folders):
    with pytest.raises(ValueError, match="nowhere is not a folder: give one that holds pictures"):
        run(folders / "nowhere", folders / "gts")
    (folders / "empty").mkdir()
    (folders / "empty" / "notes.txt").write_text("x")
    with pytest.raises(ValueError, match=r"empty holds no pictures \(bmp"):
        run(folders / "results", folders / "empty")


@pytest.mark.parametrize(
    ("metrics", "message"),
    [
        ("psnr,sim", "no metric is called 'sim'; did you mean 'ssim'"),
        ("residue", "'residue' needs the untouched pictures: add --images DIR"),
        ("rmse_in_mask", "'rmse_in_mask' needs the true masks: add --masks DIR"),
        ("mask_iou", "'mask_iou' needs predicted masks"),
        (",", "--metrics names no metric"),
    ],
)
def test_metrics_that_cannot_be_had_are_refused_before_reading(folders, metrics, message):
    (folders / "results" / "half.png").write_bytes(b"not a picture")
    with pytest.raises(ValueError, match=message):
        run(folders / "results", folders / "gts", "--metrics", metrics)


@pytest.mark.parametrize("outputs", [["--json", "gts/half.bmp"], ["--json", "a.csv", "--csv", "a.csv"]])
def test_scores_take_no_pictures_place_nor_each_others(folders, monkeypatch, outputs):
    monkeypatch.chdir(folders)
    before = Path("gts/half.bmp").read_bytes()
    with pytest.raises(ValueError, match=f"{outputs[-2]}: {outputs[-1]} is read or written besides"):
        run("results", "gts", *outputs)
    assert Path("gts/half.bmp").read_bytes() == before and not Path("a.csv").exists()


def test_grey_pictures_and_names_outside_ascii(tmp_path):
    save(tmp_path / "r", "手写 1.png", np.full((12, 12), 90, np.uint8))
    save(tmp_path / "g", "手写 1.png", np.full((12, 12, 3), 100, np.uint8))
    run(tmp_path / "r", tmp_path / "g", "--metrics", "rmse", "--json", tmp_path / "o.json")
    assert json.loads((tmp_path / "o.json").read_text(encoding="utf-8"))["mean"]["rmse"] == pytest.approx(10)
