import runpy
from pathlib import Path
from types import SimpleNamespace

import cv2
import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from restorekit.inferencers.blend_refiner import BlendRefiner

tool = runpy.run_path(str(Path(__file__).parents[2] / "tools" / "blend_refiner.py"))
main, CROP, WINDOW = tool["main"], tool["CROP"], tool["WINDOW"]
OPACITY, COLOUR = 0.5, np.array([0.9, 0.6, 0.2], np.float32)


def blends(folder, count):
    """Crops with a known mark; what was restored and settled keeps a fifth of it."""
    rng = np.random.default_rng(0)
    for index in range(count):
        clean = np.kron(rng.random((56, 56, 3)), np.ones((8, 8, 1)))
        cover = np.zeros((CROP, CROP, 1))
        cover[100:300, 150:350] = 1
        image = clean + OPACITY * cover * (COLOUR - clean)
        left = clean + 0.2 * (image - clean)
        planes = np.dstack([image, left, left, cover, cover])
        as_bytes = [(255 * plane).round().astype(np.uint8) for plane in (planes, clean)]
        np.savez(
            folder / f"{index:06d}.npz",
            planes=as_bytes[0],
            target=as_bytes[1],
            blend=np.float32([OPACITY, *COLOUR]),
        )


def test_windows_are_still_blends_however_they_are_turned_and_inverted(tmp_path):
    blends(tmp_path, 2)
    drawn = tool["windows"](sorted(tmp_path.iterdir()), np.random.default_rng(0))
    for _ in range(20):
        sample = next(drawn)
        assert sample.planes.shape == (11, WINDOW, WINDOW) and sample.target.shape == (3, WINDOW, WINDOW)
        share = sample.opacity * sample.planes[10:11]
        assert share.any()
        blended = (1 - share) * sample.target + share * sample.colour
        assert (blended - sample.planes[:3]).abs().max() < 0.005


def test_a_training_goes_on_from_another_and_writes_what_uniform_mark_reads(tmp_path, capsys):
    blends(tmp_path, 20)
    start, output = tmp_path / "start.safetensors", tmp_path / "output.safetensors"
    begun = BlendRefiner().state_dict()
    save_file(begun, start)
    assert main(["train", str(tmp_path), str(output), "--minutes", "0.0001", "--start", str(start)]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert printed[0].startswith("1 steps: ") and printed[1] == f"{output}: written"
    trained = load_file(output)
    assert trained["head.bias"].dtype == torch.float16
    torch.testing.assert_close(trained["stem.weight"].float(), begun["stem.weight"], atol=1e-3, rtol=0)
    # the blend is exact here: the head for its share, one for each of four pixels, goes up
    assert (trained["head.bias"][4:8] > 0).all()


def test_however_long_a_score_takes_a_training_mostly_trains(tmp_path, monkeypatch):
    blends(tmp_path, 20)
    clock = SimpleNamespace(now=0.0)

    def score(refiner, files):
        clock.now += 200
        return 0.0

    def drawn(files, rng):
        sample = next(tool["windows"](files, rng))
        small = sample._replace(planes=sample.planes[:, :16, :16], target=sample.target[:, :16, :16])
        while True:
            clock.now += 100  # a step draws eight
            yield small

    own = tool["train"].__globals__
    monkeypatch.setitem(own, "time", SimpleNamespace(monotonic=lambda: clock.now))
    monkeypatch.setitem(own, "score", score)
    monkeypatch.setitem(own, "windows", drawn)
    told = tool["train"](tmp_path, tmp_path / "x.safetensors", minutes=200, start=None, rate=1e-3)
    # 800 s a step; a score takes 200 s, so that the next is over 4000 s later
    assert [step for step, _ in told] == [1, 7, 13, 15]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["--minutes", "0"], "--minutes is 0; expected more than 0"),
        (["--minutes", "nan"], "--minutes is nan; expected more than 0"),
        (["--start", "000000.npz"], "000000.npz is damaged or no safetensors file"),
    ],
)
def test_what_cannot_be_trained_is_told_before_the_work(tmp_path, capsys, monkeypatch, asked, told):
    blends(tmp_path, 20)
    monkeypatch.chdir(tmp_path)
    assert main(["train", ".", "x.safetensors", *asked]) == 2
    assert told in capsys.readouterr().err
    assert main(["train", ".", "."]) == 2  # a folder is no file to write
    assert capsys.readouterr().err and not (tmp_path / "x.safetensors").exists()


def test_too_few_crops_are_refused(tmp_path, capsys):
    blends(tmp_path, 2)
    assert main(["train", str(tmp_path), str(tmp_path / "x.safetensors")]) == 2
    assert "holds 2 crops; `gather` 20 or more" in capsys.readouterr().err
    assert not (tmp_path / "x.safetensors").exists()


def test_gathered_crops_bear_marks_and_stay(tmp_path, capsys):
    pages = tmp_path / "pages"
    pages.mkdir()
    ramp = np.tile(np.linspace(90, 160, 1024), (768, 1))[..., None] * [1.0, 0.9, 0.8]
    cv2.imwrite(str(pages / "ramp.png"), ramp.astype(np.uint8))
    arguments = ["gather", str(tmp_path / "out"), "--pages", str(pages), "--crops", "3"]
    assert main(arguments) == 0
    files = sorted((tmp_path / "out").iterdir())
    assert f"{len(files)} crops more" in capsys.readouterr().out and files
    with np.load(files[0]) as stored:
        assert stored["planes"].shape == (CROP, CROP, 11) and stored["target"].shape == (CROP, CROP, 3)
        assert (stored["planes"][..., 9] > 127).any()
    written = files[0].stat().st_mtime_ns
    assert main(arguments) == 0
    assert files[0].stat().st_mtime_ns == written
    assert "0 crops more" in capsys.readouterr().out


def test_a_missing_folder_of_pages_is_named(tmp_path, capsys):
    with pytest.raises(SystemExit):
        main(["gather"])
    capsys.readouterr()
    assert main(["gather", str(tmp_path / "out"), "--pages", str(tmp_path / "none")]) == 2
    assert str(tmp_path / "none") in capsys.readouterr().err
