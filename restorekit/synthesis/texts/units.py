"""Units: of results, as Chinese schools ask for them, and as countries write them in their own letters."""

from __future__ import annotations

import re

GIVEN = re.compile(r"\((?:[^\W\d_]+)\)$")
"""A unit in brackets at the end of a result."""
OWN: dict[str, dict[str, str]] = {
    "ru": {"mm": "мм", "cm": "см", "m": "м", "km": "км", "g": "г", "kg": "кг", "l": "л"},
    "el": {"mm": "χιλ.", "cm": "εκ.", "m": "μ.", "km": "χμ.", "g": "γρ.", "kg": "κιλά", "l": "λίτρα"},
}


def unit_in(language: str, unit: str) -> str:
    """A unit as the schools of a language write it."""
    return OWN.get(language, {}).get(unit, unit)
