"""The measure of the check of drafts: planted errors, true quotations, clean drafts, time.

    python -m evals.drafting [--stranger | --written] [--clean] [--planted 200] [--show]

Takes nothing; prints figures and ends with 10 where an error was missed or a truth accused.
`--stranger` measures on the drafts of a second hand, which did not know the check, `--written` on
those that several hands wrote with the errors that a careless writer would make.
"""

import argparse
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.checking.check import check
from assistant.checking.manuscript import Manuscript
from assistant.checking.reading import read_manuscript
from assistant.checking.result import Finding, Result
from corpus.library import SHIPPED, load, sources
from corpus.markup import fold
from corpus.model import Metadata, Report
from corpus.parse import parse_report
from corpus.readers import read_text
from corpus.settings import Settings
from evals import strangers, written
from evals.planted import PlantedDraft, drafts

FOLDER = Path(__file__).parent / "drafts"
ROOT = FOLDER.parent.parent
PAGE = 1200
"""Characters of an A4 page of an official document: 40 × 30."""
LONG_DRAFT = 50
"""Pages of the draft that is timed."""


def reports(*, further: bool = False) -> list[Report]:
    """Return the reports that the drafts quote, the shipped one first.

    Args:
        further: Also those that only the second hand quotes.
    """
    told = _told(FOLDER) + (_told(strangers.FOLDER) if further else [])
    shipped = [s for s in sources(Settings(home=FOLDER)) if s.folder.parent == SHIPPED]
    found = [load(source, Settings(home=FOLDER)) for source in shipped]
    for about in told:
        path = ROOT / about["file"]
        text = read_text(path.name, path.read_bytes())
        metadata = Metadata(about["title"], about.get("publisher"), None, about.get("date"))
        found.append(parse_report(text, path.stem, metadata, "0" * 64))
    return found


def _told(folder: Path) -> list[dict[str, str]]:
    text = (folder / "sources.toml").read_text(encoding="utf-8")
    found: list[dict[str, str]] = tomllib.loads(text)["report"]
    return found


@dataclass(frozen=True, slots=True)
class Miss:
    """Something planted that the check has judged wrongly."""

    draft: str
    kind: str
    words: str
    said: str


def misses(draft: PlantedDraft, given: Sequence[Report]) -> list[Miss]:
    """Return the planted errors without an alarm, and the truths with one."""
    return judged(draft, given)[0]


def judged(draft: PlantedDraft, given: Sequence[Report]) -> tuple[list[Miss], list[Miss]]:
    """Return what of a draft is judged wrongly, and the alarms on what was not planted."""
    manuscript = read_manuscript(draft.name, draft.text.encode())
    result = check(manuscript, given)
    wrong, meant = [], []
    for planted in draft.planted:
        alarms = [f for f in _on(planted.words, manuscript, result) if f.needs_a_look]
        meant += alarms
        if bool(alarms) is planted.is_true:
            said = " / ".join(f"{f.verdict} {f.words[:30]}: {f.message}" for f in alarms)
            wrong.append(Miss(draft.name, planted.kind, planted.words, said))
    others = [f for f in result.findings if f.needs_a_look and f not in meant]
    return wrong, [
        Miss(draft.name, "not planted", f.words, f"{f.verdict}: {f.message}") for f in others
    ]


def _on(words: str, manuscript: Manuscript, result: Result) -> list[Finding]:
    """Return the findings that overlap `words` in a draft."""
    wanted = fold(words)
    found = []
    for finding in result.findings:
        said = fold(finding.words)
        paragraph = fold(manuscript.paragraphs[finding.where.paragraph].text)
        if wanted in paragraph and (said in wanted or wanted in said):
            found.append(finding)
    return found


def clean_drafts(folder: Path = FOLDER) -> list[Path]:
    """Return the clean drafts that were written by hand."""
    return sorted((folder / "clean").glob("*.*"))


def alarms_on(path: Path, given: Sequence[Report]) -> tuple[list[Finding], int]:
    """Return the alarms on a clean draft and its length in characters."""
    manuscript = read_manuscript(path.name, path.read_bytes())
    found = [f for f in check(manuscript, given).findings if f.needs_a_look]
    return found, sum(len(p.text) for p in manuscript.paragraphs)


def seconds_of_a_long_draft(given: Sequence[Report]) -> float:
    """Return the CPU seconds that reading and checking 50 pages take."""
    texts = [draft.text for draft in drafts(given, 150)]
    text = ""
    while len(text) < LONG_DRAFT * PAGE:
        text += texts[len(text) % len(texts)]
    start = time.process_time()
    check(read_manuscript("long.md", text.encode()), given)
    return time.process_time() - start


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; 10 where something is judged wrongly."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--planted", type=int, default=200)
    parser.add_argument("--stranger", action="store_true")
    parser.add_argument("--clean", action="store_true", help="only the clean drafts")
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--written", action="store_true")
    options = parser.parse_args(arguments)
    given = reports(further=options.stranger or options.written)
    if options.written:
        _print_written(given, options.show)
        return 0
    wrong = 0
    if not options.clean:
        made = (strangers.drafts if options.stranger else drafts)(given, options.planted)
        wrong = _print_planted(made, given, options.show)
    _print_clean(strangers.FOLDER if options.stranger else FOLDER, given, options.show)
    if not options.clean:
        print(f"{LONG_DRAFT} pages: {seconds_of_a_long_draft(given):.2f} s of CPU time")
    return 10 if wrong else 0


def _print_planted(made: Sequence[PlantedDraft], given: Sequence[Report], show: bool) -> int:
    both = [judged(draft, given) for draft in made]
    wrong = [miss for misjudged, _ in both for miss in misjudged]
    stray = [miss for _, others in both for miss in others]
    kinds = Counter(planted.kind for draft in made for planted in draft.planted)
    failed = Counter(miss.kind for miss in wrong)
    for kind in sorted(kinds):
        print(f"{kind:20} {kinds[kind] - failed[kind]:4} / {kinds[kind]}")
    print(f"alarms on what was not planted: {len(stray)} in {len(made)} drafts")
    for miss in [*wrong, *stray] if show else ():
        print(f"{miss.draft} {miss.kind}: {miss.words} | {miss.said}")
    return len(wrong)


def _print_clean(folder: Path, given: Sequence[Report], show: bool) -> None:
    alarms = pages = 0
    for path in clean_drafts(folder):
        found, length = alarms_on(path, given)
        alarms, pages = alarms + len(found), pages + length
        for finding in found if show else ():
            print(f"{path.name}: {finding.verdict} {finding.words} | {finding.message}")
    if pages:
        print(f"clean: {alarms} alarms on {pages / PAGE:.1f} pages")


def _print_written(given: Sequence[Report], show: bool) -> None:
    for folder in written.folders():
        raised = [
            (path, finding)
            for path in written.clean(folder)
            for finding in written.alarms(path.name, path.read_text(encoding="utf-8"), given)
        ]
        length = sum(len(path.read_text(encoding="utf-8")) for path in written.clean(folder))
        print(f"{folder.name}: {len(raised)} alarms on {length / PAGE:.1f} clean pages")
        made = list(written.errors(folder))
        missed = written.missed(made, given)
        all_of, lost = Counter(e.kind for e in made), Counter(e.kind for e in missed)
        kinds = ", ".join(f"{kind} {all_of[kind] - lost[kind]}/{all_of[kind]}" for kind in all_of)
        print(f"{folder.name}: {len(made) - len(missed)} of {len(made)} errors caught ({kinds})")
        for path, finding in raised if show else ():
            print(f"  {path.name}: {finding.verdict} {finding.words} | {finding.message}")
        for error in missed if show else ():
            print(f"  {error.draft.name} missed {error.kind}: {error.old} => {error.new}")


if __name__ == "__main__":
    sys.exit(main())
