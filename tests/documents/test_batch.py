import errno
import io
import os
import re
import sys
import threading
from pathlib import Path
from queue import SimpleQueue
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image

from restorekit.atomic import DiskFullError
from restorekit.documents import (
    ErasedPage,
    EraseOptions,
    Outcome,
    PageSummary,
    Report,
    Task,
    erase_batch,
    plan,
)
from restorekit.documents.batch import count_pages, flagged, is_done
from restorekit.documents.progress import describe, failures


class Notes:
    """A watcher that remembers."""

    def __init__(self):
        self.pixels, self.share, self.pages, self.files = 0, 0.0, [], []

    def rows(self, share, pixels):
        self.share += share
        self.pixels += pixels

    def page(self, task, erased, summary):
        self.pages.append((task.name, summary.number, erased is None))

    def file(self, outcome):
        self.files.append(outcome.task.name)


@pytest.fixture
def folder(tmp_path, monkeypatch, page):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    for name in "abc":
        Image.fromarray(page).save(tmp_path / "in" / f"{name}.png")
    return tmp_path / "in"


def run(restore, tasks, *, jobs=1, resume=False, watcher=None):
    return erase_batch(restore, tasks, EraseOptions(), jobs=jobs, resume=resume, watcher=watcher or Notes())


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_bad_file_stops_no_other(folder, restore, jobs):
    (folder / "b.png").write_bytes(b"")
    notes = Notes()
    outcomes = run(restore, plan(["in"], "out").tasks, jobs=jobs, watcher=notes)
    assert [outcome.failed for outcome in outcomes] == [False, True, False]
    assert failures(outcomes[1]) == ["in/b.png is empty (0 bytes); copy or scan it again"]
    assert sorted(path.name for path in (folder.parent / "out").iterdir()) == ["a.png", "c.png"]
    assert sorted(notes.files) == ["in/a.png", "in/b.png", "in/c.png"]
    assert notes.pixels == 2 * 96 * 80 and notes.share == pytest.approx(2)
    assert "1 page erased" in describe(outcomes[0])


def test_what_the_system_refuses_is_told_without_its_number(folder, restore):
    Path("out").touch()
    (outcome,) = run(restore, [Task(Path("in/a.png"), Path("out/a.png"))])
    assert outcome.error.startswith("cannot write /")
    assert outcome.error.endswith("out/a.png: a part of its path is a file; write elsewhere")


def test_whatever_breaks_is_told_with_the_file(folder):
    def broken(array, *, on_rows):
        return {}["rows"]

    outcomes = run(broken, plan(["in"], "out").tasks[:2])
    assert [outcome.error for outcome in outcomes] == [
        f"in/{name}.png: 'rows' (KeyError; RESTOREKIT_TRACEBACK=1 shows where it came up)"
        for name in ("a", "b")
    ]


def test_resume_skips_what_is_done_and_does_what_is_stale(folder, restore):
    tasks = plan(["in"], "out").tasks
    run(restore, tasks[:2])
    stale = folder / "a.png"
    newer = (folder.parent / "out" / "a.png").stat().st_mtime + 10
    os.utime(stale, (newer, newer))
    outcomes = run(restore, tasks, resume=True)
    assert [outcome.skipped for outcome in outcomes] == [False, True, False]
    assert describe(outcomes[1]) == "in/b.png: done before"
    assert not is_done(Task(stale, stale))
    done = folder.parent / "out" / "a.png"
    os.utime(done, (newer, newer))
    assert is_done(Task(stale, done))  # no older is done


def test_resume_takes_up_again_what_had_pages_that_failed(folder, page, restore):
    pages = [Image.fromarray(page), Image.fromarray(page[:40])]
    pages[0].save("in/d.tif", save_all=True, append_images=pages[1:])
    fails = [True]

    def sometimes(array, **options):
        if array.shape[0] == 40 and fails.pop():
            raise MemoryError
        return restore(array, **options)

    tasks = plan(["in/c.png", "in/d.tif"], "out").tasks
    first, second = run(sometimes, tasks)
    assert failures(second) == ["in/d.tif, page 2: MemoryError"] and second.task.target.is_file()
    outcomes = run(restore, tasks, resume=True)
    assert [(outcome.skipped, outcome.failed) for outcome in outcomes] == [(True, False), (False, False)]
    assert all(outcome.skipped for outcome in run(restore, tasks, resume=True))


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_interrupt_leaves_whole_files_only(folder, restore, jobs):
    """The interrupt comes while the second file is written: the first is there, and no other trace."""
    first_done = threading.Event()

    class Interrupting(Notes):
        def file(self, outcome):
            super().file(outcome)
            first_done.set()
            raise KeyboardInterrupt

    def slow(array, *, on_rows):
        if len(started := slow.started) >= 1:
            first_done.wait(5)
            for row in range(1, 97):
                first_done.wait(0.01)
                on_rows(row)
                threading.Event().wait(0.02)
        started.append(1)
        return restore(array, on_rows=on_rows)

    slow.started = []
    with pytest.raises(KeyboardInterrupt):
        run(slow, plan(["in"], "out").tasks, jobs=jobs, watcher=Interrupting())
    files = list((folder.parent / "out").iterdir())
    assert len(files) == 1 and files[0].suffix == ".png"
    assert np.asarray(Image.open(files[0])).shape == (96, 80, 3)


def test_files_that_are_done_at_an_interrupt_are_told(folder, restore, monkeypatch):
    class Interrupted(SimpleQueue):
        def get(self, **_):
            for _ in range(3):
                super().get()
            raise KeyboardInterrupt

    monkeypatch.setattr("restorekit.documents.batch.SimpleQueue", Interrupted)
    notes = Notes()
    with pytest.raises(KeyboardInterrupt):
        run(restore, plan(["in"], "out").tasks, watcher=notes)
    assert sorted(notes.files) == ["in/a.png", "in/b.png", "in/c.png"]


def test_a_full_disk_below_standard_output_is_told_of_it_not_of_the_page(folder, restore, monkeypatch):
    class Full(io.BytesIO):
        def write(self, data):
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(sys, "stdout", SimpleNamespace(buffer=Full()))
    with pytest.raises(DiskFullError, match="^.*cannot write standard output: the disk is full; free space"):
        run(restore, plan(["in/a.png"], "-").tasks)


def test_a_full_disk_ends_the_batch_and_what_is_done_is_told(folder, restore, monkeypatch):
    """Files would be erased for nothing."""
    begun, notes, sync = [], Notes(), os.fsync

    def full_at_the_second(handle):
        begun.append(handle)
        if len(begun) > 1:
            raise OSError(errno.ENOSPC, "No space left on device")
        sync(handle)

    monkeypatch.setattr(os, "fsync", full_at_the_second)
    with pytest.raises(DiskFullError, match=r"cannot write .*b\.png: the disk is full"):
        run(restore, plan(["in"], "out").tasks, watcher=notes)
    assert notes.files == ["in/a.png"] and len(begun) == 2
    assert [path.name for path in (folder.parent / "out").iterdir()] == ["a.png"]


def test_masks_are_white_where_ink_was(folder, page, restore):
    run(restore, plan(["in"], "out", mask_folder=folder.parent / "masks").tasks)
    mask = np.asarray(Image.open(folder.parent / "masks" / "a.png"))
    assert np.array_equal(mask, restore(page)[1])


def test_masks_of_many_pages_are_numbered(folder, page, restore):
    image = Image.fromarray(page)
    image.save("many.tif", save_all=True, append_images=[image])
    (task,) = plan(["many.tif"], "out", mask_folder=folder.parent / "masks").tasks
    assert count_pages(task, EraseOptions()) == 2
    run(restore, [task])
    assert sorted(path.name for path in (folder.parent / "masks").iterdir()) == [
        "many-p0001.png",
        "many-p0002.png",
    ]


def test_the_report_stands_alone_and_names_what_to_look_at(folder, restore):
    (folder / "b.png").write_bytes(b"")
    (folder / "c.png").rename(folder / "<c>.png")
    report = Report(folder.parent / "report.html")

    def eager(array, *, on_rows):
        after, mask = restore(array, on_rows=on_rows)
        return after, np.full_like(mask, 255)

    class Reporting(Notes):
        def page(self, task, erased, summary):
            report.add(task, erased, summary)

    outcomes = run(eager, plan(["in"], "out").tasks, jobs=2, watcher=Reporting())
    report.finish(outcomes)
    text = (folder.parent / "report.html").read_text()
    assert text.count("src='data:image/jpeg;base64,") == 6 and "src='http" not in text
    assert "100% of the page&#x27;s dark pixels were erased" in text
    assert "failed: in/b.png is empty" in text
    assert "&lt;c&gt;.png" in text and "<c>" not in text
    assert [task.name for task, _ in flagged(outcomes)] == ["in/<c>.png", "in/a.png"]
    assert text.endswith("</body></html>\n")


def test_the_report_counts_what_it_shows_and_suits_phones_and_dark_screens(tmp_path):
    task = Task(Path("in/a.png"), None)
    told = []
    for outcomes in ([Outcome(task, [PageSummary(1)])], [Outcome(task, skipped=True)] * 2):
        report = Report(tmp_path / "report.html")
        for page in outcomes[0].pages:
            report.add(task, None, page)
        report.finish(outcomes)
        text = (tmp_path / "report.html").read_text()
        told += re.findall("</h1>\n<p>(.*)</p>", text)
    assert told == ["1 page of 1 file.", "0 pages of 0 files; not shown: 2 files done before."]
    assert "<meta name=viewport content='width=device-width'>" in text
    assert "@media(prefers-color-scheme:dark)" in text and "color-scheme:light dark" in text


def test_the_report_names_pages_that_failed_at_its_head(tmp_path):
    report = Report(tmp_path / "report.html")
    task = Task(Path("in/many.tif"), None)
    pages = [PageSummary(1), PageSummary(2, error="page 2 is <damaged>")]
    for page in pages:
        report.add(task, None, page)
    report.finish([Outcome(task, pages), Outcome(Task(Path("in/b.png"), None), error="in/b.png is empty")])
    head, *sections = (tmp_path / "report.html").read_text().split("<section id='")
    anchor = sections[1].split("'")[0]
    assert f"<a href='#{anchor}'>in/many.tif, page 2</a>: page 2 is &lt;damaged&gt;" in head
    assert "failed: in/b.png is empty" in head


def test_a_reports_pictures_are_told_apart_by_those_who_do_not_see_them(folder, page, restore):
    report = Report(folder.parent / "report.html")
    after, mask = restore(page)
    report.add(Task(Path("it's.png"), None), ErasedPage(1, page, after, mask), PageSummary(1, page.shape[:2]))
    report.finish([])
    text = (folder.parent / "report.html").read_text()
    for name in ("before", "after", "changed, in red"):
        assert f"alt='it&#x27;s.png, page 1, {name}'" in text


def test_the_report_leads_to_each_of_two_outputs_of_a_file(tmp_path):
    report = Report(tmp_path / "report.html")
    tasks = [Task(Path("in/a.tif"), Path(f"out/{name}/a.tif")) for name in ("x", "y")]
    outcomes = [Outcome(task, [PageSummary(n, error="bad") for n in (1, 2)]) for task in tasks]
    for task in reversed(tasks):
        for page in outcomes[0].pages:
            report.add(task, None, page)
    report.finish(outcomes)
    text = (tmp_path / "report.html").read_text()
    links, sections = (re.findall(pattern, text) for pattern in ("href='#(.*?)'", "section id='(.*?)'"))
    assert links == sections and len(set(links)) == 4


def test_a_name_that_is_not_utf8_is_reported(folder, page, restore):
    odd = Path(os.fsdecode(b"in/caf\xe9.png"))
    try:
        Image.fromarray(page).save(odd)
    except OSError:
        pytest.skip("the file system takes UTF-8 alone")
    report = Report(folder.parent / "report.html")

    class Reporting(Notes):
        def page(self, task, erased, summary):
            report.add(task, erased, summary)

    (outcome,) = run(restore, [Task(odd, Path("out/a.png"))], watcher=Reporting())
    report.finish([outcome])
    assert not outcome.failed and "<h2>in/caf?.png, page 1</h2>" in Path("report.html").read_text("utf-8")
