from itertools import count
from types import SimpleNamespace

import pytest
import torch

from restorekit.engine import rehearsal
from restorekit.engine.training import train

VALIDATION = ("val_dataloader", "val_cfg", "val_evaluator")
TILED = dict(type="Tiled", tile=16, margin=8, _delete_=True)


@pytest.mark.parametrize(
    "options, words",
    [
        ({"inferencer": TILED}, "tile must exceed twice the margin"),
        (
            {"default_hooks.best.metric": "ssim"},
            r"goes by 'ssim', but validation gives \['psnr', 'residue'\]",
        ),
        ({"val_dataloader.dataset.pipeline": [dict(type="ToTensors")]}, "mask"),
    ],
)
def test_what_validation_cannot_do_is_told_before_the_first_step(tiny_config, tmp_path, options, words):
    options |= {"default_hooks.checkpoint.interval": 1}
    with pytest.raises((ValueError, TypeError, KeyError), match=words):
        train(str(tiny_config), work_dir=str(tmp_path / "work"), options=options)
    assert not list((tmp_path / "work").glob("iter_*"))


def test_how_long_a_validation_will_take_is_logged(tiny_config, tmp_path, monkeypatch, capfd):
    clock = count(step=90)  # looked at before and after the page
    monkeypatch.setattr(rehearsal, "time", SimpleNamespace(monotonic=lambda: next(clock)))
    options = {"train_cfg.max_iters": 1, "experiment_name": tmp_path.name}
    train(str(tiny_config), work_dir=str(tmp_path / "work"), holdout="2", options=options)
    shown = capfd.readouterr().out
    assert "INFO - it took 90.0 s; 2 pages will take some 0:03:00\n" in shown
    assert rehearsal.VALIDATING not in shown  # it is no score


def test_a_rehearsal_changes_no_training(tiny_config, tmp_path, normed):
    states = []
    for name, extra in {"with": {}, "without": dict.fromkeys(VALIDATION)}.items():
        options = normed | {"default_hooks.best": None, "default_hooks.pictures": None} | extra
        work_dir = train(str(tiny_config), work_dir=str(tmp_path / name), options=options)
        states.append(torch.load(work_dir / "iter_2.pth", weights_only=True)["state_dict"])
    assert all(torch.equal(value, states[1][key]) for key, value in states[0].items())
