import re

import pytest
import torch
from torch import nn

from restorekit.inferencers import Chain, FlipAverage, Tiled, WholeOrTiled, predictor
from restorekit.inferencers.functional import reader
from restorekit.inferencers.streaming import stream
from restorekit.types import Restoration

INFERENCERS = [
    Tiled(tile=16, margin=4),
    Tiled(tile=16, margin=4, blend="feather"),
    FlipAverage(directions="h"),
    FlipAverage(directions="v"),
    FlipAverage(directions="hv"),
    WholeOrTiled(whole_below=20, multiple=128, tile=16, margin=4),
    Chain(inferencers=[]),
    Chain(inferencers=[Tiled(tile=16, margin=4), FlipAverage(directions="hv")]),
]


def image_of(height, width):
    return torch.rand(1, 3, height, width, generator=torch.Generator().manual_seed(0))


@pytest.mark.parametrize("size", [(1, 1), (3, 40), (19, 19), (40, 40)])
@pytest.mark.parametrize("inferencer", INFERENCERS, ids=lambda i: type(i).__name__)
def test_the_identity_comes_back_bit_for_bit(inferencer, size):
    image = image_of(*size)
    assert torch.equal(inferencer(lambda x: x, image), image)


def ramp(image):
    """Adds the column's share and twice the row's: a prediction that flips change."""
    rows = torch.linspace(0, 2, image.shape[-2])[:, None]
    return image + torch.linspace(0, 1, image.shape[-1]) + rows


@pytest.mark.parametrize("directions, rows, columns", [("h", None, 0.5), ("v", 1.0, None), ("hv", 1.0, 0.5)])
def test_flips_are_averaged(directions, rows, columns):
    image = torch.zeros(1, 3, 5, 9)
    expected = torch.linspace(0, 1, 9) if columns is None else torch.full((9,), columns)
    expected = expected + (torch.linspace(0, 2, 5)[:, None] if rows is None else torch.full((5, 1), rows))
    torch.testing.assert_close(FlipAverage(directions=directions)(ramp, image)[0, 0], expected)


def test_the_chain_runs_the_outermost_first():
    seen = []

    def spy(name):
        def inferencer(predict, image):
            seen.append((name, tuple(image.shape[-2:])))
            return predict(image)

        return inferencer

    Chain(inferencers=[spy("outer"), Tiled(tile=16, margin=4), spy("inner")])(lambda x: x, image_of(16, 8))
    assert seen == [("outer", (16, 8)), ("inner", (16, 16))]


def of_the_image(predict, image):
    return predict(image)


class Forgetful:
    """A plugin's inferencer that breaks its contract, as ``part`` of what it should give says."""

    def __init__(self, part):
        self.part = part

    def __call__(self, predict, image):
        return self.part(predict(image))


@pytest.mark.parametrize("outer", [[], [of_the_image], [Tiled(tile=16, margin=4, extend="none")]])
@pytest.mark.parametrize(
    ("part", "given"),
    [
        (lambda output: None, "a NoneType"),
        (lambda output: output[0], "a tensor (4, 6, 8)"),
        (lambda output: output[..., 1:], "a tensor (1, 4, 6, 7)"),
        (lambda output: output[:, :3], "a tensor (1, 3, 6, 8)"),
    ],
)
def test_an_inferencer_that_breaks_its_contract_is_named(outer, part, given):
    def predict(image):
        return torch.cat([image, image[:, :1]], 1)

    inferencers = [*outer, Forgetful(part), of_the_image]
    words = (
        f"Forgetful gave {given} for an image that is a tensor (1, 3, 6, 8) and of which predict gave 4"
        " channels; an inferencer returns as many, the mask as the fourth, at the image's size"
    )
    with pytest.raises(TypeError, match=re.escape(words)):
        Chain(inferencers=inferencers)(predict, image_of(6, 8))
    with pytest.raises(TypeError, match=re.escape(words)):
        list(stream(inferencers, predict, reader(image_of(6, 8)), (6, 8)))


def test_a_chain_is_built_from_configs():
    configs = [dict(type="Tiled", tile=16, margin=4), dict(type="FlipAverage", directions="v")]
    chain = Chain(inferencers=configs)
    assert [type(item).__name__ for item in chain.inferencers] == ["Tiled", "FlipAverage"]


def test_whole_where_both_sides_fit_else_tiles():
    shapes = []

    def predict(x):
        shapes.append(tuple(x.shape[-2:]))
        return x

    inferencer = WholeOrTiled(whole_below=100, multiple=128, tile=64, margin=8)
    inferencer(predict, image_of(99, 50))
    inferencer(predict, image_of(100, 48))
    assert shapes == [(128, 128), (64, 64), (64, 64), (64, 64)]


@pytest.mark.parametrize("make", [lambda: FlipAverage(directions="vh"), lambda: Tiled(tile=8, margin=4)])
def test_wrong_settings_are_refused_at_construction(make):
    with pytest.raises(ValueError):
        make()


class Network(nn.Module):
    """Twice the image, and a mask of zero logits; remembers what it saw."""

    size_divisor = 8
    bounded_receptive_field = True

    def __init__(self, masked):
        super().__init__()
        self.masked = masked
        self.scale = nn.Parameter(torch.tensor(2.0))

    def forward(self, image):
        self.seen = tuple(image.shape)
        logits = torch.zeros_like(image[:, :1]) if self.masked else None
        return Restoration(image * self.scale, logits)


def test_a_predictor_pads_crops_clamps_and_adds_the_mask():
    network = Network(masked=True)
    image = image_of(5, 9)
    output = predictor(network)(image)
    assert network.seen == (1, 3, 8, 16)
    assert torch.equal(output[:, :3], (image * 2).clamp(0, 1))
    assert output.shape[1] == 4 and output[:, 3].eq(0.5).all()
    assert predictor(Network(masked=False))(image).shape == image.shape


def test_a_prediction_is_a_plain_tensor_without_gradients():
    """Somebody's inferencer may write into it, somebody's loss learn from it."""
    output = predictor(Network(masked=True))(image_of(8, 8))
    assert not output.requires_grad
    output[:, :3] = 0.25
    weight = torch.ones(1, requires_grad=True)
    (weight * output[:, :3]).mean().backward()
    assert weight.grad.item() == 0.25


def test_a_page_that_is_not_extended_repeats_its_last_row_and_column_alone():
    seen = []

    def predict(x):
        seen.append(x)
        return x

    whole = WholeOrTiled(whole_below=100, multiple=8, tile=32, margin=4, extend="none")
    image = torch.rand(1, 3, 5, 7, generator=torch.Generator().manual_seed(0))
    assert torch.equal(whole(predict, image), image)
    assert torch.equal(seen[0], torch.nn.functional.pad(image, (0, 1, 0, 3), mode="replicate"))
    assert whole.smaller().extend == Tiled(tile=32, margin=4, extend="none").smaller().extend == "none"
