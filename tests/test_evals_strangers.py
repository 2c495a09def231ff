"""Drafts of a second hand: deterministic, true where they say so, false where they say so."""

import random
import re
import tomllib
from collections import Counter

import pytest

from corpus.markup import fold
from evals import slips, strangers
from evals.drafting import clean_drafts, reports
from evals.phrasing import wrapped
from evals.quotable import quotable_sentences, table_figures

NUMBER = 200
QUOTED_WRONGLY = ("digit", "swap", "particle", "fiscal year", "negation", "invented")


@pytest.fixture(scope="module")
def given():
    return reports(further=True)


@pytest.fixture(scope="module")
def made(given):
    return strangers.drafts(given, NUMBER)


@pytest.fixture(scope="module")
def whole(given):
    return "\n".join(fold(r.text) for r in given)


def as_printed(words):
    """The brackets of a quotation within 「」 as the report has them."""
    return fold(words).replace("『", "「").replace("』", "」")


def test_the_same_seed_gives_the_same_draft(given, made):
    assert strangers.drafts(given, 15) == made[:15]


def test_every_kind_is_planted_often_and_half_is_true(made):
    kinds = Counter(p.kind for draft in made for p in draft.planted)
    often = {kind: n for kind, n in kinds.items() if kind != "true:nested"}
    assert min(often.values()) >= 30
    assert {k for k in kinds if not k.startswith("true")} == set(strangers._ERRORS)
    true = sum(n for kind, n in kinds.items() if kind.startswith("true"))
    assert 0.4 < true / sum(kinds.values()) < 0.6


def test_what_is_planted_stands_in_its_draft(made):
    for draft in made:
        for planted in draft.planted:
            assert fold(planted.words) in fold(draft.text), planted


def test_true_quotations_are_verbatim_and_altered_ones_stand_in_no_report(whole, made):
    printed = as_printed(whole)
    for draft in made:
        for planted in draft.planted:
            parts = [as_printed(part) for part in planted.words.split("（中略）")]
            if planted.kind in ("true:figure", "true:row"):
                continue
            if planted.is_true:
                assert all(part in printed for part in parts), planted
            elif planted.kind in QUOTED_WRONGLY:
                assert as_printed(planted.words) not in printed, planted
            elif planted.kind in ("heading", "title"):
                assert fold(planted.words) not in whole, planted


def test_figures_that_are_called_true_stand_in_the_report(given, made):
    told = [fold(s.words.removesuffix("。")) for r in given for s in quotable_sentences(r)]
    cells = [f for r in given for f in table_figures(r)]
    for draft in made:
        for planted in draft.planted:
            words = fold(planted.words)
            if planted.kind == "true:figure":
                assert any(sentence in words for sentence in told), planted
            elif planted.kind == "true:row":
                assert any(
                    all(fold(part) in words for part in (f.caption, f.row, f.column, f.value))
                    for f in cells
                ), planted


def test_parts_in_the_wrong_order_stand_in_the_report_the_other_way_round(given, made):
    texts = [as_printed(r.text) for r in given]
    for draft in made:
        for planted in draft.planted:
            if planted.kind == "order":
                last, first = [as_printed(p) for p in planted.words.split("（中略）")]
                of_both = [t for t in texts if first in t and last in t]
                assert of_both
                assert all(t.index(first) < t.index(last) for t in of_both)


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize(
    ("slip", "text"),
    [
        (slips.digit, "令和6年度に1,720床"),
        (slips.swapped, "令和12年に1,720床"),
        (slips.particle, "県が医療機関を支援し、地域に公表"),
        (slips.fiscal_year, "令和6年度と令和8年に実施"),
        (slips.negation, "整備している。反映できる"),
        (slips.letter, "地域医療構想の報告"),
        (slips.month, "令和元年12月"),
    ],
    ids=["digit", "swap", "particle", "fiscal year", "negation", "letter", "month"],
)
def test_a_slip_changes_the_text(slip, text, seed):
    altered = slip(text, random.Random(seed))
    assert altered is not None
    assert altered != text
    assert not re.search(r"(?<!\d)0\d", altered)


@pytest.mark.parametrize("seed", range(10))
def test_a_swap_never_yields_the_same_number(seed):
    assert slips.swapped("11人と22件と5回", random.Random(seed)) is None


def test_wrapped_lines_lose_nothing_and_break_no_number():
    text = "　" + "あ" * 37 + "1,234,567円を計上し、" + "い" * 60
    assert wrapped(text).replace("\n", "") == text
    assert "1,234,567円" in wrapped(text)


def test_no_wrapped_line_begins_with_white_space():
    assert wrapped("あ" * 40 + "　" + "い" * 50).split("\n")[1].startswith("い")


OURS = tomllib.loads((strangers.FOLDER / "ours.toml").read_text(encoding="utf-8"))["draft"]


@pytest.mark.parametrize("told", OURS, ids=[f"{t['name']} {t['report']}" for t in OURS])
def test_what_a_clean_draft_takes_from_a_report_is_true(given, told):
    draft = as_printed((strangers.FOLDER / "clean" / told["name"]).read_text(encoding="utf-8"))
    report = next(as_printed(r.text) for r in given if r.id == told["report"])
    for quotation in told["quotations"]:
        assert as_printed(quotation) in as_printed(re.sub(r"(?m)^>\s*", "", draft)), quotation
        after = 0
        for part in quotation.split("（中略）"):
            at = report.find(as_printed(part), after)
            assert at >= 0, quotation
            after = at + len(as_printed(part))
    for said, stands in told.get("figures", []):
        assert as_printed(said) in draft, said
        assert as_printed(stands) in report, stands


def test_there_are_twenty_clean_drafts_of_about_two_pages():
    paths = clean_drafts(strangers.FOLDER)
    assert len(paths) == 20
    assert {path.name for path in paths} == {told["name"] for told in OURS}
    for path in paths:
        assert 1350 <= len(re.sub(r"\s", "", path.read_text(encoding="utf-8"))) <= 2500
    of_the_first = [t for t in OURS if t["report"] == "ict-global-strategy"]
    assert len(of_the_first) <= 8
