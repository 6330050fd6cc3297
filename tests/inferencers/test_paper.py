import torch

from restorekit.inferencers.paper import paper_around, paper_level

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
