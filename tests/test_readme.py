"""What the README shows is what the program does."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def block(pattern: str) -> str:
    match = re.search(pattern, README, re.DOTALL)
    assert match is not None
    return match.group(1)


def run(home: Path, *arguments: str) -> str:
    """Run Python as a user would and return what it prints."""
    environment = {**os.environ, "TENKYO_HOME": str(home), "COLUMNS": "200"}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout


def test_the_session_is_what_the_program_prints(home):
    session = block(r"<!-- session -->\n```\n(.*?)```")
    command, _, shown = session.partition("\n")
    question = re.fullmatch(r'\$ tenkyo ask "(.+)"', command)
    assert question is not None
    printed = run(home, "-m", "ui.cli", "ask", question.group(1))
    assert printed.split() == shown.split()


def test_the_langchain_example_runs(home):
    printed = run(home, "-c", block(r"```python\n(.*?)```"))
    assert "情報銀行" not in printed.splitlines()[-1]
    assert printed.splitlines()[-1] == "not_in_report"
    assert "6. オープンイノベーション戦略 [6]" in printed


def test_it_is_short_enough_to_be_read():
    assert len(README.splitlines()) <= 200


@pytest.mark.parametrize("command", ["make run", "make test"])
def test_the_two_commands_are_targets_of_the_makefile(command):
    target = command.removeprefix("make ")
    assert command in README
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
