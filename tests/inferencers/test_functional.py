import pytest
import torch
from torch import nn

from restorekit.inferencers import predict_padded
from restorekit.inferencers.functional import pad_reflect, reader, reflect_indices, span


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


@pytest.mark.parametrize(
    ("places", "taken"), [([3, 4, 5], slice(3, 6)), ([7], slice(7, 8)), ([1, 0, 1], None), ([0, 2], None)]
)
def test_indices_that_follow_each_other_are_a_slice(places, taken):
    found = span(torch.tensor(places))
    assert found == taken if taken else torch.equal(found, torch.tensor(places))


@pytest.mark.parametrize("rows", [[1, 2], [1, 0]])
@pytest.mark.parametrize("columns", [[0, 1], [0, 2]])
def test_what_is_read_of_an_image_may_be_changed_and_the_image_stays(rows, columns):
    image = torch.arange(9.0).view(1, 1, 3, 3)
    read = reader(image)(torch.tensor(rows), torch.tensor(columns))
    assert read[0, 0].tolist() == [[float(3 * row + column) for column in columns] for row in rows]
    read.fill_(0)
    assert torch.equal(image, torch.arange(9.0).view(1, 1, 3, 3))
