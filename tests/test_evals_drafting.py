"""The drafts that judge the check: deterministic, true where they say so, and judged rightly."""

from collections import Counter

import pytest

from corpus.markup import fold
from evals.drafting import alarms_on, clean_drafts, misses, reports
from evals.planted import drafts

NUMBER = 200


@pytest.fixture(scope="module")
def given():
    return reports()


@pytest.fixture(scope="module")
def made(given):
    return drafts(given, NUMBER)


def test_the_same_seed_gives_the_same_draft(given, made):
    assert drafts(given, 20) == made[:20]


def test_every_kind_of_error_and_of_truth_is_planted(made):
    kinds = Counter(planted.kind for draft in made for planted in draft.planted)
    assert len(kinds) == 17
    assert min(kinds.values()) >= 15


def test_true_quotations_are_verbatim_and_altered_ones_are_not(given, made):
    texts = {r.id: fold("".join(p.text for p in r.passages)) for r in given}
    for seed, draft in enumerate(made):
        text = texts[given[seed % len(given)].id]
        for planted in draft.planted:
            parts = [fold(part) for part in planted.words.split("（中略）")]
            if planted.is_true:
                assert all(part in text for part in parts), planted
            elif planted.kind in ("digit", "particle", "fiscal year", "negation", "invented"):
                assert not all(part in text for part in parts), planted


def test_every_planted_error_is_caught_and_no_truth_accused(given, made):
    assert [miss for draft in made for miss in misses(draft, given)] == []


def test_clean_drafts_raise_at_most_one_alarm_in_ten_pages(given):
    found = [alarms_on(path, given) for path in clean_drafts()]
    alarms = sum(len(each) for each, _ in found)
    assert len(found) >= 20
    assert alarms <= 1
