import re
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from torch import nn

from restorekit.api import Restorer, load_restorer, pick_device
from restorekit.documents import EraseOptions
from restorekit.types import Restoration
from restorekit.weights_folder import save_weights_folder

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


class Inverter(nn.Module):
    """Restores the negative, and takes what is dark for ink."""

    size_divisor = 4
    bounded_receptive_field = True

    def __init__(self, masked=True):
        super().__init__()
        self.masked = masked
        self.unused = nn.Parameter(torch.zeros(1))

    def forward(self, image):
        logits = torch.where(image.mean(1, keepdim=True) < 0.5, 100.0, -100.0) if self.masked else None
        return Restoration(1 - image, logits)


def page(shape, dtype=np.uint8):
    return np.random.default_rng(0).integers(0, np.iinfo(dtype).max + 1, shape).astype(dtype)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("shape", [(5, 7, 3), (5, 7), (5, 7, 1), (1, 1, 3), (1, 1)])
def test_pages_come_back_as_they_came(shape, dtype):
    array = page(shape, dtype)
    restored = Restorer(Inverter())(array)
    assert restored.dtype == dtype and restored.shape == shape
    np.testing.assert_array_equal(restored, np.iinfo(dtype).max - array)


@pytest.mark.parametrize("shape", [(5, 7, 4), (5, 7, 2)])
def test_alpha_is_untouched(shape):
    array = page(shape)
    restored = Restorer(Inverter())(array)
    np.testing.assert_array_equal(restored[..., -1], array[..., -1])
    np.testing.assert_array_equal(restored[..., :-1], 255 - array[..., :-1])


@pytest.mark.parametrize(
    ("task", "options", "light"),
    [("handwriting", None, 255), ("watermark", None, 0), ("watermark", EraseOptions(), 255)],
)
def test_files_are_erased_as_the_command_does_for_the_weights_task(tmp_path, task, options, light):
    half_dark = np.full((20, 60), 255, np.uint8)
    half_dark[:, :30] = 0
    source, target = tmp_path / "in.png", tmp_path / "out.png"
    Image.fromarray(half_dark).save(source)
    restorer = Restorer(Inverter(), task=task)
    restorer.erase_file(source, target, options)
    (page,) = restorer.erase_pages(source, options)
    for erased in (np.asarray(Image.open(target)), page.after):
        assert (erased[:, :30] == 255).all() and (erased[:, 40:] == light).all()


def test_what_the_readme_does_in_python_works(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    paper = Image.fromarray(np.full((64, 96, 3), 240, np.uint8))
    paper.save("page.jpg")
    paper.save("exam.pdf")
    names = {}
    exec(
        next(code for code in re.findall(r"```python\n(.*?)```", README, re.DOTALL) if "restorer" in code),
        names,
    )
    assert names["clean"].shape == (64, 96, 3) and names["mask"].shape == (64, 96)
    assert Path("clean.pdf").read_bytes().startswith(b"%PDF")


def test_a_restorers_weights_take_no_gradient():
    restorer = Restorer(Inverter())
    assert not restorer.network.training
    assert not any(parameter.requires_grad for parameter in restorer.network.parameters())


def test_the_mask_is_of_the_page_and_none_where_the_network_has_none():
    array = np.zeros((6, 9, 3), np.uint8)
    array[:, 4:] = 255
    mask = Restorer(Inverter()).restore(array).mask
    assert mask.dtype == np.uint8 and mask[:, :4].min() == 255 and mask[:, 4:].max() == 0
    assert Restorer(Inverter(masked=False)).restore(array).mask is None


@pytest.mark.parametrize(
    "array, error, words",
    [
        (np.zeros((4, 4, 3), np.float32), TypeError, r"uint16; got float32. .* from 0 to 1: \(page \* 255\)"),
        (np.zeros((4, 4, 3), int), TypeError, r"got int\d+. Levels from 0 to 255: page.astype\('uint8'\);"),
        ([[1]], TypeError, "got list"),
        ("page.jpg", TypeError, "got str. Files are for erase_file"),
        (None, TypeError, "got NoneType. .*cv2.imread gives None for one that it cannot read"),
        (Image.new("RGB", (4, 4)), TypeError, r"got Image. .* by numpy.asarray\(image.convert\('RGB'\)\)"),
        (np.zeros((4, 4, 5), np.uint8), ValueError, r"got \(4, 4, 5\)"),
        (np.zeros((3, 4, 5), np.uint8), ValueError, r"Channels are last, page.transpose\(1, 2, 0\)"),
        (np.zeros((0, 4, 3), np.uint8), ValueError, "at least one pixel"),
        (np.zeros((4,), np.uint8), ValueError, "shape"),
    ],
)
def test_what_is_no_page_is_refused(array, error, words):
    with pytest.raises(error, match=words):
        Restorer(Inverter())(array)


@pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")
def test_a_matrix_is_a_grey_page():
    array = page((5, 7))
    assert np.array_equal(Restorer(Inverter())(np.asmatrix(array)), 255 - array)


@pytest.mark.parametrize("part", ["image", "mask_logits"])
def test_a_network_that_gives_nan_is_told_and_no_black_page_comes_out(part):
    class Overflowing(Inverter):
        def forward(self, image):
            output = super().forward(image)
            getattr(output, part)[..., -1, -1] = torch.nan
            return output

    with pytest.raises(ValueError, match=r"the network gave NaN .* precision='fp32' \(--precision fp32\)"):
        Restorer(Overflowing())(page((8, 8, 3)))


def test_a_folder_is_loaded_with_its_inferencer_or_another(tmp_path):
    from restorekit.networks import EraseNet

    network = EraseNet(width=2).eval()
    folder = save_weights_folder(
        tmp_path / "weights",
        network={"type": "EraseNet", "width": 2},
        inferencer={"type": "Tiled", "tile": 64, "margin": 16},
        state_dict=network.state_dict(),
        task="handwriting",
        card="",
    )
    array = page((40, 50, 3))
    loaded = load_restorer(folder)
    assert loaded.task == "handwriting"
    assert not any("parametrizations" in key for key in loaded.network.state_dict())
    np.testing.assert_array_equal(loaded(array), load_restorer(folder / "model.safetensors")(array))
    whole = load_restorer(folder, inferencer={"type": "Chain", "inferencers": []})
    with torch.inference_mode():
        padded = torch.zeros(1, 3, 64, 64)
        padded[..., :32, :32] = torch.from_numpy(array[:32, :32]).permute(2, 0, 1) / 255
        expected = network(padded[..., :32, :32]).image[0].clamp(0, 1)
    result = whole(array[:32, :32]).astype(int)
    assert np.abs(result - (expected * 255).round().permute(1, 2, 0).numpy()).max() <= 1


@pytest.mark.parametrize(
    "device, count, seen",
    [
        ("cuda", 0, "0 devices"),
        ("cuda:0", 0, "0 devices"),
        ("cuda:1", 1, "1 device"),
        ("cuda:2", 2, "2 devices"),
    ],
)
def test_a_cuda_device_that_is_not_there_is_named(monkeypatch, device, count, seen):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: count > 0)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: count)
    with pytest.raises(ValueError, match=f"device='{device}', but torch sees {seen} of that kind"):
        Restorer(Inverter(), device=device)


def test_the_last_cuda_device_is_one(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    assert pick_device("auto") == torch.device("cuda") and pick_device("cuda:1").index == 1


def test_any_device_that_torch_sees_is_taken(monkeypatch):
    with pytest.raises(ValueError, match="device='mps', but torch sees 0 devices of that kind here"):
        pick_device("mps")
    monkeypatch.setattr(torch.mps, "device_count", lambda: 1)
    assert pick_device("mps") == torch.device("mps")
    assert pick_device(torch.device("cpu")) == torch.device("cpu")


@pytest.mark.parametrize("device", ["gpu", "meta", "cuda:", "", None])
def test_another_device_is_refused(device):
    with pytest.raises(ValueError, match=f"or another of torch's, such as 'mps'; got {device!r}"):
        pick_device(device)
