import numpy as np
import pytest
import torch

from restorekit.inferencers import Chain, InkColour, MaskComposite, TextScaled, Tiled
from restorekit.inferencers.editing import edit_inferencer
from restorekit.inferencers.streaming import stream, with_less_memory
from tests.inferencers.test_text_size import page_of

SCALED = dict(least=12, most=30, target=20)


def letters(height, **options):
    """``(1, 3, H, W)`` of a page with letters so tall, bold ones where they are large."""
    page = torch.from_numpy(page_of(height, **{"bold": height > 30, **options}))
    return page.float().div(255).expand(1, 3, -1, -1).contiguous()


class Erase:
    """Whitens what is dark, and remembers the sizes it was given."""

    def __init__(self, masked=True):
        self.sizes, self.masked = [], masked

    def __call__(self, image):
        self.sizes.append(tuple(image.shape[-2:]))
        dark = (image.amin(1, keepdim=True) < 0.6).float()
        restored = torch.lerp(image, torch.ones_like(image), dark)
        return torch.cat([restored, dark], 1) if self.masked else restored


@pytest.mark.parametrize(
    ("height", "size"),
    [(12, (600, 800)), (30, (600, 800)), (40, (300, 400)), (8, (1200, 1600)), (10, (1200, 1600))],
)
def test_letters_come_at_the_size_wanted(height, size):
    predict = Erase()
    output = TextScaled(**SCALED)(predict, letters(height))
    assert predict.sizes == [size]
    assert output.shape == (1, 4, 600, 800)


def test_large_letters_of_thin_strokes_are_large_writing_and_stay():
    predict = Erase()
    TextScaled(**SCALED)(predict, letters(60, bold=False))
    assert predict.sizes == [(600, 800)]


def test_strokes_get_no_thinner_than_the_network_knows_them():
    page = np.full((600, 800), 240, np.uint8)
    for place in range(40):
        y, x = 20 + 100 * (place // 20), 20 + 38 * (place % 20)
        page[y : y + 60, x : x + 12] = 30  # strokes of 2 * 720 / 140 px, and letters of 60
    predict = Erase()
    TextScaled(**SCALED)(predict, torch.from_numpy(page).float().div(255).expand(1, 3, -1, -1))
    factor = 4 / (2 * 720 / 140)
    assert predict.sizes == [(round(600 * factor), round(800 * factor))]


def test_print_that_came_back_keeps_the_sharpness_of_the_page():
    image, erase = letters(40), Erase()

    def predict(page):
        """All is erased, but the left half comes back."""
        output = erase(page)
        half = page.shape[-1] // 2
        output[:, :3, :, :half] = page[..., :half]
        output[:, 3, :, :half] *= 0.49
        return output

    output = TextScaled(**SCALED)(predict, image)
    assert torch.equal(output[:, :3, :, :390], image[..., :390])
    assert output[:, :3, :, 410:].mean() > image[..., 410:].mean() + 0.05


@pytest.mark.parametrize(("level", "mask"), [(1.0, 0.49), (None, 1.0)])
def test_what_was_changed_or_is_ink_is_taken_as_restored(level, mask):
    image = letters(40)

    def predict(page):
        restored = page if level is None else torch.full_like(page, level)
        return torch.cat([restored, torch.full_like(page[:, :1], mask)], 1)

    output = TextScaled(**SCALED)(predict, image)[:, :3]
    if level is None:
        assert not torch.equal(output, image)
    else:
        assert (output - image)[image < 0.5].min() > 0.8


@pytest.mark.parametrize(("height", "finished"), [(20, False), (40, True), (8, False)])
def test_a_page_that_was_scaled_down_is_finished_at_its_own_size(monkeypatch, height, finished):
    image, pages = letters(height), []

    def around(self, bands, read, size):
        pages.append(read(*map(torch.arange, size)))
        return bands(read, size)

    monkeypatch.setattr(InkColour, "around", around)
    output = TextScaled(**SCALED, finish={"type": "InkColour"})(Erase(), image)
    assert torch.equal(output, TextScaled(**SCALED)(Erase(), image))
    assert len(pages) == finished and all(torch.equal(page, image) for page in pages)


@pytest.mark.parametrize("height", [8, 20, 40])
def test_ink_goes_and_the_rest_stays_bit_for_bit(height):
    image = letters(height)
    output = TextScaled(**SCALED)(Erase(), image)
    dark = image.amin(1, keepdim=True) < 0.5
    assert output[:, :3].masked_select(dark.expand(-1, 3, -1, -1)).mean() > 0.85
    near = torch.nn.functional.max_pool2d(dark.float(), 33, 1, 16) > 0
    far = ~near.expand(-1, 3, -1, -1)
    assert far.any()
    assert torch.equal(output[:, :3][far], image[far])
    assert (output[:, 3:][~near] == 0).all()


@pytest.mark.parametrize("height", [8, 20, 40])
def test_without_a_mask_the_change_is_added(height):
    image = letters(height)
    nothing = TextScaled(**SCALED)(lambda page: page, image)
    torch.testing.assert_close(nothing, image)
    output = TextScaled(**SCALED)(Erase(masked=False), image)
    assert output.shape == image.shape
    assert output[image < 0.5].mean() > 0.5 > 3 * image[image < 0.5].mean()


@pytest.mark.parametrize("height", [8, 20, 40])
def test_streamed_pages_are_those_of_the_chain(height):
    image = letters(height, shape=(700, 640))
    chain = [TextScaled(**SCALED), Tiled(tile=256, margin=32), MaskComposite()]

    def read(rows, columns):
        return image.index_select(-2, rows).index_select(-1, columns)

    bands = list(stream(chain, Erase(), read, (700, 640)))
    assert [first for first, _ in bands][0] == 0
    whole = torch.cat([band for _, band in bands], -2)
    assert torch.equal(whole, Chain(inferencers=chain)(Erase(), image))
    assert len(bands) > 1, "the page was held whole"


def test_pages_of_a_batch_are_scaled_each_by_its_own_letters():
    predict = Erase()
    TextScaled(**SCALED)(predict, torch.cat([letters(20), letters(40)]))
    assert predict.sizes == [(600, 800), (300, 400)]


def test_a_page_without_letters_is_left_at_its_size():
    predict = Erase()
    TextScaled(**SCALED)(predict, torch.ones(1, 3, 50, 3000))
    assert predict.sizes == [(50, 3000)]


def test_other_tiles_and_flips_stay_inside():
    config = {"type": "Chain", "inferencers": [{"type": "TextScaled", **SCALED}, {"type": "MaskComposite"}]}
    kinds = [item["type"] for item in edit_inferencer(config, tile=512, tta="h")["inferencers"]]
    assert kinds == ["TextScaled", "Tiled", "MaskComposite", "FlipAverage"]
    smaller = with_less_memory([TextScaled(**SCALED), MaskComposite()])
    assert [type(item) for item in smaller] == [TextScaled, Tiled, MaskComposite]


@pytest.mark.parametrize("wrong", [dict(least=0), dict(target=40), dict(target=5), dict(largest_factor=0.5)])
def test_settings_out_of_order_are_refused(wrong):
    with pytest.raises(ValueError, match="expected 0 < least <= target <= most"):
        TextScaled(**{**SCALED, **wrong})


def test_only_what_takes_whole_pages_can_finish():
    with pytest.raises(ValueError, match="finish must be an inferencer of whole pages.*MaskComposite"):
        TextScaled(**SCALED, finish={"type": "MaskComposite"})
