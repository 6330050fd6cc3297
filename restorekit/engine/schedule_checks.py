"""Whether the numbers of a schedule can be: mmengine's schedulers divide by them in the training."""

from __future__ import annotations

from typing import Any

SMALL = 1e-12
RANGES: dict[str, tuple[float, float, str]] = {
    "step_size": (1, float("inf"), "1 or more"),
    "T_max": (1, float("inf"), "1 or more"),
    "total_steps": (1, float("inf"), "1 or more"),
    "periods": (1, float("inf"), "numbers of 1 or more"),
    "milestones": (0, float("inf"), "numbers of 0 or more"),
    "begin": (0, float("inf"), "0 or more"),
    "gamma": (SMALL, float("inf"), "a number above 0"),
    "power": (SMALL, float("inf"), "a number above 0"),
    "start_factor": (SMALL, 1, "a share in (0, 1]"),
    "end_factor": (0, 1, "a share in [0, 1]"),
    "factor": (0, 1, "a share in [0, 1]"),
    "eta_min": (0, float("inf"), "a rate of 0 or more"),
    "eta_min_ratio": (0, 1, "a share in [0, 1]"),
}
"""The least and the most of each argument that mmengine's schedulers take, and both in words."""


def check_schedule(schedule: dict[str, Any], *, where: str) -> None:
    """Raise a ValueError that names the argument of a scheduler's config that is out of its range."""
    for name, (least, most, words) in RANGES.items():
        value = schedule.get(name)
        numbers = value if isinstance(value, (list, tuple)) else [] if value is None else [value]
        if value == [] or not all(least <= number <= most for number in numbers):
            raise ValueError(f"{where}.{name} is {value!r}; expected {words}")
    begin, end = schedule.get("begin") or 0, schedule.get("end")
    if end is not None and end <= begin:
        raise ValueError(f"{where}.end is {end!r}; expected more than its begin, {begin}")
