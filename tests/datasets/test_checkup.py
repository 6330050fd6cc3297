import io
import json
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from restorekit.datasets.checkup import as_json, conclude, findings_table, measures_table
from restorekit.datasets.duplicates import SIDE, page_signature
from restorekit.datasets.ink_statistics import InkStatistics
from restorekit.datasets.page_report import PageReport
from restorekit.datasets.registration import Registration


def report(name, folder="train", **measured):
    return PageReport(Path(folder), name, {}, **measured)


def text(table):
    console = Console(width=200, record=True, file=io.StringIO())
    console.print(table)
    return console.export_text()


@pytest.fixture
def signature(make_page):
    return page_signature(make_page())


def test_the_same_page_in_two_folders_is_a_problem_of_both(signature):
    checkup = conclude([report("a", signature=signature), report("b", "val", signature=signature)])
    assert checkup.problem_count == 2
    first, second = (page.findings[0] for page in checkup.pages)
    assert first == ("duplicate", True, "shows the same page as val/b (similarity 1.000)")
    assert second.message.startswith("shows the same page as train/a")


def test_the_same_page_twice_in_a_folder_is_a_note(signature):
    checkup = conclude([report("a", signature=signature), report("b", signature=signature)])
    assert checkup.problem_count == 0
    assert checkup.pages[0].findings == [("duplicate", False, "shows the same page as b (similarity 1.000)")]


def test_pages_that_all_show_the_same_have_one_finding_each(signature, make_page):
    likest = signature + 0.01 * page_signature(make_page(1))
    likest /= np.linalg.norm(likest)
    less = signature + 0.2 * page_signature(make_page(1))
    less /= np.linalg.norm(less)
    signatures = {"a": signature, "b": less, "c": likest}
    pages = [report(name, signature=vector) for name, vector in signatures.items()]
    checkup = conclude([*pages, report("d", "val", signature=signature)])
    assert len(checkup.duplicates) == 7
    across, within = sorted(pages[0].findings, key=lambda finding: not finding.problem)
    assert across.problem and across.message.startswith("shows the same page as val/d (similarity 1.000)")
    assert within.message.startswith("shows the same page as c and 1 more (similarity 1.000)")
    assert len(checkup.pages[3].findings) == 1
    assert checkup.pages[3].findings[0].message.startswith("shows the same page as train/a and 2 more")


def test_pages_without_ink_are_a_problem_where_most_of_a_folder_are():
    pages = [report(str(i)) for i in range(5)] + [report("x", "val")]
    for page in pages[:3] + pages[5:]:
        page.add("no_ink", "none", problem=False)
    checkup = conclude(pages)
    assert [page.has_problem for page in checkup.pages] == [True] * 3 + [False] * 2 + [True]
    assert pages[0].findings[1] == (
        "copied",
        True,
        "3 of 5 pages of the folder show no ink: is the ground truth a copy of the input?",
    )


def test_a_few_pages_without_ink_are_no_problem():
    pages = [report(str(i)) for i in range(4)]
    for page in pages[:2]:
        page.add("no_ink", "none", problem=False)
    assert conclude(pages).problem_count == 0


def test_the_table_puts_problems_first_and_is_cut():
    pages = [report(f"p{i}") for i in range(51)]
    pages[0].add("no_ink", "none", problem=False)
    for page in pages[1:]:
        page.add("full", "[bold]two pages?")
    shown = text(findings_table(conclude(pages)))
    assert "[bold]two pages?" in shown  # file names and messages are no markup
    assert "p50" in shown and "p0" not in shown and "and 1 more: --json FILE lists all" in shown
    assert "train/" not in shown


def test_the_table_names_the_folder_where_there_are_several():
    pages = [report("a"), report("a", "val")]
    pages[1].add("full", "two pages?")
    assert "val/a" in text(findings_table(conclude(pages)))


def test_measures_are_quantiles_of_what_is_known():
    pages = [
        report(str(i), ink_share=i / 100, registration=Registration((3.0, 4.0), 6.0, 9)) for i in range(11)
    ]
    lines = text(measures_table(conclude([*pages, report("x")]))).splitlines()
    ink = next(line for line in lines if "ink, share" in line)
    assert [cell.strip() for cell in ink.split("│")[2:6]] == ["11", "1.00%", "5.00%", "9.00%"]
    assert ink.split("│")[6].strip() == "10.00%"
    shift = next(line for line in lines if "shift" in line)
    assert "5.00" in shift
    assert not any("mask, share" in line for line in lines)


def test_folders_are_compared_one_below_the_other():
    pages = [report("a", ink_share=0.5), report("b", "val", ink_share=0.25), report("c", "val")]
    lines = text(measures_table(conclude(pages))).splitlines()
    first = next(place for place, line in enumerate(lines) if "ink, share" in line)
    cells = [[cell.strip() for cell in line.split("│")[1:4]] for line in lines[first : first + 2]]
    assert cells == [["ink, share of the page", "train", "1"], ["", "val", "1"]]


def test_json_holds_everything(signature):
    page = report(
        "a",
        size=(20, 30),
        ink_share=0.01,
        mask_share=0.0213,
        registration=Registration((1.23456, -0.5), 1.6, 4),
        changed_share=0.0,
        swapped_share=0.25,
        tone=-1.0,
        ink=InkStatistics(17.25, 0.1, 3.0, 0.5, 0.25, 1 / 3, 0.02),
        signature=signature,
    )
    page.add("misregistered", "shifted")
    told = as_json(conclude([page, report("b", "val", signature=signature)]))
    assert json.loads(json.dumps(told, allow_nan=False)) == told
    assert (told["ok"], told["page_count"], told["problem_count"]) == (False, 2, 2)
    assert told["folders"] == ["train", "val"]
    assert told["findings"] == {"misregistered": 1, "duplicate": 2}
    told_of_both = {"similarity": 1.0, "across": True, "more": 0}
    assert told["duplicates"] == [
        {"page": "train/a", "likest": "val/b", **told_of_both},
        {"page": "val/b", "likest": "train/a", **told_of_both},
    ]
    assert told["pages"][0] == {
        "folder": "train",
        "name": "a",
        "size": {"height": 20, "width": 30},
        "ink_share": 0.01,
        "mask_share": 0.0213,
        "shift_px": [1.235, -0.5],
        "largest_local_shift_px": 1.6,
        "swapped_share": 0.25,
        "changed_share": 0.0,
        "tone_levels": -1.0,
        "ink": {
            "psnr": 17.25,
            "crossing": 0.1,
            "stroke_width": 3.0,
            "darkness": 0.5,
            "red": 0.25,
            "blue": 0.3333,
            "redrawn": 0.02,
        },
        "findings": [
            {"kind": "misregistered", "problem": True, "message": "shifted"},
            {
                "kind": "duplicate",
                "problem": True,
                "message": "shows the same page as val/b (similarity 1.000)",
            },
        ],
    }
    assert told["pages"][1]["size"] is None and told["pages"][1]["shift_px"] is None


def test_all_is_well():
    told = as_json(conclude([report("a", signature=np.ones(SIDE**2, np.float32) / SIDE)]))
    assert told["ok"] is True and told["findings"] == {}
