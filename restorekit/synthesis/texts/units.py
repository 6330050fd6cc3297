"""The units of results, as Chinese schools ask for them."""

from __future__ import annotations

import re

GIVEN = re.compile(r"\((?:[^\W\d_]+)\)$")
"""A unit in brackets at the end of a result."""
