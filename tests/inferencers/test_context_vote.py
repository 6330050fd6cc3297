from types import SimpleNamespace

import numpy as np
import pytest
import torch

from restorekit.inferencers import Chain, ContextVote, Tiled, context_vote
from restorekit.inferencers.component_vote import ERASED as INK
from restorekit.inferencers.component_vote import KEPT
from restorekit.inferencers.functional import reader
from restorekit.inferencers.streaming import stream

PAPER, PRINT, SOFT = 0.8, 0.2, 0.72


class Sheet:
    """A line of letters, of which two were erased and one of these is written, 6 px apart."""

    def __init__(self):
        self.image = torch.full((1, 3, 200, 300), PAPER)
        for left in range(20, 180, 20):
            self.image[..., 60:80, left : left + 10] = PRINT
        self.printed, self.written = (slice(60, 80), slice(200, 210)), (slice(60, 80), slice(216, 226))
        self.restored, self.probability = self.image.clone(), torch.zeros(1, 1, 200, 300)
        for place in (self.printed, self.written):
            self.image[(..., *place)] = PRINT
            self.probability[(..., *place)] = 0.9
        self.image[..., 60:80, 198:200] = SOFT
        self.erased, self.repeated, self.kept = [0.9, 0.59, 0.1, 0, 0], [0.0] * 5, [1] * 8

    def predict(self, image):
        return torch.cat([self.restored, self.probability], 1)


@pytest.fixture
def sheet(monkeypatch):
    sheet = Sheet()
    names = context_vote.ERASED, context_vote.REPEATED, context_vote.LEFT
    verdicts = dict(zip(names, (sheet.erased, sheet.repeated, sheet.kept), strict=True))

    def trees(name):
        return SimpleNamespace(probability=lambda features: np.float32(verdicts[name][: len(features)]))

    monkeypatch.setattr(context_vote, "load_trees", trees)
    return sheet


def test_print_comes_back_with_its_soft_edge_and_ink_does_not(sheet):
    sheet.image[..., 60:80, 197] = SOFT  # 3 px away: no edge
    output = ContextVote()(sheet.predict, sheet.image)
    expected = sheet.restored.clone()
    expected[..., 58:82, 198:212] = sheet.image[..., 58:82, 198:212]
    torch.testing.assert_close(output[:, :3], expected)
    assert output[(0, 3, *sheet.printed)].max() == pytest.approx(KEPT)
    assert (output[(0, 3, *sheet.written)] == 0.9).all()


def test_the_bar_for_coming_back_can_be_set(sheet):
    both = ContextVote(keep=0.5)(sheet.predict, sheet.image)
    torch.testing.assert_close(both[:, :3], sheet.image)
    none = ContextVote(keep=0.95)(sheet.predict, sheet.image)
    torch.testing.assert_close(none, sheet.predict(sheet.image))
    with pytest.raises(ValueError, match=r"keep must be in \[0, 1\], got 1.5"):
        ContextVote(keep=1.5)
    with pytest.raises(ValueError, match=r"erase must be in \[0, 1\], got -1"):
        ContextVote(erase=-1)


def test_what_either_judge_takes_for_print_comes_back(sheet):
    sheet.erased[0], sheet.repeated[1] = 0.1, 0.61
    output = ContextVote()(sheet.predict, sheet.image)
    assert (output[(0, slice(3), *sheet.written)] == torch.tensor(PRINT)).all()
    assert (output[(0, slice(3), *sheet.printed)] == torch.tensor(PAPER)).all()


def test_the_rim_of_print_keeps_off_ink_beside_it(sheet):
    sheet.image[..., 60:80, 210] = SOFT
    sheet.image[..., 60:80, 211] = PRINT  # ink, a px from print
    sheet.probability[..., 60:80, 211] = 0.9
    output = ContextVote()(sheet.predict, sheet.image)
    assert (output[0, :3, 60:80, 210:] == sheet.restored[0, :3, 60:80, 210:]).all()
    sheet.image[..., 58:60, 209:211] = SOFT
    corner = ContextVote()(sheet.predict, sheet.image)[0, 0, 58:60, 209:211]
    torch.testing.assert_close(corner, torch.tensor([[SOFT, SOFT], [SOFT, PAPER]]))


def test_print_comes_back_whole_beside_a_part_that_was_kept(sheet):
    sheet.image[..., 60:80, 210:213] = sheet.restored[..., 60:80, 210:213] = PRINT
    sheet.kept += [1]
    output = ContextVote()(sheet.predict, sheet.image)
    assert (output[0, :3, 60:80, 200:213] == torch.tensor(PRINT)).all()


def test_ink_that_was_kept_becomes_paper_with_its_soft_edge(sheet):
    sheet.image[..., 100:110, 40:43] = sheet.restored[..., 100:110, 40:43] = PRINT  # a thirteenth of a letter
    sheet.image[..., 100:110, 43:45] = sheet.restored[..., 100:110, 43:45] = SOFT
    for place in (slice(120, 160), slice(180, 200)):  # enough was erased beside
        sheet.image[..., place, 200:260] = PRINT
        sheet.probability[..., place, 200:260] = 0.9
    sheet.kept += [0.09]
    output = ContextVote()(sheet.predict, sheet.image)
    torch.testing.assert_close(output[0, :3, 98:112, 38:45], torch.full((3, 14, 7), PAPER))
    assert (output[0, 3, 100:110, 40:43] == torch.tensor(INK)).all()
    assert torch.equal(output[0, :, 40:90, :190], sheet.predict(None)[0, :, 40:90, :190])
    sheet.kept[-1] = 0.11
    assert torch.equal(ContextVote()(sheet.predict, sheet.image)[..., :190], sheet.predict(None)[..., :190])
    more = ContextVote(erase=0.2)(sheet.predict, sheet.image)
    torch.testing.assert_close(more[..., :190], output[..., :190])


def test_where_much_was_kept_of_the_ink_all_of_it_stays(sheet):
    sheet.kept[0] = 0  # a letter, of three that were ink
    output = ContextVote(keep=1)(sheet.predict, sheet.image)
    torch.testing.assert_close(output, sheet.predict(None))


@pytest.mark.parametrize("erased", [4000, 3999])
def test_a_tenth_of_what_was_erased_may_be_erased_besides(sheet, erased):
    for row, column in ((110, 100), (110, 200), (160, 200)):
        sheet.image[..., row : row + 20, column : column + 60] = PRINT
        sheet.probability[..., row : row + 20, column : column + 60] = 0.9
    sheet.probability[..., 110, 100 : 100 + 4000 - erased] = 0
    sheet.kept[:2] = 0, 0  # letters of 200 px
    output = ContextVote(keep=1)(sheet.predict, sheet.image)
    assert output[0, 0, 70, 25].item() == pytest.approx(PAPER if erased == 4000 else PRINT)
    assert output[0, 0, 70, 65].item() == pytest.approx(PRINT)


def test_ink_stays_where_no_paper_is_near(sheet):
    sheet.image[..., 140:150, 100:103] = sheet.restored[..., 140:150, 100:103] = PRINT
    sheet.probability[..., 90:, 20:180] = 0.5
    sheet.probability[..., 140:150, 100:103] = 0
    sheet.kept += [0]
    torch.testing.assert_close(ContextVote(keep=1)(sheet.predict, sheet.image), sheet.predict(None))


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16])
def test_half_precision_and_further_channels_stay_as_they_are(sheet, dtype):
    came, further = sheet.image.clone(), torch.rand(1, 2, 200, 300).to(dtype)
    sheet.kept[0] = 0
    sheet.image[..., 120:160, 200:260] = came[..., 120:160, 200:260] = PRINT
    sheet.probability[..., 120:160, 200:260] = 0.9
    output = ContextVote()(lambda image: torch.cat([sheet.predict(0).to(dtype), further], 1), sheet.image)
    assert output.dtype == dtype
    assert torch.equal(output[(0, slice(3), *sheet.printed)], came[(0, slice(3), *sheet.printed)].to(dtype))
    assert (output[0, 3, 60:80, 20:30] == torch.tensor(INK, dtype=dtype)).all()
    torch.testing.assert_close(output[0, :3, 60:80, 20:30].float(), came[0, :3, :20, :10], atol=5e-3, rtol=0)
    assert torch.equal(output[:, 4:], further) and torch.equal(sheet.image, came)


def test_each_page_of_a_batch_is_judged_for_itself(sheet):
    bare = torch.cat([torch.full((1, 3, 200, 300), PAPER), torch.zeros(1, 1, 200, 300)], 1)

    def predict(image):
        return bare.clone() if image.min() > PRINT else sheet.predict(image)

    batch = ContextVote()(predict, torch.cat([bare[:, :3], sheet.image]))
    torch.testing.assert_close(batch, torch.cat([bare, ContextVote()(sheet.predict, sheet.image)]))


def test_paper_is_the_same_across_rows_that_are_read_at_once(sheet, monkeypatch):
    sheet.image[..., 100:110, 40:43] = sheet.restored[..., 100:110, 40:43] = PRINT
    for place in (slice(120, 160), slice(180, 200)):
        sheet.image[..., place, 200:260] = PRINT
        sheet.probability[..., place, 200:260] = 0.9
    sheet.kept += [0]
    for plane in (sheet.image, sheet.restored):
        plane -= 0.0005 * torch.arange(200)[:, None]  # a shadow
    whole = ContextVote()(sheet.predict, sheet.image)
    monkeypatch.setattr("restorekit.inferencers.resizing.ROWS", 104)
    torch.testing.assert_close(ContextVote()(sheet.predict, sheet.image), whole)


def test_it_streams_a_page_to_the_same_pixels(sheet):
    def predict(image):
        ink = (image[:, :1] < 0.5).float() * (torch.arange(image.shape[-1]) >= 200)
        return torch.cat([torch.where(ink > 0, PAPER, image), ink], 1)

    chain = [ContextVote(), Tiled(tile=300, margin=0, extend="none")]
    whole = Chain(inferencers=chain)(predict, sheet.image)
    ((first, streamed),) = stream(chain, predict, reader(sheet.image), (200, 300))
    assert first == 0
    torch.testing.assert_close(streamed, whole)
    assert (whole[(0, 0, *sheet.printed)] == torch.tensor(PRINT)).all()


def test_a_page_on_which_nothing_was_erased_stays(sheet):
    sheet.probability.zero_()
    torch.testing.assert_close(ContextVote()(sheet.predict, sheet.image), sheet.predict(sheet.image))
    ((first, _),) = stream([ContextVote()], sheet.predict, reader(sheet.image), (200, 300))
    assert first == 0
    tiny = torch.ones(1, 4, 1, 1)
    assert torch.equal(ContextVote()(lambda image: tiny, tiny[:, :3]), tiny)


def test_a_network_without_a_mask_is_refused(sheet):
    with pytest.raises(ValueError, match="ContextVote"):
        ContextVote()(lambda image: sheet.restored, sheet.image)
