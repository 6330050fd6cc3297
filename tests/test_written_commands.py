"""Every command that documents, help and heads of configs tell a reader to type exists, options and all."""

import argparse
import importlib
import importlib.util
import re
import shlex
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]
CALL = r"^(?:PYTHONPATH=\S+ )?((?:python tools/\w+\.py|restorekit \w+) .*)$"
TEXTS = [
    *REPOSITORY.glob("*.md"),
    *(REPOSITORY / "plugins").rglob("*.md"),
    *(REPOSITORY / "plugins").glob("*/configs/*.py"),
    *(REPOSITORY / "configs").glob("*.py"),
    *(REPOSITORY / "restorekit").rglob("README.md"),
    *(REPOSITORY / "restorekit" / "commands").glob("*.py"),
    *(REPOSITORY / "tools").glob("*.py"),
]


def commands(path: Path) -> list[str]:
    """The lines that call a command or a tool, continued lines joined, without synopses in brackets."""
    lines = [line.strip("# ") for line in path.read_text(encoding="utf-8").splitlines()]
    text = re.sub(r"\\+\n", " ", "\n".join(lines))
    return [line for line in re.findall(CALL, text, re.MULTILINE) if "[" not in line]


def parser_of(words: list[str]) -> argparse.ArgumentParser:
    if words[0] == "restorekit":
        result = argparse.ArgumentParser()
        importlib.import_module(f"restorekit.commands.{words[1]}").add_arguments(result)
        return result
    spec = importlib.util.spec_from_file_location("tool", REPOSITORY / words[1])
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    return tool.parser()


WRITTEN = [(path, line) for path in TEXTS for line in commands(path)]


def test_the_commands_are_found():
    assert len(WRITTEN) > 70
    lines = [line for _, line in WRITTEN]
    assert "restorekit erase page.jpg -o clean.jpg" in lines
    assert "python tools/train.py configs/handwrite_finetune.py --data data/handwriting" in lines


@pytest.mark.parametrize(("path", "line"), WRITTEN, ids=lambda value: str(value)[-60:])
def test_a_written_command_is_understood(path, line):
    told = re.sub(r"(?<=[ =])[A-Z]{3,}(?= |$)", "1", line)  # a placeholder, such as MINUTES
    words = shlex.split(told.split(" < ")[0], comments=True)
    try:
        parser_of(words).parse_args(words[2:])
    except SystemExit as error:
        assert error.code == 0, f"{path.relative_to(REPOSITORY)} says {line}"
    for word in words:
        if re.fullmatch(r"(configs|plugins)/\S+\.py", word):
            assert (REPOSITORY / word).is_file(), f"{path} names {word}"


def test_the_readme_lists_every_config():
    rows = re.findall(r"^\| (`.*?) \|", (REPOSITORY / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    names: set[str] = set()
    for row in rows:
        last = ""
        for name in re.findall(r"`(\w+)`", row):
            last = name if not name.startswith("_") else last.rpartition("_stage")[0] + name
            names.add(last)
    configs = {path.stem for path in (REPOSITORY / "configs").glob("*.py")}
    assert names >= configs
    assert {name for name in names if name.startswith(("handwrite_", "watermark_", "scene_text_"))} <= configs
