import io
import json
import re
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pikepdf
import pytest
import torch
from PIL import Image
from torch import nn

from restorekit.api import Restorer
from restorekit.cli import main
from restorekit.commands.erase import pick_jobs
from restorekit.commands.model import TASKS
from restorekit.documents.progress import ProgressWatcher
from restorekit.registry import NETWORKS
from restorekit.types import Restoration
from restorekit.weights_folder import save_weights_folder, shipped_weights


@NETWORKS.register_module()
class ColouredInk(nn.Module):
    """Coloured pixels are ink, to become paper; every other pixel comes out a little darker."""

    size_divisor = 1
    bounded_receptive_field = True

    def __init__(self):
        super().__init__()
        self.paper = nn.Parameter(torch.tensor(0.95))

    def forward(self, image):
        ink = (image.amax(1, keepdim=True) - image.amin(1, keepdim=True) > 0.25).to(image.dtype)
        return Restoration(ink * self.paper + (1 - ink) * image * 0.97, (ink * 2 - 1) * 20)


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    save_weights_folder(
        "weights",
        network={"type": "ColouredInk"},
        inferencer={"type": "Tiled", "tile": 64, "margin": 8},
        state_dict=ColouredInk().state_dict(),
        task="handwriting",
        card="",
    )
    page = np.full((90, 70, 3), 240, np.uint8)
    page[10:14, 10:60] = 25  # print
    page[40:44, 10:60] = (210, 20, 30)
    page[60:64, 10:60] = (20, 30, 210)
    Path("in").mkdir()
    for name in ("a.png", "b.png"):
        Image.fromarray(page).save(Path("in") / name)
    monkeypatch.setattr(torch, "set_num_threads", lambda count: None)  # the process is shared by the tests
    return page


def erase(*arguments):
    return main(["erase", *arguments, "--weights", "weights", "--device", "cpu", "--precision", "fp32"])


def read(path):
    return np.asarray(Image.open(path))


def test_a_folder_is_erased_and_its_print_kept_bit_for_bit(here, capsys):
    assert erase("in", "-o", "out", "--mask-out", "masks", "--report", "report.html") == 0
    after = read("out/a.png")
    assert (np.abs(after[40:44, 12:58].astype(int) - 242) <= 1).all()
    assert np.array_equal(after[:34], here[:34])
    assert read("masks/b.png")[41, 30] == 255 and not read("masks/b.png")[:38].any()
    assert Path("report.html").read_text().count("<section") == 2
    assert "2 pages done" in capsys.readouterr().err


def test_the_network_s_whole_picture(here):
    assert erase("in/a.png", "-o", "out.png", "--full") == 0
    assert (read("out.png")[:8] == round(240 * 0.97)).all()


def test_watermark_weights_take_the_whole_picture_unless_told_otherwise(here):
    config = Path("weights/config.json")
    config.write_text(config.read_text().replace('"handwriting"', '"watermark"'))
    assert erase("in/a.png", "-o", "full.png") == 0
    assert erase("in/a.png", "-o", "kept.png", "--keep-print") == 0
    assert (read("full.png")[:8] == round(240 * 0.97)).all() and np.array_equal(
        read("kept.png")[:8], here[:8]
    )


def test_programs_are_told_what_became_of_each_file(here):
    assert erase("in", "gone.png", "-o", "out", "--json", "out/pages.json") == 1
    told = json.loads(Path("out/pages.json").read_text())
    assert [file["status"] for file in told["files"]] == ["done", "done"] and not told["ok"]
    assert told["problems"] == ["there is no gone.png; check the path"]


def test_only_red(here):
    assert erase("in/a.png", "-o", "out.png", "--only", "Red") == 0
    after = read("out.png")
    assert np.array_equal(after[52:], here[52:]) and np.ptp(after[42, 30].astype(int)) == 0


def test_standard_input_and_output(here, monkeypatch):
    class Stream(io.StringIO):
        def __init__(self, data=b""):
            super().__init__()
            self.buffer = io.BytesIO(data)

    output = Stream()
    monkeypatch.setattr(sys, "stdin", Stream(Path("in/a.png").read_bytes()))
    monkeypatch.setattr(sys, "stdout", output)
    assert erase("-", "-o", "-") == 0
    after = np.asarray(Image.open(io.BytesIO(output.buffer.getvalue())))
    assert np.array_equal(after[:34], here[:34]) and not np.array_equal(after, here)


def test_flips_and_tiles_are_edited_in_the_inferencer(here):
    assert erase("in/a.png", "-o", "a.png") == 0
    assert erase("in/a.png", "-o", "b.png", "--tta", "hv", "--tile", "40", "--margin", "4") == 0
    assert np.array_equal(read("a.png"), read("b.png"))
    assert erase("in/a.png", "-o", "c.png", "--tile", "8", "--margin", "4") == 2


def test_in_place_and_resume(here, capsys):
    assert erase("in", "-o", "out") == 0
    stamp = Path("out/a.png").stat().st_mtime_ns
    assert erase("in", "-o", "out", "--resume") == 0
    assert "; 2 files done before" in capsys.readouterr().err
    assert Path("out/a.png").stat().st_mtime_ns == stamp
    assert erase("in/a.png", "--in-place") == 0
    assert np.array_equal(read("in/a.png"), read("out/a.png"))


@pytest.mark.parametrize(
    "output, advice",
    [
        (["-o", "out"], "done: 1 of 2 files; --resume goes on from there"),
        (["--in-place"], "done: 1 of 2 files; name the others to go on: in/b.png"),
    ],
)
def test_an_interrupted_run_says_what_failed_and_how_to_go_on(here, monkeypatch, capsys, output, advice):
    restore = Restorer.restore

    def interrupted(self, array, **options):
        if not array.any():
            raise KeyboardInterrupt
        return restore(self, array, **options)

    monkeypatch.setattr(Restorer, "restore", interrupted)
    Image.new("RGB", (8, 8)).save("in/b.png")
    assert erase("gone.png", "in", *output, "--jobs", "1", "--json", "pages.json") == 130
    told = json.loads(Path("pages.json").read_text())
    assert not told["ok"] and [file["status"] for file in told["files"]] == ["done", "left"]
    error = capsys.readouterr().err
    assert advice in error and "failed: there is no gone.png" in error


def test_pages_that_pass_through_are_told(here, capsys):
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save("text.pdf")
    assert erase("text.pdf", "-o", "out.pdf") == 0
    assert "1 passed through, without a picture: --pdf-mode all takes them" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["report.txt", "report", "report.pdf"])
def test_a_report_is_named_as_the_web_page_that_it_is(here, name, capsys):
    assert erase("in", "-o", "out", "--report", name) == 2
    assert f"--report {name} is a web page; name it .html" in capsys.readouterr().err
    assert not Path(name).exists() and not Path("out").exists()


def test_a_resumed_run_does_not_overwrite_the_report_of_the_first(here, capsys):
    assert erase("in/a.png", "-o", "out", "--resume", "--report", "report.html") == 0
    first = Path("report.html").read_text()
    assert erase("in", "-o", "out", "--resume", "--report", "report.html") == 2
    assert "report.html shows the pages of an earlier run; name another file" in capsys.readouterr().err
    assert Path("report.html").read_text() == first and not Path("out/b.png").exists()
    assert erase("in", "-o", "out", "--report", "report.html") == 0


def test_the_report_has_the_order_of_the_files_whichever_is_done_first(here, monkeypatch):
    second, write = threading.Event(), ProgressWatcher.file

    def held(self, outcome):
        write(self, outcome)
        second.set()

    def restore(self, array, restore=Restorer.restore, **options):
        if array.any():
            second.wait(10)
        return restore(self, array, **options)

    monkeypatch.setattr(ProgressWatcher, "file", held)
    monkeypatch.setattr(Restorer, "restore", restore)
    monkeypatch.setattr("restorekit.commands.erase.available_cores", lambda: 2)
    Image.new("RGB", (8, 8)).save("in/b.png")
    assert erase("in", "-o", "out", "--report", "report.html") == 0
    assert re.findall("<h2>(.*?)</h2>", Path("report.html").read_text()) == [
        "in/a.png, page 1",
        "in/b.png, page 1",
    ]


def test_a_bad_file_is_named_and_the_exit_code_says_so(here, capsys):
    Path("in/b.png").write_bytes(b"")
    assert erase("in", "gone.jpg", "-o", "out") == 1
    error = capsys.readouterr().err
    assert "failed: in/b.png is empty (0 bytes); copy or scan it again" in error
    assert "failed: there is no gone.jpg; check the path" in error
    assert "1 page done, " in error
    assert Path("out/a.png").exists() and not Path("out/b.png").exists()


@pytest.mark.parametrize(
    "arguments, words",
    [
        (["in/a.png"], "name the output with -o"),
        (["in/a.png", "-o", "in/a.png"], "--in-place"),
        (["gone.png", "-o", "out"], "there is no gone.png"),
        (["in", "--in-place", "--resume"], "--resume cannot tell"),
        (
            ["in", "-o", "out", "--only", "pink,"],
            "only takes black, red, yellow, green, blue, purple; got 'pink', ''",
        ),
        (["in", "-o", "out", "--only", "red", "--full"], "exclude each other"),
        (["in", "-o", "out", "--jobs", "0"], "--jobs must be at least 1"),
        (["in", "-o", "out", "--dpi", "1"], "dpi must lie between"),
    ],
)
def test_what_does_not_fit_ends_in_one_line(here, capsys, arguments, words):
    assert erase(*arguments) == 2
    error = capsys.readouterr().err
    assert error.startswith("error: ") and error.count("\n") == 1 and words in error
    assert not Path("out").exists()


def test_the_weights_that_ship_are_the_default(here, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "restorekit.weights_folder.find_weights", lambda weights: asked.append(weights) or Path("weights")
    )
    for arguments in ([], ["--task", "handwriting"], ["--weights", "mine"]):
        assert main(["erase", "in", "-o", "out", *arguments]) == 0
    assert asked == ["handwriting", "handwriting", "mine"]
    assert set(TASKS) <= shipped_weights().keys()


@pytest.mark.parametrize("weights", ["weights", "handwriting"])
def test_weights_for_another_task_are_refused(here, monkeypatch, capsys, weights):
    monkeypatch.setattr("restorekit.weights_folder.find_weights", lambda weights: Path("weights"))
    assert main(["erase", "in", "-o", "out", "--task", "watermark", "--weights", weights]) == 2
    error = capsys.readouterr().err
    assert f"--weights {weights} are for handwriting, --task says watermark; leave one of them out" in error
    assert main(["erase", "in", "-o", "out", "--task", "handwriting", "--weights", weights]) == 0


def test_jobs_never_exceed_the_files_or_the_cores(monkeypatch):
    monkeypatch.setattr("restorekit.commands.erase.available_cores", lambda: 4)
    assert pick_jobs(None, 100) == 2 and pick_jobs(None, 1) == 1
    assert pick_jobs(16, 100) == 4 and pick_jobs(3, 2) == 2


def test_help_is_quick_to_start_and_has_examples():
    code = (
        "import sys\nfrom restorekit.cli import main\n"
        "try:\n    main(['erase', '--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'torch', 'mmengine', 'numpy', 'cv2', 'PIL', 'rich'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "restorekit erase scans/ -o clean/" in result.stdout
    assert result.stdout.rstrip().endswith("[]")
