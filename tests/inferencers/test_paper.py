import pytest
import torch

from restorekit.inferencers.paper import page_likeness, paper_around, paper_level

PAPER = torch.tensor([0.9, 0.85, 0.7])


def test_paper_is_the_light_around_and_not_print_nor_ink():
    picture = PAPER.view(1, 3, 1, 1).expand(1, 3, 96, 128).clone()
    paper = picture.clone()
    picture[..., ::4] = 0.1  # print
    picture[..., 60:64] = 1.0
    probability = torch.zeros_like(picture[:, :1])
    probability[..., 60:64] = 1.0
    around, found = paper_around(picture, probability)
    assert found.all()
    torch.testing.assert_close(around, paper)


def test_what_is_white_in_a_tinted_field_lies_on_the_white_around():
    picture = torch.ones(1, 3, 96, 96)
    picture[..., 30:66, 30:66] = 0.7
    picture[..., 46:50, 40:56] = 1.0  # a white letter
    probability = torch.zeros(1, 1, 96, 96)
    probability[..., 46:50, 40:56] = 1.0
    around, found = paper_around(picture, probability)
    assert found.all()
    torch.testing.assert_close(around[..., 47, 45:51], torch.ones(1, 3, 6))
    picture[..., 46:50, 40:56] = 0.6
    around, _ = paper_around(picture, probability)
    torch.testing.assert_close(around[..., 47, 45:51], torch.full((1, 3, 6), 0.7))


def test_the_level_is_that_of_most_of_the_brightest_surroundings():
    level = torch.full((1, 1, 160, 160), 0.9)
    level[..., 40:48, 40:48] = 1.0  # a white spot is no paper
    level[..., 100:, :] = 0.2  # nor is a dark band, near paper
    found = paper_level(level)
    torch.testing.assert_close(found[..., :100, :], level.new_full((1, 1, 100, 160), 0.9))
    assert found[..., 156:, :].max() < 0.5


def test_where_no_paper_is_near_none_is_found():
    dark = torch.full((1, 3, 64, 64), 0.3)
    _, found = paper_around(dark, torch.ones(1, 1, 64, 64))
    assert not found.any()


def picture(paper, level):
    """One whose first columns are paper, the rest darker and of all levels."""
    image = torch.rand(1, 1, 64, 100, generator=torch.Generator().manual_seed(0)).repeat(1, 3, 1, 1) * 0.4
    image[..., : round(100 * paper)] = level
    return image


@pytest.mark.parametrize(
    ("share", "likeness"), [(0.0, 0.0), (0.35, 0.0), (0.45, 0.5), (0.5, 0.75), (0.55, 1.0), (1.0, 1.0)]
)
@pytest.mark.parametrize("level", [0.6, 0.9, 1.0])
def test_a_page_is_told_by_its_share_of_paper_whatever_its_level(share, likeness, level):
    image = picture(share, level)
    assert page_likeness(image).item() == pytest.approx(likeness, abs=1e-5)
    uneven = image + torch.linspace(-0.03, 0.03, 64).view(1, 1, 64, 1)  # two levels up and two down
    assert page_likeness(uneven).item() == pytest.approx(likeness, abs=0.1)


def test_the_darkest_channel_counts_and_each_picture_is_judged_by_itself():
    red = torch.zeros(1, 3, 64, 100)
    red[:, 0] = 1
    assert page_likeness(torch.cat([red, picture(0.9, 0.9)])).flatten().tolist() == [0, 1]
