import copy

import pytest
import torch
from torch import nn
from torch.nn.utils.parametrizations import spectral_norm

from restorekit.engine.averaged_weights import AveragedWeights


def trained(*, steps: int) -> tuple[nn.Module, AveragedWeights]:
    """A layer whose weight turns by a small angle at each step, and the average of it."""
    torch.manual_seed(0)
    layer = spectral_norm(nn.Linear(8, 8, bias=False), n_power_iterations=5)
    average = AveragedWeights(layer, momentum=0.05, gamma=1, update_buffers=True)
    turn = torch.matrix_exp(0.02 * (torch.triu(torch.ones(8, 8)) - torch.tril(torch.ones(8, 8))))
    weight = layer.parametrizations.weight.original
    for _ in range(steps):
        with torch.no_grad():
            weight.copy_(weight @ turn)
        layer(torch.ones(1, 8))  # moves the layer's own vectors
        average.update_parameters(layer)
    return layer, average


def test_the_averaged_weights_have_spectral_norm_one() -> None:
    _, average = trained(steps=300)
    original = average.module.parametrizations.weight.original
    expected = original / torch.linalg.matrix_norm(original, 2)
    torch.testing.assert_close(average.module.eval().weight, expected, rtol=1e-3, atol=1e-3)


def test_all_else_is_the_average_of_mmengine() -> None:
    norm = nn.BatchNorm2d(2)
    average = AveragedWeights(norm, momentum=0.25, gamma=1, update_buffers=True)
    average.update_parameters(norm)  # the first is a copy
    with torch.no_grad():
        norm.weight.fill_(5)
        norm.running_mean.fill_(8)
    average.update_parameters(norm)  # the share is the larger of 0.25 and 1 / (1 + 1)
    assert average.module.weight.tolist() == [3, 3]
    assert average.module.running_mean.tolist() == [4, 4]


def test_the_model_in_training_is_left_alone() -> None:
    layer, average = trained(steps=3)
    before = copy.deepcopy(layer.state_dict())
    average.update_parameters(layer)
    for key, value in layer.state_dict().items():
        assert torch.equal(value, before[key]), key


@pytest.mark.parametrize("training", [True, False])
def test_the_mode_stays(training: bool) -> None:
    _, average = trained(steps=1)
    average.module.train(training)
    average.update_parameters(average.module)
    assert average.module.training is training
