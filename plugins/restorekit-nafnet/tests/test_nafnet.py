import pytest
import torch
from restorekit_nafnet import NAFNet
from restorekit_nafnet.nafnet import LayerNorm2d, NAFBlock, simple_gate

from restorekit.registry import NETWORKS
from restorekit.testing import NETWORK_CHECKS

SMALL = dict(width=8, encoder_blocks=(1, 1), middle_blocks=1, decoder_blocks=(1, 1))


@pytest.mark.parametrize("predict_mask", [True, False])
@pytest.mark.parametrize("check", NETWORK_CHECKS, ids=lambda check: check.__name__)
def test_contract(check, predict_mask: bool) -> None:
    check(lambda: NAFNet(**SMALL, predict_mask=predict_mask))


def test_is_registered() -> None:
    assert NETWORKS.get("NAFNet") is NAFNet


def test_size_divisor_is_two_to_the_levels() -> None:
    assert (
        NAFNet(width=2, encoder_blocks=(0, 0, 0), middle_blocks=0, decoder_blocks=(0, 0, 0)).size_divisor == 8
    )


def test_parameters_are_as_many_as_published() -> None:
    deblurring = dict(encoder_blocks=(1, 1, 1, 28), middle_blocks=1, decoder_blocks=(1, 1, 1, 1))
    with torch.device("meta"):
        network = NAFNet(width=32, **deblurring, predict_mask=False)
    assert round(sum(p.numel() for p in network.parameters()) / 1e6, 1) == 17.1


def test_layer_norm_works_over_channels() -> None:
    features = torch.tensor([[1.0, 3.0], [10.0, 30.0]]).T.reshape(1, 2, 1, 2)  # pixels (1, 3) and (10, 30)
    expected = torch.tensor([[-1.0, 1.0], [-1.0, 1.0]]).T.reshape(1, 2, 1, 2)
    torch.testing.assert_close(LayerNorm2d(2)(features), expected)


def test_simple_gate() -> None:
    features = torch.tensor([2.0, 3.0, 5.0, 7.0]).reshape(1, 4, 1, 1)
    assert simple_gate(features).flatten().tolist() == [10.0, 21.0]


def test_a_new_block_passes_its_input_on() -> None:
    features = torch.rand(1, 4, 5, 5)
    assert torch.equal(NAFBlock(4)(features), features)


@torch.no_grad()
def test_attention_sees_the_whole_tile() -> None:
    """What ``bounded_receptive_field = False`` says: a far corner changes the result everywhere."""
    torch.manual_seed(0)
    block = NAFBlock(4)
    block.beta.fill_(1.0)
    page = torch.rand(1, 4, 16, 16)
    other = page.clone()
    other[0, 0, -1, -1] += 1
    assert not torch.equal(block(page)[..., 0, 0], block(other)[..., 0, 0])
    assert NAFNet.bounded_receptive_field is False


@torch.no_grad()
def test_the_mask_is_there_if_asked_for() -> None:
    page = torch.rand(1, 3, 8, 8)
    assert NAFNet(**SMALL, predict_mask=True)(page).mask_logits.shape == (1, 1, 8, 8)
    assert NAFNet(**SMALL, predict_mask=False)(page).mask_logits is None


@torch.no_grad()
def test_the_correction_is_added_to_the_page() -> None:
    network, page = NAFNet(**SMALL), torch.rand(1, 3, 8, 8)
    network.correction.weight.zero_()
    network.correction.bias.fill_(0.25)
    torch.testing.assert_close(network(page).image, page + 0.25)


@torch.no_grad()
def test_fine_features_skip_the_bottom() -> None:
    network = NAFNet(**SMALL)
    for up in network.ups:
        up[0].weight.zero_()  # nothing comes up from below
    first, second = network(torch.rand(2, 3, 8, 8)).mask_logits
    assert not torch.equal(first, second)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (dict(encoder_blocks=(1, 1), decoder_blocks=(1,)), "same levels.*got 2 and 1"),
        (dict(encoder_blocks=(), decoder_blocks=()), "one at least"),
        (dict(width=0), "width=0"),
        (dict(middle_blocks=-1), "middle_blocks=-1"),
    ],
)
def test_impossible_sizes(arguments: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        NAFNet(**arguments)
