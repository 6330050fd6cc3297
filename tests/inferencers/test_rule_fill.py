import pytest
import torch

from restorekit.inferencers import Chain, RuleFill, Tiled
from restorekit.inferencers.functional import reader
from restorekit.inferencers.streaming import stream

PAPER, RULE, INK = 0.9, 0.8, 0.1


class Page:
    """A sheet with a faint rule of 2 px, 320 px long, and what a network makes of it."""

    def __init__(self):
        self.clean = torch.full((1, 3, 160, 360), PAPER)
        self.clean[..., 60:62, 16:336] = RULE
        self.image, self.restored = self.clean.clone(), self.clean.clone()
        self.probability = torch.zeros(1, 1, 160, 360)

    def write(self, rows, columns):
        """Ink, of which the network leaves bare paper."""
        self.image[..., rows, columns] = INK
        self.restored[..., rows, columns] = PAPER
        self.probability[..., rows, columns] = 1

    def predict(self, image):
        return torch.cat([self.restored, self.probability], 1)

    def filled(self):
        return RuleFill()(self.predict, self.image)

    def all_planes(self):
        return self.clean, self.image, self.restored


@pytest.fixture
def page():
    return Page()


def assert_clean(output, page, within=1e-6):
    torch.testing.assert_close(output[:, :3], page.clean, atol=within, rtol=0)


def test_a_rule_is_drawn_on_where_it_was_lost_below_ink(page):
    page.write(slice(40, 80), slice(100, 250))
    output = page.filled()
    assert_clean(output, page)
    assert torch.equal(output[:, 3:], page.probability)


def test_a_grid_is_drawn_on_both_ways(page):
    for plane in page.all_planes():
        plane[..., 8:152, 160:162] = plane[..., 60:62, 16:336] = RULE
    page.write(slice(50, 72), slice(130, 190))
    assert_clean(page.filled(), page)


def test_it_goes_from_the_colour_of_one_end_to_that_of_the_other(page):
    colour = torch.tensor([0.5, 0.6, 0.8])[:, None, None]
    for plane in page.all_planes():
        plane[..., 60:62, 200:336] = colour
    page.write(slice(50, 72), slice(150, 250))
    drawn = page.filled()[0, :, 60]
    assert drawn[:3, 149] == pytest.approx([RULE] * 3, abs=0.01)
    torch.testing.assert_close(drawn[:3, 250:336], colour[:, 0].expand(-1, 86), atol=1e-6, rtol=0)
    steps = drawn[0, 149:251].diff()
    assert (steps <= 1e-6).all()
    assert steps.min() > -0.01


def test_a_sloping_rule_is_drawn_on_and_nothing_beside_it(page):
    rows, columns = torch.arange(160)[:, None], torch.arange(16, 336)
    middle = 40 + columns / 16
    for plane in page.all_planes():
        plane[:] = PAPER
        plane[..., 16:336] -= 0.2 * (1.5 - (rows - middle).abs()).clamp(0, 1)
    page.write(slice(40, 70), slice(140, 200))
    output = page.filled()
    assert_clean(output, page, within=0.07)
    beside = (rows - middle).abs() > 3
    assert (output[0, 0, :, 16:336][beside] == PAPER).all()


def test_print_beside_a_rule_is_not_drawn_with_it(page):
    for plane in page.all_planes():
        plane[..., 55, 30:140:4] = plane[..., 55, 200:320:4] = RULE
    page.write(slice(50, 72), slice(140, 200))
    assert_clean(page.filled(), page)


def test_a_row_of_letters_is_no_rule(page):
    for plane in page.all_planes():
        plane[:] = PAPER
        plane[..., 52:62, 16:336:3] = RULE
        plane[..., 60:62, 16:336] = RULE
    page.write(slice(50, 72), slice(140, 200))
    assert torch.equal(page.filled(), page.predict(None))


def test_what_came_in_lighter_than_the_rule_stays(page):
    page.write(slice(50, 72), slice(100, 160))
    page.image[..., 50:72, 120:124] = page.restored[..., 50:72, 120:124] = 1
    filled = page.filled()[0, 0, 60]
    assert (filled[120:124] == 1).all()
    assert filled[100:120] == pytest.approx(RULE)
    assert filled[124:160] == pytest.approx(RULE)


@pytest.mark.parametrize(("lighter", "drawn"), [(0.09, True), (0.11, False)])
def test_what_came_in_a_little_lighter_is_drawn_for_scans_have_grain(page, lighter, drawn):
    page.write(slice(50, 72), slice(100, 160))
    page.image[..., 50:72, 120:124] = RULE + lighter
    assert page.filled()[0, 0, 60, 120:124] == pytest.approx(RULE if drawn else PAPER)


@pytest.mark.parametrize(("probability", "drawn"), [(0.09, False), (0.11, True)])
def test_it_is_drawn_within_two_px_of_what_may_be_ink(page, probability, drawn):
    page.write(slice(40, 80), slice(100, 160))
    page.probability[..., 120:130] = probability
    filled = page.filled()[0, 0, 60]
    assert filled[100:122] == pytest.approx(RULE)
    assert filled[122:128] == pytest.approx(RULE if drawn else PAPER)
    assert filled[128:160] == pytest.approx(RULE)


@pytest.mark.parametrize(("left", "drawn"), [(0.84, True), (0.86, False)])
def test_what_stands_of_a_rule_below_ink_may_be_a_little_paler(page, left, drawn):
    page.write(slice(40, 80), slice(100, 250))
    pale = PAPER - left * (PAPER - RULE)
    page.restored[..., 60:62, 100:250] = pale
    assert page.filled()[0, 0, 60, 101:249] == pytest.approx(RULE if drawn else pale)


@pytest.mark.parametrize(("left", "drawn"), [(0.5, True), (0.6, False)])
def test_three_columns_tell_together_whether_a_rule_stands(page, left, drawn):
    page.write(slice(40, 80), slice(100, 250))
    page.restored[:] = page.clean
    page.restored[..., 60:62, 170] = pale = PAPER - left * (PAPER - RULE)
    assert page.filled()[0, 0, 60, 170] == pytest.approx(RULE if drawn else pale)


@pytest.mark.parametrize(("depth", "drawn"), [(0.24, False), (0.26, True)])
def test_its_edge_is_drawn_where_it_is_dark_enough(page, depth, drawn):
    edge = PAPER - depth * (PAPER - RULE)
    for plane in page.all_planes():
        plane[..., 59, 16:336] = edge
    page.write(slice(50, 72), slice(140, 200))
    filled = page.filled()[0, 0]
    assert filled[60:62, 140:200] == pytest.approx(RULE)
    assert filled[59, 140:200] == pytest.approx(edge if drawn else PAPER)


@pytest.mark.parametrize("row", [55, 66])
@pytest.mark.parametrize(
    ("depth", "count", "drawn"), [(0.34, 256, 1), (0.36, 256, 0), (1, 76, 1), (1, 78, 0)]
)
def test_what_is_dark_beside_three_tenths_of_a_rule_is_letters(page, row, depth, count, drawn):
    columns = torch.cat([torch.arange(16, 138), torch.arange(202, 336)])  # 256 that are clear
    columns = columns[torch.linspace(0, 255, count).long()]
    for plane in page.all_planes():
        plane[..., row, columns] = PAPER - depth * (PAPER - RULE)
    page.write(slice(50, 72), slice(140, 200))
    assert page.filled()[0, 0, 60, 140:200] == pytest.approx(RULE if drawn else PAPER)


def test_it_ends_with_the_last_block_in_which_it_was_seen(page):
    page.write(slice(50, 72), slice(332, 350))
    page.write(slice(50, 72), slice(270, 300))
    filled = page.filled()[0, 0, 60]
    assert filled[268:328] == pytest.approx(RULE)
    assert filled[330:332] == pytest.approx(RULE)  # as it came
    assert (filled[332:] == PAPER).all()


def test_a_page_may_have_any_width(page):
    for plane in page.all_planes():
        plane[..., 60:62, 16:] = RULE
    page.write(slice(40, 80), slice(300, 345))
    for name in ("clean", "image", "restored", "probability"):
        setattr(page, name, getattr(page, name)[..., :357].clone())
    assert_clean(page.filled(), page)


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16])
def test_half_precision_and_further_channels_stay_as_they_are(page, dtype):
    page.write(slice(40, 80), slice(100, 250))
    came, further = page.image.clone(), torch.rand(1, 2, 160, 360).to(dtype)
    output = RuleFill()(lambda image: torch.cat([page.predict(image).to(dtype), further], 1), page.image)
    assert output.dtype == dtype
    assert_clean(output.float(), page, within=1e-2)
    assert torch.equal(output[:, 3:], torch.cat([page.probability.to(dtype), further], 1))
    assert torch.equal(page.image, came)


def test_a_gap_that_bears_no_ink_stays(page):
    for plane in page.all_planes():
        plane[..., 60:62, 140:160] = PAPER
    page.write(slice(20, 30), slice(140, 160))
    assert torch.equal(page.filled(), page.predict(None))


def test_a_rule_that_stands_below_erased_ink_stays_bit_for_bit(page):
    page.write(slice(40, 80), slice(100, 250))
    page.restored[:] = page.clean
    page.restored[..., 60:62, 100:250] += 0.005
    assert torch.equal(page.filled(), page.predict(None))


def test_a_rule_under_ink_from_end_to_end_stays_erased(page):
    page.write(slice(50, 72), slice(0, 360))
    assert torch.equal(page.filled(), page.predict(None))


def test_upright_rules_are_drawn_on_as_level_ones(page):
    page.write(slice(40, 80), slice(100, 250))
    turned = RuleFill()(lambda image: page.predict(image).mT, page.image.mT)
    torch.testing.assert_close(turned.mT, page.filled(), atol=1e-6, rtol=0)


def test_each_image_of_a_batch_is_drawn_on_for_itself(page):
    page.write(slice(40, 80), slice(100, 250))
    other = torch.cat([page.image.flip(-2), torch.zeros(1, 1, 160, 360)], 1)

    def predict(image):
        return other if torch.equal(image, page.image.flip(-2)) else page.predict(image)

    batch = RuleFill()(predict, torch.cat([page.image, page.image.flip(-2)]))
    assert_clean(batch[:1], page)
    assert torch.equal(batch[1:], other)


def test_a_page_without_ink_is_what_the_network_made_of_it(page):
    assert torch.equal(page.filled(), page.predict(None))
    tiny = torch.ones(1, 4, 1, 1)
    assert torch.equal(RuleFill()(lambda image: tiny, tiny[:, :3]), tiny)


def test_streamed_a_page_is_the_same(page):
    page.write(slice(40, 80), slice(100, 250))

    def predict(image):  # of any part of the page: what is dark is ink, and takes the rule with it
        ink = image[:, :1] < 0.5
        return torch.cat([torch.where(ink, PAPER, image), ink.float()], 1)

    inferencers = [RuleFill(), Tiled(tile=64, margin=8)]
    ((first, streamed),) = stream(inferencers, predict, reader(page.image), (160, 360))
    assert first == 0
    assert torch.equal(streamed, Chain(inferencers=inferencers)(predict, page.image))
    assert_clean(streamed, page)


def test_it_needs_the_mask():
    with pytest.raises(ValueError, match="RuleFill needs the mask"):
        RuleFill()(lambda image: image, torch.rand(1, 3, 8, 8))
