import math

import pytest
import torch
from torch import nn

from restorekit.networks import PatchDiscriminator


@torch.no_grad()
def test_score_is_a_probability_for_each_page() -> None:
    score = PatchDiscriminator(width=4)(torch.rand(2, 3, 256, 320), torch.ones(2, 1, 256, 320))
    assert score.shape == (2, 1, 1, 2)
    assert ((score > 0) & (score < 1)).all()


def test_a_sure_score_has_a_gradient_in_bfloat16() -> None:
    network = PatchDiscriminator(width=4)
    nn.init.zeros_(network.head.weight)
    nn.init.constant_(network.head.bias, 8.0)
    with torch.autocast("cpu", torch.bfloat16):
        score = network(torch.rand(1, 3, 256, 256), torch.ones(1, 1, 256, 256))
    score.mean().backward()
    sure = 1 / (1 + math.exp(-8))
    assert score.item() == pytest.approx(sure, abs=1e-6)
    assert network.head.bias.grad.item() == pytest.approx(sure * (1 - sure), rel=0.01)


@torch.no_grad()
def test_its_second_half_sees_the_ink_alone() -> None:
    torch.manual_seed(0)
    network = PatchDiscriminator(width=4).eval()
    mask = torch.zeros(1, 1, 256, 256)
    mask[..., :128] = 1
    first, second = torch.rand(1, 3, 256, 256), torch.rand(1, 3, 256, 256)
    second[..., :128] = first[..., :128]
    network.head.weight[:, :16] = 0  # deaf to the whole page
    torch.testing.assert_close(network(first, mask), network(second, mask))
    assert not torch.allclose(network(first, 1 - mask), network(second, 1 - mask), atol=1e-7)


def test_default_is_the_published_size() -> None:
    assert sum(p.numel() for p in PatchDiscriminator().parameters()) == pytest.approx(7.62e6, rel=1e-3)


@pytest.mark.parametrize(
    ("height", "message"), [(300, "multiples of 64"), (192, "at least 256x256; got 192x256")]
)
def test_other_sizes_are_refused(height: int, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        PatchDiscriminator(width=4)(torch.rand(1, 3, height, 256), torch.ones(1, 1, height, 256))
