import pytest
import torch

from restorekit.networks import PERT
from restorekit.networks.pert import FlowAlignment


@torch.no_grad()
def test_keeps_the_original_page_outside_its_mask() -> None:
    torch.manual_seed(0)
    network, page = PERT(width=4).eval(), torch.rand(1, 3, 64, 64)
    network.mask.head.weight.zero_()
    network.mask.head.bias.fill_(-40)  # nothing is ink
    output = network(page)
    torch.testing.assert_close(output.image, page)
    for small, side in zip(output.coarse, (16, 32), strict=True):
        step = 64 // side
        torch.testing.assert_close(small, page[..., ::step, ::step])


@torch.no_grad()
def test_mask_logits_are_those_of_the_mask_that_composes() -> None:
    torch.manual_seed(0)
    network, page = PERT(width=4, mask_channels=3).eval(), torch.rand(1, 3, 64, 64)
    step = network.step(page, page)
    logits = PERT.forward(network, page).iterations[0].mask_logits
    torch.testing.assert_close(torch.sigmoid(logits), step.mask.mean(1, keepdim=True))


@torch.no_grad()
def test_each_pass_starts_from_the_last() -> None:
    torch.manual_seed(0)
    network, page = PERT(width=4).eval(), torch.rand(1, 3, 32, 64)
    output = network(page)
    assert len(output.iterations) == 2 and all(not step.coarse for step in output.iterations)
    second = network.step(page, output.iterations[0].image)
    torch.testing.assert_close(output.iterations[1].image, second.image)
    torch.testing.assert_close(output.image, network.step(page, second.image).image)


@torch.no_grad()
def test_without_flow_alignment_samples_half_a_pixel_outwards() -> None:
    # linspace(-1, 1) read without aligned corners: column i of 4 lies at 4 * i / 3 - 0.5
    align = FlowAlignment(4)
    align.flow.weight.zero_()
    deep = torch.tensor([0.0, 1.0, 2.0, 3.0]).expand(1, 4, 4, 4)
    row = align(torch.zeros(1, 4, 4, 4), deep)[0, 0, 1]
    torch.testing.assert_close(row, torch.tensor([0.0, 5 / 6, 13 / 6, 1.5]))


@torch.no_grad()
def test_a_flow_of_one_moves_by_half_a_pixel() -> None:
    align = FlowAlignment(4)
    align.deep.weight.fill_(1.0)
    align.flow.weight.zero_()
    align.flow.weight[0, 0, 1, 1] = 1 / 4  # the sum of four channels of ones is 4
    deep = torch.ones(1, 4, 4, 4)
    deep[:, 1:] = torch.arange(4.0)
    align.deep.weight.zero_()
    align.deep.weight[:, 0] = 4.0
    moved = align(torch.zeros(1, 4, 4, 4), deep)[0, 1, 1]
    # a flow of 1 is 1 / width of the span [-1, 1], i.e. half a pixel
    torch.testing.assert_close(moved[:2], torch.tensor([0.0, 4 / 3]))


def test_iterations_are_counted() -> None:
    assert PERT(width=4, iterations=1).eval()(torch.rand(1, 3, 32, 32)).iterations == ()
    with pytest.raises(ValueError, match="iterations must be at least 1; got 0"):
        PERT(iterations=0)


def test_default_is_the_published_size() -> None:
    assert sum(p.numel() for p in PERT().parameters()) == pytest.approx(14.01e6, rel=1e-3)


def test_one_page_alone_is_refused_in_training() -> None:
    network = PERT(width=2, iterations=1)
    with pytest.raises(ValueError, match=r"two pages or more: set train_dataloader.batch_size to 2"):
        network.train()(torch.rand(1, 3, 32, 32))
    network.train()(torch.rand(2, 3, 32, 32))
    network.eval()(torch.rand(1, 3, 32, 32))
