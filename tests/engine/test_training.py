import resource
import shutil

import numpy as np
import pytest
import torch
from mmengine.fileio import LocalBackend
from mmengine.fileio.backends import prefix_to_backends
from mmengine.runner.checkpoint import CheckpointLoader, load_from_local
from mmengine.visualization import Visualizer
from safetensors.torch import load_file, save_file

from restorekit.engine.config import load_config
from restorekit.engine.training import build_runner, train


@pytest.fixture(autouse=True)
def mmengine_as_it_comes(monkeypatch):
    """No earlier test's loaders and writers."""
    monkeypatch.setattr(CheckpointLoader, "_schemes", {"": load_from_local})
    monkeypatch.setitem(prefix_to_backends, "", LocalBackend)


def test_training_leaves_checkpoints_weights_and_tensorboard(tiny_config, tmp_path):
    work_dir = train(str(tiny_config), work_dir=str(tmp_path / "work"))
    assert {p.name for p in work_dir.glob("iter_*.pth")} == {"iter_2.pth", "iter_4.pth"}
    assert {p.name for p in (work_dir / "best").iterdir()} == {
        "README.md",
        "config.json",
        "model.safetensors",
    }
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    events = EventAccumulator(str(next(work_dir.glob("*/vis_data"))), size_guidance={"images": 0})
    events.Reload()
    tags = events.Tags()
    assert {"train/loss", "train/loss_l1", "train/lr", "train/time"} <= set(tags["scalars"])
    assert {"val/psnr", "val/residue", "val/time"} <= set(tags["scalars"])
    assert len(tags["images"]) == 1
    assert [event.step for event in events.Scalars("val/psnr")] == [4]
    assert [event.step for event in events.Scalars("train/loss")] == [1, 2, 3, 4]


@pytest.mark.parametrize("kind", ["plain", "draws", "ConvMuon"])
def test_a_resumed_run_equals_an_uninterrupted_one_bit_for_bit(tiny_config, tmp_path, normed, kind):
    whole, half = tmp_path / "whole", tmp_path / "half"
    muon = {"optim_wrapper.optimizer.type": "ConvMuon", "model.network.widths": [16, 16]}
    options = {"plain": {}, "draws": normed, "ConvMuon": muon}[kind]
    train(str(tiny_config), work_dir=str(whole), options=options)
    train(str(tiny_config), work_dir=str(half), options=options | {"train_cfg.max_iters": 2})
    moved = tmp_path / "moved"  # a copied folder goes on from its own checkpoint
    shutil.move(half, moved)
    workers = {"train_dataloader.num_workers": 2}
    train(str(tiny_config), work_dir=str(moved), resume=True, options=options | workers)
    expected = torch.load(whole / "iter_4.pth", weights_only=True)
    resumed = torch.load(moved / "iter_4.pth", weights_only=True)
    assert expected["meta"]["iter"] == resumed["meta"]["iter"] == 4
    for part in ("state_dict", "ema_state_dict"):
        for key, value in expected[part].items():
            assert torch.equal(value, resumed[part][key]), f"{part}.{key}"
    assert "cfg" not in resumed["meta"] and "config" not in resumed["meta"]


def test_stage_two_starts_from_the_folder_of_stage_one(tiny_config, tmp_path):
    first = train(str(tiny_config), work_dir=str(tmp_path / "first"))
    second = train(
        str(tiny_config),
        work_dir=str(tmp_path / "second"),
        options={
            "load_from": str(first / "best"),
            "optim_wrapper.optimizer.lr": 0.0,
            "model.losses.dice": None,
        },
    )
    before, after = (load_file(folder / "best" / "model.safetensors") for folder in (first, second))
    assert all(torch.equal(before[key], after[key]) for key in before)


def test_missing_weights_of_stage_one_name_the_command(tiny_config, tmp_path):
    (tmp_path / "first.py").write_text("")
    with pytest.raises(FileNotFoundError, match=r"python tools/train.py .*first\.py"):
        train(str(tiny_config), options={"load_from": "nowhere/first/best"})


def test_weights_of_another_network_are_refused(tiny_config, tmp_path):
    first = train(str(tiny_config), work_dir=str(tmp_path / "first"), options={"train_cfg.max_iters": 1})
    state = load_file(first / "best" / "model.safetensors")
    state["of_another"] = state.pop("stem.bias")
    save_file(state, first / "best" / "model.safetensors")
    with pytest.raises(ValueError, match=r"2 of its tensors .*stem\.bias \(none there, \d+ here\)"):
        train(str(tiny_config), work_dir=str(tmp_path / "second"), options={"load_from": str(first / "best")})


def test_a_training_is_not_resumed_with_another_network(tiny_config, tmp_path):
    work_dir = train(str(tiny_config), work_dir=str(tmp_path / "work"), options={"train_cfg.max_iters": 2})
    with pytest.raises(
        ValueError, match=r"iter_2.pth are of another network.*name another work_dir \(--work-dir\)"
    ):
        train(str(tiny_config), work_dir=str(work_dir), resume=True, options={"model.network.widths": [4, 6]})


def test_a_missing_data_folder_says_what_it_should_hold(tiny_config, tmp_path):
    with pytest.raises(ValueError, match="images"):
        train(str(tiny_config), data=str(tmp_path / "nothing"), work_dir=str(tmp_path / "work"))


@pytest.mark.parametrize(
    "arguments, words",
    [
        (dict(holdout="9"), "holdout=9 of 4 pages"),
        (dict(holdout="all"), "holdout='all' would validate on the pages that are trained on: give a count"),
        (dict(minutes=-1), "minutes above 0"),
        (dict(options={"default_hooks": None}), "default_hooks is None; expected a dict"),
        (dict(options={"train_cfg.max_iters": 0}), "max_iters is 0"),
        (dict(options={"train_dataloader.batch_size": -1}), "batch_size is -1"),
        (dict(options={"train_dataloader.dataset.dataset.pipeline.0.size": -3}), "size is -3"),
    ],
)
def test_what_cannot_be_trained_fails_before_anything_is_logged_or_made(
    tiny_config, tmp_path, capfd, arguments, words
):
    with pytest.raises(ValueError, match=words):
        train(str(tiny_config), work_dir=str(tmp_path / "work"), **arguments)
    assert not (tmp_path / "work").exists()
    assert capfd.readouterr() == ("", "")


def logged_anew(tmp_path):
    """Options of one step whose log is no other's: mmengine names a logger by its second."""
    return {"train_cfg.max_iters": 1, "experiment_name": tmp_path.name}


def test_trainings_of_one_second_have_logs_of_their_own(tiny_config, tmp_path, monkeypatch):
    monkeypatch.setattr("time.strftime", lambda *_: "20260101_000000")
    for name in ("one", "other"):
        train(str(tiny_config), work_dir=str(tmp_path / name), options={"train_cfg.max_iters": 1})
        assert list((tmp_path / name).glob("*/vis_data/events.*"))


def test_a_resume_with_nothing_to_go_on_from_says_so(tiny_config, tmp_path, capfd):
    train(str(tiny_config), work_dir=str(tmp_path / "typo"), resume=True, options=logged_anew(tmp_path))
    assert f"nothing to resume in {tmp_path / 'typo'}: starting from the beginning" in capfd.readouterr().out


def test_a_hook_of_ours_is_turned_off_with_none(tiny_config, tmp_path):
    work_dir = train(str(tiny_config), work_dir=str(tmp_path / "work"), options={"default_hooks.best": None})
    assert not (work_dir / "best").exists()


def test_a_sampler_that_cannot_be_moved_is_refused(tiny_config, tmp_path):
    options = {"train_dataloader.sampler.type": "InfiniteSampler"}
    with pytest.raises(ValueError, match="needs a CountingSampler"):
        train(str(tiny_config), work_dir=str(tmp_path / "work"), options=options)


def test_a_work_folder_that_cannot_be_made_is_named_with_the_mend(tiny_config, tmp_path):
    (tmp_path / "work").touch()
    with pytest.raises(OSError, match=r"cannot write .*work: a part of its path is a file; write elsewhere"):
        train(str(tiny_config), work_dir=str(tmp_path / "work"))


def test_a_training_is_not_overwritten_by_another(tiny_config, tmp_path):
    work_dir = tmp_path / "work"
    work_dir.mkdir()
    (work_dir / "iter_200000.pth").write_bytes(b"days of work")
    with pytest.raises(ValueError, match=r"holds a training up to iter_200000.pth: resume it \(--resume\)"):
        train(str(tiny_config), work_dir=str(work_dir))
    assert [path.name for path in work_dir.iterdir()] == ["iter_200000.pth"]


def test_the_best_weights_of_a_training_without_checkpoints_are_not_overwritten(tiny_config, tmp_path, capfd):
    work_dir = train(str(tiny_config), work_dir=str(tmp_path / "work"), options={"train_cfg.max_iters": 1})
    for checkpoint in work_dir.glob("iter_*.pth"):
        checkpoint.unlink()
    (work_dir / "best_score.json").write_text('{"psnr": 99.0}')
    before = {path: path.read_bytes() for path in (work_dir / "best").iterdir()}
    with pytest.raises(
        ValueError, match=r"work holds best/: name another work_dir \(--work-dir\), or move it away"
    ):
        train(str(tiny_config), work_dir=str(work_dir))
    train(str(tiny_config), work_dir=str(work_dir), resume=True, options=logged_anew(tmp_path))
    assert "best/ stays until this training does better" in capfd.readouterr().out
    assert {path: path.read_bytes() for path in (work_dir / "best").iterdir()} == before


def test_how_many_pages_there_are_is_logged(tiny_config, tmp_path, capfd):
    train(str(tiny_config), work_dir=str(tmp_path / "work"), options={"train_cfg.max_iters": 1})
    assert "INFO - 3 pages to train on, 1 page to validate on\n" in capfd.readouterr().out


def test_what_is_remarked_on_is_logged(tiny_config, tmp_path, pairs, capfd):
    folder = tmp_path / "swapped"
    shutil.copytree(pairs / "images", folder / "gts")
    shutil.copytree(pairs / "gts", folder / "images")
    work_dir = str(tmp_path / "work")
    train(str(tiny_config), data=str(folder), work_dir=work_dir, options=logged_anew(tmp_path))
    assert "are the two folders swapped" in capfd.readouterr().out


def test_going_on_with_a_finished_training_changes_nothing_and_says_so(tiny_config, tmp_path, capfd):
    work_dir = train(str(tiny_config), work_dir=str(tmp_path / "work"))
    before = {path: path.read_bytes() for path in (work_dir / "best").iterdir()}
    train(str(tiny_config), work_dir=str(work_dir), resume=True, options=logged_anew(tmp_path))
    assert {path: path.read_bytes() for path in (work_dir / "best").iterdir()} == before
    assert "nothing is left to train after iteration 4: to go on, give a larger" in capfd.readouterr().out


def test_a_validation_that_was_cut_off_is_made_up_for(tiny_config, tmp_path):
    work_dir = train(str(tiny_config), work_dir=str(tmp_path / "work"))
    before = load_file(work_dir / "best" / "model.safetensors")
    shutil.rmtree(work_dir / "best")
    (work_dir / "best_score.json").unlink()
    train(str(tiny_config), work_dir=str(work_dir), resume=True)
    after = load_file(work_dir / "best" / "model.safetensors")
    assert all(torch.equal(value, after[key]) for key, value in before.items())


def test_a_checkpoint_that_was_not_written_whole_does_not_stand_in_the_way(tiny_config, tmp_path):
    work_dir = train(str(tiny_config), work_dir=str(tmp_path / "work"), options={"train_cfg.max_iters": 2})
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    half = (work_dir / "iter_2.pth").stat().st_size // 2
    resource.setrlimit(resource.RLIMIT_FSIZE, (half, limits[1]))
    try:
        with pytest.raises(OSError, match=r"cannot write .*iter_4\.pth"):
            train(str(tiny_config), work_dir=str(work_dir), resume=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert [path.name for path in work_dir.glob("iter_*")] == ["iter_2.pth"]
    train(str(tiny_config), work_dir=str(work_dir), resume=True)
    assert (work_dir / "iter_4.pth").is_file()


def test_validation_pages_that_come_as_bytes_score_and_look_alike(tiny_config, tmp_path, monkeypatch):
    shown = []
    monkeypatch.setattr(Visualizer, "add_image", lambda self, tag, picture, step: shown.append(picture))
    for name, as_bytes in {"float": False, "bytes": True}.items():
        options = {"val_dataloader.dataset.pipeline.1.as_bytes": as_bytes, "train_cfg.max_iters": 1}
        train(str(tiny_config), work_dir=str(tmp_path / name), options=options)
    scores = [(tmp_path / name / "best_score.json").read_text() for name in ("float", "bytes")]
    assert scores[0] == scores[1]
    np.testing.assert_array_equal(*shown)


@pytest.mark.parametrize("wanted", [True, False])
def test_cudnn_tries_its_ways_where_the_config_says_so(tiny_config, tmp_path, monkeypatch, wanted):
    monkeypatch.setattr(torch.backends.cudnn, "benchmark", False)
    config = load_config(tiny_config, {"env_cfg.cudnn_benchmark": wanted, "work_dir": str(tmp_path / "work")})
    build_runner(config)
    assert torch.backends.cudnn.benchmark == wanted


@pytest.mark.parametrize("wanted, options", [(True, {}), ({"mode": "default"}, {"mode": "default"})])
def test_the_network_is_compiled_and_not_the_whole_step(tiny_config, tmp_path, monkeypatch, wanted, options):
    compiled = []
    monkeypatch.setattr(
        torch.nn.Module, "compile", lambda self, **given: compiled.append((type(self).__name__, given))
    )
    runner = build_runner(load_config(tiny_config, {"compile": wanted, "work_dir": str(tmp_path / "work")}))
    assert compiled == [("ResidualUNet", options)]
    assert "compile" not in runner.cfg


@pytest.fixture
def group(tmp_path, monkeypatch):
    """A process group of one, and the option that makes a Runner wrap its model for it."""
    for name in ("RANK", "LOCAL_RANK"):
        monkeypatch.setenv(name, "0")
    store = torch.distributed.FileStore(str(tmp_path / "store"), 1)
    torch.distributed.init_process_group("gloo", store=store, rank=0, world_size=1)
    yield {"launcher": "pytorch"}
    torch.distributed.destroy_process_group()  # a training leaves it to who made it


def test_an_adversarial_training_in_several_processes_is_told_what_it_needs(tiny_config, tmp_path, group):
    part = dict(optimizer=dict(type="Adam", lr=1e-3))
    group["model.type"] = "AdversarialModel"
    group["optim_wrapper"] = dict(
        _delete_=True, constructor="AdversarialOptimizers", network=part, discriminator=part
    )
    with pytest.raises(TypeError, match=r"with model_wrapper_cfg=dict\(type='AdversarialWrapper'\)"):
        train(str(tiny_config), work_dir=str(tmp_path / "work"), options=group)
