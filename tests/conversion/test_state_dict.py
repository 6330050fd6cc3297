from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn.utils import spectral_norm

from restorekit.conversion import SOURCES, convert_state_dict
from restorekit.conversion.state_dict import fold

GOLDEN = Path(__file__).parent / "golden.npz"


def convert(state: dict, source: str, network: nn.Module) -> dict[str, torch.Tensor]:
    kind = SOURCES[source]
    return convert_state_dict(state, modules=kind.modules, network=network, unused=kind.unused)


@pytest.mark.parametrize("transposed", [False, True])
def test_folding_is_what_torchs_own_spectral_norm_computes(transposed: bool) -> None:
    torch.manual_seed(0)
    kind = nn.ConvTranspose2d if transposed else nn.Conv2d
    conv = spectral_norm(kind(4, 6, 3, padding=1))
    page = torch.rand(1, 4, 8, 8)
    conv(page)
    conv.eval()
    weight, u, v = (t.detach().numpy() for t in (conv.weight_orig, conv.weight_u, conv.weight_v))
    plain = kind(4, 6, 3, padding=1)
    plain.weight.data = torch.from_numpy(fold(weight, u, v, transposed=transposed))
    plain.bias.data = conv.bias.data
    torch.testing.assert_close(plain(page), conv(page))


def test_folding_refuses_a_norm_of_zero() -> None:
    with pytest.raises(ValueError, match=r"spectral norm is 0\.0"):
        fold(np.zeros((2, 3, 1, 1)), np.ones(2), np.ones(3), transposed=False)


@torch.no_grad()
@pytest.mark.parametrize("source", SOURCES)
def test_converted_networks_give_the_golden_outputs(source: str, small_network, small_state) -> None:
    """The golden values are this code's, made when it reproduced the authors' (see test_reference)."""
    network = small_network(source)
    network.load_state_dict(convert(small_state(source), source, network), strict=True)
    page = torch.from_numpy(np.random.RandomState(0).rand(1, 3, 64, 128).astype(np.float32))
    output = network(page)
    with np.load(GOLDEN) as golden:
        for name, tensor in (("image", output.image), ("mask", output.mask_logits)):
            expected = torch.from_numpy(golden[f"{source}.{name}"])
            torch.testing.assert_close(tensor[0, :, ::8, ::8], expected, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("source", SOURCES)
def test_every_weight_of_ours_has_a_source(source: str, small_network, small_state) -> None:
    network = small_network(source)
    converted = convert(small_state(source), source, network)
    own = network.state_dict()
    assert {key: t.shape for key, t in converted.items()} == {key: t.shape for key, t in own.items()}
    assert all(t.dtype == own[key].dtype for key, t in converted.items())


def test_missing_left_over_and_misshapen_keys_are_listed(small_network, small_state) -> None:
    state = small_state("erasenet")
    del state["conv_o1.bias"], state["res3.batch_norm2d.running_var"]
    state["extra.weight"] = np.zeros(3)
    state["conva.conv2d.weight_u"] = np.zeros(9)
    with pytest.raises(ValueError) as caught:
        convert(state, "erasenet", small_network("erasenet"))
    message = str(caught.value)
    assert "2 missing: res3.batch_norm2d.running_var, conv_o1.bias" in message
    assert "1 left over: extra.weight" in message
    assert "1 misshapen: conva.conv2d.weight_u is (9,), not (4,)" in message
    assert "\n" not in message


def test_a_transposed_weight_is_misshapen_not_guessed(small_network, small_state) -> None:
    state = small_state("contest-erasenet")
    state["deconv1.conv2d.weight_orig"] = state["deconv1.conv2d.weight_orig"].swapaxes(0, 1)
    with pytest.raises(ValueError, match=r"weight_orig is \(32, 64, 3, 3\), not \(64, 32, 3, 3\)"):
        convert(state, "contest-erasenet", small_network("contest-erasenet"))


def test_a_collapsed_norm_is_named(small_network, small_state) -> None:
    state = small_state("erasenet")
    state["conva.conv2d.weight_orig"] *= 0
    with pytest.raises(ValueError, match="1 unusable: conva.conv2d: its spectral norm is"):
        convert(state, "erasenet", small_network("erasenet"))


def test_the_layers_that_model_two_never_calls_may_stand_there_or_not(small_network, small_state) -> None:
    state = small_state("contest-nonlocal")
    assert {"c1.weight", "c2.bias"} <= set(state)
    without = {key: value for key, value in state.items() if not key.startswith(("c1.", "c2."))}
    network = small_network("contest-nonlocal")
    assert set(convert(without, "contest-nonlocal", network)) == set(
        convert(state, "contest-nonlocal", network)
    )
