"""Every relative link of a document leads to a file that is there, and to a heading of it."""

import re
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]
DOCUMENTS = sorted(
    path
    for folder in (
        REPOSITORY.glob("*.md"),
        *((REPOSITORY / name).rglob("*.md") for name in ("plugins", "restorekit")),
    )
    for path in folder
)


def anchors(path: Path) -> set[str]:
    """The headings as GitHub names them: lower case, without punctuation, spaces as hyphens."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken(document: Path) -> list[str]:
    links = re.findall(r"\]\(((?!https?:|mailto:)[^)\s]+)\)", document.read_text(encoding="utf-8"))
    lost = []
    for link in links:
        name, _, anchor = link.partition("#")
        target = document.parent / name if name else document
        if not target.exists() or (anchor and anchor not in anchors(target)):
            lost.append(link)
    return lost


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(REPOSITORY)))
def test_links_lead_somewhere(document):
    assert broken(document) == []


def test_a_link_that_leads_nowhere_is_found(tmp_path):
    (tmp_path / "other.md").write_text("# Tiles & `flips`\n", encoding="utf-8")
    page = tmp_path / "page.md"
    page.write_text(
        "[a](other.md#tiles--flips) [b](other.md#tiles) [c](gone.md) [d](https://x.org)", encoding="utf-8"
    )
    assert broken(page) == ["other.md#tiles", "gone.md"]
