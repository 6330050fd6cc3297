from restorekit.engine.testing import test as run_test
from restorekit.engine.training import train

SHORT = {"train_cfg.max_iters": 1, "train_cfg.val_interval": 1}


def test_nobody_is_warned_of_what_he_cannot_mend(tiny_config, tmp_path, capfd):
    best = train(str(tiny_config), options=SHORT, work_dir=str(tmp_path / "work")) / "best"
    run_test(str(tiny_config), [str(best)])
    assert "WARNING" not in capfd.readouterr().out


def test_what_can_be_mended_is_warned_of(tiny_config, tmp_path, capfd):
    train(str(tiny_config), options=SHORT, work_dir=str(tmp_path / "work"), resume=True)
    assert "WARNING - nothing to resume in" in capfd.readouterr().out
