import cv2
import numpy as np
import pytest
import torch
from torch.nn import functional as F

from restorekit.inferencers.morphology import component_means, dilated, maximum_filter


@pytest.mark.parametrize("reach", [0, 1, 4, 9])
def test_the_filter_takes_the_maximum_over_a_square(reach):
    planes = torch.rand(2, 3, 17, 5, generator=torch.Generator().manual_seed(0)) - 0.5
    assert torch.equal(maximum_filter(planes, reach), F.max_pool2d(planes, 2 * reach + 1, 1, reach))


def test_dilated_reaches_so_many_rows_and_columns():
    where = np.zeros((5, 7), bool)
    where[2, 3] = True
    found = dilated(where, 1, 2)
    assert found.dtype == bool and found[1:4, 1:6].all() and found.sum() == 15


def test_means_over_components_of_eight_neighbours():
    where = np.array([[1, 0, 0, 1], [0, 1, 0, 1]], bool)
    labels, stats, means = component_means(where, np.array([[0.1, 0.6, 0.9, 0.5], [0.6, 0.3, 0.3, 1.0]]))
    assert labels.tolist() == [[1, 0, 0, 2], [0, 1, 0, 2]]
    assert stats[:, cv2.CC_STAT_AREA].tolist() == [4, 2, 2]
    np.testing.assert_allclose(means, [0.6, 0.2, 0.75])
