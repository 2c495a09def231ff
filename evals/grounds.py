"""The reports and questions that the learned parts are fitted on, opened.

Takes a folder to work in; gives an assistant for each report with its questions. The shipped
report has two sets, `evals/reports` has reports of other fields and shapes, written for this, each
with its questions, and `tests/data` two more. The test set takes no part.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from assistant.ask import Assistant
from corpus.library import add
from corpus.settings import Settings
from evals.cases import Case, read_cases

_HERE = Path(__file__).parent
_FIT = _HERE / "reports"
_TESTS = _HERE.parent / "tests" / "data"
_SHIPPED = "ict-global-strategy"
_SHIPPED_SETS = (_HERE / "sets" / "dev.jsonl", _FIT / f"{_SHIPPED}.jsonl")
_FURTHER = (_TESTS / "chiiki-iryo.md", _TESTS / "suido.txt")
OFF_TOPIC = _HERE / "offtopic.tsv"
"""General questions that no report answers."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A report with its questions, and the assistant that has it."""

    report_id: str
    assistant: Assistant
    cases: tuple[Case, ...]


@contextmanager
def opened(home: Path) -> Iterator[list[Ground]]:
    """Open all reports, each in a library with the shipped one alone, as most users have it."""
    with ExitStack() as stack:
        grounds = [_ground(stack, home / _SHIPPED, None, _SHIPPED_SETS)]
        reports = [path for path in sorted(_FIT.iterdir()) if path.suffix in (".md", ".txt")]
        for path in (*_FURTHER, *(path for path in reports if path.name != "README.md")):
            grounds.append(_ground(stack, home / path.stem, path, [path.with_suffix(".jsonl")]))
        yield grounds


def _ground(
    stack: ExitStack, home: Path, report: Path | None, sets: tuple[Path, ...] | list[Path]
) -> Ground:
    home.mkdir(parents=True, exist_ok=True)
    settings = Settings(home=home)
    report_id = add(settings, report).id if report else _SHIPPED
    assistant = stack.enter_context(Assistant.open(settings))
    return Ground(report_id, assistant, tuple(case for path in sets for case in read_cases(path)))


def lines_of(path: Path) -> list[str]:
    """Return the lines of a table, without remarks."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
