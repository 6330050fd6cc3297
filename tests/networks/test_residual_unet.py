import pytest
import torch

from restorekit.networks import ResidualUNet


def test_starts_as_the_identity_with_an_undecided_mask() -> None:
    image = torch.rand(2, 3, 16, 24)
    output = ResidualUNet(widths=(4, 8, 8))(image)
    assert torch.equal(output.image, image)
    assert torch.equal(output.mask_logits, torch.zeros(2, 1, 16, 24))


def test_sizes_of_the_default_and_of_the_form_at_full_size() -> None:
    default, full = ResidualUNet(), ResidualUNet(widths=(24, 48, 96, 192), patch=1)
    assert (default.size_divisor, full.size_divisor) == (16, 8)
    assert sum(p.numel() for p in default.parameters()) == 3_165_200
    assert sum(p.numel() for p in full.parameters()) == 2_395_708


@pytest.mark.parametrize("wrong", [{"widths": (8,)}, {"widths": (8, 0)}, {"blocks": 0}, {"patch": 0}])
def test_wrong_widths_and_blocks_are_refused(wrong: dict) -> None:
    with pytest.raises(ValueError, match="widths must name at least two"):
        ResidualUNet(**wrong)
