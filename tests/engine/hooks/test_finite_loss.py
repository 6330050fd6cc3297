import math
from types import SimpleNamespace

import pytest
import torch

from restorekit.engine.hooks import FiniteLossHook
from restorekit.engine.training import train
from restorekit.registry import LOSSES


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_the_loss_and_the_iteration_are_named(value):
    outputs = {"loss_l1": torch.tensor(1.0), "loss_own": torch.tensor(value)}
    with pytest.raises(ValueError, match=rf"^loss_own is {value} in iteration 7, .*optimizer.lr"):
        FiniteLossHook().after_train_iter(SimpleNamespace(iter=6), 6, outputs=outputs)
    FiniteLossHook().after_train_iter(SimpleNamespace(iter=6), 6, outputs={"loss": torch.tensor(1e30)})


class Diverging(torch.nn.Module):
    """Not a number in its third call, or its gradient alone is none."""

    def __init__(self, *, gradient: bool) -> None:
        super().__init__()
        self.calls, self.gradient = 0, gradient

    def forward(self, output, batch):
        self.calls += 1
        mean = output.image.mean()
        if self.calls < 3:
            return mean
        return torch.sqrt(mean - mean.detach()) if self.gradient else mean * math.nan


@pytest.mark.parametrize(
    "gradient, words",
    [
        (False, "loss_own is nan in iteration 3"),
        (True, r"weights are not finite after iteration 3, network.* its gradient is not; checkpoints"),
    ],
)
def test_no_checkpoint_of_ruined_weights_is_written(tiny_config, tmp_path, gradient, words):
    LOSSES.register_module(module=Diverging)
    options = {
        "model.losses.own": {"type": "Diverging", "gradient": gradient},
        "default_hooks.checkpoint.interval": 1,
    }
    try:
        with pytest.raises(ValueError, match=words):
            train(str(tiny_config), work_dir=str(tmp_path / "work"), options=options)
    finally:
        LOSSES.module_dict.pop("Diverging")
    assert {path.name for path in (tmp_path / "work").glob("iter_*")} == {"iter_1.pth", "iter_2.pth"}
    state = torch.load(tmp_path / "work" / "iter_2.pth", weights_only=True)["state_dict"]
    assert all(value.isfinite().all() for value in state.values())
