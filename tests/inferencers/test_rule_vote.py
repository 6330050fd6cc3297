import pytest
import torch

from restorekit.inferencers import Chain, RuleVote, Tiled
from restorekit.inferencers.functional import reader
from restorekit.inferencers.streaming import stream

PAPER, RULE, INK = 0.9, 0.3, 0.1


class Page:
    """A sheet with a rule of 3 px, 260 px long, and what a network makes of it."""

    def __init__(self):
        self.clean = torch.full((1, 3, 120, 300), PAPER)
        self.clean[..., 60:63, 20:280] = RULE
        self.image, self.restored = self.clean.clone(), self.clean.clone()
        self.probability = torch.zeros(1, 1, 120, 300)

    def write(self, rows, columns, *, erased=PAPER):
        """Ink, of which the network makes ``erased``."""
        self.image[..., rows, columns] = INK
        self.take(rows, columns, erased)

    def take(self, rows, columns, erased=PAPER):
        self.restored[..., rows, columns] = erased
        self.probability[..., rows, columns] = 1

    def predict(self, image):
        return torch.cat([self.restored, self.probability], 1)

    def voted(self, **options):
        return RuleVote(**options)(self.predict, self.image)


@pytest.fixture
def page():
    return Page()


def test_the_end_of_a_rule_comes_back_as_it_was(page):
    page.take(slice(58, 65), slice(220, 280))
    output = page.voted()
    assert torch.equal(output[:, :3], page.image)
    assert (output[:, 3, 58:65, 220:280] == torch.tensor(0.49)).all()
    page.probability[..., 58:65, 220:280] = 0
    assert (output[:, 3:, 58:65, 220:280] <= 0.49).all()
    assert output[:, 3].sum() == pytest.approx(7 * 60 * 0.49, rel=1e-5)


def test_a_written_line_stays_erased(page):
    page.take(slice(58, 65), slice(20, 180))
    assert torch.equal(page.voted(), page.predict(None))
    assert torch.equal(page.voted(keep=1)[:, :3], page.image)


def test_ink_that_lies_along_a_rule_stays_erased(page):
    page.write(slice(63, 65), slice(200, 240))  # with the rule it is as thin as rules are
    output = page.voted()
    assert torch.equal(output, page.predict(None))


def test_the_rest_of_a_rule_comes_back_beside_ink_along_it(page):
    page.write(slice(63, 65), slice(200, 240))
    page.take(slice(60, 63), slice(240, 280))
    output = page.voted()
    assert (output[0, :3, 60:63, 242:280] == RULE).all()
    assert (output[0, :3, 63:65, 200:240] == PAPER).all()


def test_a_thick_rule_comes_back(page):
    page.image[..., 60:68, 20:280] = page.restored[..., 60:68, 20:280] = RULE
    page.take(slice(58, 70), slice(220, 280))
    assert torch.equal(page.voted()[:, :3], page.image)


def test_a_stroke_close_to_a_rule_stays_erased_with_its_soft_edge(page):
    page.write(slice(57, 59), slice(200, 240))  # a row of paper lies between
    assert torch.equal(page.voted()[:, :3], page.restored)
    page.write(slice(63, 65), slice(100, 130))
    for columns in (slice(98, 100), slice(130, 132)):
        page.image[..., 63:65, columns] = 0.7
        page.take(slice(63, 65), columns)
    assert torch.equal(page.voted()[:, :3], page.restored)


def test_a_rule_that_the_network_doubts_all_along_stays_as_it_left_it(page):
    page.take(slice(60, 63), slice(20, 280))
    page.probability[:] = 0.45
    assert torch.equal(page.voted(), page.predict(None))


def test_print_that_crosses_a_rule_stays(page):
    for plane in (page.clean, page.image, page.restored):
        plane[..., 40:90, 150:153] = RULE
    page.write(slice(66, 72), slice(120, 148))
    assert torch.equal(page.voted()[:, :3], page.restored)


def test_paler_print_that_crosses_a_rule_without_ink_stays_bit_for_bit(page):
    for plane in (page.clean, page.image, page.restored):
        plane[..., 40:90, 150:153] = 0.38
    page.take(slice(60, 63), slice(250, 280))
    assert torch.equal(page.voted()[:, :3], page.image)


def test_upright_rules_come_back_as_level_ones(page):
    page.take(slice(58, 65), slice(220, 280))
    page.write(slice(50, 80), slice(100, 130))
    turned = RuleVote()(lambda image: page.predict(image).mT, page.image.mT)
    torch.testing.assert_close(turned.mT, page.voted(), atol=1e-6, rtol=0)


def test_each_image_of_a_batch_is_judged_for_itself(page):
    page.take(slice(58, 65), slice(220, 280))
    other = page.image.flip(-2)
    outputs = {0: page.predict(None), 1: torch.cat([other, torch.zeros(1, 1, 120, 300)], 1)}

    def predict(image):
        return outputs[int(torch.equal(image, other))]

    batch = RuleVote()(predict, torch.cat([page.image, other]))
    assert torch.equal(batch[:1], page.voted())
    assert torch.equal(batch[1:], outputs[1])


def test_a_page_without_rules_is_what_the_network_made_of_it():
    image = torch.rand(1, 3, 30, 40, generator=torch.manual_seed(0))
    output = torch.rand(1, 4, 30, 40, generator=torch.manual_seed(1))
    assert torch.equal(RuleVote()(lambda _: output, image), output)


def test_streamed_a_page_is_the_same(page):
    page.clean[..., 60:63, 220:280] = page.image[..., 60:63, 220:280] = RULE + 0.01

    def predict(image):  # of any part of the page: the end of the rule is taken for ink
        ink = (image[:, :1] - RULE - 0.01).abs() < 0.005
        return torch.cat([torch.where(ink, PAPER, image), ink.float()], 1)

    inferencers = [RuleVote(), Tiled(tile=64, margin=8)]
    bands = stream(inferencers, predict, reader(page.image), (120, 300))
    streamed = torch.cat([band for _, band in bands], -2)
    assert torch.equal(streamed, Chain(inferencers=inferencers)(predict, page.image))
    assert torch.equal(streamed[:, :3], page.clean)


def test_it_needs_the_mask():
    with pytest.raises(ValueError, match="RuleVote needs the mask"):
        RuleVote()(lambda image: image, torch.rand(1, 3, 8, 8))


@pytest.mark.parametrize("keep", [-0.1, 1.1])
def test_keep_is_a_probability(keep):
    with pytest.raises(ValueError, match=r"keep must be in \[0, 1\]"):
        RuleVote(keep=keep)
