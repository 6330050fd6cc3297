"""Imports run downward only; each claim is checked in a fresh interpreter or on the source."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import restorekit

PACKAGE = Path(restorekit.__file__).parent
DOCUMENTS = ("", ".pdf", ".pdf_writing", ".picture_writing", ".progress")
FIVE = ("networks", "losses", "metrics", "datasets", "inferencers")


def imports_of(path: Path) -> set[str]:
    """The modules of restorekit that a source file imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return {name for name in found if name.startswith("restorekit")}


def sources(folder: str) -> list[Path]:
    return sorted((PACKAGE / folder).rglob("*.py"))


@pytest.mark.parametrize("own", FIVE)
def test_the_five_never_import_each_other_nor_the_engine(own):
    forbidden = tuple(f"restorekit.{name}" for name in (*FIVE, "engine", "api", "cli") if name != own)
    for path in sources(own):
        bad = {name for name in imports_of(path) if name.startswith(forbidden)}
        assert not bad, f"{path.relative_to(PACKAGE)} imports {sorted(bad)}"


def test_type_checkers_see_all_that_the_package_offers():
    body = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8")).body
    branches = [node.body for node in body if isinstance(node, ast.If)]
    seen = {alias.name for node in branches[0] for alias in node.names} if branches else set()
    assert seen | {"__version__"} == set(restorekit.__all__)
    assert not any(isinstance(node, ast.FunctionDef) for node in body)  # __getattr__ would give Any for all
    assert all(hasattr(restorekit, name) for name in restorekit.__all__)


def test_nothing_but_tools_and_the_engine_imports_the_engine():
    for path in PACKAGE.rglob("*.py"):
        if path.relative_to(PACKAGE).parts[0] != "engine":
            assert not {name for name in imports_of(path) if name.startswith("restorekit.engine")}, path


@pytest.mark.parametrize(
    "module, unwanted",
    [
        ("restorekit", ("torch", "mmengine", "cv2", "numpy")),
        ("restorekit.cli", ("torch", "mmengine", "cv2", "numpy")),
        ("restorekit.api", ("mmengine.runner", "tensorboard", "torch.utils.tensorboard", "mmcv")),
        ("restorekit.inferencers.functional", ("mmengine.runner", "tensorboard")),
        ("restorekit.synthesis", ("torch", "mmengine")),
        *((f"restorekit.documents{part}", ("torch", "mmengine", "mmcv")) for part in DOCUMENTS),
    ],
)
def test_importing_brings_nothing_it_should_not(module, unwanted):
    code = f"import sys, {module}; print([m for m in {unwanted!r} if m in sys.modules])"
    output = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert output.stdout.strip() == "[]"


def test_no_file_is_over_300_lines():
    long = [
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if len(path.read_text(encoding="utf-8").splitlines()) > 300
    ]
    assert not long
