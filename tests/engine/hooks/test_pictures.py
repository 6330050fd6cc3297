import numpy as np
import torch

from restorekit.engine.hooks.pictures import most_inked_window, strip


def test_the_window_holds_the_most_ink_and_stays_on_the_page():
    mask = np.zeros((50, 60), np.float32)
    mask[40:44, 52:58] = 1
    mask[5:8, 5:8] = 1
    rows, columns = most_inked_window(mask, 16)
    assert (rows.stop - rows.start, columns.stop - columns.start) == (16, 16)
    assert rows.start <= 40 and rows.stop >= 44 and columns.start <= 52 and columns.stop >= 58
    rows, columns = most_inked_window(mask, 100)
    assert (rows, columns) == (slice(0, 50), slice(0, 60))


def test_a_strip_shows_input_restored_target_and_masks():
    image, target, mask = torch.zeros(3, 4, 5), torch.ones(3, 4, 5), torch.ones(1, 4, 5)
    prediction = torch.full((4, 4, 5), 0.2)
    picture = strip(image, prediction, target, mask)
    assert picture.shape == (4, 25, 3)
    assert [int(picture[0, 5 * i, 0]) for i in range(5)] == [0, 51, 255, 51, 255]
    assert strip(image, prediction[:3], target, mask).shape == (4, 20, 3)
