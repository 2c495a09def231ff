"""Drafts that several hands wrote: their errors are errors, and the check does not get worse."""

import pytest

from corpus.markup import fold
from evals import written
from evals.drafting import PAGE, reports

ERRORS = [error for folder in written.folders() for error in written.errors(folder)]


@pytest.fixture(scope="module")
def given():
    return reports(further=True)


def test_every_error_changes_one_place_of_its_draft():
    counts = [e.draft.read_text(encoding="utf-8").count(e.old) for e in ERRORS]
    assert set(counts) == {1}
    assert all(error.old != error.new for error in ERRORS)


def test_no_altered_quotation_stands_in_a_report(given):
    whole = "\n".join(fold(report.text) for report in given)
    kinds = ("digit", "negation", "invented", "word", "particle")
    altered = [fold(e.new) for e in ERRORS if e.kind in kinds and e.new.startswith("「")]
    assert [words for words in altered if words.strip("「」") in whole] == []


def test_clean_drafts_raise_at_most_one_alarm_in_ten_pages(given):
    found, length = [], 0
    for folder in written.folders():
        for path in written.clean(folder):
            text = path.read_text(encoding="utf-8")
            found += written.alarms(path.name, text, given)
            length += len(text)
    assert len(found) <= length / PAGE / 10


def test_errors_in_quotations_are_caught(given):
    """Almost all of them; errors in a writer's own words are measured, not promised."""
    kinds = ("digit", "negation", "order", "title")
    asked = [error for error in ERRORS if error.kind in kinds]
    caught = len(asked) - len(written.missed(asked, given))
    assert caught >= 0.95 * len(asked)
