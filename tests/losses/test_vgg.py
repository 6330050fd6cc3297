import pytest
import torch

from restorekit.losses import VGGLoss
from restorekit.losses.functional import gram_matrix, pairwise_similarity_distance
from restorekit.types import Restoration


@pytest.fixture
def pages() -> tuple[Restoration, dict]:
    torch.manual_seed(0)
    image, target, restored = (torch.rand(2, 3, 32, 32) for _ in range(3))
    mask = torch.zeros(2, 1, 32, 32)
    mask[..., :16] = 1
    return Restoration(restored), {"image": image, "target": target, "mask": mask}


def only(vgg_file, **weights: float) -> VGGLoss:
    zero = {"perceptual": 0.0, "style": 0.0, "composite": False}
    return VGGLoss(**{"vgg_weights": str(vgg_file), **zero, **weights})


def test_perceptual_is_the_l1_of_the_maps(vgg_file, pages) -> None:
    output, batch = pages
    loss = only(vgg_file, perceptual=2.0)
    maps = zip(loss.vgg(output.image), loss.vgg(batch["target"]), strict=True)
    expected = 2 * sum((a - b).abs().mean() for a, b in maps)
    torch.testing.assert_close(loss(output, batch), expected)


def test_style_is_the_l1_of_their_gram_matrices(vgg_file, pages) -> None:
    output, batch = pages
    loss = only(vgg_file, style=120.0)
    maps = zip(loss.vgg(output.image), loss.vgg(batch["target"]), strict=True)
    expected = 120 * sum((gram_matrix(a) - gram_matrix(b)).abs().mean() for a, b in maps)
    torch.testing.assert_close(loss(output, batch), expected)


def test_similarity_pools_to_two_four_and_eight_positions_a_side(vgg_file, pages) -> None:
    output, batch = pages
    loss = only(vgg_file, similarity=0.5)
    maps = zip(loss.vgg(output.image), loss.vgg(batch["target"]), (1 / 2, 1 / 4, 1 / 8), strict=True)
    expected = 0.5 * sum(pairwise_similarity_distance(a, b, window_share=s) for a, b, s in maps)
    torch.testing.assert_close(loss(output, batch), expected)


def test_composite_replaces_the_ink_alone(vgg_file, pages) -> None:
    output, batch = pages
    glued = batch["image"].clone()
    glued[..., :16] = output.image[..., :16]
    alone = only(vgg_file, perceptual=1.0)
    both = only(vgg_file, perceptual=1.0, composite=True)
    expected = alone(output, batch) + alone(Restoration(glued), batch)
    torch.testing.assert_close(both(output, batch), expected)


def test_gradient_reaches_the_restored_image_alone(vgg_file, pages) -> None:
    output, batch = pages
    output.image.requires_grad_()
    batch["target"].requires_grad_()
    VGGLoss(vgg_weights=str(vgg_file), similarity=0.5)(output, batch).backward()
    assert output.image.grad.abs().sum() > 0
    assert batch["target"].grad is None


@pytest.mark.parametrize("path", [None, ""])
def test_without_a_path_says_where_from_and_how_to_turn_off(path) -> None:
    with pytest.raises(
        ValueError, match=r"usual ImageNet file of VGG-16.*vgg_weights=PATH.*losses\.vgg=None"
    ):
        VGGLoss(vgg_weights=path)
