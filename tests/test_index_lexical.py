"""Coverage of a query's words, and the arrays on disk that give it."""

import json
import mmap

import bm25s
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import SnapshotDamaged
from index.lexical import K1, B, Lexical

PASSAGES = [
    ["情報", "銀行", "個人", "データ"],
    ["情報", "通信", "政策"],
    ["人工", "知能", "原則", "人間", "中心"],
    ["情報", "情報", "銀行"],
    [],
]

WORDS = st.sampled_from(["情報", "銀行", "個人", "データ", "通信", "政策", "原則", "宇宙", "海洋"])
CORPORA = st.lists(st.lists(WORDS, max_size=8), max_size=8)
QUERIES = st.dictionaries(WORDS, st.sampled_from([0.5, 1.0]), max_size=6)


def once(*terms):
    return dict.fromkeys(terms, 1.0)


@given(CORPORA, QUERIES)
def test_coverage_is_a_share_for_every_passage(passages, query):
    scores = Lexical.build(passages).coverage(query)
    assert scores.shape == (len(passages),)
    assert scores.dtype == np.float32
    assert np.all((scores >= 0) & (scores <= 1))


@given(CORPORA, QUERIES)
def test_coverage_is_the_formula_of_bm25(passages, query):
    """Against bm25s' own scorer, term by term, and Lucene's idf written out."""
    lexical = Lexical.build(passages)
    if not passages:
        assert lexical.coverage(query).size == 0
        return
    engine = bm25s.BM25(method="lucene", k1=K1, b=B)
    engine.index([["", *passage] for passage in passages], show_progress=False)
    counts = {term: sum(term in passage for passage in passages) for term in query}
    idf = {t: np.log(1 + (len(passages) - n + 0.5) / (n + 0.5)) for t, n in counts.items()}
    total = sum(weight * idf[term] for term, weight in query.items())
    scores = sum(
        weight * engine.get_scores([term]) for term, weight in query.items() if counts[term]
    )
    expected = np.minimum(scores * (K1 + 1) / total, 1.0) if total else np.zeros(len(passages))
    np.testing.assert_allclose(lexical.coverage(query), expected, rtol=1e-4, atol=1e-6)


@given(CORPORA.filter(bool), QUERIES, WORDS)
def test_a_passage_with_one_more_covered_word_never_scores_less(passages, query, added):
    """The same passage twice, one of them with a word of the query in the place of another one."""
    query = query | {added: 1.0}
    poorer, richer = [*passages[0], "無関係"], [*passages[0], added]
    scores = Lexical.build([poorer, richer, *passages[1:]]).coverage(query)
    assert scores[1] >= scores[0]


def test_words_that_no_passage_has_count_against_all():
    lexical = Lexical.build(PASSAGES)
    known = lexical.coverage(once("情報", "銀行"))
    with_unknown = lexical.coverage(once("情報", "銀行", "宇宙開発"))
    assert lexical.weight("宇宙開発") > lexical.weight("個人") > lexical.weight("情報")
    assert np.all(with_unknown[[0, 1, 3]] < known[[0, 1, 3]])


def test_a_word_of_the_background_counts_half():
    lexical = Lexical.build(PASSAGES)
    full = lexical.coverage({"個人": 1.0, "通信": 1.0})
    half = lexical.coverage({"個人": 1.0, "通信": 0.5})
    assert half[0] > full[0]
    assert half[1] < full[1]


def test_knows_the_words_of_the_passages_alone():
    lexical = Lexical.build(PASSAGES)
    assert lexical.knows("銀行")
    assert not lexical.knows("宇宙")


@pytest.mark.parametrize(
    ("passages", "query"),
    [
        pytest.param(PASSAGES, {}, id="空の問い"),
        pytest.param(PASSAGES, once("宇宙"), id="どこにもない語"),
        pytest.param(PASSAGES, once(""), id="空の語"),
        pytest.param([], once("情報"), id="空の索引"),
        pytest.param([[]], once("情報"), id="語のない一か所"),
        pytest.param([[], [], []], once("情報"), id="語のない三か所"),
    ],
)
def test_nothing_to_find_scores_zero(passages, query):
    scores = Lexical.build(passages).coverage(query)
    assert scores.tolist() == [0.0] * len(passages)


def test_a_single_passage_is_covered_by_its_own_words():
    scores = Lexical.build([["情報", "銀行"]]).coverage(once("情報", "銀行"))
    assert scores[0] > 0.9


def test_what_was_saved_scores_the_same_from_a_memory_map(tmp_path):
    built = Lexical.build(PASSAGES)
    built.save(tmp_path / "lemmas")
    opened = Lexical.load(tmp_path / "lemmas")
    for query in (once("情報", "銀行"), once("原則", "宇宙"), {"個人": 0.5, "政策": 1.0}):
        assert opened.coverage(query).tolist() == built.coverage(query).tolist()
    assert opened.passages == len(PASSAGES)
    for array in (opened.starts, opened.rows, opened.weights):
        assert is_mapped(array)


def is_mapped(array):
    while array is not None:
        if isinstance(array, mmap.mmap):
            return True
        array = getattr(array, "base", None)
    return False


def cut(path):
    path.write_bytes(path.read_bytes()[:-5])


def empty(path):
    path.write_bytes(b"")


def garble(path):
    path.write_bytes(b"\x93NUMPY\x01\x00 nonsense \x00\xff")


def delete(path):
    path.unlink()


def shorten(path):
    """Whole in itself, but not of this index."""
    if path.suffix == ".npy":
        np.save(path, np.load(path)[:-1])
    else:
        passages, terms = json.loads(path.read_text(encoding="utf-8"))
        path.write_text(json.dumps([passages, terms[:-1]]), encoding="utf-8")


@pytest.mark.parametrize("damage", [cut, empty, garble, delete, shorten])
@pytest.mark.parametrize("name", ["starts.npy", "rows.npy", "weights.npy", "terms.json"])
def test_damage_to_any_file_is_noticed(tmp_path, name, damage):
    Lexical.build(PASSAGES).save(tmp_path / "lemmas")
    assert name in [path.name for path in (tmp_path / "lemmas").iterdir()]
    damage(tmp_path / "lemmas" / name)
    with pytest.raises(SnapshotDamaged, match="語の索引"):
        Lexical.load(tmp_path / "lemmas")


@pytest.mark.parametrize("content", ["[]", "{}", "3", "[5]", '["情報", []]', "[5, 3]", "null"])
def test_a_list_of_terms_of_another_shape_is_noticed(tmp_path, content):
    Lexical.build(PASSAGES).save(tmp_path / "lemmas")
    (tmp_path / "lemmas" / "terms.json").write_text(content, encoding="utf-8")
    with pytest.raises(SnapshotDamaged):
        Lexical.load(tmp_path / "lemmas")
