"""The model card of converted weights."""

from __future__ import annotations

import hashlib
from pathlib import Path

from restorekit.conversion.sources import Source

_TEMPLATE = """# {title}

Converted by `restorekit convert --from {name}`, not trained here.

| | |
| --- | --- |
| source file | `{file}`, SHA-256 `{digest}` |
| network | `{network}` |
| parameters | {parameters} |
| task | {task} |
| input | RGB in [0, 1], not 0..255; sides are multiples of the network's `size_divisor` |
| output | the restored image, and the probability that a pixel is ink or text (1 = to be erased) |
| licence | the authors'; converting does not change it: ask them before passing the weights on |

Every key and shape of the source was checked. Spectral norms are folded into plain convolutions, batch-norm
statistics are taken over, and the mask is the mean of the authors' three mask channels.
No score was measured: run `python tools/test.py` on pages of your own before relying on them.
"""


def write_card(name: str, source: Source, path: Path, *, parameters: int, task: str) -> str:
    """The card's Markdown.

    Args:
        name: the source's name on the command line.
        source: whose weights they are.
        path: the file they came from.
        parameters: their number.
        task: what they are for.
    """
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return _TEMPLATE.format(
        title=f"Weights of {source.title}",
        name=name,
        file=path.name,
        digest=digest,
        network=dict(source.network),
        parameters=f"{parameters:,}",
        task=task,
    )
