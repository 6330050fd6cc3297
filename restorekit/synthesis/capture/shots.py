"""How pages are taken: by a scanner, an app, a copier or a phone, and with what lens, light and tones."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from restorekit.synthesis.textures import Rng, choose, log_uniform

UNSHARP = 0.3
"""The share of phones' photographs that are blurred somewhere: pages are near, lie aslant and curl."""
FURTHEST = 3.2
"""The most blur at a page's far edge, pixels: some 0.5 mm on A4 at 150 dpi; letters can just be read."""
EVENLY = 1.2
"""The same where an app makes paper white: nobody keeps such a page with a corner that cannot be read."""
GRAINY, FINE = 0.6, (93, 99)
"""The share of pages made white whose white still has some grain, by a level or less, and the quality of the
compression that leaves it."""
QUALITY = {"photo": (45, 94)}
"""The quality of the compression, the last excluded, where it is not that of most."""
BLACK = {"photo": (0.05, 0.2), "scan": (0.05, 0.14), "app": (0.08, 0.2), "bleach": (0.05, 0.14)}
"""How bright black is before tones are bent, of white. Toner and ink reflect 2 to 6 % of the light,
15 to 27 % of the range of levels (sRGB), and phones and scanners stretch that: most leave strokes at 15 to 60
of 255, uneven as ink and light are. Nothing but a copy in black and white has strokes of one level."""
FRINGED = 0.5
"""The share of scans with red and blue edges above and below rules: their three rows of sensors pass over the
page one after the other, a quarter of a pixel off where a belt slips or a stepper is not even."""
WIDEST = 0.35
"""How far off they are at most, pixels: compression loses wider fringes, so that all print would differ."""
STRAYED = 0.09
"""The most of a photo's light that strays in a lens with a thumb's grease on it."""
SHAKEN, FARTHEST_SHAKEN = 0.12, 6.0
"""The share of phones' photographs that a hand shook while they were taken, and how far at most, pixels."""
SMOOTHED = 0.6
"""The share of photographs out of which a phone has taken the grain, all but what is faint, and has
sharpened strokes until they have pale rims."""
CORED, COARSER = 0.65, (1.6, 2.6)
"""The share of these whose grain is strong and fine before the phone smooths whatever is no farther than so
many times as much from what is around it: paper becomes flat, while grain stays beside print and in it."""
LOOKS = {"scan": 0.38, "app": 0.09, "photo": 0.375, "copy": 0.06, "bleach": 0.095}


class Shot(NamedTuple):
    """How a page is taken.

    Attributes:
        look: scan, app (a scanning app's white paper), photo, copy (black and white where that keeps the
            print) or bleach (what an app with steep tones makes of a photo, see ``bleach``).
        blur: standard deviation in pixels.
        noise: standard deviation in levels of 255.
        noise_cell: size of the noise's grain in pixels.
        contrast: gain about white.
        curve: bend of the tone curve, x + curve * x * (1 - x); positive is brighter.
        sharpen: share of unsharp masking.
        shoulder: how much the tone curve flattens towards black and white, 0 to 1; noise flattens with it.
        jpeg: quality of the input's compression; 0 for none.
        defocus: standard deviation in pixels of what the lens blurs more where the page is farther off, or
            bends away, than elsewhere.
        defocus_angle: on which side that is, radians.
        focus: where the page is sharpest, from 0 at the other edge to 1; beyond it is blurred again.
        depth: how far from there it is as sharp.
        shaken: how far a hand moved meanwhile, pixels.
        shaken_angle: in what direction, radians.
        black: what the blackest print and ink reflect, as a share of white paper.
        grain: standard deviation in levels of what is left on white of noise once tones are bent, 0 for none.
        glare: what share of a photo's light strays, over light and dark alike.
        fringe: by how many pixels a scanner's rows of red and blue sensors see the page off the green one's.
        cored: by how many levels grain is taken out of what surrounds it, 0 for none.
    """

    look: str
    blur: float
    noise: float
    noise_cell: float
    contrast: float
    curve: float
    sharpen: float
    shoulder: float
    jpeg: int
    defocus: float = 0.0
    defocus_angle: float = 0.0
    focus: float = 0.0
    depth: float = 0.0
    shaken: float = 0.0
    shaken_angle: float = 0.0
    black: float = 0.0
    grain: float = 0.0
    fringe: float = 0.0
    cored: int = 0
    glare: float = 0.0


class _Range(NamedTuple):
    """From where to where the values of a look are drawn; ``sharpen`` and ``jpeg`` have a chance before."""

    blur: tuple[float, float]
    noise: tuple[float, float]
    noise_cell: tuple[float, float]
    contrast: tuple[float, float]
    curve: tuple[float, float]
    sharpen: tuple[float, float]
    shoulder: tuple[float, float]
    jpeg: float


RANGES = {
    "scan": _Range(
        (0.25, 0.7), (0.3, 1.5), (1.0, 1.8), (1.02, 1.2), (-0.5, -0.1), (0.6, 0.5), (0, 0.4), 0.75
    ),
    "app": _Range((0.4, 1.1), (0.5, 3), (1, 2.2), (1.02, 1.28), (-0.6, -0.05), (0.6, 1.0), (0, 0.3), 0.8),
    "photo": _Range(
        (0.35, 0.95), (0.6, 3.0), (1.2, 2.2), (1.0, 1.3), (-0.3, 0.15), (0.65, 0.8), (0.0, 0.3), 0.96
    ),
    "bleach": _Range((0.4, 1.0), (1, 4), (1, 3.5), (1, 1), (0, 0), (0.4, 0.8), (0, 0), 0.85),
    "copy": _Range((0.4, 0.9), (2, 9), (0.9, 1.5), (1.0, 1.3), (0, 0), (0, 0.2), (0, 0), 0.5),
}


def new_shot(rng: Rng) -> Shot:
    """A way of taking the page, drawn at random."""
    look = choose(rng, LOOKS)
    limits = RANGES[look]
    by_phone = look in ("photo", "bleach")
    shaken = by_phone and rng.random() < SHAKEN
    far = by_phone and not shaken and rng.random() < UNSHARP
    grainy = look in ("app", "bleach") and rng.random() < GRAINY
    shot = Shot(
        look=look,
        blur=rng.uniform(*limits.blur),
        noise=log_uniform(rng, *limits.noise),
        noise_cell=rng.uniform(*limits.noise_cell),
        contrast=rng.uniform(*limits.contrast),
        curve=rng.uniform(*limits.curve),
        sharpen=rng.uniform(0.1, limits.sharpen[1]) if rng.random() < limits.sharpen[0] else 0.0,
        shoulder=rng.uniform(*limits.shoulder),
        jpeg=int(rng.integers(*(FINE if grainy else QUALITY.get(look, (58, 96)))))
        if rng.random() < limits.jpeg
        else 0,
        grain=rng.uniform(0.5, 1.0) if grainy else 0.0,
        defocus=log_uniform(rng, 0.7, FURTHEST if look == "photo" else EVENLY) if far else 0.0,
        defocus_angle=rng.uniform(0, 2 * np.pi),
        black=round(256 * rng.uniform(*BLACK.get(look, (0, 0)))) / 256,  # exact, so that no ink stays none
        focus=rng.uniform(0, 0.6) if rng.random() < 0.5 else 0.0,
        depth=rng.uniform(0, 0.3),
        fringe=float(np.clip(rng.normal(0, 0.2), -WIDEST, WIDEST))
        if look == "scan" and rng.random() < FRINGED
        else 0.0,
        glare=rng.uniform(0, STRAYED) if look == "photo" else 0.0,
        shaken=rng.uniform(1.5, FARTHEST_SHAKEN) if shaken else 0.0,
        shaken_angle=rng.uniform(0, np.pi),
    )
    if look != "photo" or rng.random() > SMOOTHED:
        return shot
    if rng.random() < CORED:
        grain = log_uniform(rng, 1.2, 3.6)
        return shot._replace(
            noise=grain,
            noise_cell=rng.uniform(1, 1.5),
            sharpen=rng.uniform(0.3, 1.1),
            cored=round(grain * rng.uniform(*COARSER)),
        )
    faint, wide, halo = log_uniform(rng, 0.5, 1.4), rng.uniform(1.4, 2.6), rng.uniform(0.3, 1.1)
    return shot._replace(noise=faint, noise_cell=wide, sharpen=halo)
