import json
import math

import pytest
from rich.console import Console

from restorekit.metrics import report

PAGES = [
    {"name": "page[b]", "psnr": 30.0, "damage": math.nan, "mse": 0.001},
    {"name": "seite ä", "psnr": 40.0, "damage": math.nan, "mse": 0.003},
]


def test_report_holds_protocol_versions_mean_and_images():
    made = report.make_report(PAGES, "published")
    assert list(made) == ["protocol", "versions", "mean", "images"]
    assert made["protocol"] == "published"
    assert {"restorekit", "numpy", "opencv"} <= made["versions"].keys()
    assert made["mean"]["psnr"] == 35.0
    assert made["images"]["seite ä"]["mse"] == 0.003
    assert "name" not in made["images"]["seite ä"]


def test_json_has_null_for_what_json_does_not_know(tmp_path):
    file = tmp_path / "new" / "scores.json"
    report.write_json(file, report.make_report(PAGES, "honest") | {"infinite": [math.inf]})

    def refuse(constant):
        raise AssertionError(constant)

    read = json.loads(file.read_text(encoding="utf-8"), parse_constant=refuse)
    assert read["mean"]["damage"] is None
    assert read["images"]["page[b]"] == {"psnr": 30.0, "damage": None, "mse": 0.001}
    assert read["infinite"] == [None]


def test_two_pages_of_one_name_are_refused():
    with pytest.raises(ValueError, match="two pages have the same name"):
        report.make_report([PAGES[0], PAGES[0]], "honest")


def test_csv_ends_with_the_mean(tmp_path):
    file = tmp_path / "scores.csv"
    report.write_csv(file, PAGES, "honest")
    assert file.read_text(encoding="utf-8").splitlines() == [
        "name,protocol,psnr,damage,mse",
        "page[b],honest,30.0,,0.001",
        "seite ä,honest,40.0,,0.003",
        f"mean,honest,35.0,,{(0.001 + 0.003) / 2}",
    ]


def test_a_failed_write_leaves_the_old_file_and_no_other(tmp_path, monkeypatch):
    file = tmp_path / "scores.csv"
    file.write_text("old", encoding="utf-8")

    def full(*_):
        raise OSError("disk full")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(OSError, match="disk full"):
        report.write_csv(file, PAGES, "honest")
    assert [entry.name for entry in tmp_path.iterdir()] == ["scores.csv"]
    assert file.read_text(encoding="utf-8") == "old"


def test_table_shows_every_page_and_the_mean():
    console = Console(width=120)
    with console.capture() as captured:
        console.print(report.score_table(PAGES, "honest"))
    text = captured.get()
    assert "2 pages, protocol: honest" in text
    row = next(line for line in text.splitlines() if "page[b]" in line)
    assert [cell.strip() for cell in row.strip("│ ").split("│")] == ["page[b]", "30.00", "-", "0.001000"]
    last = next(line for line in text.splitlines() if "mean" in line)
    assert [cell.strip() for cell in last.strip("│ ").split("│")] == ["mean", "35.00", "-", "0.002000"]
