import errno
import os
import re
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from restorekit.documents import plan


@pytest.fixture
def tree(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("in/a.jpg", "in/sub/b.PNG", "in/sub/c.pdf", "in/notes.txt", "in/.hidden/d.png", "e.tif"):
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    return tmp_path


def targets(found):
    return {str(task.source): str(task.target) for task in found.tasks}


def test_a_folder_keeps_its_tree(tree):
    found = plan(["in"], "out")
    assert targets(found) == {
        "in/a.jpg": "out/a.jpg",
        "in/sub/b.PNG": "out/sub/b.PNG",
        "in/sub/c.pdf": "out/sub/c.pdf",
    }
    assert found.problems == []


def test_masks_and_a_report_take_no_pages_place(tree):
    Path("in/a-p0002.png").write_bytes(b"x")
    for output, masks in (("out", "in"), ("masks", "masks")):
        with pytest.raises(ValueError, match="a mask would take the place of .*; name another folder"):
            plan(["in"], output, mask_folder=Path(masks))
    with pytest.raises(ValueError, match="--report: e.tif is read or written besides"):
        plan(["e.tif"], "out", reports={"--report": Path("e.tif")})
    with pytest.raises(ValueError, match="--report: .* is read or written"):
        plan(["e.tif"], "out", reports={"--report": Path("out/e.tif")})
    with pytest.raises(ValueError, match="--json: a.png is read or written besides"):
        plan(["-"], "a.png", reports={"--json": Path("a.png")})
    with pytest.raises(ValueError, match="a mask would take the place of masks/page.png"):
        plan(["-"], "masks/page.png", mask_folder=Path("masks"))
    with pytest.raises(ValueError, match="--json: out/a.html is read or written besides; name another file"):
        plan(["e.tif"], "out", reports={"--report": Path("out/a.html"), "--json": Path("out/a.html")})
    assert plan(["in"], "out", mask_folder=Path("masks"), reports={"--report": Path("out/report.html")}).tasks


@pytest.mark.parametrize("folder", ["out", "new/masks", "new"])
def test_a_report_and_pages_take_no_folders_place(tree, folder):
    with pytest.raises(ValueError, match=f"{folder} is to be a folder of pages or masks; name another file"):
        plan(["in"], "out", mask_folder=Path("new/masks"), reports={"--report": Path(folder)})
    with pytest.raises(ValueError, match="new.tif is to be a folder of pages or masks; name another file"):
        plan(["e.tif"], "new.tif", mask_folder=Path("new.tif"))


@pytest.mark.parametrize("named", ["in", "in/**/*"])
def test_pictures_that_are_not_read_are_named(tree, named):
    Path("in/IMG_1.HEIC").write_bytes(b"x")
    Path("in/sub/IMG_2.jp2").write_bytes(b"x")
    found = plan([named], "out")
    assert len(found.tasks) == 3
    (problem,) = found.problems
    assert problem.startswith(f"{named} holds pictures that cannot be read (2), such as IMG_1.HEIC;")


def test_no_mask_takes_the_place_of_another(tree):
    Path("in/a.png").write_bytes(b"x")
    Path("in/sub/a.jpg").write_bytes(b"x")
    words = "the masks of in/a.jpg and in/sub/a.jpg would both become masks/a.jpg.png"
    with pytest.raises(ValueError, match=words):
        plan(["in/a.jpg", "in/sub/a.jpg"], None, in_place=True, mask_folder=Path("masks"))
    masks = [str(task.mask) for task in plan(["in"], None, in_place=True, mask_folder=Path("masks")).tasks]
    assert masks == ["masks/a.jpg", "masks/a.png", "masks/sub/a", "masks/sub/b", "masks/sub/c"]


def test_a_path_that_cannot_be_looked_at_is_named_and_stops_no_other(tree):
    name = "a" * 300 + ".png"
    found = plan([name, "e.tif"], "out")
    assert targets(found) == {"e.tif": "out/e.tif"}
    (problem,) = found.problems  # newer versions of Python say that there is none
    assert name in problem


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_is_referred_to_standard_input(tree):
    os.mkfifo("page.png")
    found = plan(["page.png"], "out.png")
    assert found.tasks == []
    assert found.problems == ["page.png is a pipe or a device; give it as standard input: - < page.png"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_in_a_folder_keeps_nobody_waiting(tree):
    os.mkfifo("in/pipe.png")
    Path("in/gone.png").symlink_to("nowhere")  # somebody expects it: erasing says that it is not there
    assert targets(plan(["in/", "in/*"], "out")).keys() == {
        "in/a.jpg",
        "in/gone.png",
        "in/sub/b.PNG",
        "in/sub/c.pdf",
    }


def test_a_folder_that_cannot_be_read_is_named_and_stops_no_other(tree, monkeypatch):
    scandir = os.scandir

    def shut(path):
        if Path(path) == Path("in/sub"):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", shut)
    found = plan(["in"], "out")
    assert targets(found) == {"in/a.jpg": "out/a.jpg"}
    assert found.problems == ["the folder in/sub cannot be read: Permission denied; its files are left out"]


def test_what_was_erased_before_is_not_erased_again(tree):
    Path("in/out").mkdir()
    Path("in/out/a.jpg").write_bytes(b"x")
    assert "in/out/a.jpg" not in targets(plan(["in"], "in/out"))


def test_a_pattern_leaves_out_what_was_erased_before(tree):
    found = targets(plan(["**/*.jpg"], "out", mask_folder=Path("masks")))
    for name in ("out/in/a.jpg", "out/stray.jpg", "masks/a.jpg"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(b"x")
    assert targets(plan(["**/*.jpg"], "out", mask_folder=Path("masks"))) == found
    assert targets(plan(["in/*.jpg"], ".")) == {"in/a.jpg": "a.jpg"}
    assert targets(plan(["out/*.jpg"], None, in_place=True)) == {"out/stray.jpg": "out/stray.jpg"}


def test_patterns_keep_the_tree_below_their_fixed_part(tree):
    assert targets(plan(["in/**/*.pdf"], "out")) == {"in/sub/c.pdf": "out/sub/c.pdf"}
    assert targets(plan(["in/s*/*"], "out")) == {
        "in/sub/b.PNG": "out/sub/b.PNG",
        "in/sub/c.pdf": "out/sub/c.pdf",
    }


def test_one_file_goes_to_a_file_or_into_a_folder(tree):
    Path("there.tif").mkdir()
    assert targets(plan(["e.tif"], "new.tif")) == {"e.tif": "new.tif"}
    assert targets(plan(["e.tif"], "new")) == {"e.tif": "new/e.tif"}
    assert targets(plan(["e.tif"], "there.tif")) == {"e.tif": "there.tif/e.tif"}
    assert targets(plan(["e.tif"], "/dev/null")) == {"e.tif": "/dev/null"}
    assert targets(plan(["in/a.jpg"], "new.jpg")) == {"in/a.jpg": "new.jpg"}
    assert targets(plan(["in"], "new.d")) != {}
    assert targets(plan(["in/s*/*.pdf"], "new.png/")) == {"in/sub/c.pdf": "new.png/sub/c.pdf"}


def test_in_place(tree):
    assert targets(plan(["e.tif"], None, in_place=True)) == {"e.tif": "e.tif"}


def test_a_file_of_several_names_is_one(tree):
    Path("link").symlink_to("in", target_is_directory=True)
    names = ["in/sub/b.PNG", "./in/sub/../sub/b.PNG", "link/sub/b.PNG"]
    assert targets(plan(names, None, in_place=True)) == {"in/sub/b.PNG": "in/sub/b.PNG"}
    assert len(plan([".", "in/sub/b.PNG"], None, in_place=True).tasks) == 4
    assert targets(plan(names, "out")) == {"in/sub/b.PNG": "out/b.PNG"}
    assert len(plan(["in", "in/sub/b.PNG"], "out").tasks) == 4  # to two places


def test_a_link_to_a_folder_elsewhere_is_told(tree):
    Path("other").mkdir()
    for name, target in (("in/loop", "../in"), ("in/sub/away", "../../other"), ("in/masks", "../masks")):
        Path(name).symlink_to(target, target_is_directory=True)
    Path("masks").mkdir()
    found = plan(["in"], "out", mask_folder=Path("masks"))
    assert len(found.tasks) == 3
    assert found.problems == [
        "in/sub/away is a link to another folder, and is left out; name it as an input too"
    ]


def test_streams(tree):
    task = plan(["-"], "-").tasks[0]
    assert task.source is None and task.target is None and task.name == "standard input"
    (task,) = plan(["in/a.jpg"], "-").tasks
    assert task.source == Path("in/a.jpg") and task.target is None


@pytest.mark.parametrize(
    ("closed", "arguments", "words"),
    [
        ("stdin", (["-"], "out.png"), "standard input (-) is closed; name a file"),
        ("stdout", (["e.tif"], "-"), "standard output (-) is closed; name a file"),
        ("stdout", (["-"], "-"), "standard output (-) is closed; name a file"),
    ],
)
def test_a_stream_that_a_service_has_closed_is_told_before_the_work(
    tree, monkeypatch, closed, arguments, words
):
    monkeypatch.setattr(sys, closed, None)
    with pytest.raises(ValueError, match=re.escape(words)):
        plan(*arguments)


@pytest.mark.parametrize(
    "output, in_the_way", [("e.png", True), ("e-p0012.png", True), ("e-p.png", False), ("e-p1.tif", False)]
)
def test_masks_of_many_pages_are_numbered_and_take_no_pages_place(tree, output, in_the_way):
    call = partial(plan, ["e.tif"], f"masks/{output}", mask_folder=Path("masks"))
    if in_the_way:
        with pytest.raises(ValueError, match=f"take the place of masks/{output}"):
            call()
    else:
        assert len(call().tasks) == 1


def test_thousands_of_files_are_planned_in_seconds(tmp_path):
    for number in range(3000):
        (tmp_path / f"{number}.png").touch()
    began = time.process_time()
    assert len(plan([str(tmp_path)], str(tmp_path / "out"), mask_folder=tmp_path / "masks").tasks) == 3000
    assert time.process_time() - began < 5  # each with each would take over 15


def test_masks_of_equal_names_keep_their_suffix(tree):
    Path("in/a.png").write_bytes(b"x")
    masks = {str(task.source): str(task.mask) for task in plan(["in"], "out", mask_folder=Path("m")).tasks}
    assert masks["in/a.png"] == "m/a.png" and masks["in/a.jpg"] == "m/a.jpg"
    assert masks["in/sub/b.PNG"] == "m/sub/b"


@pytest.mark.parametrize(
    "inputs, output, in_place, words",
    [
        (["e.tif"], None, False, "name the output with -o"),
        (["e.tif"], "out", True, "one of both"),
        (["e.tif", "-o", "out"], None, False, "there is no file -o; options stand before --"),
        (["e.tif"], "e.tif", False, "--in-place"),
        (["in"], "in", False, "--in-place"),
        (["in", "e.tif"], "in/a.jpg", False, "several inputs need a folder"),
        (
            ["in/a.jpg", "e.tif"],
            "new.png",
            False,
            "new.png names a file, but .* several inputs need a folder",
        ),
        (["in"], "new.pdf", False, "new.pdf names a file, but .* end it with / if you mean one"),
        (["e.tif", "in"], "-", False, "standard output takes one file; got 4"),
        (["-", "e.tif"], "-", False, "stands alone"),
        (["-"], "in", False, "in is a folder"),
        (["-"], "new/", False, "new/ is a folder"),
        ([""], "out", False, "an empty name, as a shell variable that is not set gives"),
        (["e.tif", ""], None, True, "an empty name"),
        (["e.tif"], "", False, "an empty name"),
        (["in"], "/dev/null", False, "/dev/null names a file"),
        (["in/a.jpg", "more/a.jpg"], "out", False, "would both become"),
    ],
)
def test_what_does_not_fit_is_refused(tree, inputs, output, in_place, words):
    Path("more").mkdir()
    Path("more/a.jpg").write_bytes(b"x")
    with pytest.raises(ValueError, match=words):
        plan(inputs, output, in_place=in_place)


def test_a_hard_link_to_the_input_is_not_overwritten(tree):
    Path("link.tif").hardlink_to("e.tif")
    with pytest.raises(ValueError, match="--in-place"):
        plan(["e.tif"], "link.tif")


def test_inputs_that_are_not_there_are_problems_and_stop_no_other(tree):
    Path("empty").mkdir()
    for output in ("new.png", "-"):
        assert plan(["gone.png"], output).problems == ["there is no gone.png; check the path"]
    found = plan(["gone.png", "*.webp", "empty", "e.tif"], "out")
    assert targets(found) == {"e.tif": "out/e.tif"}
    assert [problem.split(";")[0] for problem in found.problems] == [
        "there is no gone.png",
        "nothing that can be erased matches *.webp",
        "empty holds no JPEG, PNG, TIFF, WebP, BMP or PDF",
    ]
