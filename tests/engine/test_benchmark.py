import numpy as np
import pytest

from restorekit.api import Restorer
from restorekit.engine import benchmark
from restorekit.engine.adversarial_model import AdversarialModel
from restorekit.engine.config import load_config
from restorekit.synthesis.folders import Job, make_pair
from tests.engine.test_adversarial_model import ADVERSARIAL


def test_actions_take_turns_and_the_first_turn_does_not_count():
    calls = []
    times = benchmark.time_in_turn({"a": lambda: calls.append("a"), "b": lambda: calls.append("b")}, rounds=2)
    assert calls == ["a", "b"] * 3
    assert set(times) == {"a", "b"}


def test_every_figure_is_a_positive_number(tiny_config):
    config = load_config(tiny_config, {"optim_wrapper.optimizer.type": "ConvMuon"})
    figures = benchmark.benchmark_training(config, crop=32, rounds=1)
    figures |= benchmark.benchmark_loading(config, samples=3)
    assert figures.pop("has_fast_bf16") in (0.0, 1.0)
    assert all(value > 0 for value in figures.values()), figures


@pytest.mark.parametrize("task", ["handwriting", "watermark"])
def test_what_is_predicted_is_a_made_page_by_the_whole_restorer(task, monkeypatch):
    pages, restore = [], Restorer.restore

    def noted(self, array, **more):
        pages.append((len(self.inferencer.inferencers), array))
        return restore(self, array, **more)

    monkeypatch.setattr(Restorer, "restore", noted)
    figures = benchmark.benchmark_prediction(task, megapixels=0.02, rounds=1)
    assert set(figures) == {"seconds_per_megapixel", "all_over_network"} and min(figures.values()) > 0
    assert [bool(steps) for steps, _ in pages] == [True, False] * 2  # with the weights' steps, and without
    (page,) = {array.tobytes(): array for _, array in pages}.values()
    assert page.shape == (168, 119, 3)
    made = make_pair(Job(task=task, height=168, width=119), 0)[0].image
    np.testing.assert_array_equal(page, made)


@pytest.mark.parametrize("rounds", [1, 2])
def test_a_step_is_the_whole_one_that_the_config_trains_by(tiny_config, tmp_path, monkeypatch, rounds):
    """That of a discriminator too."""
    path, steps, step = tmp_path / "adversarial.py", [], AdversarialModel.train_step

    def counted(self, data, optim_wrapper):
        steps.append((self.precision, set(step(self, data, optim_wrapper))))

    path.write_text(ADVERSARIAL.format(tiny=str(tiny_config)))
    monkeypatch.setattr(AdversarialModel, "train_step", counted)
    benchmark.benchmark_training(load_config(path), crop=256, rounds=rounds)
    logged = {"loss", "loss_l1", "loss_adversarial", "discriminator"}
    assert [precision for precision, _ in steps] == ["fp32", "bf16"] * (rounds + 1)
    assert all(keys >= logged for _, keys in steps)
