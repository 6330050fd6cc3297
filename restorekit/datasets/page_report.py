"""What the mask doctor measured and found on one page."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np

from restorekit.datasets.ink_statistics import InkStatistics
from restorekit.datasets.registration import Registration


class Finding(NamedTuple):
    """One thing found: a problem makes a folder unfit, a note only tells."""

    kind: str
    problem: bool
    message: str


@dataclass
class PageReport:
    """What was measured on one page.

    Attributes:
        folder: the folder of pairs.
        name: the files' stem.
        files: ``image``, ``target`` and ``mask`` as far as they are there.
        size: ``(height, width)``, None where it could not be read.
        ink_share: share of pixels whose difference is over 25 levels.
        mask_share: share of the mask file that is white.
        registration: the shift of the ground truth, None where the page has too little to tell.
        swapped_share: share of the outlines seen on one page alone that the ground truth has, None where
            there are too few (see ``restorekit.datasets.outlines``).
        changed_share: share of pixels outside the mask whose difference is over 20 levels, lone pixels (the
            noise of compression) left out. None without a mask file: the ink is then told by the difference.
        tone: the median of ground truth minus input outside the ink, in levels.
        ink: what the ink is like, None where the two could not be compared.
        findings: what is wrong or worth a note.
        signature: for finding duplicates (see ``restorekit.datasets.duplicates``).
    """

    folder: Path
    name: str
    files: dict[str, Path]
    size: tuple[int, int] | None = None
    ink_share: float | None = None
    mask_share: float | None = None
    registration: Registration | None = None
    swapped_share: float | None = None
    changed_share: float | None = None
    tone: float | None = None
    ink: InkStatistics | None = None
    findings: list[Finding] = field(default_factory=list)
    signature: np.ndarray | None = field(default=None, repr=False)

    @property
    def has_problem(self) -> bool:
        """Whether one of the findings is a problem."""
        return any(finding.problem for finding in self.findings)

    def add(self, kind: str, message: str, *, problem: bool = True) -> None:
        """Add a finding."""
        self.findings.append(Finding(kind, problem, message))
