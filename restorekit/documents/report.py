"""The report: one HTML file that needs no other, with each page before, after, and what changed."""

from __future__ import annotations

import base64
import html
import io
import tempfile
import threading
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from restorekit.atomic import atomic_file
from restorekit.documents.batch import Outcome
from restorekit.documents.ink import changed_pixels, with_channels
from restorekit.documents.page import ErasedPage, PageSummary
from restorekit.documents.planning import Task
from restorekit.wording import counted

_LONGEST_PX = 800
_JPEG_QUALITY = 82
_STYLE = """
:root{color-scheme:light dark;--text:#222;--quiet:#666;--line:#ccc;--flag:#fff3cd;--fail:#f8d7da}
@media(prefers-color-scheme:dark){:root{--text:#ddd;--quiet:#999;--line:#444;--flag:#3d3310;--fail:#42191d}}
body{font:15px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:90rem;padding:0 1rem;color:var(--text);
overflow-wrap:anywhere}
section{border-top:1px solid var(--line);padding:.6rem 0}h2{font-size:1rem;margin:.3rem 0}
.three{display:grid;grid-template-columns:repeat(3,1fr);gap:.6rem}figure{margin:0}
@media(max-width:40rem){.three{grid-template-columns:1fr}}
img{width:100%;border:1px solid var(--line)}figcaption{color:var(--quiet);font-size:.85rem}
.flag{background:var(--flag);border-left:4px solid #e0a800;padding:.3rem .6rem}
.fail{background:var(--fail);border-left:4px solid #b02a37;padding:.3rem .6rem}
"""


class Report:
    """Collects pages as they are done, in a temporary file, and writes them in order at the end.

    Args:
        target: the HTML file.
    """

    def __init__(self, target: Path) -> None:
        self.target = target
        self._lock = threading.Lock()
        self._spool = tempfile.TemporaryFile()  # noqa: SIM115  (closed by finish)
        self._sections: list[tuple[Task, int, int, int]] = []  # of a page: its number, offset, length
        self._faults: list[OSError] = []

    def add(self, task: Task, erased: ErasedPage | None, summary: PageSummary) -> None:
        """Add a page; ``erased`` is None where it failed. What goes wrong is told by ``finish``."""
        data = _encoded(_section(task, erased, summary))
        with self._lock:
            try:
                offset = self._spool.seek(0, io.SEEK_END)
                self._spool.write(data)
                self._spool.flush()
            except OSError as error:  # the page itself is well
                self._faults.append(error)
            else:
                self._sections.append((task, summary.number, offset, len(data)))

    def finish(self, outcomes: list[Outcome]) -> None:
        """Write the report, the pages in the order of ``outcomes``; what has none comes last.

        Raises:
            OSError: it cannot be written, or lacks pages; the message names it and the mend.
        """
        order = {outcome.task: index for index, outcome in enumerate(outcomes)}
        last = len(order)
        sections = sorted(self._sections, key=lambda item: (order.get(item[0], last), item[0].name, item[1]))
        with atomic_file(self.target) as file:
            file.write(_encoded(_head(outcomes, len(sections))))
            for _, _, offset, length in sections:
                self._spool.seek(offset)
                file.write(self._spool.read(length))
            file.write(b"</body></html>\n")
        self._spool.close()
        if self._faults:
            raise OSError(
                f"{self.target} lacks {counted(len(self._faults), 'page')}: {tempfile.gettempdir()}, where"
                f" they waited, took no more ({self._faults[0].strerror}); name another folder by TMPDIR"
            ) from self._faults[0]


def _encoded(text: str) -> bytes:
    """UTF-8, with a question mark for what is none in a file's name."""
    return text.encode("utf-8", "replace")


def _head(outcomes: list[Outcome], shown: int) -> str:
    failed = [html.escape(outcome.error) for outcome in outcomes if outcome.error]
    failed += [
        f"{_link(outcome.task, page)}: {html.escape(page.error)}"
        for outcome in outcomes
        for page in outcome.pages
        if page.error
    ]
    skipped = sum(outcome.skipped for outcome in outcomes)
    before = f"; not shown: {counted(skipped, 'file')} done before" if skipped else ""
    flags = [(outcome, page) for outcome in outcomes for page in outcome.pages if page.warnings]
    lines = [
        "<!doctype html><html lang=en><head><meta charset=utf-8><title>restorekit erase</title>",
        "<meta name=viewport content='width=device-width'>",
        f"<style>{_STYLE}</style></head><body><h1>What was erased</h1>",
        f"<p>{counted(shown, 'page')} of {counted(len(outcomes) - skipped, 'file')}{before}.</p>",
    ]
    if flags:
        links = "".join(
            f"<li>{_link(outcome.task, page)}: {html.escape('; '.join(page.warnings))}</li>"
            for outcome, page in flags
        )
        lines.append(f"<div class=flag>Look at these pages:<ul>{links}</ul></div>")
    lines += [f"<p class=fail>failed: {line}</p>" for line in failed]
    return "\n".join(lines)


def _section(task: Task, erased: ErasedPage | None, summary: PageSummary) -> str:
    title = _title(task, summary)
    lines = [f"<section id='{_anchor(task, summary)}'><h2>{title}</h2>"]
    if summary.error:
        lines.append(f"<p class=fail>failed: {html.escape(summary.error)}</p>")
    if summary.passed:
        lines.append("<p>passed through: it bears no picture</p>")
    if summary.warnings:
        lines.append(f"<p class=flag>{html.escape('; '.join(summary.warnings))}</p>")
    if erased is not None and erased.before is not None and erased.after is not None:
        height, width = summary.size
        lines.append(f"<p>{width} × {height} px; {summary.changed:.2%} of the pixels changed</p>")
        before, after = preview(erased.before), preview(erased.after)
        changed = preview(changed_pixels(erased.before, erased.after).view(np.uint8) * np.uint8(255))
        pictures = {"before": before, "after": after, "changed, in red": overlay(before, changed)}
        lines.append("<div class=three>")
        lines += [
            f"<figure><img loading=lazy alt='{title}, {name}' src='{_data_url(picture)}'><figcaption>{name}"
            "</figcaption></figure>"
            for name, picture in pictures.items()
        ]
        lines.append("</div>")
    return "\n".join([*lines, "</section>\n"])


def preview(page: np.ndarray) -> np.ndarray:
    """``page`` as ``(h, w, 3)`` uint8, at most 800 px long, over white where it is transparent."""
    height, width = page.shape[:2]
    scale = min(1.0, _LONGEST_PX / max(height, width))
    size = (max(round(width * scale), 1), max(round(height * scale), 1))
    small = with_channels(cv2.resize(np.ascontiguousarray(page), size, interpolation=cv2.INTER_AREA))
    values = small.astype(np.float32) * (255 / np.iinfo(page.dtype).max)
    if values.shape[2] in (2, 4):
        alpha = values[..., -1:] / 255
        values = values[..., :-1] * alpha + 255 * (1 - alpha)
    rgb = np.repeat(values, 3, axis=2) if values.shape[2] == 1 else values
    return np.rint(rgb).astype(np.uint8)


def overlay(page: np.ndarray, changed: np.ndarray) -> np.ndarray:
    """A pale grey ``page`` with red where ``changed`` (both ``(h, w, 3)`` uint8) is bright."""
    pale = 128 + page.astype(np.float32).mean(-1, keepdims=True) / 2
    weight = np.minimum(changed[..., :1].astype(np.float32) / 255 * 3, 1)
    return np.rint(pale * (1 - weight) + np.array([200, 0, 20], np.float32) * weight).astype(np.uint8)


def _data_url(picture: np.ndarray) -> str:
    buffer = io.BytesIO()
    Image.fromarray(picture).save(buffer, format="JPEG", quality=_JPEG_QUALITY)
    return "data:image/jpeg;base64," + base64.b64encode(buffer.getvalue()).decode()


def _title(task: Task, page: PageSummary) -> str:
    return html.escape(f"{task.name}, page {page.number}")


def _link(task: Task, page: PageSummary) -> str:
    return f"<a href='#{_anchor(task, page)}'>{_title(task, page)}</a>"


def _anchor(task: Task, page: PageSummary) -> str:
    output = str(task.target or task.name)  # a file may be named twice, with an output each
    name = base64.urlsafe_b64encode(output.encode("utf-8", "surrogateescape")).decode().rstrip("=")
    return f"p{page.number}-{name}"
