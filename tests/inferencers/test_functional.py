import torch
from torch import nn

from restorekit.inferencers import predict_padded
from restorekit.inferencers.functional import pad_reflect, reflect_indices


def image_of(height, width):
    return torch.rand(1, 3, height, width, generator=torch.Generator().manual_seed(0))


def test_reflection_equals_torch_where_torch_can_and_goes_on_where_it_cannot():
    image = image_of(6, 9)
    expected = nn.functional.pad(image, (4, 3, 5, 2), mode="reflect")
    assert torch.equal(pad_reflect(image, 5, 2, 4, 3), expected)
    assert reflect_indices(3, 5, 4).tolist() == [1, 0, 1, 2, 1, 0, 1, 2, 1, 0, 1, 2]
    assert reflect_indices(1, 2, 2).tolist() == [0] * 5


def test_padding_to_a_multiple_is_cropped_again():
    seen = []

    def predict(x):
        seen.append(tuple(x.shape[-2:]))
        return x

    image = image_of(5, 33)
    assert torch.equal(predict_padded(predict, image, multiple=32), image)
    assert seen == [(32, 64)]
