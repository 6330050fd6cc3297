"""What all losses share: the weight, float32 under autocast, gradients, and errors for absent outputs."""

import pytest
import torch

from restorekit import losses
from restorekit.losses import DiceLoss, MaskCrossEntropyLoss, MultiScaleL1Loss, VGGLoss
from restorekit.registry import LOSSES
from restorekit.types import Batch, Restoration

ALL = [getattr(losses, name) for name in losses.__all__]


@pytest.fixture
def build(vgg_file):
    """Build a loss; VGG-16 has random weights."""

    def _build(kind, **arguments):
        extra = {"vgg_weights": str(vgg_file), "similarity": 0.5} if kind is VGGLoss else {}
        return LOSSES.build({"type": kind.__name__, **extra, **arguments})

    return _build


def make(dtype: torch.dtype = torch.float32) -> tuple[Restoration, Batch]:
    torch.manual_seed(0)
    image, target = torch.rand(2, 3, 16, 24), torch.rand(2, 3, 16, 24)
    coarse = (torch.rand(2, 3, 8, 12), torch.rand(2, 3, 16, 24))
    output = Restoration(
        image.to(dtype).requires_grad_(),
        torch.randn(2, 1, 16, 24).to(dtype).requires_grad_(),
        tuple(page.to(dtype).requires_grad_() for page in coarse),
    )
    mask = (torch.rand(2, 1, 16, 24) > 0.5).float()
    return output, Batch(image=image, target=target, mask=mask, name=["a", "b"])


@pytest.mark.parametrize("kind", ALL)
def test_weight_multiplies_the_value(kind, build) -> None:
    output, batch = make()
    once, thrice = build(kind)(output, batch), build(kind, weight=3.0)(output, batch)
    assert once.shape == ()
    assert thrice.item() == pytest.approx(3 * once.item(), rel=1e-6)


@pytest.mark.parametrize("kind", ALL)
def test_is_built_from_the_registry_with_keywords_alone(kind, build) -> None:
    assert isinstance(build(kind, weight=2.0), kind)
    with pytest.raises(TypeError):
        kind(2.0)


@pytest.mark.parametrize("kind", ALL)
def test_bfloat16_outputs_give_a_float32_loss(kind, build) -> None:
    output, batch = make(torch.bfloat16)
    exact = build(kind)(Restoration(output.image.float(), output.mask_logits.float(), output.coarse), batch)
    with torch.autocast("cpu", torch.bfloat16):
        value = build(kind)(output, batch)
    assert value.dtype == torch.float32
    assert value.item() == pytest.approx(exact.item(), rel=1e-6)


@pytest.mark.parametrize("kind", ALL)
def test_gradients_are_finite_at_zero_error_and_saturated_masks(kind, build) -> None:
    output, batch = make()
    output = output._replace(
        image=batch["target"].clone().requires_grad_(),
        mask_logits=((batch["mask"] - 0.5) * 200).requires_grad_(),
    )
    value = build(kind)(output, batch)
    value.backward()
    assert torch.isfinite(value)
    for tensor in (output.image, output.mask_logits, *output.coarse):
        assert tensor.grad is None or torch.isfinite(tensor.grad).all()


@pytest.mark.parametrize("kind", [DiceLoss, MaskCrossEntropyLoss])
def test_without_a_mask_says_what_to_do(kind) -> None:
    output, batch = make()
    with pytest.raises(ValueError, match=f"{kind.__name__} needs .*mask_logits.*to None in the config"):
        kind()(output._replace(mask_logits=None), batch)


def test_without_coarse_pages_says_what_to_do() -> None:
    output, batch = make()
    with pytest.raises(ValueError, match="MultiScaleL1Loss needs .*coarse.*to None in the config"):
        MultiScaleL1Loss()(output._replace(coarse=()), batch)


def test_every_registered_loss_is_tested() -> None:
    ours = {kind for kind in LOSSES.module_dict.values() if kind.__module__.startswith("restorekit.")}
    assert ours == set(ALL)
