import numpy as np
import pytest
import torch

from restorekit.images import to_array, to_tensor


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_every_level_survives_the_way_there_and_back(dtype):
    levels = np.arange(np.iinfo(dtype).max + 1, dtype=dtype)
    array = np.stack([levels.reshape(16, -1)] * 3, axis=2)
    tensor = to_tensor(array)
    assert tensor.shape == (3, *array.shape[:2]) and tensor.min() == 0 and tensor.max() == 1
    np.testing.assert_array_equal(to_array(tensor, dtype), array)
    assert torch.equal(to_tensor(array[..., 0]), tensor[:1])


def test_values_outside_are_clamped_and_halves_go_to_even():
    assert to_array(torch.tensor([[[-1.0, 2.0, 0.5 / 255, 1.5 / 255]]])).ravel().tolist() == [0, 255, 0, 2]
