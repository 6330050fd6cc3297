"""restorekit: erase handwriting from documents, remove watermarks, and train networks that do.

``load_restorer`` is imported on first use, so that ``import restorekit`` costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from restorekit.version import __version__

__all__ = ["Restorer", "__version__", "load_restorer"]

if TYPE_CHECKING:
    from restorekit.api import Restorer, load_restorer
else:

    def __getattr__(name: str) -> object:
        """Import the Python API lazily (PEP 562)."""
        if name in ("load_restorer", "Restorer"):
            from restorekit import api

            return getattr(api, name)
        raise AttributeError(f"module 'restorekit' has no attribute {name!r}")
