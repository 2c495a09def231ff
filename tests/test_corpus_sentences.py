"""Where sentences end and what is a heading: the rules stand in two tables anyone can extend."""

from pathlib import Path

import pytest

from corpus.blocks import BlockKind, blocks_of
from corpus.japanese import count_words, sentences, words

DATA = Path(__file__).parent / "data"


def golden(name):
    """Return (given, expected parts) for each line of a table that is not a comment."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    cases = [line.split("\t") for line in lines if line and not _is_comment(line)]
    assert all(len(case) == 2 for case in cases), [case for case in cases if len(case) != 2]
    return [pytest.param(_text(a), _text(b), id=a) for a, b in cases]


def _is_comment(line):
    return line.startswith("# ") and "\t" not in line


def _text(cell):
    return cell.replace("\\r", "\r").replace("\\n", "\n").replace("\\t", "\t")


@pytest.mark.parametrize(("text", "expected"), golden("sentences.tsv"))
def test_sentences(text, expected):
    assert [span.of(text) for span in sentences(text)] == expected.split("｜")


@pytest.mark.parametrize(("text", "expected"), golden("headings.tsv"))
def test_headings(text, expected):
    found = [b.span.of(text) for b in blocks_of(text) if b.kind is BlockKind.HEADING]
    assert found == ([] if expected == "なし" else expected.split("｜"))


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("第1部 A\n\n第1章 B\n\n第1節 C\n\n1. D\n\n(1) E\n\nア F\n\n(ア) G", [1, 2, 3, 4, 5, 6, 7]),
        ("1. A\n\n(1) B\n\n2. C\n\n(1) D", [1, 2, 1, 2]),
        ("はじめに\n\n文。\n\n第1章 A\n\n1. B\n\nおわりに", [1, 1, 2, 1]),
        ("題\n===\n\n1. A\n\n(1) B", [1, 2, 3]),
        ("題\n===\n\n節\n---\n\n1. A", [1, 2, 3]),
        ("# A\n\n### B\n\n## C", [1, 3, 2]),
        ("# A\n\n節\n---\n\n1. B", [1, 2]),
    ],
    ids=["official order", "two series", "unnumbered", "title", "two titles", "hashes", "mixed"],
)
def test_levels_follow_the_order_of_official_documents(text, levels):
    assert [b.level for b in blocks_of(text) if b.kind is BlockKind.HEADING] == levels


@pytest.mark.parametrize(
    ("text", "lemmas"),
    [
        ("取組みを進める", ["取り組み", "を", "進める"]),
        ("サーバ", ["サーバー"]),
        ("", []),
        (" 　\n", []),
        ("\x00", []),
    ],
    ids=["verb", "foreign word", "empty", "white space", "NUL"],
)
def test_words(text, lemmas):
    assert [word.lemma for word in words(text)] == lemmas


def test_a_very_long_text_is_analysed_like_a_short_one():
    """In pieces that end at a comma or full stop, so that none is cut in the middle."""
    sentence = "総務省は、情報通信技術の研究開発を推進する。"
    assert count_words(sentence * 500) == count_words(sentence) * 500
    assert words(sentence * 500)[-3:] == words(sentence)[-3:]


def test_a_character_that_no_encoding_holds_is_no_word():
    assert [word.surface for word in words("研究\ud800開発")] == ["研究", "開発"]
