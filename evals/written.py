"""Drafts written by hand with a list of single errors: the measure that is nearest to use.

Takes the folders under `drafts/written` (ten clean drafts each, and `errors.toml`: what a careless
writer would have put instead); gives the alarms on the clean ones and which errors raise a new
alarm. Each folder was written by somebody who knew neither the check nor the other drafts.
"""

import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.checking.check import check
from assistant.checking.reading import read_manuscript
from assistant.checking.result import Finding
from corpus.model import Report

FOLDER = Path(__file__).parent / "drafts" / "written"


@dataclass(frozen=True, slots=True)
class Error:
    """One error that a draft might have had."""

    draft: Path
    old: str
    """Words of the clean draft; they stand there once."""
    new: str
    kind: str


def folders() -> list[Path]:
    """Return the folders, one for each writer."""
    return sorted(path for path in FOLDER.iterdir() if path.is_dir())


def clean(folder: Path) -> list[Path]:
    """Return the clean drafts of a folder."""
    return sorted(path for path in folder.iterdir() if path.suffix in (".md", ".txt"))


def errors(folder: Path) -> Iterator[Error]:
    """Yield the errors of a folder."""
    told = tomllib.loads((folder / "errors.toml").read_text(encoding="utf-8"))
    for each in told["error"]:
        yield Error(folder / each["file"], each["old"], each["new"], each["kind"])


def alarms(name: str, text: str, given: Sequence[Report]) -> list[Finding]:
    """Return what the check of a draft wants looked at."""
    result = check(read_manuscript(name, text.encode()), given)
    return [finding for finding in result.findings if finding.needs_a_look]


def missed(asked: Sequence[Error], given: Sequence[Report]) -> list[Error]:
    """Return the errors with which a draft raises no alarm that it does not raise without."""
    texts = {path: path.read_text(encoding="utf-8") for path in {each.draft for each in asked}}
    before = {path: _raised(path.name, text, given) for path, text in texts.items()}
    found = []
    for error in asked:
        text = texts[error.draft].replace(error.old, error.new)
        if not _raised(error.draft.name, text, given) - before[error.draft]:
            found.append(error)
    return found


def _raised(name: str, text: str, given: Sequence[Report]) -> Counter[tuple[str, str, str]]:
    return Counter((f.subject, f.verdict, f.words) for f in alarms(name, text, given))
