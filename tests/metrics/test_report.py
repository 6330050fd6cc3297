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


def scored(metric, **scores):
    return [{"name": name, metric: score, "age": 0.0} for name, score in scores.items()]


@pytest.mark.parametrize(("metric", "order"), [("psnr", "dacbe"), ("damage", "bcade")])
def test_the_worst_page_comes_first(metric, order):
    pages = scored(metric, a=20.0, b=40.0, c=30.0, d=1.0, e=math.nan)
    assert "".join(page["name"] for page in report.worst_first(pages)) == order
    console = Console(width=120)
    with console.capture() as captured:
        console.print(report.score_table(pages, "honest"))
    rows = [line.strip("│ ")[0] for line in captured.get().splitlines() if line.startswith("│")]
    assert "".join(rows) == order + "m"  # and the mean


def test_the_worst_of_many_are_named_in_a_line():
    pages = scored("psnr", a=20.0, b=40.0, c=30.0, d=1.0, e=50.0)
    assert report.told_worst(pages) == ""
    pages += scored("psnr", f=math.inf)
    assert report.told_worst(pages, pattern="out/{}.jpg") == (
        "worst by psnr: out/d.jpg (1.00), out/a.jpg (20.00), out/c.jpg (30.00), out/b.jpg (40.00),"
        " out/e.jpg (50.00)"
    )
