"""Installed plugins: packages with an entry point in the group ``restorekit.plugins``."""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points

GROUP = "restorekit.plugins"


@cache
def load_plugins() -> dict[str, str]:
    """Import every installed plugin once.

    Importing is all that is needed: a plugin registers its components when its module runs.

    Returns:
        The plugins that could not be imported, as ``{name: "ErrorType: message"}``. They are not raised
        here, because a broken plugin that nobody asked for must not stop the work; the registry names
        them where a component is missing.
    """
    failures = {}
    for entry_point in entry_points(group=GROUP):
        try:
            entry_point.load()
        except Exception as error:
            failures[entry_point.name] = f"{type(error).__name__}: {error}"
    return failures
