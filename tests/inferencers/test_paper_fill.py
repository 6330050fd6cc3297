import pytest
import torch

from restorekit.inferencers import Chain, MaskComposite, PaperFill, Tiled

PAPER = torch.tensor([0.9, 0.85, 0.7])


def page(height=96, width=128):
    return PAPER.view(1, 3, 1, 1).expand(1, 3, height, width).clone()


def predicting(restored, probability):
    return lambda image: torch.cat([restored, probability], 1)


def strokes():
    """Black ink in columns 32 to 35 and 80 to 83, of which 0.1 is left in the first and 0.7 in the second."""
    image, restored = page(), page()
    probability = torch.zeros_like(image[:, :1])
    for first, left in ((32, 0.1), (80, 0.7)):
        image[..., first : first + 4] = 0
        restored[..., first : first + 4] *= 1 - left
        probability[..., first : first + 4] = 1
    return image, restored, probability


def test_a_ghost_becomes_paper_and_what_keeps_more_stays():
    image, restored, probability = strokes()
    output = PaperFill()(predicting(restored, probability), image)
    torch.testing.assert_close(output[:, :3, :, :70], page()[..., :70])
    torch.testing.assert_close(output[:, :3, :, 70:], restored[..., 70:])
    assert torch.equal(output[:, 3:], probability)


def test_between_the_two_bounds_it_fades():
    image, restored, probability = strokes()
    image[..., 80:84] = page()[..., 80:84] * 0.8
    restored[..., 80:84] = page()[..., 80:84] * (1 - 0.45 * 0.2)
    output = PaperFill(grow=0)(predicting(restored, probability), image)
    expected = page()[..., 80:84] * (1 - 0.45 * 0.2 / 2)
    torch.testing.assert_close(output[:, :3, :, 80:84], expected)


def test_grey_print_below_black_ink_stays():
    """Little is left of the ink, but too much for a ghost; a pale rule, 0.1 darker than paper, is lost."""
    image, restored, probability = strokes()
    restored[..., 32:36] = page()[..., 32:36] * 0.75
    restored[..., 80:84] = page()[..., 80:84] * 0.9
    output = PaperFill()(predicting(restored, probability), image)
    torch.testing.assert_close(output[:, :3, :, :70], restored[..., :70])
    torch.testing.assert_close(output[:, :3, :, 70:], page()[..., 70:])


def test_what_is_unsurely_ink_stays():
    image, restored, probability = strokes()
    output = PaperFill()(predicting(restored, 0.9 * probability), image)
    assert torch.equal(output[:, :3], restored)


def test_pale_print_that_is_hardly_changed_stays():
    """It is near the paper, but most of it is left."""
    image, restored, probability = strokes()
    image[..., 32:36] = page()[..., 32:36] * 0.8
    restored[..., 32:36] = page()[..., 32:36] * 0.85
    output = PaperFill()(predicting(restored, probability), image)
    torch.testing.assert_close(output[:, :3, :, :70], restored[..., :70])


def test_what_is_a_little_too_bright_becomes_paper_and_white_letters_in_a_box_stay():
    image, restored, probability = strokes()
    image[..., 32:36] = page()[..., 32:36] * 0.75
    restored[..., 32:36] = page()[..., 32:36] * 1.1
    output = PaperFill()(predicting(restored, probability), image)
    torch.testing.assert_close(output[:, :3, :, :70], page()[..., :70])
    image[..., 48:], restored[..., 48:] = image[..., 48:] * 0.4, restored[..., 48:] * 0.4
    restored[..., 80:84] = 0.9
    output = PaperFill()(predicting(restored, probability), image)
    assert torch.equal(output[:, :3, :, 80:84], restored[..., 80:84])


def test_where_there_is_no_paper_nothing_is_filled():
    image, restored, probability = strokes()
    output = PaperFill()(predicting(restored, torch.ones_like(probability)), image)
    assert torch.equal(output[:, :3], restored)


def test_a_shaded_box_is_filled_with_its_own_shade():
    image, restored, probability = strokes()
    shade = torch.ones(128)
    shade[48:] = 0.7
    image, restored = image * shade, restored * shade
    restored[..., 80:84] = 0.9 * page()[..., 80:84] * 0.7
    output = PaperFill()(predicting(restored, probability), image)
    torch.testing.assert_close(output[:, :3, :, 80:84], 0.7 * page()[..., 80:84])


@pytest.mark.parametrize("tint", [0.93, 0.9, 0.85])
def test_a_low_tinted_field_keeps_its_tint(tint):
    image, clean, probability = page(160), page(160), torch.zeros(1, 1, 160, 128)
    for picture in (image, clean):
        picture[..., 68:92, :] *= tint
    image[..., 78:82, 20:108], probability[..., 78:82, 20:108] = 0, 1
    restored = torch.where(probability > 0, 0.97 * clean, image)
    output = PaperFill()(predicting(restored, probability), image)
    torch.testing.assert_close(output[:, :3], clean, atol=1e-5, rtol=0)


@pytest.mark.parametrize("value", [0.1, 0.5, 0.75, 0.85])
@pytest.mark.parametrize(("bar", "gap", "ink"), [(5, 3, 12), (8, 3, 14), (6, 1, 12), (12, 1, 8)])
def test_wide_ink_beside_a_printed_bar_becomes_paper(value, bar, gap, ink):
    clean, probability = page(160), torch.zeros(1, 1, 160, 128)
    clean[..., 78 - gap - bar : 78 - gap, 20:108] *= value
    image, restored = clean.clone(), clean.clone()
    image[..., 78 : 78 + ink, 20:108], probability[..., 78 : 78 + ink, 20:108] = 0, 1
    restored[..., 78 : 78 + ink, 20:108] *= 0.94
    output = PaperFill()(predicting(restored, probability), image)
    torch.testing.assert_close(output[:, :3], clean, atol=1e-3, rtol=0)


def test_a_tint_is_taken_only_where_it_is_nearer_to_what_the_network_restored():
    clean, probability = page(160), torch.zeros(1, 1, 160, 128)
    clean[..., 59:75, 20:108] *= 0.81  # a pale bar of 16 px
    image, restored = clean.clone(), clean.clone()
    image[..., 78:90, 20:108], probability[..., 78:90, 20:108] = 0, 1
    restored[..., 78:90, 20:108] *= 0.97
    output = PaperFill()(predicting(restored, probability), image)
    assert (output[:, :3] - clean).abs().max() < 20 / 255  # 44 with the tint


def test_tiles_with_a_margin_of_64_change_nothing():
    generator = torch.Generator().manual_seed(0)
    image = torch.rand(1, 3, 200, 264, generator=generator)

    def predict(part):  # of a pixel alone
        return torch.cat([(part + 1) / 2, (part[:, :1] > 0.998).float()], 1)

    fill = PaperFill(least=0.9, most=1)
    whole = fill(predict, image)
    assert not torch.equal(whole, predict(image))
    tiled = Tiled(tile=192, margin=64, extend="none")(lambda part: fill(predict, part), image)
    torch.testing.assert_close(tiled, whole)


def test_it_goes_between_tiles_and_the_composite():
    image, restored, probability = strokes()
    chain = Chain(inferencers=[Tiled(tile=512, margin=64, extend="none"), PaperFill(), MaskComposite()])
    output = chain(predicting(restored, probability), image)
    torch.testing.assert_close(output[:, :3, :, :70], page()[..., :70])


def test_sides_need_be_no_multiples():
    image = torch.rand(2, 3, 13, 5)
    output = PaperFill()(lambda part: torch.cat([part, part[:, :1]], 1), image)
    assert output.shape == (2, 4, 13, 5) and output.isfinite().all()


def test_without_a_mask_it_says_so():
    with pytest.raises(ValueError, match="predicts none"):
        PaperFill()(lambda image: image, torch.zeros(1, 3, 8, 8))


@pytest.mark.parametrize("arguments", [dict(least=0.6), dict(least=-0.1), dict(most=1.1)])
def test_bad_arguments_are_refused(arguments):
    with pytest.raises(ValueError, match="expected 0 <= least < most <= 1"):
        PaperFill(**arguments)


def test_photographs_are_left_alone_where_asked():
    image, restored, probability = strokes()
    filled = PaperFill(pages_only=True)(predicting(restored, probability), image)
    torch.testing.assert_close(filled, PaperFill()(predicting(restored, probability), image))
    image[:, :, 30:] = torch.rand(1, 1, 66, 128, generator=torch.Generator().manual_seed(0)) * 0.4
    output = PaperFill(pages_only=True)(predicting(restored, probability), image)
    assert torch.equal(output[:, :3], restored)
