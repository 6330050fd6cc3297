"""On a GPU everything runs as on the CPU: a make-believe one finds what was left behind.

What meets tensors of both, or is read as an array from afar, is an error, as it is on a GPU.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import torch
from mmengine.optim import build_optim_wrapper
from mmengine.registry import DefaultScope
from mmengine.runner import runner as mmengine_runner
from torch import Tensor
from torch.overrides import TorchFunctionMode
from torch.utils._pytree import tree_flatten, tree_unflatten

from restorekit import load_restorer
from restorekit.engine.config import load_config, plain_dict
from restorekit.engine.restoration_model import RestorationModel
from restorekit.engine.testing import test as score
from restorekit.engine.training import train
from restorekit.images import to_tensor
from restorekit.networks import ResidualUNet
from restorekit.registry import MODELS, SCOPE
from restorekit.weights_folder import find_weights, load_weights_folder

CONFIGS = Path(__file__).parents[1] / "configs"
DEVICE = torch.device("xpu", 0)
NAMES = ("cpu", str(DEVICE))
BESIDE = ("copy_", "__set__", "_has_compatible_shallow_copy_type")
"""What may be given tensors of two devices."""


class OtherDevice(TorchFunctionMode):
    """Within it, tensors that are sent to or made on ``DEVICE`` are told from those on the CPU.

    The CPU computes with both. Storages are told apart, for views, parameters and their data share them.
    """

    def __init__(self) -> None:
        super().__init__()
        self._storages: dict[int, Any] = {}

    def has(self, tensor: Tensor) -> bool:
        """Whether a tensor is on ``DEVICE``."""
        with torch._C.DisableTorchFunction():
            return tensor.untyped_storage()._cdata in self._storages

    def _put(self, output: Any) -> Any:
        with torch._C.DisableTorchFunction():
            for tensor in tree_flatten(output)[0]:
                if isinstance(tensor, Tensor):
                    storage = tensor.untyped_storage()
                    self._storages[storage._cdata] = storage
        return output

    def __torch_function__(self, func, types, args=(), kwargs=None):
        name = getattr(func, "__name__", "")
        if func is torch.device or name == "_parse_to":
            return func(*args, **kwargs or {})
        leaves, form = tree_flatten((args, kwargs or {}))
        leaves = [torch.device(leaf) if isinstance(leaf, str) and leaf in NAMES else leaf for leaf in leaves]
        tensors = [leaf for leaf in leaves if isinstance(leaf, Tensor)]
        there = [self.has(tensor) for tensor in tensors]
        devices = [leaf for leaf in leaves if isinstance(leaf, torch.device)]
        if not (tensors or devices):
            return func(*args, **kwargs or {})
        if getattr(func, "__self__", None) is Tensor.device:
            return DEVICE if there[0] else func(*args)
        if name in ("numpy", "__array__") and there[0]:
            raise TypeError(f"{name}: the tensor is on {DEVICE}; use Tensor.cpu() to copy it")
        self._check(name, tensors, there, args)
        leaves = [torch.device("cpu") if isinstance(leaf, torch.device) else leaf for leaf in leaves]
        args, kwargs = tree_unflatten(leaves, form)
        if name in ("to", "cpu"):
            target = name == "to" and (DEVICE in devices or (not devices and there[-1]))
            output = func(*args, **kwargs)
            output = output.clone() if output is args[0] and target != there[0] else output
            return self._put(output) if target else output
        output = func(*args, **kwargs)
        return self._put(output) if DEVICE in devices or (any(there) and not devices) else output

    def _check(self, name: str, tensors: list[Tensor], there: list[bool], args: tuple) -> None:
        with torch._C.DisableTorchFunction():
            places = [own for tensor, own in zip(tensors, there, strict=True) if tensor.dim()]
        if len(set(places)) < 2 or name in ("to", *BESIDE):
            return
        if name in ("__getitem__", "__setitem__") and there[0]:
            values = [self.has(args[2])] if name == "__setitem__" and isinstance(args[2], Tensor) else []
            if all(values):  # the CPU may tell where, but not what
                return
        raise RuntimeError(f"{name}: expected all tensors to be on one device, but some are on {DEVICE}")


@pytest.fixture
def other(monkeypatch):
    monkeypatch.setattr(torch.xpu, "device_count", lambda: 1)
    with OtherDevice() as mode:
        yield mode


def test_what_is_on_another_device_does_not_meet_the_cpu(other):
    here, there = torch.ones(3), torch.ones(3, device=DEVICE)
    assert there.device == DEVICE and here.device.type == "cpu"
    assert (there + 1).device == there[1:].device == torch.zeros_like(there).device == DEVICE
    assert here.to(there.device).device == here.to(there).device == DEVICE
    assert there.cpu().device == there.to("cpu").device == there.to(here).device == torch.device("cpu")
    for meet in (lambda: here + there, lambda: torch.cat([here, there]), lambda: here[there > 0]):
        with pytest.raises(RuntimeError, match="one device"):
            meet()
    for read in (there.numpy, lambda: np.asarray(there)):
        with pytest.raises(TypeError, match="on xpu"):
            read()
    layer = torch.nn.Linear(3, 3).to(DEVICE)
    assert layer.weight.device == layer(there).device == DEVICE
    with pytest.raises(RuntimeError, match="one device"):
        layer(here)
    layer(there).sum().backward()
    assert layer.weight.grad.device == DEVICE


def written(size):
    """A page with print of a size, a rule, and red and black strokes."""
    page = np.full((240, 320, 3), 240, np.uint8)
    for row in (70, 150, 230):
        cv2.putText(page, "Print" if size > 1 else "Some more print", (8, row), 3, size, (30, 30, 30), 2)
    page[160:163, 8:310] = 60
    cv2.polylines(page, [np.array([[20, 100], [60, 190], [150, 80], [280, 180]])], False, (200, 30, 40), 3)
    cv2.polylines(page, [np.array([[200, 20], [230, 60], [260, 25], [300, 90]])], False, (40, 40, 50), 3)
    return page


def marked():
    """A ramp with a white mark that covers half of it."""
    ramp = np.linspace(60, 160, 320)[:, None].repeat(240, 1).T[..., None] * [1.0, 0.9, 0.8]
    mark = np.zeros((240, 320, 1), np.uint8)
    cv2.putText(mark, "SAMPLE", (20, 140), cv2.FONT_HERSHEY_DUPLEX, 2.2, 255, 8, cv2.LINE_AA)
    share = 0.5 * mark.reshape(240, 320, 1) / 255
    return (ramp + share * (255 - ramp)).round().astype(np.uint8)


@pytest.mark.parametrize(
    ("name", "picture"),
    [
        ("handwriting", written(0.8)),
        ("handwriting-best", written(2.2)),  # letters so large are brought to another size
        ("watermark", marked()),
    ],
    ids=["handwriting", "handwriting-best", "watermark"],
)
def test_shipped_weights_restore_as_on_the_cpu(other, name, picture):
    restored, expected = (
        load_restorer(name, device=device, precision="fp32").restore(picture).image for device in NAMES
    )
    assert np.array_equal(restored, expected) and (restored != picture).any()


@pytest.mark.parametrize(("name", "picture"), [("handwriting", written(0.8)), ("watermark", marked())])
def test_shipped_weights_are_scored_on_pages_that_are_there(other, name, picture):
    network, config = load_weights_folder(find_weights(name))
    model = RestorationModel(network=network, precision="fp32").eval()
    model.set_inferencer(config["inferencer"])
    page = to_tensor(picture)[None]
    expected = model(page)
    restored = model.to(DEVICE)(page.to(DEVICE))
    assert restored.device == DEVICE and torch.equal(restored.cpu(), expected)
    assert not torch.equal(expected[:, :3], page)


@pytest.mark.parametrize(
    ("config", "side"),
    [
        ("handwrite_nonlocal_stage1", 64),
        ("handwrite_pert", 64),
        ("handwrite_residual_stage1", 64),
        ("handwrite_text_guided", 64),
        ("scene_text_erasenet", 256),
    ],
)
def test_models_train_there(other, config, side):
    settings = load_config(
        CONFIGS / f"{config}.py",
        options={"load_from": None, "model.precision": "fp32", "model.losses.vgg": None},
    )
    model = MODELS.build(plain_dict(settings.model)).to(DEVICE)
    with DefaultScope.overwrite_default_scope(SCOPE):
        optimizers = build_optim_wrapper(model, settings.optim_wrapper)
    before = {key: value.detach().clone() for key, value in model.named_parameters()}
    batch = {
        key: torch.randint(0, 256, (2, channels, side, side), dtype=torch.uint8)
        for key, channels in {"image": 3, "target": 3, "mask": 1}.items()
    }
    losses = model.train_step({**batch, "name": ["a", "b"]}, optimizers)
    assert all(loss.device == DEVICE for loss in losses.values() if isinstance(loss, Tensor))
    assert any(not torch.equal(value, before[key]) for key, value in model.named_parameters())


def test_a_training_its_resuming_and_its_test_run_there(other, tiny_config, tmp_path, monkeypatch):
    monkeypatch.setattr(mmengine_runner, "get_device", lambda: str(DEVICE))
    forward, devices = ResidualUNet.forward, []

    def watched(self, image):
        devices.append(image.device)
        return forward(self, image)

    monkeypatch.setattr(ResidualUNet, "forward", watched)
    work, out = tmp_path / "work", tmp_path / "out"
    train(str(tiny_config), work_dir=str(work), options={"train_cfg.max_iters": 2})
    train(str(tiny_config), work_dir=str(work), resume=True)
    results = score(str(tiny_config), [str(work / "best")], out=str(out))
    assert set(devices) == {DEVICE}
    assert results["mean"]["psnr"] > 15 and len(list((out / "compare").iterdir())) == 1
