import pytest
import torch

from restorekit.networks import EraseNet, NonLocalEraseNet


@pytest.mark.parametrize(("kind", "millions"), [(EraseNet, 19.74), (NonLocalEraseNet, 22.70)])
def test_default_is_the_published_size(kind, millions) -> None:
    with torch.device("meta"):
        network = kind(spectral_norm=False)
    assert sum(p.numel() for p in network.parameters()) / 1e6 == pytest.approx(millions, abs=0.005)


@torch.no_grad()
@pytest.mark.parametrize("kind", [EraseNet, NonLocalEraseNet])
def test_coarse_pages_come_at_a_quarter_half_and_full_size(kind) -> None:
    output = kind(width=2).eval()(torch.rand(1, 3, 64, 128))
    assert [tuple(page.shape) for page in output.coarse] == [
        (1, 3, 16, 32),
        (1, 3, 32, 64),
        (1, 3, 64, 128),
    ]


@torch.no_grad()
def test_the_mask_is_the_mean_of_its_channels() -> None:
    torch.manual_seed(0)
    network, image = EraseNet(width=2, mask_channels=3).eval(), torch.rand(1, 3, 32, 32)
    seen = []
    network.mask.register_forward_hook(lambda _, __, output: seen.append(output))
    logits = network(image).mask_logits
    assert seen[0].shape == (1, 3, 32, 32)
    torch.testing.assert_close(logits, seen[0].mean(1, keepdim=True))


@torch.no_grad()
def test_the_refiner_sees_the_coarse_page_of_full_size_alone() -> None:
    torch.manual_seed(0)
    network, image = EraseNet(width=2).eval(), torch.rand(1, 3, 32, 32)
    seen = []
    network.refiner.register_forward_pre_hook(lambda _, inputs: seen.append(inputs[0]))
    assert torch.equal(network(image).coarse[-1], seen[0])


def test_the_context_is_dilated_up_to_sixteen_pixels() -> None:
    dilations = [layer[0].dilation[0] for layer in EraseNet(width=2).refiner.context]
    assert dilations == [2, 4, 8, 16, 1, 1]


def test_only_the_contests_attention_wants_sides_of_64() -> None:
    assert EraseNet(width=2).size_divisor == 32
    assert NonLocalEraseNet(width=2, refiner_width=4).size_divisor == 64
    assert NonLocalEraseNet(width=2, refiner_width=4, attention="textbook").size_divisor == 32


@pytest.mark.parametrize("width", [0, 1, 3])
@pytest.mark.parametrize("kind", [EraseNet, NonLocalEraseNet])
def test_an_odd_width_is_refused(kind, width) -> None:
    with pytest.raises(ValueError, match=f"width must be an even number of at least 2; got {width}"):
        kind(width=width)
