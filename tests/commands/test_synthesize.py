"""``restorekit synthesize`` as a user meets it."""

import json

import pytest

from restorekit.cli import main

SMALL = ["--height", "160", "--width", "128", "--workers", "1"]


@pytest.mark.parametrize("task", ["handwriting", "watermark"])
def test_writes_and_goes_on(task, tmp_path, capsys):
    out = tmp_path / "made"
    assert main(["synthesize", task, "--pages", "2", "-o", str(out), *SMALL]) == 0
    assert capsys.readouterr().out == f"2 pairs in {out}\n"
    image = out / "images" / "000000.jpg"
    before = image.stat().st_mtime_ns
    assert main(["synthesize", task, "--pages", "3", "-o", str(out), *SMALL]) == 0
    assert image.stat().st_mtime_ns == before
    assert len(json.loads((out / "manifest.json").read_text())["pages"]) == 3
    assert (out / "alphas").exists() == (task == "watermark")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--pages", "0"], "--pages is 0; expected 1 or more"),
        (["--pages", "1", "--seed", "-3"], "seed is -3; expected 0 or more"),
        (["--pages", "1", "--width", "10"], "width is 10 pixels; expected 64 to 10000"),
        (["--pages", "1", "--workers", "0"], "--workers is 0; expected 1 or more"),
        (["--pages", "1", "--pages-from", "nowhere"], "pages: there is no folder nowhere"),
        (["--pages", "1", "--ink-from", "nowhere"], "ink: there is no folder nowhere"),
        (["--pages", "1", "--fonts-from", "nowhere"], "fonts: there is no folder nowhere"),
        (["--pages", "1", "--marks-from", "nowhere"], "marks: they are for watermarks"),
    ],
)
def test_bad_arguments_give_one_clear_line(arguments, message, tmp_path, capsys):
    assert main(["synthesize", "handwriting", "-o", str(tmp_path / "out"), *arguments]) == 2
    output = capsys.readouterr()
    assert message in output.err
    assert output.out == ""  # no bar of nothing
    assert not (tmp_path / "out").exists()
