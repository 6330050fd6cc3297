import pytest
import torch

from restorekit.inferencers import Chain, ComponentVote, MaskComposite, PaperFill, Tiled

PAPER = 0.9


def page(height=96, width=160):
    return torch.full((1, 3, height, width), PAPER)


def stroke(image, top, left, height=20, width=4, level=0.1):
    image[..., top : top + height, left : left + width] = level


def predicting(restored, probability):
    return lambda image: torch.cat([restored, probability], 1)


def test_a_stroke_that_is_mostly_ink_becomes_paper_as_a_whole():
    image = page()
    stroke(image, 20, 40)
    restored, probability = image.clone(), torch.zeros_like(image[:, :1])
    restored[..., 20:38, 40:44] = 0.85  # its last two rows were left standing
    probability[..., 20:38, 40:44] = 1
    output = ComponentVote()(predicting(restored, probability), image)
    torch.testing.assert_close(output[:, :3], page())
    mask = output[:, 3:]
    assert (mask[..., 20:38, 40:44] == 1).all()  # as sure as it was
    torch.testing.assert_close(mask[..., 38:40, 40:44], torch.full((1, 1, 2, 4), 0.51))
    assert (mask[..., :, 60:] == 0).all()


def test_print_that_the_network_left_below_ink_stays_and_traces_go():
    image = page()
    stroke(image, 20, 40)
    image[..., 24:26, 30:42] = 0.2  # a printed bar that the stroke crosses, and that is taken for ink with it
    restored, probability = page(), (image[:, :1] < 0.5).float()
    restored[..., 24:26, 30:42] = 0.22
    restored[..., 26, 40:43] = 0.6  # its soft edge
    restored[..., 34:36, 40:44] = 0.3  # four px: a trace
    given = torch.cat([restored, probability], 1)
    output = ComponentVote()(lambda part: given, image)
    assert torch.equal(output[..., 24:27, 30:43], given[..., 24:27, 30:43])
    torch.testing.assert_close(output[:, :3, 30:], page()[..., 30:, :])
    torch.testing.assert_close(ComponentVote(least=13)(lambda part: given, image)[:, :3], page())
    output = ComponentVote(least=4)(lambda part: given, image)
    assert torch.equal(output[..., 34:36, 40:44], given[..., 34:36, 40:44])


def test_a_short_piece_below_ink_stays_beside_print():
    image = page()
    stroke(image, 20, 40)
    restored, probability = page(), (image[:, :1] < 0.5).float()
    restored[..., 34:36, 40:44] = 0.3
    given = torch.cat([restored, probability], 1)
    for gap, stays in ((11, False), (10, True)):  # px from the print to the piece
        beside, expected = image.clone(), given.clone()
        stroke(beside, 30, 40 - gap - 3)
        stroke(expected[:, :3], 30, 40 - gap - 3)
        output = ComponentVote()(lambda part, expected=expected: expected, beside)
        assert torch.equal(output[..., 34:36, 40:44], expected[..., 34:36, 40:44]) == stays


def test_a_speck_below_ink_goes_even_beside_print_and_so_does_what_is_pale_there():
    image = page()
    stroke(image, 20, 40)
    stroke(image, 30, 34)  # print
    restored, probability = image.clone(), torch.zeros_like(image[:, :1])
    restored[..., 20:40, 40:44], probability[..., 20:40, 40:44] = PAPER, 1
    expected = torch.cat([restored, probability], 1)
    given = expected.clone()
    given[:, :3, 34:36, 40:42] = 0.3
    torch.testing.assert_close(ComponentVote()(lambda part: given, image)[:, :3], expected[:, :3])
    image[..., 20:40, 40:44] = 0.6  # pale ink
    given[:, :3, 34:36, 40:44] = 0.7  # two thirds of it, but hardly darker than paper
    torch.testing.assert_close(ComponentVote()(lambda part: given, image)[:, :3], expected[:, :3])
    given[:, :3, 34:36, 40:44] = 0.65
    assert torch.equal(
        ComponentVote()(lambda part: given, image)[..., 34:36, 40:44], given[..., 34:36, 40:44]
    )


def test_ink_that_the_network_forgot_is_no_print_below_it():
    image = page()
    stroke(image, 20, 40)
    restored, probability = page(), (image[:, :1] < 0.5).float()
    restored[..., 20:31, 40:44] = 0.1  # over half of the stroke
    torch.testing.assert_close(ComponentVote()(predicting(restored, probability), image)[:, :3], page())
    restored[..., 29:31, 40:44] = PAPER
    output = ComponentVote()(predicting(restored, probability), image)
    assert torch.equal(output[..., 20:29, 40:44], torch.cat([restored, probability], 1)[..., 20:29, 40:44])


def test_what_is_left_pale_below_ink_goes():
    image = page()
    stroke(image, 20, 40)
    restored, probability = page(), (image[:, :1] < 0.5).float()
    restored[..., 22:30, 40:44] = 0.55  # by 0.35, where the ink is darker than paper by 0.8
    torch.testing.assert_close(ComponentVote()(predicting(restored, probability), image)[:, :3], page())


def test_print_that_is_mostly_no_ink_comes_back():
    image = page()
    stroke(image, 20, 40)
    restored, probability = image.clone(), torch.zeros_like(image[:, :1])
    restored[..., 20:26, 40:44], probability[..., 20:26, 40:44] = PAPER, 1
    output = ComponentVote()(predicting(restored, probability), image)
    assert torch.equal(output[:, :3], image)
    torch.testing.assert_close(output[:, 3:], probability.clamp(max=0.49))


def test_the_undecided_and_the_large_stay_as_the_network_left_them():
    image = page()
    stroke(image, 20, 40)
    stroke(image, 10, 10, height=80)
    restored, probability = image.clone(), torch.zeros_like(image[:, :1])
    restored[..., 20:32, 40:44], probability[..., 20:32, 40:44] = PAPER, 1  # 0.6 of it
    restored[..., 10:80, 10:14], probability[..., 10:80, 10:14] = PAPER, 1  # 0.9 of it, but it is too high
    given = torch.cat([restored, probability], 1)
    assert torch.equal(ComponentVote()(lambda part: given, image), given)
    assert not torch.equal(ComponentVote(size=80)(lambda part: given, image), given)


def test_soft_edges_share_the_fate_of_their_stroke_and_neighbours_do_not():
    image = page()
    stroke(image, 20, 40)
    image[..., 20:40, 38:40] = image[..., 20:40, 44:46] = 0.8
    stroke(image, 20, 46)
    restored, probability = image.clone(), torch.zeros_like(image[:, :1])
    probability[..., 20:40, 40:44] = 1
    output = ComponentVote()(predicting(restored, probability), image)
    torch.testing.assert_close(output[:, :3, :, :45], page()[..., :45])
    torch.testing.assert_close(output[:, :3, :, 45:], image[..., 45:])


def test_the_noise_of_a_dark_page_has_no_vote():
    generator = torch.Generator().manual_seed(0)
    image = 0.12 + 0.02 * torch.randn(page().shape, generator=generator)
    restored = torch.full_like(image, 0.12)
    given = torch.cat([restored, torch.zeros_like(image[:, :1])], 1)
    assert torch.equal(ComponentVote()(lambda part: given, image), given)


def test_where_there_is_no_paper_nothing_is_erased():
    image = page()
    stroke(image, 20, 40)
    given = torch.cat([image, torch.full_like(image[:, :1], 0.95)], 1)
    assert torch.equal(ComponentVote()(lambda part: given, image), given)


def test_every_picture_of_a_batch_has_its_own_vote():
    image = page().repeat(2, 1, 1, 1)
    stroke(image, 20, 40)
    probability = torch.zeros_like(image[:, :1])
    probability[1, :, 20:40, 40:44] = 1
    output = ComponentVote()(predicting(image, probability), image)
    assert torch.equal(output[0, :3], image[0])
    torch.testing.assert_close(output[1, :3], page()[0])


def test_tiles_with_a_margin_of_64_change_nothing():
    image = page(260, 300)
    generator = torch.Generator().manual_seed(0)
    for top, left in torch.randint(0, 200, (60, 2), generator=generator).tolist():
        stroke(image, top, left, height=30, width=3)
    for row, size in enumerate(
        (58, 60, 62, 64, 66, 70)
    ):  # across the seam at column 64, up to where a tile ends
        stroke(image, 240 + 3 * row, 62, height=2, width=size)

    def predict(part):  # of a pixel alone
        return torch.cat([(part + 1) / 2, (part[:, :1] < 0.5).float()], 1)

    chain = Chain(inferencers=[PaperFill(), ComponentVote(), MaskComposite()])
    whole = chain(predict, image)
    assert not torch.equal(whole[:, :3], image)
    tiled = Tiled(tile=192, margin=64, extend="none")(lambda part: chain(predict, part), image)
    torch.testing.assert_close(tiled, whole)


def test_it_goes_between_tiles_and_the_composite():
    image = page()
    stroke(image, 20, 40)
    probability = (image[:, :1] < 0.5).float()
    chain = Chain(inferencers=[Tiled(tile=512, margin=64, extend="none"), ComponentVote(), MaskComposite()])
    output = chain(predicting((image + PAPER) / 2, probability), image)
    torch.testing.assert_close(output[:, :3], page())


def test_without_a_mask_it_says_so():
    with pytest.raises(ValueError, match="predicts none"):
        ComponentVote()(lambda image: image, torch.zeros(1, 3, 8, 8))


@pytest.mark.parametrize(
    "arguments", [dict(keep=0.9), dict(keep=-0.1), dict(erase=1.1), dict(dark=1), dict(size=0), dict(rim=-1)]
)
def test_bad_arguments_are_refused(arguments):
    with pytest.raises(ValueError, match="expected 0 <= keep <= erase <= 1"):
        ComponentVote(**arguments)
