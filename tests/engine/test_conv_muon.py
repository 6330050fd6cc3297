import math

import pytest
import torch
from torch import nn

from restorekit.engine.conv_muon import ConvMuon, orthogonalise


def stepped(shape, gradient, **settings):
    weight = nn.Parameter(torch.zeros(shape))
    weight.grad = gradient
    ConvMuon([weight], **settings).step()
    return weight.detach()


@pytest.mark.parametrize("shape", [(16, 40), (40, 16), (32, 32)])
def test_orthogonalised_matrices_have_even_singular_values_and_the_same_vectors(shape):
    left, values, right = torch.linalg.svd(
        torch.randn(shape, generator=torch.Generator().manual_seed(0)), full_matrices=False
    )
    matrix = left * values.clamp(min=values.max() / 20) @ right * 123.0
    found, other = orthogonalise(torch.stack([matrix, 0.01 * matrix.flip(1)]))
    torch.testing.assert_close(other, found.flip(1), atol=0.02, rtol=0)
    turned = left.T @ found @ right.T  # diagonal where the vectors are the same
    assert found.shape == matrix.shape
    assert torch.diagonal(turned).min() > 0.6
    assert torch.diagonal(turned).max() < 1.2
    assert (turned - torch.diag(torch.diagonal(turned))).abs().max() < 0.02  # in bf16; 1e-3 in fp32


def test_a_matrix_of_zeros_stays_so():
    assert orthogonalise(torch.zeros(1, 16, 20)).abs().max() == 0


def test_a_convolution_moves_in_all_directions_alike_however_uneven_its_gradient():
    gradient = torch.randn(32, 16, 3, 3, generator=torch.Generator().manual_seed(1))
    gradient[:16] *= 0.05
    moved = -stepped(gradient.shape, gradient, lr=0.01)
    values = torch.linalg.svdvals(moved.flatten(1)) / (0.01 * 0.2 * math.sqrt(16 * 9))
    assert values.min() > 0.6
    assert values.max() < 1.2
    assert (moved * gradient).sum() > 0


def test_a_convolution_keeps_its_momentum():
    weight = nn.Parameter(torch.zeros(16, 16, 3, 3))
    optimiser = ConvMuon([weight], lr=0.01)
    weight.grad = torch.randn(weight.shape, generator=torch.Generator().manual_seed(3))
    optimiser.step()
    first = weight.detach().clone()
    weight.grad = torch.zeros_like(weight)
    optimiser.step()
    second = weight.detach() - first
    torch.testing.assert_close(second, first, atol=1e-6, rtol=1e-3)  # the same direction at the same strength


@pytest.mark.parametrize("shape", [(24,), (12, 32, 3, 3), (32, 12, 3, 3)])
def test_biases_and_first_and_last_layers_take_adams_first_step(shape):
    gradient = torch.randn(shape, generator=torch.Generator().manual_seed(2))
    moved = stepped(shape, gradient, lr=0.01, adam_ratio=0.5)
    torch.testing.assert_close(moved, -0.005 * gradient.sign(), atol=1e-7, rtol=1e-4)


def test_adams_steps_are_torchs():
    ours, theirs = (nn.Parameter(torch.linspace(-1, 1, 8)) for _ in range(2))
    settings = {"betas": [0.8, 0.9], "eps": 1e-4}  # a list, as configs have it
    optimisers = (
        ConvMuon([ours], lr=0.01, adam_ratio=0.3, **settings),
        torch.optim.Adam([theirs], lr=0.003, **settings),
    )
    for step in range(5):
        for weight, optimiser in zip((ours, theirs), optimisers, strict=True):
            weight.grad = torch.sin(torch.arange(8.0) + step)
            optimiser.step()
    torch.testing.assert_close(ours, theirs)


@pytest.mark.parametrize("shape", [(16, 16, 3, 3), (8,)])
def test_weights_of_one_shape_keep_their_own_gradients_and_rates(shape):
    generator = torch.Generator().manual_seed(4)
    gradients = [torch.randn(shape, generator=generator) for _ in range(2)]
    weights = [nn.Parameter(torch.zeros(shape)) for _ in gradients]
    for weight, gradient in zip(weights, gradients, strict=True):
        weight.grad = gradient
    ConvMuon([{"params": [w], "lr": lr} for w, lr in zip(weights, (0.01, 0.002), strict=True)]).step()
    for weight, gradient, lr in zip(weights, gradients, (0.01, 0.002), strict=True):
        torch.testing.assert_close(weight.detach(), stepped(shape, gradient, lr=lr), atol=1e-7, rtol=1e-5)


def test_weights_decay_and_those_without_gradient_stay():
    weight, idle = nn.Parameter(torch.ones(16, 16)), nn.Parameter(torch.ones(16, 16))
    weight.grad = torch.zeros(16, 16)
    ConvMuon([weight, idle], lr=0.1, weight_decay=0.5).step()
    assert torch.equal(weight.detach(), torch.full((16, 16), 0.95))
    assert torch.equal(idle.detach(), torch.ones(16, 16))


def test_it_runs_the_closure_it_is_given():
    weight = nn.Parameter(torch.ones(4))

    def closure():
        loss = weight.square().sum()
        loss.backward()
        return loss

    assert ConvMuon([weight]).step(closure) == 4
    assert weight[0] < 1


@pytest.mark.parametrize("wrong", [{"lr": -1.0}, {"momentum": 1.0}, {"weight_decay": -0.1}])
def test_settings_out_of_range_are_refused(wrong):
    with pytest.raises(ValueError, match="expected lr"):
        ConvMuon([nn.Parameter(torch.ones(2))], **wrong)
