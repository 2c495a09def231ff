"""Words that mean nearly the same: which ones stand in, and what they find."""

import numpy as np
import pytest

from corpus import library
from corpus.settings import Settings
from index.embedder.choose import BUNDLED, BUNDLED_FOLDER
from index.embedder.double import HashEmbedder
from index.embedder.static import StaticEmbedder, WordTable
from index.neighbours import LEAST, NEAREST, Neighbours, neighbours
from index.retrieve import retrieve
from index.serve import open_snapshot

WORDS = {
    "森林": [1, 0, 0],
    "山林": [4, 1, 0],
    "木材": [2, 2, 0],
    "港": [0, 0, 1],
    "未知": [0, 0, 0],
}
CARE = "# 報告\n\n## 医療\n\n輸送に使う車両を三台増やす。\n\n## 港\n\n岸壁を直す。\n"


@pytest.fixture
def table():
    rows = np.array(list(WORDS.values()), dtype=np.int8)
    return WordTable({word: i for i, word in enumerate(WORDS)}, rows, np.ones(len(WORDS)))


def test_the_nearest_terms_come_first_with_their_cosine(table):
    found = Neighbours(table, WORDS).near("森林")
    assert [term for term, _ in found] == ["山林", "木材"]
    assert [cosine for _, cosine in found] == pytest.approx([4 / 17**0.5, 2 / 8**0.5])


@pytest.mark.parametrize("word", ["未知", "知らない", "港", "#2019"])
def test_a_word_without_kin_has_none(table, word):
    assert Neighbours(table, WORDS).near(word) == ()


def test_only_terms_of_the_index_stand_in(table):
    assert Neighbours(table, ["木材", "宇宙"]).near("森林") == Neighbours(table, ["木材"]).near(
        "森林"
    )
    assert Neighbours(table, []).near("森林") == ()


def test_there_are_never_more_or_weaker_ones_than_said():
    model = StaticEmbedder(BUNDLED, BUNDLED_FOLDER)
    kin = Neighbours(model.table, list(model.table.numbers)[:5000])
    for word in ("研究", "医療", "地域", "通信", "学校"):
        found = kin.near(word)
        assert len(found) <= NEAREST and all(LEAST <= cosine <= 1.0001 for _, cosine in found)
        assert word not in dict(found)


def test_models_without_vectors_of_words_have_none():
    assert neighbours("some-model", HashEmbedder(), ["森林"]) is None


def test_a_passage_in_words_of_nearly_the_same_meaning_is_found(tmp_path, monkeypatch):
    monkeypatch.setattr(library, "SHIPPED", tmp_path / "none")
    (tmp_path / "hokoku.md").write_text(CARE, encoding="utf-8")
    settings = Settings(home=tmp_path / "home", embedder=BUNDLED)
    library.add(settings, tmp_path / "hokoku.md")
    snapshot = open_snapshot(settings)
    try:
        first = retrieve(snapshot, "運搬に使う自動車")[0]
    finally:
        snapshot.close()
    assert "車両" in first.passage.text
    assert first.parts["words"] > first.parts["lexical"]
