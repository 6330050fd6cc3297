"""mmengine's warnings that nobody can mend, kept out of logs, where they bury those that somebody can."""

from __future__ import annotations

import logging
import re

from mmengine.runner import Runner

NEEDLESS = re.compile(
    r"Dataset \w+ has no metainfo"  # classes and palettes, which restoration has none of
    r"|\"(FileClient|HardDiskBackend)\" "  # mmengine's own CheckpointHook uses what it calls deprecated
)


def hush(runner: Runner) -> None:
    """Keep ``NEEDLESS`` out of the runner's log from now on."""
    runner.logger.addFilter(_is_needed)


def _is_needed(record: logging.LogRecord) -> bool:
    return not NEEDLESS.match(str(record.msg))
