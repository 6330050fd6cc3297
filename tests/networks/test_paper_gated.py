import pytest
import torch
from torch import Tensor, nn

from restorekit.networks import PaperGated
from restorekit.networks.paper_gated import paper_share
from restorekit.types import Restoration


class Constant(nn.Module):
    bounded_receptive_field = True

    def __init__(self, value: float, logit: float | None, divisor: int = 1) -> None:
        super().__init__()
        self.value, self.logit, self.size_divisor, self.calls = value, logit, divisor, 0

    def forward(self, image: Tensor) -> Restoration:
        self.calls += 1
        logits = None if self.logit is None else torch.full_like(image[:, :1], self.logit)
        return Restoration(torch.full_like(image, self.value), logits)


def picture(paper: float, level: float = 0.9) -> Tensor:
    """One whose first columns are paper, the rest spread over all levels."""
    torch.manual_seed(0)
    image = torch.rand(1, 3, 64, 100).amin(1, keepdim=True).repeat(1, 3, 1, 1) * 0.4
    image[..., : round(100 * paper)] = level
    return image


@pytest.mark.parametrize("share", [0.0, 0.2, 0.45, 1.0])
@pytest.mark.parametrize("level", [0.6, 0.9, 1.0])
def test_share_of_paper_whatever_its_level(share, level):
    image = picture(share, level)
    assert paper_share(image).item() == pytest.approx(share, abs=1e-6)
    uneven = image + torch.linspace(-0.03, 0.03, 64).view(1, 1, 64, 1)  # two levels up and two down
    assert paper_share(uneven).item() == pytest.approx(share, abs=0.02)


def test_the_darkest_channel_counts():
    red = torch.zeros(1, 3, 8, 8)
    red[:, 0] = 1
    assert paper_share(red).item() == 0


@pytest.mark.parametrize(
    ("share", "value", "logit"), [(0.0, 0.2, -1.0), (0.35, 0.2, -1.0), (0.45, 0.4, 0.0), (0.8, 0.6, 1.0)]
)
def test_is_the_first_on_photographs_and_the_mean_on_paper(share, value, logit):
    first, second = Constant(0.2, -1.0), Constant(1.5, 3.0)
    output = PaperGated(network=first, on_paper=second, most=0.5).eval()(picture(share))
    torch.testing.assert_close(output.image, torch.full((1, 3, 64, 100), value))
    torch.testing.assert_close(output.mask_logits, torch.full((1, 1, 64, 100), logit))
    assert second.calls == (share > 0.35)  # costs nothing where it has no part


def test_each_picture_of_a_batch_is_judged_by_itself():
    network = PaperGated(network=Constant(0.2, -1.0), on_paper=Constant(1.0, 3.0), most=1.0)
    output = network(torch.cat([picture(0.1), picture(0.9)]))
    torch.testing.assert_close(output.image.mean((1, 2, 3)), torch.tensor([0.2, 1.0]))


def test_a_mask_comes_only_of_two():
    assert PaperGated(network=Constant(0, 1), on_paper=Constant(0, None))(picture(0.9)).mask_logits is None


def test_built_from_configs_with_weights_of_their_own():
    small = {"type": "ResidualUNet", "widths": (4, 4), "blocks": 1}
    network = PaperGated(network=small, on_paper=small)
    assert {key.split(".")[0] for key in network.state_dict()} == {"network", "on_paper"}
    page = picture(0.9)
    torch.testing.assert_close(network(page).image, page)


def test_sides_suit_both_and_tiles_matter():
    network = PaperGated(network=Constant(0, None, 6), on_paper=Constant(0, None, 4))
    assert network.size_divisor == 12 and not network.bounded_receptive_field


def test_a_part_out_of_range_is_refused():
    with pytest.raises(ValueError, match=r"most must be in \[0, 1\]; got 1.5"):
        PaperGated(network=Constant(0, None), on_paper=Constant(0, None), most=1.5)
