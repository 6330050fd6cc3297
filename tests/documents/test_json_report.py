from pathlib import Path

from restorekit.documents import Outcome, PageSummary, Task
from restorekit.documents.json_report import as_json
from restorekit.version import __version__


def test_programs_are_told_of_every_file_and_page():
    tasks = [Task(Path(f"{name}.pdf"), Path("out") / f"{name}.pdf") for name in "abcd"] + [Task(None, None)]
    look = PageSummary(1, (20, 10), 1 / 3, ("unsure of it",))
    outcomes = [
        Outcome(tasks[1], [look, PageSummary(2, error="too large")]),
        Outcome(tasks[0], [PageSummary(1, passed=True)]),
        Outcome(tasks[2], error="c.pdf is damaged"),
        Outcome(tasks[3], skipped=True),
    ]
    told = as_json(tasks, outcomes, [])
    assert told["restorekit"] == __version__ and told["ok"] is False and told["problems"] == []
    assert [file["status"] for file in told["files"]] == ["done", "failed", "failed", "skipped", "left"]
    assert [file["source"] for file in told["files"]] == ["a.pdf", "b.pdf", "c.pdf", "d.pdf", None]
    assert (
        told["files"][1]["target"] == str(Path("out/b.pdf"))
        and told["files"][2]["error"] == "c.pdf is damaged"
    )
    assert told["files"][1]["pages"][0] == {
        "number": 1,
        "size": {"height": 20, "width": 10},
        "changed": 0.333333,
        "warnings": ["unsure of it"],
        "error": "",
        "passed": False,
    }
    assert told["files"][1]["pages"][1]["error"] == "too large"


def test_all_is_well_where_all_is_done_and_nothing_went_wrong():
    tasks = [Task(Path("a.png"), Path("b.png"))]
    outcomes = [Outcome(tasks[0], [PageSummary(1)])]
    assert as_json(tasks, outcomes, [])["ok"]
    assert not as_json(tasks, outcomes, ["there is no c.png"])["ok"]
    assert not as_json(tasks, [], [])["ok"]
