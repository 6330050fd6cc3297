"""The weights that ship are the ones that were tested, and still do on small made pages what they did."""

import numpy as np
import pytest

from restorekit import load_restorer
from restorekit.engine.testing import file_hash
from restorekit.metrics.document import damage, residue
from restorekit.metrics.functional import psnr
from restorekit.weights_folder import CARD, shipped_weights

HASHES = {
    "handwriting": "",
    "watermark": "",
}
LARGEST_MEGABYTES = {"handwriting": 25, "watermark": 40}


def test_all_that_ships_is_known_here():
    assert set(shipped_weights()) == set(HASHES) == set(LARGEST_MEGABYTES)


@pytest.mark.parametrize("name", HASHES)
def test_weights_are_the_ones_that_were_tested(name):
    folder = shipped_weights()[name]
    assert file_hash(name) == HASHES[name]
    assert sum(path.stat().st_size for path in folder.rglob("*")) < LARGEST_MEGABYTES[name] * 1e6


@pytest.mark.parametrize("name", HASHES)
def test_the_card_says_what_a_user_must_know(name):
    card = (shipped_weights()[name] / CARD).read_text(encoding="utf-8")
    for heading in ("## Use", "## Training", "## Data and licences", "## Results", "## What it fails at"):
        assert heading in card, f"{name}: no {heading}"


def scores(name, pairs):
    """Mean gain in dB, damage and residue in per cent."""
    restorer = load_restorer(name, device="cpu", precision="fp32")
    rows = []
    for image, target, _ in pairs:
        restored = restorer(image)
        gain = psnr(restored, target) - psnr(image, target)
        rows.append((gain, damage(restored, target, image), residue(restored, target, image)))
    return np.nanmean(rows, axis=0)
