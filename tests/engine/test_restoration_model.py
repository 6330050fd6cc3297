import pytest
import torch
from mmengine.optim import OptimWrapper
from torch import nn

from restorekit.engine import components  # noqa: F401
from restorekit.engine.restoration_model import RestorationModel
from restorekit.types import Restoration

NETWORK = {"type": "ResidualUNet", "widths": [4, 8], "blocks": 1}
LOSSES = {"l1": {"type": "L1Loss"}, "dice": {"type": "DiceLoss", "weight": 0.1}, "off": None}


def batch(size=16):
    generator = torch.Generator().manual_seed(0)
    image, target = torch.rand(2, 2, 3, size, size, generator=generator)
    return dict(image=image, target=target, mask=torch.zeros(2, 1, size, size), name=["a", "b"])


def test_losses_are_named_and_those_set_to_none_are_off():
    model = RestorationModel(network=NETWORK, losses=LOSSES, precision="fp32")
    data = batch()
    losses = model(**data, mode="loss")
    assert set(losses) == {"loss_l1", "loss_dice"}
    # the network starts as the identity
    assert losses["loss_l1"].item() == pytest.approx((data["image"] - data["target"]).abs().mean().item())


def test_a_prediction_has_four_channels_and_any_size():
    model = RestorationModel(network=NETWORK).eval()
    image = torch.rand(1, 3, 5, 7)
    prediction = model(image)
    assert prediction.shape == (1, 4, 5, 7)
    assert torch.equal(prediction[:, :3], image)
    assert prediction[:, 3].eq(0.5).all()  # zero logits


def test_the_inferencer_is_used():
    model = RestorationModel(network=NETWORK).eval()
    model.set_inferencer(lambda predict, image: predict(image) * 0)
    assert model(torch.rand(1, 3, 8, 8)).eq(0).all()
    model.set_inferencer(None)
    assert not model(torch.rand(1, 3, 8, 8)).eq(0).all()


def test_bf16_runs_the_network_in_bf16_and_the_losses_in_float32():
    model = RestorationModel(network=NETWORK, losses=LOSSES, precision="bf16")
    seen = []
    model.network.offset.register_forward_hook(lambda *args: seen.append(args[2].dtype))
    losses = model(**batch(), mode="loss")
    assert seen == [torch.bfloat16]
    assert all(loss.dtype == torch.float32 for loss in losses.values())


@pytest.mark.parametrize("mode", ["loss", "predict", "tensor"])
def test_weights_and_images_are_channels_last(mode):
    model = RestorationModel(network=NETWORK, losses=LOSSES, precision="fp32")
    seen = []
    model.network.register_forward_pre_hook(lambda _, inputs: seen.extend(inputs))
    model(**batch(), mode=mode)
    images_and_weights = [*seen, *(weight for weight in model.parameters() if weight.ndim == 4)]
    assert len(seen) == 1
    assert all(tensor.is_contiguous(memory_format=torch.channels_last) for tensor in images_and_weights)


def test_wrong_use_is_named():
    model = RestorationModel(network=NETWORK)
    with pytest.raises(ValueError, match="no losses"):
        model(**batch(), mode="loss")
    with pytest.raises(ValueError, match="'loss', 'predict' or 'tensor'; got 'train'"):
        model(**batch(), mode="train")
    with pytest.raises(ValueError, match="precision must be one of"):
        RestorationModel(network=NETWORK, precision="fp8")


class Plugin(nn.Module):
    """A network, or a loss, that gives what it is told to."""

    size_divisor, bounded_receptive_field = 1, True

    def __init__(self, give):
        super().__init__()
        self.give = give

    def forward(self, *inputs):
        return self.give(*inputs)


WHITE, GREY = torch.ones(1, 3, 8, 8), torch.ones(1, 1, 8, 8)


@pytest.mark.parametrize(
    "change, words",
    [
        ({"image": [WHITE[0]]}, "image is a list; .*collate_fn=dict.type='collate_samples'"),
        ({"image": WHITE.permute(0, 2, 3, 1)}, r"image is a tensor \(1, 8, 8, 3\); .* \(N, 3, H, W\)"),
        ({"image": GREY}, r"image is a tensor \(1, 1, 8, 8\); expected a tensor \(N, 3, H, W\)"),
        ({"target": WHITE[..., 1:]}, r"target is a tensor \(1, 3, 8, 7\); expected a tensor \(1, 3, 8, 8\)"),
        ({"mask": WHITE}, r"mask is a tensor \(1, 3, 8, 8\); expected a tensor \(1, 1, 8, 8\)"),
        ({"mask": GREY.double()}, r"mask is of torch.float64; expected float32 in \[0, 1\], or uint8"),
        ({"image": 255 * WHITE}, r"image goes from 255 to 255; expected \[0, 1\]: divide levels by 255"),
        ({"target": -0.01 * WHITE}, r"target goes from -0.01 to -0.01; expected \[0, 1\]"),
        ({"target": float("nan") * WHITE}, r"target goes from nan to nan; expected \[0, 1\]"),
        ({"name": torch.tensor([5])}, r"name is a tensor \(1,\); expected a string for each page"),
        (
            {"path": "a.png"},
            "image, target, mask, name and nothing else; .*: image, target, mask, name, path",
        ),
    ],
)
@pytest.mark.parametrize("step", ["train_step", "val_step"])
def test_a_batch_that_breaks_its_contract_is_told_so(change, words, step):
    model = RestorationModel(network=NETWORK, losses=LOSSES)
    optimizer = OptimWrapper(torch.optim.SGD(model.parameters(), lr=0.1))
    given = {"image": WHITE, "target": WHITE, "mask": GREY, "name": ["a"], **change}
    with pytest.raises((TypeError, ValueError), match=f"a batch.*{words}"):
        getattr(model, step)(given, *[optimizer][: step == "train_step"])


@pytest.mark.parametrize("lacking", ["image", "target", "mask", "name"])
def test_a_batch_that_lacks_a_part_is_told_so(lacking):
    given = {"image": WHITE, "target": WHITE, "mask": GREY, "name": ["a"]}
    given.pop(lacking)
    with pytest.raises(TypeError, match=f"a batch has .* this one is: {', '.join(given)}\\. .*MaskFromPair"):
        RestorationModel(network=NETWORK).val_step(given)
    with pytest.raises(TypeError, match="this one is: a list"):
        RestorationModel(network=NETWORK).val_step([WHITE])


@pytest.mark.parametrize(
    "give, words",
    [
        (lambda x: x, r"Plugin gave a tensor \(2, 3, 16, 16\); forward\(image\) must return a Restoration"),
        (lambda x: None, "Plugin gave a NoneType; forward"),
        (lambda x: Restoration(x[:, :1]), r"gave image as .*\(2, 1, 16, 16\) .* expected .*\(2, 3, "),
        (
            lambda x: Restoration(x, x),
            r"gave mask_logits as .*\(2, 3, 16, 16\) .* expected .*\(2, 1, ",
        ),
    ],
)
@pytest.mark.parametrize("mode", ["loss", "predict"])
def test_a_network_that_breaks_its_contract_is_told_so(give, words, mode):
    with pytest.raises(TypeError, match=words):
        RestorationModel(network=Plugin(give), losses=LOSSES)(**batch(), mode=mode)


def test_a_network_without_weights_can_predict():
    image = batch()["image"]
    assert torch.equal(RestorationModel(network=Plugin(Restoration))(image), image)


@pytest.mark.parametrize("name", ["size_divisor", "bounded_receptive_field"])
def test_a_network_without_its_attributes_is_told_so(name, monkeypatch):
    monkeypatch.delattr(Plugin, name)
    with pytest.raises(TypeError, match=f"Plugin needs an attribute {name}"):
        RestorationModel(network=Plugin(None))


@pytest.mark.parametrize(
    "give, words",
    [(lambda output, batch: output.image, r"a tensor \(2, 3, 16, 16\)"), (lambda *_: 0.5, "a float")],
)
def test_a_loss_that_is_no_scalar_is_refused(give, words):
    model = RestorationModel(network=NETWORK)
    model.losses["own"] = Plugin(give)
    with pytest.raises(TypeError, match=f"model.losses.own: Plugin gave {words};.* must return a scalar"):
        model(**batch(), mode="loss")


def test_losses_that_teach_nothing_are_named():
    """Where one does, others may be numbers to look at."""
    model = RestorationModel(network=NETWORK)
    model.losses["own"] = Plugin(lambda output, batch: output.image.detach().mean())
    with pytest.raises(TypeError, match=r"no gradient flows from own in model.losses .*, without item\(\)"):
        model(**batch(), mode="loss")
    with torch.no_grad():
        model(**batch(), mode="loss")
    model.losses["mean"] = Plugin(lambda output, batch: output.image.mean())
    assert set(model(**batch(), mode="loss")) == {"loss_own", "loss_mean"}
