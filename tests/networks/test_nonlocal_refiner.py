import pytest
import torch

from restorekit.networks import nonlocal_refiner
from restorekit.networks.nonlocal_refiner import NonLocalBlock, contest_attention


def inner_maps(block: NonLocalBlock, features: torch.Tensor) -> list[torch.Tensor]:
    return [conv(features) for conv in (block.query, block.key, block.value)]


@torch.no_grad()
def test_textbook_is_softmax_over_the_keys_of_scaled_products() -> None:
    torch.manual_seed(0)
    block, features = NonLocalBlock(8, attention="textbook"), torch.randn(2, 8, 3, 5) * 4
    query, key, value = (m.flatten(2) for m in inner_maps(block, features))
    weights = torch.softmax(query.transpose(1, 2) @ key / 4**0.5, dim=2)
    attended = (weights @ value.transpose(1, 2)).transpose(1, 2).reshape(2, 4, 3, 5)
    torch.testing.assert_close(block(features), features + block.output(attended), rtol=1e-5, atol=1e-5)


def direct_contest_form(block: NonLocalBlock, features: torch.Tensor) -> torch.Tensor:
    n, channels, height, width = features.shape
    query, key, value = (m.reshape(n, channels, height * width // 2) for m in inner_maps(block, features))
    weights = torch.softmax(query.transpose(1, 2) @ key, dim=1)
    attended = (weights @ value.transpose(1, 2)).transpose(1, 2)
    return features + block.output(attended.reshape(n, channels // 2, height, width))


@torch.no_grad()
@pytest.mark.parametrize("chunk", [1, 7, 12, 2048])
def test_contest_form_in_chunks_equals_the_direct_formula(chunk: int, monkeypatch) -> None:
    monkeypatch.setattr(nonlocal_refiner, "CONTEST_KEY_CHUNK", chunk)
    torch.manual_seed(0)
    block, features = NonLocalBlock(8, attention="contest"), torch.randn(2, 8, 4, 6) * 4
    torch.testing.assert_close(block(features), direct_contest_form(block, features), rtol=1e-5, atol=1e-5)


@torch.no_grad()
def test_contest_form_takes_channels_last_maps() -> None:
    torch.manual_seed(0)
    block, features = NonLocalBlock(8, attention="contest"), torch.randn(1, 8, 4, 6)
    expected = block(features)
    actual = block(features.to(memory_format=torch.channels_last))
    torch.testing.assert_close(actual, expected, rtol=1e-5, atol=1e-5)


def test_contest_form_needs_an_even_number_of_pixels() -> None:
    with pytest.raises(ValueError, match="map is 3x5: an odd number; pad"):
        NonLocalBlock(8, attention="contest")(torch.zeros(1, 8, 3, 5))


def test_another_attention_is_refused() -> None:
    with pytest.raises(ValueError, match="'contest' or 'textbook'; got 'paper'"):
        NonLocalBlock(8, attention="paper")


def test_contest_attention_is_exact_under_autocast() -> None:
    generator = torch.Generator().manual_seed(0)
    tokens = [8 * torch.randn(1, 16, 64, generator=generator).bfloat16() for _ in range(3)]
    with torch.autocast("cpu", torch.bfloat16):
        attended = contest_attention(*tokens)
    assert torch.equal(attended, contest_attention(*(each.float() for each in tokens)))


def test_contest_attention_stays_exact_in_float64() -> None:
    tokens = [torch.full((1, 2, 4), value, dtype=torch.float64) for value in (1 / 3, 2 / 3, 0.1)]
    attended = contest_attention(*tokens)  # equal weights: a quarter of each of four equal values, four times
    assert attended.dtype == torch.float64
    torch.testing.assert_close(attended, tokens[2], rtol=1e-12, atol=0)
