"""What a page costs: tiles stream, and give the pixels that the inferencer gives on the whole page."""

import logging

import numpy as np
import pytest
import torch
from torch import nn

from restorekit.api import Restorer
from restorekit.documents import ErasedPage
from restorekit.images import to_array, to_tensor
from restorekit.inferencers import Chain, FlipAverage, Tiled, WholeOrTiled
from restorekit.types import Restoration


class Blur(nn.Module):
    """Sees 2 px around each pixel; refuses more pixels than ``capacity`` at once, as a full device would."""

    size_divisor = 1
    bounded_receptive_field = True

    def __init__(self, capacity=None):
        super().__init__()
        torch.manual_seed(0)
        self.convolution = nn.Conv2d(3, 4, 5, padding=2)
        self.capacity, self.shapes = capacity, []

    def forward(self, image):
        self.shapes.append(tuple(image.shape))
        if self.capacity is not None and image.shape[0] * image.shape[-1] * image.shape[-2] > self.capacity:
            raise torch.OutOfMemoryError("CUDA out of memory")
        output = self.convolution(image)
        return Restoration(output[:, :3].sigmoid(), output[:, 3:])


INFERENCERS = {
    "whole": [],
    "tiled": [Tiled(tile=24, margin=5, batch_size=3)],
    "feathered": [Tiled(tile=24, margin=6, batch_size=5, blend="feather")],
    "narrow steps": [Tiled(tile=20, margin=7, batch_size=8, blend="feather")],
    "flipped tiles": [Tiled(tile=24, margin=5), FlipAverage(directions="hv")],
    "tiled flips": [FlipAverage(directions="h"), Tiled(tile=24, margin=5)],
    "nested": [Chain(inferencers=[Tiled(tile=24, margin=5), FlipAverage(directions="h")])],
    "small whole": [WholeOrTiled(whole_below=1000, multiple=16, tile=24, margin=5)],
    "large tiled": [WholeOrTiled(whole_below=30, multiple=16, tile=24, margin=5)],
}


@pytest.mark.parametrize("shape", [(45, 53, 3), (30, 40), (20, 31, 4), (1, 5, 3)])
@pytest.mark.parametrize("name", INFERENCERS)
def test_streamed_pixels_are_those_of_the_inferencer(name, shape):
    page = np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)
    chain = Chain(inferencers=INFERENCERS[name])
    restorer = Restorer(Blur(), inferencer=chain, device="cpu", precision="fp32")
    rows = []
    image, mask = restorer.restore(page, on_rows=rows.append)
    grey = page.ndim == 2
    rgb = np.repeat(page[..., None], 3, axis=2) if grey else page[..., :3]
    expected = chain(restorer._predict, to_tensor(np.ascontiguousarray(rgb))[None])[0]
    colours = expected[:3].mean(0, keepdim=True) if grey else expected[:3]
    assert np.array_equal(image[..., None] if grey else image[..., :3], to_array(colours))
    assert np.array_equal(mask, to_array(expected[3:])[..., 0])
    assert rows == sorted(rows) and rows[-1] == shape[0]
    if len(shape) == 3 and shape[2] == 4:
        assert np.array_equal(image[..., 3], page[..., 3])


def test_a_full_device_gets_smaller_batches_then_smaller_tiles_and_it_says_so(caplog):
    page = np.random.default_rng(0).integers(0, 256, (150, 150, 3), dtype=np.uint8)
    network = Blur(capacity=50 * 50)
    restorer = Restorer(
        network, inferencer=Tiled(tile=80, margin=4, batch_size=4), device="cpu", precision="fp32"
    )
    with caplog.at_level(logging.WARNING):
        image = restorer(page)
    assert [record.message.split("going on with ")[1] for record in caplog.records] == [
        "tiles of 80 px, 2 at a time",
        "tiles of 80 px, 1 at a time",
        "tiles of 40 px, 1 at a time",
    ]
    roomy = Restorer(Blur(), inferencer=Tiled(tile=80, margin=4), device="cpu", precision="fp32")
    difference = np.abs(image.astype(int) - roomy(page))
    assert difference.max() <= 1  # the margin covers what the network sees
    network.shapes.clear()
    restorer(page)
    assert {shape[-1] for shape in network.shapes} == {40}  # it remembers


def test_tiles_that_another_thread_made_smaller_are_not_made_smaller_again():
    network = Blur(capacity=50 * 50)
    restorer = Restorer(
        network, inferencer=Tiled(tile=80, margin=4, batch_size=1), device="cpu", precision="fp32"
    )
    theirs = Chain(inferencers=[Tiled(tile=48, margin=4, batch_size=1)])

    def other_thread(rows):
        restorer.inferencer = theirs

    restorer.restore(np.zeros((150, 150, 3), np.uint8), on_rows=other_thread)
    assert restorer.inferencer is theirs
    assert {shape[-1] for shape in network.shapes[1:]} == {48}


def test_a_device_too_small_for_the_smallest_tiles_is_told():
    restorer = Restorer(Blur(capacity=9), inferencer=Tiled(tile=64, margin=4), device="cpu", precision="fp32")
    with pytest.raises(ValueError, match="too little memory even for single tiles"):
        restorer(np.zeros((100, 100, 3), np.uint8))


@pytest.mark.parametrize(
    "told",
    [
        "CUDA error: out of memory",
        "CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`",
        "cuDNN error: CUDNN_STATUS_ALLOC_FAILED",
        "MPS backend out of memory (MPS allocated: 17.94 GB, max allowed: 18.13 GB)",
        "DefaultCPUAllocator: not enough memory: you tried to allocate 4096 bytes.",
        "DefaultCPUAllocator: can't allocate memory: you tried to allocate 4096 bytes. Error code 12",
    ],
)
def test_whatever_refuses_memory_gets_smaller_tiles(told):
    class Full(Blur):
        def forward(self, image):
            if image.shape[-1] > 40:
                raise RuntimeError(told)
            return super().forward(image)

    restorer = Restorer(Full(), inferencer=Tiled(tile=80, margin=4, batch_size=1), device="cpu")
    assert restorer(np.zeros((90, 90, 3), np.uint8)).shape == (90, 90, 3)
    assert restorer.inferencer.inferencers[0].tile == 40


class Deep(Blur):
    """Four convolutions, one after the other."""

    def __init__(self):
        super().__init__()
        self.others = nn.Sequential(*(nn.Conv2d(3, 3, 3, padding=1) for _ in range(3)))

    def forward(self, image):
        return super().forward(self.others(image))


def test_rows_are_counted_within_the_network():
    rows = []
    Restorer(Deep(), device="cpu", precision="fp32").restore(
        np.zeros((40, 30, 3), np.uint8), on_rows=rows.append
    )
    assert sorted(set(rows)) == [0, 10, 20, 30, 40]


def test_an_interrupt_waits_for_no_more_than_a_layer():
    network, last = Deep(), []
    network.convolution.register_forward_pre_hook(lambda *_: last.append(1))

    def stop(rows):
        if rows == 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Restorer(network, device="cpu").restore(np.zeros((40, 30, 3), np.uint8), on_rows=stop)
    assert not last


@pytest.mark.parametrize("precision", ["fp32", "bf16"])
def test_an_interrupt_leaves_torch_as_it_was_wherever_it_comes(precision):
    restorer = Restorer(Deep(), device="cpu", precision=precision)
    page, steps = np.zeros((8, 6, 3), np.uint8), []
    restorer.restore(page, on_rows=steps.append)
    for last in range(len(steps)):
        left = [None] * last

        def stop(rows, left=left):
            if not left:
                raise KeyboardInterrupt
            left.pop()

        with pytest.raises(KeyboardInterrupt):
            restorer.restore(page, on_rows=stop)
        assert torch.is_grad_enabled() and not torch.is_autocast_enabled("cpu")
        assert torch.overrides._get_current_function_mode() is None


@pytest.mark.parametrize("times", [1, 2])
def test_rows_are_counted_while_an_inferencer_holds_the_page(times):
    class Held:
        """Yields nothing before it has seen the page, once or twice."""

        def __call__(self, predict, image):
            return predict(image)

        def around(self, bands, read, size):
            for _ in range(times):
                pages = list(bands(read, size))
            yield from pages

    inferencer = Chain(inferencers=[Held(), Tiled(tile=24, margin=2, batch_size=1)])
    restorer = Restorer(Blur(), inferencer=inferencer, device="cpu", precision="fp32")
    rows = []
    restorer.restore(np.zeros((80, 20, 3), np.uint8), on_rows=rows.append)
    assert sorted(set(rows)) == [0, 22, 42, 62, 80]  # what a tile's margin sees counts where no other did


def test_other_errors_of_the_network_come_through():
    class Broken(Blur):
        def forward(self, image):
            raise RuntimeError("shape mismatch")

    with pytest.raises(RuntimeError, match="shape mismatch"):
        Restorer(Broken(), device="cpu")(np.zeros((8, 8, 3), np.uint8))


def test_files_and_pages_from_python(tmp_path, scan, page):
    restorer = Restorer(Blur(), inferencer=Tiled(tile=48, margin=4), device="cpu", precision="fp32")
    (summary,) = restorer.erase_file(scan, tmp_path / "out.png")
    assert (tmp_path / "out.png").exists() and summary.size == page.shape[:2]
    (erased,) = restorer.erase_pages(scan)
    assert isinstance(erased, ErasedPage) and np.array_equal(erased.before, page)
