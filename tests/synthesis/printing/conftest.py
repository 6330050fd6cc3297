"""What several tests of print share."""

from collections.abc import Callable
from types import ModuleType

import pytest

from restorekit.synthesis.printing.sheets import put_text


@pytest.fixture
def print_of(monkeypatch) -> Callable[..., list[tuple[float, float, str]]]:
    """A function of modules: what they print from then on, ``(y, x, text)``, in a list that grows."""

    def watched(*modules: ModuleType) -> list[tuple[float, float, str]]:
        printed: list[tuple[float, float, str]] = []

        def noted(sheet, x, y, text, kind, **more):
            printed.append((y, x, text))
            return put_text(sheet, x, y, text, kind, **more)

        for module in modules:
            monkeypatch.setattr(module, "put_text", noted)
        return printed

    return watched
