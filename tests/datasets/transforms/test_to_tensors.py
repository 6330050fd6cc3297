import numpy as np
import pytest
import torch
from torch.utils.data import default_collate

from restorekit.datasets.transforms import ToTensors
from restorekit.engine.restoration_model import UnitRangePreprocessor


def sample():
    image = np.arange(2 * 3 * 3, dtype=np.uint8).reshape(2, 3, 3)
    return {"image": image, "target": 255 - image, "mask": image[..., 0] * 15, "name": "a", "extra": 1}


def test_a_sample_becomes_a_batch_item():
    item = ToTensors().transform(sample())
    assert set(item) == {"image", "target", "mask", "name"} and item["name"] == "a"
    assert item["image"].shape == (3, 2, 3) and item["mask"].shape == (1, 2, 3)
    for key in ("image", "target", "mask"):
        assert item[key].dtype == torch.float32 and item[key].is_contiguous()
    assert item["image"][2, 1, 0] == np.float32(11) / np.float32(255)
    assert item["target"][0, 0, 0] == 1.0
    assert torch.equal(item["mask"][0], torch.tensor([[0, 45, 90], [135, 180, 225]]) / 255)


def test_every_level_survives_the_way_back():
    levels = np.arange(256, dtype=np.uint8)[None]
    item = ToTensors().transform(
        {
            "image": levels[..., None].repeat(3, 2),
            "target": levels[..., None].repeat(3, 2),
            "mask": levels,
            "name": "a",
        }
    )
    assert (item["mask"] * 255).round().byte()[0, 0].tolist() == list(range(256))
    assert item["mask"].max() == 1.0


def test_tensors_own_their_memory():
    page = sample()
    item = ToTensors().transform(page)
    page["image"][:] = 0
    assert item["image"].max() > 0


def test_a_missing_mask_says_what_to_add():
    page = sample()
    del page["mask"]
    with pytest.raises(ValueError, match="sample 'a' has no mask: put dict.type='MaskFromPair'. before"):
        ToTensors().transform(page)


def test_bytes_come_to_the_same_numbers_in_the_model():
    as_bytes, scaled = ToTensors(as_bytes=True).transform(sample()), ToTensors().transform(sample())
    assert as_bytes["image"].dtype == as_bytes["mask"].dtype == torch.uint8
    prepared = UnitRangePreprocessor()(default_collate([as_bytes]))
    assert prepared["name"] == ["a"]
    for key in ("image", "target", "mask"):
        assert torch.equal(prepared[key][0], scaled[key])


def test_sixteen_bits_are_not_cut_to_bytes():
    deep = {**sample(), "image": np.zeros((2, 3, 3), np.uint16)}
    with pytest.raises(ValueError, match="'a' is not of 8 bits: leave out as_bytes"):
        ToTensors(as_bytes=True).transform(deep)
