"""Embedding models: fitted word vectors, what sentence-transformers makes of them, any other."""

import socket
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import EmbedderUnavailable
from corpus.settings import Settings
from index.embedder.choose import FITTED, embedder_key, open_embedder
from index.embedder.double import HashEmbedder
from index.embedder.fit import fit_word_vectors
from index.embedder.protocol import unit
from index.embedder.static import StaticEmbedder, is_static, save_static
from index.terms import lemmas

TEXTS = [
    "情報銀行は個人のデータを管理する仕組みです。",
    "個人のデータを企業が活用する。",
    "人間中心のAI原則を策定する。",
    "AIの原則について国際的に議論する。",
    "5Gの基地局を全国に整備する。",
    "海外へのインフラの展開を支援する。",
    "2019年6月に報告書を公表した。",
]
QUESTIONS = ["情報銀行とは", "AIの原則は何ですか", "令和元年の報告書", "5Gはいつ？"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("model") / "fitted"
    save(place, [lemmas(text) for text in TEXTS])
    return place


def save(place, words):
    fitted = fit_word_vectors(words)
    save_static(place, fitted.vocabulary, fitted.vectors)


@pytest.fixture
def network(monkeypatch):
    """The addresses that something tried to reach; none is reached."""
    tried = []

    def refuse(self, address):
        tried.append(address)
        raise OSError("no network in tests")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: refuse(None, a))
    return tried


def test_sentence_transformers_gives_the_same_vectors(folder):
    from sentence_transformers import SentenceTransformer

    texts = [*TEXTS, *QUESTIONS, "情報銀行と宇宙エレベーター"]
    library = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    expected = library.encode([" ".join(lemmas(text)) for text in texts], normalize_embeddings=True)
    light = StaticEmbedder(FITTED, folder).embed_passages(texts)
    np.testing.assert_allclose(light, expected, atol=1e-6)


def test_vectors_have_length_one_and_a_query_is_embedded_like_a_passage(folder):
    embedder = StaticEmbedder(FITTED, folder)
    vectors = embedder.embed_passages(TEXTS)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    np.testing.assert_array_equal(embedder.embed_query(TEXTS[0]), vectors[:1])


@pytest.mark.parametrize("order", ["C", "F"])
def test_what_is_saved_is_what_was_fitted(tmp_path, order):
    """However the array lies in memory; safetensors itself does not look."""
    words, vectors = ("銀行", "情報"), np.array([[1, 2, 3], [4, 5, 6]], dtype=np.float32)
    save_static(tmp_path / "model", words, np.asarray(vectors, order=order))
    embedder = StaticEmbedder("model", tmp_path / "model")
    np.testing.assert_allclose(embedder.embed_passages(words), unit(vectors), atol=1e-6)


@pytest.mark.parametrize("text", ["", "、。", "宇宙エレベーター", "は、が"])
def test_a_text_without_a_known_word_has_a_zero_vector(folder, text):
    assert not StaticEmbedder(FITTED, folder).embed_query(text).any()


def test_unknown_words_say_nothing(folder):
    embedder = StaticEmbedder(FITTED, folder)
    with_unknown = embedder.embed_query("情報銀行の宇宙エレベーター")
    np.testing.assert_allclose(with_unknown, embedder.embed_query("情報銀行"), atol=1e-6)


def test_no_texts_give_no_vectors(folder):
    assert len(StaticEmbedder(FITTED, folder).embed_passages([])) == 0


def test_fitting_twice_gives_the_same_bytes(folder, tmp_path):
    save(tmp_path / "again", [lemmas(text) for text in TEXTS])
    assert contents(tmp_path / "again") == contents(folder)


def contents(place):
    return {path.name: path.read_bytes() for path in place.iterdir()}


@pytest.mark.parametrize(
    "words",
    [
        pytest.param([], id="なし"),
        pytest.param([[]], id="語のない一か所"),
        pytest.param([["情報"]], id="一語"),
        pytest.param([["情報", "銀行"]], id="一か所"),
        pytest.param([["情報"], ["情報"]], id="同じ二か所"),
        pytest.param([["情報", "銀行"], ["人工", "知能"]], id="二か所"),
        pytest.param([["情報", "銀行"], []], id="片方は語なし"),
        pytest.param([["情報", "銀行", "個人"]] * 200, id="同じ二百か所"),
        pytest.param([[f"語{n}"] for n in range(200)], id="共通の語のない二百か所"),
    ],
)
def test_small_and_degenerate_corpora_can_be_fitted_and_opened(tmp_path, words):
    save(tmp_path / "fitted", words)
    vectors = StaticEmbedder(FITTED, tmp_path / "fitted").embed_passages(["情報銀行", "宇宙"])
    assert np.isfinite(vectors).all()
    assert not vectors[1].any()


def test_words_that_stand_together_are_near(folder):
    embedder = StaticEmbedder(FITTED, folder)
    near, far = embedder.embed_passages(["個人のデータの活用", "基地局の整備"])
    query = embedder.embed_query("情報銀行")[0]
    assert query @ near > query @ far


def test_a_fitted_folder_is_recognised_as_static(folder, tmp_path):
    assert is_static(folder)
    assert not is_static(tmp_path)
    assert not is_static(tmp_path / "missing")


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json"])
def test_a_damaged_model_is_unavailable(tmp_path, name):
    save(tmp_path / "fitted", [["情報", "銀行"], ["人工", "知能"]])
    (tmp_path / "fitted" / name).write_bytes(b"nothing")
    with pytest.raises(EmbedderUnavailable, match="読めません"):
        StaticEmbedder(FITTED, tmp_path / "fitted")


def test_the_double_is_deterministic_and_knows_shared_words():
    double = HashEmbedder(dimension=32)
    vectors = double.embed_passages(["情報銀行の仕組み", "情報銀行", "海外展開", ""])
    assert vectors.shape == (4, 32)
    np.testing.assert_array_equal(
        vectors, HashEmbedder(32).embed_passages(["情報銀行の仕組み", "情報銀行", "海外展開", ""])
    )
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]
    assert not vectors[3].any()
    np.testing.assert_array_equal(double.embed_query("情報銀行"), vectors[1:2])


def test_unit_leaves_a_zero_row_as_it_is():
    vectors = np.array([[3, 4], [0, 0]], dtype=np.float32)
    np.testing.assert_allclose(unit(vectors), [[0.6, 0.8], [0, 0]])


@pytest.fixture(scope="module")
def transformer(tmp_path_factory):
    """A random two-layer BERT over characters, with prompts as E5 has them."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    place = tmp_path_factory.mktemp("bert")
    characters = sorted(set("".join(TEXTS + QUESTIONS) + "問文:"))
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *characters]
    (place / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    shape = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=16,
        intermediate_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
    )
    BertModel(shape).save_pretrained(place)
    BertTokenizerFast(vocab=str(place / "vocab.txt")).save_pretrained(place)
    modules = [Transformer(str(place)), Pooling(16)]
    prompts = {"query": "問: ", "document": "文: "}
    SentenceTransformer(modules=modules, prompts=prompts, device="cpu").save(str(place / "model"))
    return place / "model"


def test_any_other_model_is_opened_through_sentence_transformers(transformer, network):
    embedder = open_embedder(str(transformer), Path("unused"))
    vectors = embedder.embed_passages(TEXTS)
    assert vectors.shape == (len(TEXTS), 16)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert network == []


def test_queries_and_passages_get_the_prompts_of_the_model(transformer):
    embedder = open_embedder(str(transformer), Path("unused"))
    assert np.abs(embedder.embed_query(TEXTS[0]) - embedder.embed_passages(TEXTS[:1])).max() > 1e-4


@pytest.mark.parametrize("name", ["無い/モデル", "nobody/no-such-model", "", "/無い/フォルダー"])
def test_a_missing_model_is_named_in_one_sentence_and_not_fetched(name, network):
    with pytest.raises(EmbedderUnavailable) as caught:
        open_embedder(name, Path("unused"))
    told = str(caught.value)
    assert name in told
    assert "TENKYO_EMBEDDER" in told
    assert "\n" not in told
    assert network == []


def test_the_key_of_a_model_changes_with_its_files(folder, tmp_path):
    save(tmp_path / "model", [["情報", "銀行"], ["人工", "知能"]])
    settings = Settings(home=tmp_path, embedder=str(tmp_path / "model"))
    before = embedder_key(settings)
    assert embedder_key(settings) == before
    (tmp_path / "model" / "modules.json").write_text("[]", encoding="utf-8")
    assert embedder_key(settings) != before
    assert embedder_key(Settings(home=tmp_path)) == FITTED
