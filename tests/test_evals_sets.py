"""The shipped sets: gold that stands in the reports, no two questions alike, splits apart."""

import json
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

from corpus.errors import InputError
from corpus.japanese import words
from corpus.library import add, find, load
from corpus.markup import fold
from corpus.settings import Settings
from evals.cases import problems, read_cases
from index.terms import normalize

ROOT = Path(__file__).parent.parent
SETS = ROOT / "evals" / "sets"
DATA = ROOT / "tests" / "data"
EVALS = SETS.parent
WRITTEN = sorted(
    path
    for folder in ("reports", "unseen")
    for path in (EVALS / folder).iterdir()
    if path.suffix in (".md", ".txt")
)
SHIPPED = [SETS / "dev.jsonl", SETS / "test.jsonl"]
OTHERS = [("chiiki-iryo", "chiiki-iryo.md"), ("suido", "suido.txt")]
MOST_ALIKE = 0.6
"""Jaccard similarity of the character bigrams of two questions."""
MOST_SHARED = 0.25
"""Share of a paraphrase's content lemmas that its evidence may have."""

_ASKING = frozenset(
    "何 誰 教える 為る 有る 居る 言う 事 物 所 下さる 願う 知る 挙げる 御 成る 出来る "
    "良い 等 為 様 方 "
    "どの どんな 何れ 全て 書く".split()
)


def pairs(text):
    folded = fold(text)
    return {folded[i : i + 2] for i in range(len(folded) - 1)}


def content(text):
    kinds = ("名詞", "動詞", "形容詞", "形状詞")
    return {
        w.lemma
        for w in words(normalize(text))
        if w.pos.startswith(kinds)
        and "非自立" not in w.pos
        and "数詞" not in w.pos
        and w.lemma not in _ASKING
    }


@pytest.mark.parametrize("path", SHIPPED, ids=lambda p: p.stem)
def test_the_gold_stands_in_the_report(path):
    settings = Settings()
    assert problems(path, load(find(settings, "ict-global-strategy"), settings)) == []


@pytest.mark.parametrize(("report_id", "file"), OTHERS, ids=[o[0] for o in OTHERS])
def test_the_gold_on_the_other_reports_stands_in_them(report_id, file, tmp_path):
    settings = Settings(home=tmp_path)
    report = load(add(settings, DATA / file), settings)
    assert problems(DATA / f"{report_id}.jsonl", report) == []
    assert len(read_cases(DATA / f"{report_id}.jsonl")) == 40


@pytest.mark.parametrize("path", WRITTEN, ids=[path.stem for path in WRITTEN])
def test_the_gold_on_reports_written_for_fitting_stands_in_them(path, tmp_path):
    settings = Settings(home=tmp_path)
    report = load(add(settings, path), settings)
    found = problems(path.with_suffix(".jsonl"), report)
    # Their sections are named as a reader sees them, and a few facts must be counted.
    assert [p for p in found if "節「" not in p and "要点「" not in p] == []


def test_the_further_questions_on_the_shipped_report_stand_in_it():
    settings = Settings()
    path = EVALS / "reports" / "ict-global-strategy.jsonl"
    assert problems(path, load(find(settings, "ict-global-strategy"), settings)) == []


def test_the_sets_are_as_large_as_promised():
    cases = [case for path in SHIPPED for case in read_cases(path)]
    single = [case for case in cases if case.kind != "conversation"]
    assert sum(case.answerable is True for case in single) >= 200
    assert sum(case.answerable is False for case in single) >= 75
    assert sum(case.kind == "conversation" for case in cases) >= 50
    kinds = {
        "fact",
        "list",
        "table",
        "paraphrase",
        "multi",
        "reason",
        "unanswerable",
        "conversation",
    }
    assert kinds <= {case.kind for case in cases}


def test_dev_and_test_share_no_evidence():
    lines = [
        {n for c in read_cases(p) for e in c.evidence for n in range(e.lines[0], e.lines[1] + 1)}
        for p in SHIPPED
    ]
    assert not lines[0] & lines[1]


def test_ids_are_unique_over_the_sets():
    ids = [case.id for path in SHIPPED for case in read_cases(path)]
    assert len(ids) == len(set(ids))


def test_at_most_three_written_questions_rest_on_one_line():
    counted = Counter(
        line
        for path in SHIPPED
        for case in read_cases(path)
        if case.source == "written"
        for line in {e.lines[0] for e in case.evidence}
    )
    assert {line: n for line, n in counted.items() if n > 3} == {}


def test_no_two_questions_are_alike():
    cases = [
        c
        for path in SHIPPED
        for c in read_cases(path)
        if not c.history and c.answerable is not None
    ]
    bigrams = [(case.id, pairs(case.question)) for case in cases]
    alike = [
        (a, b)
        for (a, x), (b, y) in combinations(bigrams, 2)
        if len(x & y) > MOST_ALIKE * len(x | y)
    ]
    assert alike == []


@pytest.mark.parametrize("path", SHIPPED, ids=lambda p: p.stem)
def test_paraphrases_avoid_the_words_of_the_report(path):
    for case in read_cases(path):
        if case.kind == "paraphrase" and case.source == "written":
            asked = content(case.question)
            shared = asked & content(" ".join(e.quote for e in case.evidence))
            assert len(shared) <= MOST_SHARED * len(asked), (case.id, shared)


BAD = [
    ("not-json", "{", "1行目を読めません"),
    ("no-question", '{"id": "a", "kind": "fact", "answerable": true}', "1行目を読めません"),
]


@pytest.mark.parametrize(("line", "reason"), [b[1:] for b in BAD], ids=[b[0] for b in BAD])
def test_a_line_that_is_no_case_is_named(line, reason, tmp_path):
    path = tmp_path / "s.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=reason):
        read_cases(path)


GOOD = {
    "id": "a",
    "kind": "fact",
    "question": "？",
    "answerable": True,
    "evidence": [{"lines": [9, 9], "quote": "第5の社会"}],
    "sections": ["ICTグローバル戦略について"],
    "key_facts": [["第5の社会"]],
}
MISTAKES = [
    ("quote", {"evidence": [{"lines": [9, 9], "quote": "第6の社会"}]}, "引用「第6の社会」"),
    ("line", {"evidence": [{"lines": [10, 10], "quote": "第5の社会"}]}, "10～10行目"),
    ("section", {"sections": ["第9章"]}, "節「第9章」"),
    ("fact", {"key_facts": [["第6の社会"]]}, "要点「第6の社会」"),
    ("no-gold", {"evidence": [], "key_facts": []}, "根拠か要点がありません"),
    ("gold-without-answer", {"answerable": False}, "答えのない質問に根拠"),
]


@pytest.mark.parametrize(
    ("change", "reason"), [m[1:] for m in MISTAKES], ids=[m[0] for m in MISTAKES]
)
def test_mistakes_in_a_set_are_named_with_line_and_reason(change, reason, tmp_path):
    path = tmp_path / "s.jsonl"
    cases = [GOOD, {**GOOD, **change, "id": "b"}, {**GOOD, "id": "a"}]
    path.write_text(
        "".join(json.dumps(c, ensure_ascii=False) + "\n" for c in cases), encoding="utf-8"
    )
    settings = Settings()
    found = problems(path, load(find(settings, "ict-global-strategy"), settings))
    assert any(reason in problem and problem.startswith("2行目（b）") for problem in found)
    assert "3行目（a）：同じ id が前にあります。" in found
