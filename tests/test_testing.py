"""The contract's checks see what they are for: a plain network passes, each broken one fails its check."""

import pytest
import torch
from torch import Tensor, nn

from restorekit import testing
from restorekit.networks.blocks import check_size
from restorekit.types import Restoration


class Plain(nn.Module):
    size_divisor, bounded_receptive_field = 2, True

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 3, 3, padding=1)
        self.head = nn.Conv2d(3, 1, 1)

    def forward(self, image: Tensor) -> Restoration:
        check_size(image, self.size_divisor)
        return Restoration(image + self.conv(image), self.head(image))


class NoDivisor(Plain):
    size_divisor = 0


class NoBound(Plain):
    bounded_receptive_field = "yes"


class ThreeMasks(Plain):
    def forward(self, image: Tensor) -> Restoration:
        output = super().forward(image)
        return output._replace(mask_logits=output.mask_logits.expand(-1, 3, -1, -1))


class PlainTensor(Plain):
    def forward(self, image: Tensor) -> Restoration:
        return super().forward(image).image


class Infinite(Plain):
    def forward(self, image: Tensor) -> Restoration:
        return super().forward(image)._replace(image=image / 0)


class AnySize(Plain):
    def forward(self, image: Tensor) -> Restoration:
        return Restoration(image + self.conv(image[:, :1].expand(-1, 3, -1, -1)))


class Unchecked(Plain):
    def forward(self, image: Tensor) -> Restoration:
        return Restoration(image + self.conv(image), self.head(image))


class WritesItsInput(Plain):
    def forward(self, image: Tensor) -> Restoration:
        return super().forward(image.mul_(0.5))


class DeadHead(Plain):
    def forward(self, image: Tensor) -> Restoration:
        return super().forward(image)._replace(mask_logits=None)


class ForgetsAWeight(Plain):
    def __init__(self) -> None:
        super().__init__()
        self.unsaved = torch.randn(())

    def forward(self, image: Tensor) -> Restoration:
        return super().forward(image * self.unsaved)


class Random(Plain):
    def forward(self, image: Tensor) -> Restoration:
        return super().forward(image + torch.rand(()))


class CountsItsCalls(Plain):
    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("calls", torch.zeros(()))

    def forward(self, image: Tensor) -> Restoration:
        self.calls += 1
        return super().forward(image)


class SeesTheBatch(Plain):
    def forward(self, image: Tensor) -> Restoration:
        return super().forward(image - image.mean(0, keepdim=True))


class DependsOnStrides(Plain):
    def forward(self, image: Tensor) -> Restoration:
        output = super().forward(image)
        return output._replace(image=output.image * (1 + (output.image.stride(1) == 1)))


class LosesDigits(Plain):
    def forward(self, image: Tensor) -> Restoration:
        output = super().forward(image)
        return output._replace(image=output.image + (self.conv(image) + 300 - 300))


class BranchesOnValues(Plain):
    def forward(self, image: Tensor) -> Restoration:
        return super().forward(image if image.mean() > 0 else -image)


BROKEN = [
    (NoDivisor, testing.check_attributes),
    (NoBound, testing.check_attributes),
    (ThreeMasks, testing.check_shapes),
    (PlainTensor, testing.check_shapes),
    (Infinite, testing.check_padded_page),
    (AnySize, testing.check_wrong_size_is_refused),
    (Unchecked, testing.check_wrong_size_is_refused),
    (WritesItsInput, testing.check_input_is_left_alone),
    (DeadHead, testing.check_gradients),
    (ForgetsAWeight, testing.check_save_and_load),
    (Random, testing.check_determinism),
    (CountsItsCalls, testing.check_determinism),
    (SeesTheBatch, testing.check_batch_independence),
    (DependsOnStrides, testing.check_channels_last),
    (LosesDigits, testing.check_bfloat16),
]


def test_a_plain_network_passes() -> None:
    testing.check_network(Plain)


@pytest.mark.parametrize(("kind", "check"), BROKEN, ids=lambda value: value.__name__)
def test_a_broken_network_fails_its_check(kind, check) -> None:
    with pytest.raises(AssertionError):
        check(kind)


@pytest.mark.parametrize(
    ("kind", "check", "words"),
    [
        (
            ThreeMasks,
            testing.check_shapes,
            r"ThreeMasks gave mask_logits as a tensor \(2, 3, .*; expected a tensor",
        ),
        (
            PlainTensor,
            testing.check_shapes,
            r"forward\(image\) must return a Restoration \(restorekit.types\)",
        ),
        (SeesTheBatch, testing.check_batch_independence, "beside others: "),
    ],
)
def test_a_failed_check_says_what_is_expected(kind, check, words) -> None:
    with pytest.raises(AssertionError, match=words):
        check(kind)


def test_a_network_that_cannot_be_exported_fails() -> None:
    with pytest.raises(Exception, match="data-dependent"):
        testing.check_export(BranchesOnValues)
