import json
from types import SimpleNamespace

import numpy as np
import pytest
from mmengine.config import Config
from mmengine.logging import MMLogger

from restorekit.engine.hooks import BestWeightsHook, best_weights
from restorekit.engine.restoration_model import RestorationModel
from restorekit.engine.training import train


def runner_in(folder):
    network = {"type": "ResidualUNet", "widths": [4, 8]}
    return SimpleNamespace(
        work_dir=str(folder),
        cfg=Config({"model": {"network": network}, "task": "handwriting"}),
        model=RestorationModel(network=network),
        iter=7,
        val_loop=object(),
        logger=MMLogger.get_instance("test_best_weights"),
    )


def written(folder):
    return json.loads((folder / "best_score.json").read_text())["psnr"]


def test_only_an_improvement_is_kept_also_in_a_later_run(tmp_path):
    hook, runner = BestWeightsHook(), runner_in(tmp_path)
    for score, kept in [(30.0, 30.0), (29.0, 30.0), (31.0, 31.0)]:
        hook.after_val_epoch(runner, {"psnr": score})
        assert written(tmp_path) == kept
    hook = BestWeightsHook()
    later = runner_in(tmp_path)
    hook.before_train(later)
    hook.after_val_epoch(later, {"psnr": 30.5})
    assert written(tmp_path) == 31.0
    assert "31.0" in (tmp_path / "best" / "README.md").read_text()


def test_a_score_whose_weights_were_moved_away_holds_nothing_back(tmp_path):
    BestWeightsHook().after_val_epoch(runner_in(tmp_path), {"psnr": 99.0})
    (tmp_path / "best").rename(tmp_path / "elsewhere")
    hook, later = BestWeightsHook(), runner_in(tmp_path)
    hook.before_train(later)
    hook.after_val_epoch(later, {"psnr": 30.0})
    assert (tmp_path / "best").is_dir() and written(tmp_path) == 30.0


def test_a_training_without_validation_is_told_what_it_lacks_and_gets_it_later(tiny_config, tmp_path, capfd):
    none = dict.fromkeys(("val_dataloader", "val_cfg", "val_evaluator"))
    work = train(str(tiny_config), work_dir=str(tmp_path / "work"), options=none)
    assert "without validation there will be no best/" in capfd.readouterr().out
    assert not (work / "best").exists()
    train(str(tiny_config), work_dir=str(work), resume=True)
    assert "without validation" not in capfd.readouterr().out
    assert "iteration 4" in (work / "best" / "README.md").read_text()


def test_a_card_tells_nothing_of_where_it_was_made(tmp_path):
    BestWeightsHook().after_val_epoch(runner_in(tmp_path), {"psnr": 30.0})
    card = (tmp_path / "best" / "README.md").read_text()
    assert f"Trained by `{tmp_path.name}` to iteration 7" in card and str(tmp_path.parent) not in card


@pytest.mark.parametrize("metric", ["residue", "damage", "rmse"])
def test_a_metric_of_which_less_is_better_is_refused(metric):
    with pytest.raises(ValueError, match=f"highest {metric}, which are the worst: .* such as psnr"):
        BestWeightsHook(metric=metric)


def test_a_metric_that_validation_lacks_is_named(tmp_path):
    with pytest.raises(ValueError, match=r"'ssim', but validation gives \['psnr'\]"):
        BestWeightsHook(metric="ssim").after_val_epoch(runner_in(tmp_path), {"psnr": 1.0})


def test_the_metric_to_go_by_is_a_number_and_others_may_be_anything(tmp_path):
    runner = runner_in(tmp_path)
    with pytest.raises(ValueError, match="goes by 'psnr', a number; validation gives 'good'"):
        BestWeightsHook().after_rehearsal(runner, {"psnr": "good"})
    metrics = {"psnr": np.float32(20), "verdict": "good", "by_page": [1.0, 2.0]}
    BestWeightsHook().after_val_epoch(runner, metrics)
    card = (tmp_path / "best" / "README.md").read_text()
    assert "| psnr | 20.0000 |\n| verdict | good |\n| by_page | [1.0, 2.0] |" in card
    assert written(tmp_path) == 20.0


def test_nan_is_no_improvement(tmp_path):
    hook = BestWeightsHook()
    hook.after_val_epoch(runner_in(tmp_path), {"psnr": float("nan")})
    assert not (tmp_path / "best_score.json").exists()
    hook.after_val_epoch(runner_in(tmp_path), {"psnr": 20.0})
    hook.after_val_epoch(runner_in(tmp_path), {"psnr": float("nan")})
    assert written(tmp_path) == 20.0


def test_one_process_of_many_writes(tmp_path, monkeypatch):
    monkeypatch.setattr(best_weights, "is_main_process", lambda: False)
    BestWeightsHook().after_val_epoch(runner_in(tmp_path), {"psnr": 1.0})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["", "{}", '{"psnr_gain": 1.0}', "[]"])
def test_a_damaged_score_counts_as_none(tmp_path, text):
    (tmp_path / "best").mkdir()
    (tmp_path / "best_score.json").write_text(text)
    hook, runner = BestWeightsHook(), runner_in(tmp_path)
    hook.before_train(runner)
    hook.after_val_epoch(runner, {"psnr": 1.0})
    assert written(tmp_path) == 1.0
