from functools import partialmethod

import pytest
import torch
from mmengine.runner import Runner

from restorekit.engine.checkpoint import load_checkpoint
from restorekit.engine.training import train
from tests.conftest import write_pairs

HALF = {"train_cfg.max_iters": 2}


def optimizer(**settings):
    return {"optim_wrapper.optimizer": {**settings, "_delete_": True}}


OTHERS = [
    ("has SGD", optimizer(type="SGD", lr=0.1, momentum=0.9)),
    ("has ConvMuon", optimizer(type="ConvMuon", lr=1e-3)),
    ("has AdamW", optimizer(type="AdamW", lr=1e-3)),
    (
        "groups the weights otherwise",
        {"optim_wrapper.paramwise_cfg": {"custom_keys": {"stem": {"lr_mult": 0.5}}}},
    ),
    (
        "has Adam and Adam",
        {
            "model.type": "AdversarialModel",
            "optim_wrapper": {
                "_delete_": True,
                "constructor": "AdversarialOptimizers",
                "network": {"optimizer": {"type": "Adam"}},
                "discriminator": {"optimizer": {"type": "Adam"}},
            },
        },
    ),
]


def test_another_optimiser_is_refused_with_the_mend(tiny_config, tmp_path):
    train(str(tiny_config), work_dir=str(tmp_path / "work"), options=HALF)
    for words, change in OTHERS:
        with pytest.raises(ValueError, match=f"is of Adam, and this config {words}. Go on .* load_from="):
            train(str(tiny_config), work_dir=str(tmp_path / "work"), options=change, resume=True)


def test_a_training_is_resumed_on_another_device(tiny_config, tmp_path, monkeypatch):
    """As on a GPU, to which mmengine has checkpoints loaded: here to ``meta``, where nothing has a value."""
    work = tmp_path / "work"
    train(str(tiny_config), work_dir=str(work), options=HALF)
    monkeypatch.setattr(Runner, "resume", partialmethod(Runner.resume, map_location="meta"))
    train(str(tiny_config), work_dir=str(work), resume=True)
    train(str(tiny_config), work_dir=str(tmp_path / "whole"))
    resumed, whole = (load_checkpoint(str(folder / "iter_4.pth")) for folder in (work, tmp_path / "whole"))
    assert all(torch.equal(value, resumed["state_dict"][key]) for key, value in whole["state_dict"].items())


def test_nothing_is_said_to_be_lost_in_resuming(tiny_config, tmp_path, capfd):
    options = {"train_cfg.val_interval": 1}
    train(str(tiny_config), work_dir=str(tmp_path / "work"), options=HALF | options)
    train(str(tiny_config), work_dir=str(tmp_path / "work"), options=options, resume=True)
    assert "resumed key" not in capfd.readouterr().out


def test_settings_that_a_resumed_training_keeps_are_named(tiny_config, tmp_path, capfd):
    train(str(tiny_config), work_dir=str(tmp_path / "work"), options=HALF)
    changes = {"optim_wrapper.optimizer.lr": 2e-3, "optim_wrapper.optimizer.weight_decay": 0.1}
    capfd.readouterr()
    options = changes | {"train_cfg.max_iters": 3}
    train(str(tiny_config), work_dir=str(tmp_path / "work"), options=options, resume=True)
    words = "goes on as it began, with lr=0.001, not 0.002; weight_decay=0, not 0.1. To change that, start"
    assert words in capfd.readouterr().out
    train(str(tiny_config), work_dir=str(tmp_path / "work"), resume=True)
    assert "goes on as it began" not in capfd.readouterr().out


@pytest.mark.parametrize(
    "scheduler",
    [
        dict(type="MultiStepLR", milestones=[1, 3], gamma=0.5),
        dict(type="CosineAnnealingLR", T_max=6),
        dict(type="LinearLR", start_factor=0.2, end=5),
        dict(
            type="ReduceOnPlateauLR", monitor="psnr", rule="greater", threshold=1, patience=1, by_epoch=True
        ),
    ],
    ids=lambda value: value["type"],
)
def test_a_longer_training_goes_on_with_its_rates(tiny_config, tmp_path, scheduler, capfd):
    steps = {"param_scheduler": [{"by_epoch": False, **scheduler}], "train_cfg.val_interval": 1}
    train(str(tiny_config), work_dir=str(tmp_path / "whole"), options=steps)
    train(str(tiny_config), work_dir=str(tmp_path / "half"), options=steps | HALF)
    train(str(tiny_config), work_dir=str(tmp_path / "half"), options=steps, resume=True)
    whole, half = (
        torch.load(tmp_path / name / "iter_4.pth", weights_only=True) for name in ("whole", "half")
    )
    assert whole["optimizer"]["param_groups"][0]["lr"] == half["optimizer"]["param_groups"][0]["lr"]
    assert all(torch.equal(value, half["state_dict"][key]) for key, value in whole["state_dict"].items())
    assert whole["param_schedulers"] == half["param_schedulers"]
    assert "by another schedule" not in capfd.readouterr().out


def test_a_changed_schedule_is_followed_from_there_on_and_told(tiny_config, tmp_path, capfd):
    for gamma, arguments in ((0.5, {"options": HALF}), (0.1, {"resume": True, "options": {}})):
        steps = {"type": "StepLR", "step_size": 1, "gamma": gamma, "by_epoch": False}
        arguments["options"] = arguments["options"] | {"param_scheduler": [steps]}
        train(str(tiny_config), work_dir=str(tmp_path / "work"), **arguments)
    state = torch.load(tmp_path / "work" / "iter_4.pth", weights_only=True)
    told = capfd.readouterr().out
    assert told.count("by another schedule") == 1 and "schedule (gamma=0.1, not 0.5), and where" in told
    # halved after the first step, then a tenth twice; no rate is set after the last step
    assert state["optimizer"]["param_groups"][0]["lr"] == pytest.approx(1e-3 * 0.5 * 0.1**2)


def test_a_resumed_training_on_other_pages_says_so(tiny_config, tmp_path, pairs, capfd):
    work = str(tmp_path / "work")
    train(str(tiny_config), work_dir=work, options=HALF)
    capfd.readouterr()
    train(str(tiny_config), work_dir=work, options={"train_cfg.max_iters": 3}, holdout="2", resume=True)
    words = "goes on with other pages: train_dataloader holdout=2, not 1; val_dataloader holdout=2, not 1."
    assert words in capfd.readouterr().out
    train(str(tiny_config), work_dir=work, holdout="2", resume=True)
    assert "other pages" not in capfd.readouterr().out
    both = [str(pairs), str(write_pairs(tmp_path / "more", 3))]
    steps = {"train_cfg.max_iters": 5}
    train(str(tiny_config), work_dir=work, holdout="2", data=both, options=steps, resume=True)
    assert f"train_dataloader root={both!r}, not {both[0]!r}" in capfd.readouterr().out


@pytest.mark.filterwarnings("error:Detected call of `scheduler.step")
def test_no_gradients_are_said_to_be_lost_where_none_are(tiny_config, tmp_path, capfd):
    steps = {"optim_wrapper.accumulative_counts": 2, "train_dataloader.batch_size": 1}
    ones = steps | {"train_cfg.max_iters": 1, "default_hooks.checkpoint.interval": 1}
    train(str(tiny_config), work_dir=str(tmp_path / "work"), options=ones)
    capfd.readouterr()
    train(str(tiny_config), work_dir=str(tmp_path / "work"), options=steps | HALF, resume=True)
    told = capfd.readouterr().out
    assert "resumed" in told and "lost" not in told
