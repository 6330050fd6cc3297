"""Figures that a document quotes are those of where they come from: of a card, of the networks themselves."""

import re
from pathlib import Path

import pytest
from torch import nn

from restorekit.engine.config import load_config, plain_dict
from restorekit.registry import NETWORKS
from restorekit.weights_folder import CARD, load_weights_folder, shipped_weights

REPOSITORY = Path(__file__).parents[1]
README = " ".join((REPOSITORY / "README.md").read_text(encoding="utf-8").split())


def row(name: str, pages: str) -> dict[str, float]:
    """The first figure of gain, SSIM, damage and residue in one row of a card's results."""
    lines = (shipped_weights()[name] / CARD).read_text(encoding="utf-8").splitlines()
    (start,) = (
        i for i, line in enumerate(lines) if line.endswith("| PSNR | gain | SSIM | damage % | residue % |")
    )
    cells = next(line for line in lines[start:] if line.startswith(f"| {pages}")).split("|")[3:-1]
    figures = [float(cell.split()[0]) for cell in cells]
    return dict(zip(("gain", "ssim", "damage", "residue"), figures, strict=True))


def test_the_readme_quotes_the_cards():
    quoted = re.search(
        r"gain (\S+) dB and harm (\S+) % of the print \((\S+) dB and (\S+) % on made pages", README
    ).groups()
    real, made = row("handwriting", "24 real scans"), row("handwriting", "32 made pages")
    assert quoted == (
        f"{real['gain']:.1f}",
        f"{real['damage']:.2f}",
        f"{made['gain']:.2f}",
        f"{made['damage']:.1f}",
    )
    documents, photographs = row("watermark", "8 made documents"), row("watermark", "32 made photographs")
    assert f"documents (+{documents['gain']:.1f} dB on made ones)" in README
    assert f"photographs (+{photographs['gain']:.1f} dB)" in README


def millions(*modules: nn.Module) -> str:
    return f"{sum(p.numel() for module in modules for p in module.parameters()) / 1e6:.1f} M"


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ("handwrite_residual_stage1", "a residual U-Net ("),
        ("handwrite_stage1", "EraseNet's generator ("),
        ("handwrite_nonlocal_stage1", "Non-Local refinement ("),
    ],
)
def test_the_readme_gives_the_networks_sizes(config, words):
    network = NETWORKS.build(plain_dict(load_config(REPOSITORY / f"configs/{config}.py").model.network))
    assert f"{words}{millions(network)})" in README


@pytest.mark.parametrize("name", ["handwriting", "watermark"])
def test_the_cards_give_the_networks_sizes(name):
    network, _ = load_weights_folder(shipped_weights()[name])
    detector = millions(network.backbone, network.neck)
    rest = millions(*(m for n, m in network.named_children() if n not in ("backbone", "neck")))
    card = " ".join((shipped_weights()[name] / CARD).read_text(encoding="utf-8").split())
    assert f"{rest} parameters, and {detector} of the small text detector" in card
