import pytest
import torch

from restorekit.inferencers import Chain, InkColour, Tiled
from restorekit.inferencers.editing import edit_inferencer
from restorekit.inferencers.functional import reader
from restorekit.inferencers.inks import chroma, hues
from restorekit.inferencers.streaming import stream, with_less_memory

PAPER = torch.tensor([0.95, 0.93, 0.9])
RED = torch.tensor([0.1, 1.2, 0.9])
PRINT = torch.tensor([1.0, 1.0, 1.0])


class Page:
    """A sheet to print and write on in optical densities, and what a network makes of it."""

    def __init__(self, height=200, width=320):
        self.badly = torch.zeros(height, width, dtype=bool)
        self.below, self.ink = torch.zeros(3, height, width), torch.zeros(3, height, width)
        self.probability = torch.zeros(height, width)

    def print(self, rows, columns, density=PRINT):
        self.below[:, rows, columns] = density[:, None, None]

    def write(self, rows, columns, density=RED, *, probability):
        self.ink[:, rows, columns] = density[:, None, None]
        self.probability[rows, columns] = probability

    @property
    def clean(self):
        return (PAPER[:, None, None] * torch.exp(-self.below))[None]

    @property
    def image(self):
        return self.clean * torch.exp(-self.ink)[None]

    def predict(self, image):
        """Takes ink off where it is over half as probable as not, as all networks do more or less."""
        restored = torch.where((self.probability > 0.5) & ~self.badly, self.clean, image)
        return torch.cat([restored, self.probability[None, None]], 1)


@pytest.fixture
def page():
    page = Page()
    page.print(slice(100, 110), slice(20, 300))
    page.write(slice(30, 60), slice(40, 80), probability=1)
    return page


def test_what_bears_the_colour_of_erased_ink_goes_and_print_below_it_stays(page):
    page.write(slice(95, 115), slice(50, 56), probability=0.2)
    output = InkColour()(page.predict, page.image)
    assert (page.image - page.clean).abs()[..., 95:115, 50:56].max() > 0.5
    torch.testing.assert_close(output[:, :3], page.clean, atol=0.02, rtol=0)
    assert (output[0, 3, 95:115, 50:56] == torch.tensor(0.51)).all()
    elsewhere = torch.ones(200, 320, dtype=bool)
    elsewhere[93:117, 48:58] = False
    assert torch.equal(output[..., elsewhere], page.predict(page.image)[..., elsewhere])


def test_the_lighter_ink_of_a_stroke_goes_too_and_its_soft_edge(page):
    page.write(slice(95, 115), slice(50, 56), 0.5 * RED, probability=0.2)
    page.write(slice(95, 115), slice(49, 50), 0.1 * RED, probability=0)
    page.write(slice(95, 115), slice(46, 47), 0.1 * RED, probability=0)
    output = InkColour()(page.predict, page.image)
    torch.testing.assert_close(output[0, :3, :, 48:], page.clean[0, :, :, 48:], atol=0.02, rtol=0)
    assert torch.equal(output[0, :3, 95:115, 46], page.image[0, :, 95:115, 46])  # out of reach


def unchanged(page, **options):
    return torch.equal(InkColour(**options)(page.predict, page.image), page.predict(page.image))


def test_what_the_network_does_not_doubt_stays(page):
    page.write(slice(150, 160), slice(50, 60), probability=0.04)
    assert unchanged(page)
    assert not unchanged(page, doubt=0.03)
    page.write(slice(150, 160), slice(60, 63), probability=0.2)  # hangs together with it: 0.077 in the mean
    assert not unchanged(page)
    page.write(slice(150, 160), slice(60, 63), probability=0.05)
    assert unchanged(page)


def test_print_of_another_colour_in_the_soft_edge_stays(page):
    page.write(slice(95, 115), slice(50, 56), probability=0.2)
    page.print(slice(95, 99), slice(56, 58), torch.tensor([1.2, 0.9, 0.1]))
    output = InkColour()(page.predict, page.image)
    assert torch.equal(output[..., 95:99, 56:58], page.predict(page.image)[..., 95:99, 56:58])


def test_what_the_network_decided_is_its_own(page):
    page.write(slice(95, 115), slice(50, 56), probability=0.7)
    page.badly[95:115, 50:56] = True
    assert unchanged(page)


def test_pens_whose_hue_varies_and_pixels_erased_without_being_sure_count():
    page = Page()
    page.write(slice(150, 160), slice(50, 60), probability=0.2)
    page.write(slice(20, 30), slice(40, 48), torch.tensor([0.1, 1.2, 0.9]), probability=1)
    page.write(slice(40, 50), slice(40, 48), torch.tensor([0.1, 1.1, 1.0]), probability=1)
    assert (hues(RED), hues(torch.tensor([0.1, 1.1, 1.0]))) == (16, 17)
    page.write(slice(60, 80), slice(40, 80), probability=0.6)
    assert not unchanged(page)
    page.write(slice(60, 80), slice(40, 80), probability=0.04)
    assert unchanged(page)


def test_what_the_network_left_pale_or_of_another_colour_stays(page):
    page.write(slice(130, 150), slice(50, 56), probability=0.2)
    for density in (0.08 * RED, torch.tensor([1.2, 0.9, 0.1])):
        given = page.predict(page.image)
        given[0, :3, 130:150, 50:56] = (PAPER * torch.exp(-density))[:, None, None]
        assert torch.equal(InkColour()(lambda _, given=given: given.clone(), page.image), given)


def test_a_colour_that_print_has_as_well_says_nothing(page):
    page.write(slice(95, 115), slice(50, 56), probability=0.2)
    page.print(slice(150, 160), slice(40, 62), RED)  # 220 pixels, and 1200 were erased
    assert unchanged(page)
    assert not unchanged(page, pure=0.84)


def test_what_the_network_doubts_counts_neither_for_print_nor_for_ink(page):
    page.write(slice(150, 190), slice(40, 140), probability=0.05)
    assert not unchanged(page)
    page.write(slice(150, 190), slice(40, 140), probability=0.049)
    page.write(slice(195, 199), slice(40, 50), probability=0.3)
    assert unchanged(page)


@pytest.mark.parametrize("other", [torch.tensor([1.2, 0.9, 0.1]), torch.tensor([1.0, 1.2, 1.1])])
def test_another_colour_and_nearly_black_ink_stay(page, other):
    page.write(slice(95, 115), slice(50, 56), other, probability=0.2)
    assert unchanged(page)


def test_ink_that_is_hardly_coloured_stays():
    page = Page()
    for colour, stays in ((torch.tensor([0.5, 0.8, 0.7]), True), (torch.tensor([0.4, 0.8, 0.7]), False)):
        page.write(slice(10, 28), slice(100, 200), colour, probability=1)
        page.write(slice(95, 115), slice(50, 56), colour, probability=0.2)
        assert unchanged(page) is stays


def test_too_little_ink_to_tell_its_colour():
    page = Page()
    page.write(slice(10, 19), slice(10, 21), probability=1)
    page.write(slice(40, 50), slice(50, 51), probability=0.2)
    assert unchanged(page)
    page.write(slice(10, 19), slice(10, 23), probability=1)
    assert not unchanged(page)


def test_a_page_without_colour_streams_and_one_with_colours_gives_the_same_as_at_once():
    page = Page(1300, 320)
    page.write(slice(30, 60), slice(40, 80), probability=1)
    page.write(slice(500, 530), slice(50, 56), probability=0.2)  # across what is read at once
    chain = [InkColour(), Tiled(tile=256, margin=32, batch_size=1)]

    def predict(tile):
        seen = (tile[:, 1:2] < 0.4).float()
        return torch.cat([torch.lerp(tile, page.clean[:, :, :1, :1], (seen > 0.5).float()), seen], 1)

    torch.testing.assert_close(
        torch.cat([band for _, band in stream(chain, predict, reader(page.image), (1300, 320))], -2),
        Chain(inferencers=chain)(predict, page.image),
        atol=0,
        rtol=0,
    )
    page.write(slice(1200, 1230), slice(40, 80), probability=1)
    page.write(slice(1240, 1250), slice(50, 56), probability=0.2)
    page.print(slice(40, 70), slice(200, 300), RED)
    page.print(slice(40, 70), slice(100, 190), 0.05 * RED)
    assert unchanged(page)
    page.print(slice(40, 70), slice(200, 300), PRINT)
    output = InkColour()(page.predict, page.image)
    torch.testing.assert_close(output[:, :3], page.clean, atol=0.02, rtol=0)
    grey = page.image.mean(1, keepdim=True).expand(-1, 3, -1, -1)
    bands = list(stream(chain, predict, reader(grey), (1300, 320)))
    assert len(bands) > 5
    assert torch.equal(torch.cat([band for _, band in bands], -2), chain[1](predict, grey))


def test_each_page_of_a_batch_has_its_own_colours(page):
    page.write(slice(95, 115), slice(50, 56), probability=0.2)
    other = Page()
    other.write(slice(95, 115), slice(50, 56), probability=0.2)
    images = torch.cat([page.image, other.image])
    outputs = torch.cat([page.predict(page.image), other.predict(other.image)])
    given = iter(outputs.split(1))
    result = InkColour()(lambda _: next(given), images)
    assert torch.equal(result[:1], InkColour()(page.predict, page.image))
    assert torch.equal(result[1:], outputs[1:])


def test_hues_go_around_the_greys():
    densities = torch.tensor(
        [[1, 0, 0.1], [0.1, 1, 0], [0, 0.1, 1]]
    )  # each column's two others turn it by 5 degrees
    assert hues(densities).tolist() == [0, 12, 24]
    assert hues(3 * densities + 0.7).tolist() == [0, 12, 24]
    torch.testing.assert_close(chroma(densities), torch.full((3,), 0.7789), atol=1e-4, rtol=0)
    torch.testing.assert_close(chroma(torch.full((3, 2), 0.8)), torch.zeros(2))


def test_what_it_cannot_work_with_is_said(page):
    for options in (dict(pure=0), dict(pure=1.1), dict(doubt=-0.1), dict(doubt=1.1)):
        with pytest.raises(ValueError, match="expected 0 < pure"):
            InkColour(**options)
    with pytest.raises(ValueError, match="InkColour needs the mask"):
        InkColour()(lambda image: image, page.image)


def test_it_stays_outside_of_tiles_that_the_command_line_names():
    chain = dict(
        type="Chain", inferencers=[dict(type="TextScaled"), dict(type="InkColour"), dict(type="PaperFill")]
    )
    edited = edit_inferencer(chain, tile=512, margin=64)["inferencers"]
    assert [item["type"] for item in edited] == ["TextScaled", "InkColour", "Tiled", "PaperFill"]


def test_tiles_for_too_little_memory_come_after_it():
    chain = with_less_memory([lambda: None]), with_less_memory([InkColour(), InkColour()])
    assert [[type(item).__name__ for item in items] for items in chain] == [
        ["Tiled", "function"],
        ["InkColour", "InkColour", "Tiled"],
    ]
