"""What VGG-16 sees: perceptual, style and pairwise-similarity terms from one run of it."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from restorekit.losses.functional import gram_matrix, pairwise_similarity_distance
from restorekit.losses.vgg_features import WHERE_FROM, VGG16Features
from restorekit.registry import LOSSES
from restorekit.types import Batch, Restoration

WINDOW_SHARES = (1 / 2, 1 / 4, 1 / 8)


@LOSSES.register_module()
class VGGLoss(nn.Module):
    """Distances of VGG-16's maps after poolings 1 to 3, summed over the three.

    One class for the three terms, because running VGG-16 is what costs. The defaults are EraseNet's; PERT
    adds ``similarity=0.5`` and leaves the composite out.

    Args:
        vgg_weights: path of the usual ImageNet file of VGG-16; there is no default, and nothing is
            downloaded.
        perceptual: weight of the mean absolute difference of the maps.
        style: weight of the mean absolute difference of their Gram matrices.
        similarity: weight of the pairwise-similarity distance of the restored image (PERT).
        composite: score, besides the restored image, the page with only its ink replaced by the restored
            one, for the perceptual and the style terms.
        weight: multiplies the value.

    Raises:
        ValueError: no path, or a file that is not VGG-16's.
        FileNotFoundError: no such file.
    """

    def __init__(
        self,
        *,
        vgg_weights: str | None = None,
        perceptual: float = 0.01,
        style: float = 120.0,
        similarity: float = 0.0,
        composite: bool = True,
        weight: float = 1.0,
    ) -> None:
        super().__init__()
        if not vgg_weights:
            raise ValueError(
                f"VGGLoss needs vgg_weights, the path of {WHERE_FROM}. Give it by options (--cfg-options),"
                " model.losses.vgg.vgg_weights=PATH, or turn the terms off with model.losses.vgg=None"
            )
        self.vgg = VGG16Features(vgg_weights, poolings=len(WINDOW_SHARES))
        self.perceptual, self.style, self.similarity = perceptual, style, similarity
        self.composite = composite
        self.weight = weight

    def forward(self, output: Restoration, batch: Batch) -> Tensor:
        """Scalar."""
        with torch.no_grad():
            target = self.vgg(batch["target"])
        restored = self.vgg(output.image)
        total = self._distance(restored, target)
        if self.composite:
            mask = batch["mask"].float()
            total = total + self._distance(
                self.vgg(mask * output.image.float() + (1 - mask) * batch["image"].float()), target
            )
        if self.similarity:
            for first, second, share in zip(restored, target, WINDOW_SHARES, strict=True):
                distance = pairwise_similarity_distance(first, second, window_share=share)
                total = total + self.similarity * distance
        return self.weight * total

    def _distance(self, maps: list[Tensor], target: list[Tensor]) -> Tensor:
        total = maps[0].new_zeros(())
        for first, second in zip(maps, target, strict=True):
            total = total + self.perceptual * F.l1_loss(first, second)
            total = total + self.style * F.l1_loss(gram_matrix(first), gram_matrix(second))
        return total
