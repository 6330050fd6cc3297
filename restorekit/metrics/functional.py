"""How far a restored page is from its target: pure functions of one page.

Every page is a uint8 RGB array ``(H, W, 3)``, every mask an array ``(H, W)`` in [0, 1] (or bool) in which
more than 0.5 means ink; every result is a Python float. A score that a page cannot have (say, the error
inside a mask that is empty) is nan. That depends on the page, its target and its mask, never on what was
restored, so that two methods are averaged over the same pages.
"""

from __future__ import annotations

import math

import cv2
import numpy as np

PSNR_CEILING = 100.0
"""Decibels given to an error below 1e-10, and so to identical pages, whose PSNR has no finite value."""


def check_page(name: str, page: np.ndarray) -> None:
    """Raise unless ``page`` is a uint8 RGB array ``(H, W, 3)`` with at least one pixel.

    Raises:
        TypeError: it is no array, or its type is not uint8.
        ValueError: its shape is another.
    """
    if not isinstance(page, np.ndarray) or page.dtype != np.uint8:
        got = page.dtype if isinstance(page, np.ndarray) else type(page).__name__
        raise TypeError(f"{name} must be a uint8 array in 0..255, got {got}: round to 8-bit levels first")
    if page.ndim != 3 or page.shape[2] != 3 or page.size == 0:
        raise ValueError(f"{name} must have the shape (height, width, 3), RGB, got {page.shape}")


def check_pair(
    first: np.ndarray, second: np.ndarray, names: tuple[str, str] = ("restored", "target")
) -> None:
    """Raise unless both are pages (see ``check_page``) of one size.

    Raises:
        TypeError: one is not a uint8 array.
        ValueError: one is not ``(H, W, 3)``, or the sizes differ.
    """
    check_page(names[0], first)
    check_page(names[1], second)
    if first.shape != second.shape:
        raise ValueError(
            f"{names[0]} and {names[1]} must have the same size, got {first.shape[1]}x{first.shape[0]} "
            f"and {second.shape[1]}x{second.shape[0]} (width x height)"
        )


def as_ink(name: str, mask: np.ndarray, page: np.ndarray) -> np.ndarray:
    """The bool array ``(H, W)`` of the pixels of ``mask`` that are ink: those above 0.5.

    Raises:
        TypeError: integers other than 0 and 1, so that a 0..255 mask is not taken for one in [0, 1].
        ValueError: its shape is not that of ``page``.
    """
    if mask.shape != page.shape[:2]:
        raise ValueError(f"{name} must have the page's shape {page.shape[:2]}, got {mask.shape}")
    if mask.dtype.kind in "ui" and mask.size and mask.max() > 1:
        raise TypeError(f"{name} must be in [0, 1], got {mask.dtype} up to {mask.max()}: divide by 255 first")
    return mask > 0.5


def mse(restored: np.ndarray, target: np.ndarray) -> float:
    """Mean squared error over pixels and channels, colours in [0, 1]."""
    check_pair(restored, target)
    return float(cv2.norm(restored, target, cv2.NORM_L2SQR)) / (target.size * 255.0**2)


def rmse(restored: np.ndarray, target: np.ndarray) -> float:
    """Root of the mean squared error, in grey levels 0..255, as the watermark papers print it."""
    return 255.0 * math.sqrt(mse(restored, target))


def psnr(restored: np.ndarray, target: np.ndarray) -> float:
    """Peak signal-to-noise ratio, 10 log10(1 / MSE) with colours in [0, 1], in dB.

    It stops at ``PSNR_CEILING``: libraries give infinity for identical pages, which one page would then
    give to the mean of all, and which JSON cannot hold.
    """
    error = mse(restored, target)
    return PSNR_CEILING if error == 0 else min(PSNR_CEILING, -10.0 * math.log10(error))


def psnr_gain(restored: np.ndarray, target: np.ndarray, image: np.ndarray) -> float:
    """PSNR of the restored page less that of the untouched ``image``, in dB.

    nan where ``image`` equals ``target``: there was nothing to gain (``damage`` says what was lost).
    """
    check_pair(image, target, ("image", "target"))
    gain = psnr(restored, target) - psnr(image, target)
    return math.nan if mse(image, target) == 0 else gain


def rmse_in_mask(restored: np.ndarray, target: np.ndarray, mask: np.ndarray) -> float:
    """RMSE of the pixels inside the mask alone (RMSEw), in grey levels 0..255; nan where it is empty."""
    check_pair(restored, target)
    inside = as_ink("mask", mask, target).astype(np.uint8)
    pixels = int(inside.sum())
    if pixels == 0:
        return math.nan
    return math.sqrt(float(cv2.norm(restored, target, cv2.NORM_L2SQR, inside)) / (3 * pixels))


def _overlap(mask_probability: np.ndarray, mask: np.ndarray) -> tuple[int, int, int]:
    """Pixels in both masks, in the predicted one, in the true one."""
    predicted = as_ink("mask_probability", mask_probability, mask)
    true = as_ink("mask", mask, mask)
    return int((predicted & true).sum()), int(predicted.sum()), int(true.sum())


def mask_iou(mask_probability: np.ndarray, mask: np.ndarray) -> float:
    """Intersection over union of the predicted ink (probability > 0.5) and the true ink, in [0, 1].

    Where there is no ink and none was predicted it is 1, so that a page counts for every method alike.
    """
    both, predicted, true = _overlap(mask_probability, mask)
    return both / (predicted + true - both) if predicted + true else 1.0


def mask_f1(mask_probability: np.ndarray, mask: np.ndarray) -> float:
    """F1 (Dice) of the same two as ``mask_iou``, in [0, 1]; 1 where both are empty."""
    both, predicted, true = _overlap(mask_probability, mask)
    return 2 * both / (predicted + true) if predicted + true else 1.0
