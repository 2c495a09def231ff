"""Embedding models: fitted word vectors, what sentence-transformers makes of them, any other."""

import json
import shutil
import socket
from pathlib import Path

import numpy as np
import pytest
from tiny_models import COMMIT, put_into_cache, save_bert

from corpus.errors import EmbedderUnavailable
from corpus.settings import Settings
from index.embedder import choose
from index.embedder.choose import BUNDLED, FITTED, dense_weight, embedder_key, open_embedder
from index.embedder.double import HashEmbedder
from index.embedder.fit import fit_word_vectors
from index.embedder.prefixes import TABLE, Prefixes, declared_prefixes, known_prefixes
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
    # A row is kept to one part in 127.
    np.testing.assert_allclose(embedder.embed_passages(words), unit(vectors), atol=1 / 127)


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


# --- any other model, through sentence-transformers ---

E5 = "intfloat/multilingual-e5-small"
QUESTION = "情報銀行は？"


@pytest.fixture(scope="module")
def bert(tmp_path_factory):
    """A model that declares no prompts, as most on the hub."""
    return save_bert(tmp_path_factory.mktemp("bert") / "plain")


@pytest.fixture(scope="module")
def prompted(tmp_path_factory):
    """A model that declares its prompts."""
    return save_bert(
        tmp_path_factory.mktemp("bert") / "prompted", {"query": "問: ", "document": "文: "}
    )


@pytest.fixture
def hub_cache(tmp_path, monkeypatch):
    """An empty cache of huggingface_hub."""
    import huggingface_hub.constants

    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    return tmp_path / "hub"


def opened(name):
    return open_embedder(str(name), Path("unused"))


def assert_prefixes_reach(name, model, query, passage):
    """What `name` gives is what the library makes of the texts with the prefixes before them."""
    from sentence_transformers import SentenceTransformer

    embedder = opened(name)
    library = SentenceTransformer(str(model), device="cpu", local_files_only=True)

    def expected(texts):
        return library.encode(texts, prompt="", normalize_embeddings=True)

    np.testing.assert_allclose(
        embedder.embed_query(QUESTION), expected([query + QUESTION]), atol=1e-5
    )
    np.testing.assert_allclose(
        embedder.embed_passages(TEXTS), expected([passage + text for text in TEXTS]), atol=1e-5
    )
    without = np.abs(embedder.embed_query(QUESTION) - expected([QUESTION])).max()
    assert (without > 1e-2) == bool(query)


def test_prompts_that_a_model_declares_are_used(prompted, network):
    assert_prefixes_reach(prompted, prompted, "問: ", "文: ")
    assert network == []


def test_declared_prompts_go_before_those_of_the_name(prompted, tmp_path):
    shutil.copytree(prompted, tmp_path / "multilingual-e5-small")
    assert_prefixes_reach(tmp_path / "multilingual-e5-small", prompted, "問: ", "文: ")


@pytest.mark.parametrize(
    ("name", "query", "passage"),
    [
        pytest.param("multilingual-e5-small", "query: ", "passage: ", id="e5"),
        pytest.param("ruri-v3-30m", "検索クエリ: ", "検索文書: ", id="ruri-v3"),
        pytest.param("Ruri-Small-v2", "クエリ: ", "文章: ", id="capitals"),
        pytest.param("わたしのモデル", "", "", id="名のないもの"),
    ],
)
def test_a_folder_without_prompts_is_known_by_its_name(bert, tmp_path, name, query, passage):
    shutil.copytree(bert, tmp_path / name)
    assert_prefixes_reach(tmp_path / name, bert, query, passage)


def test_a_renamed_folder_is_known_by_the_name_it_was_saved_under(bert, tmp_path):
    shutil.copytree(bert, tmp_path / "mine")
    config = json.loads((bert / "config.json").read_text(encoding="utf-8"))
    config["_name_or_path"] = "cl-nagoya/ruri-v3-70m"
    (tmp_path / "mine" / "config.json").write_text(json.dumps(config), encoding="utf-8")
    assert_prefixes_reach(tmp_path / "mine", bert, "検索クエリ: ", "検索文書: ")


def test_a_hub_name_is_found_in_the_cache_without_a_network(bert, hub_cache, network):
    put_into_cache(bert, hub_cache, E5)
    assert_prefixes_reach(E5, bert, "query: ", "passage: ")
    assert opened(E5).name == E5
    assert network == []


def test_weights_in_pickle_are_never_read(bert, hub_cache, network, tmp_path):
    import torch
    from safetensors.torch import load_file

    folder = put_into_cache(bert, hub_cache, E5)
    torch.save(load_file(folder / "model.safetensors"), folder / "pytorch_model.bin")
    (folder / "model.safetensors").unlink()
    with pytest.raises(EmbedderUnavailable, match="この端末にそろっていません"):
        opened(E5)
    with pytest.raises(EmbedderUnavailable, match="安全でない形式"):
        opened(folder)
    assert network == []


def test_a_folder_of_the_cache_is_known_by_its_name_on_the_hub(bert, hub_cache):
    folder = put_into_cache(bert, hub_cache, E5)
    assert_prefixes_reach(folder, bert, "query: ", "passage: ")
    assert opened(folder).name == E5


@pytest.mark.parametrize(
    ("name", "query", "passage"),
    [
        # From the model cards, and from mteb's definitions of these models.
        ("intfloat/multilingual-e5-large", "query: ", "passage: "),
        ("intfloat/e5-base-v2", "query: ", "passage: "),
        ("cl-nagoya/ruri-v3-310m", "検索クエリ: ", "検索文書: "),
        ("cl-nagoya/ruri-large", "クエリ: ", "文章: "),
        ("cl-nagoya/ruri-base-v2", "クエリ: ", "文章: "),
        ("pkshatech/GLuCoSE-base-ja-v2", "query: ", "passage: "),
        ("pkshatech/GLuCoSE-base-ja", "", ""),
        ("pkshatech/RoSEtta-base-ja", "query: ", "passage: "),
        ("sbintuitions/sarashina-embedding-v1-1b", "", ""),
        ("BAAI/bge-m3", "", ""),
        ("sentence-transformers/paraphrase-multilingual-MiniLM-L12-v2", "", ""),
        ("sonoisa/sentence-bert-base-ja-mean-tokens-v2", "", ""),
    ],
)
def test_known_models_have_the_prefixes_of_their_cards(name, query, passage):
    assert known_prefixes([name]) == Prefixes(query, passage)


def test_models_with_instructions_end_them_with_the_place_of_the_question():
    e5 = known_prefixes(["intfloat/multilingual-e5-large-instruct"])
    assert e5.query.startswith("Instruct: ") and e5.query.endswith("\nQuery: ")
    assert e5.passage == ""
    sarashina = known_prefixes(["sbintuitions/sarashina-embedding-v2-1b"])
    assert sarashina.query.startswith("task: ") and sarashina.query.endswith("\nquery: ")
    assert sarashina.passage == "text: "


def test_the_first_name_that_is_known_decides():
    assert known_prefixes(["mine", "x/ruri-v3-30m", E5]).query == "検索クエリ: "
    assert known_prefixes([]) == Prefixes()


def test_every_line_of_the_table_has_three_cells_and_its_own_pattern():
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    assert {len(row) for row in rows} == {3}
    patterns = [row[0] for row in rows]
    assert len(patterns) == len(set(patterns))
    # No line stands behind one that takes all its names.
    for pattern, query, passage in rows:
        example = pattern.replace("*", "x")
        assert known_prefixes([example]) == Prefixes(json.loads(query), json.loads(passage))


@pytest.mark.parametrize(
    ("prompts", "expected"),
    [
        pytest.param({}, None, id="なし"),
        pytest.param({"query": "", "document": ""}, None, id="ライブラリの空欄"),
        pytest.param({"query": "q: ", "document": None}, Prefixes("q: ", ""), id="質問だけ"),
        pytest.param({"query": "q: ", "passage": "p: "}, Prefixes("q: ", "p: "), id="passage"),
        pytest.param(
            {"Retrieval-query": "q: ", "Retrieval-passage": "p: "},
            Prefixes("q: ", "p: "),
            id="AMBER",
        ),
        pytest.param({"Classification": "c: "}, None, id="ほかの用途"),
    ],
)
def test_declared_prompts_are_told_by_their_names(prompts, expected):
    assert declared_prefixes(prompts) == expected


def test_vectors_have_length_one_and_blank_texts_none(bert, tmp_path, network):
    shutil.copytree(bert, tmp_path / "multilingual-e5-small")
    embedder = opened(tmp_path / "multilingual-e5-small")
    vectors = embedder.embed_passages([TEXTS[0], "", "\u3000\n", TEXTS[1], TEXTS[0]])
    assert (vectors.dtype, vectors.shape) == (np.float32, (5, 16))
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), [1, 0, 0, 1, 1], atol=1e-5)
    np.testing.assert_array_equal(vectors[0], vectors[4])
    assert np.abs(vectors[0] - vectors[3]).max() > 1e-2
    assert not embedder.embed_query(" ").any()
    assert embedder.embed_passages([]).shape == (0, 16)
    assert network == []


def test_a_text_longer_than_the_model_reads_is_cut_by_the_model(bert):
    embedder = opened(bert)
    long = embedder.embed_query("情報" * 5000)
    np.testing.assert_allclose(long, embedder.embed_query("情報" * 6000), atol=1e-6)


def test_half_precision_is_read_as_single(tmp_path):
    import torch

    embedder = opened(save_bert(tmp_path / "half", dtype=torch.bfloat16))
    assert embedder.embed_query(QUESTION).dtype == np.float32
    assert embedder._model.dtype == torch.float32


@pytest.mark.parametrize(
    ("name", "entries"),
    [
        pytest.param(
            "config.json",
            {"model_type": "own", "auto_map": {"AutoConfig": "own.C", "AutoModel": "own.M"}},
            id="PLaMo のようなモデル",
        ),
        pytest.param(
            "tokenizer_config.json",
            {"tokenizer_class": "Own", "auto_map": {"AutoTokenizer": ["own.T", None]}},
            id="ruri-small のようなトークナイザー",
        ),
    ],
)
def test_code_that_comes_with_a_model_is_not_run(bert, tmp_path, network, name, entries):
    model = shutil.copytree(bert, tmp_path / "model")
    config = json.loads((model / name).read_text(encoding="utf-8")) | entries
    (model / name).write_text(json.dumps(config), encoding="utf-8")
    (model / "own.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')", encoding="utf-8")
    with pytest.raises(EmbedderUnavailable, match="プログラムを実行しないと読めない"):
        opened(model)
    assert not (tmp_path / "ran").exists()
    assert network == []


def test_a_module_of_a_model_s_own_is_not_run(bert, tmp_path):
    model = shutil.copytree(bert, tmp_path / "model")
    modules = json.loads((model / "modules.json").read_text(encoding="utf-8"))
    modules[0]["type"] = "own.Module"
    (model / "modules.json").write_text(json.dumps(modules), encoding="utf-8")
    (model / "own.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')", encoding="utf-8")
    with pytest.raises(EmbedderUnavailable, match="プログラムを実行しないと読めない"):
        opened(model)
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("name", ["config.json", "model.safetensors", "modules.json"])
def test_a_damaged_folder_is_named_in_one_sentence(bert, tmp_path, name, network):
    model = shutil.copytree(bert, tmp_path / "壊れたモデル")
    (model / name).write_bytes(b"\x00nothing")
    with pytest.raises(EmbedderUnavailable, match="「壊れたモデル」を読めません。[^\n]*$"):
        opened(model)
    assert network == []


def test_a_model_without_its_vocabulary_is_unreadable(bert, tmp_path, network):
    model = shutil.copytree(bert, tmp_path / "model", ignore=shutil.ignore_patterns("tokenizer*"))
    with pytest.raises(EmbedderUnavailable, match="読めません"):
        opened(model)
    assert network == []


def test_an_empty_folder_is_no_model(tmp_path, network):
    with pytest.raises(EmbedderUnavailable, match="読めません"):
        opened(tmp_path)
    assert network == []


@pytest.mark.parametrize(
    "name", ["無い/モデル", "nobody/no-such-model", "", "/無い/フォルダー", "../x", "a\0b", "名前"]
)
def test_a_missing_model_is_named_in_one_sentence_and_not_fetched(name, hub_cache, network):
    with pytest.raises(EmbedderUnavailable) as caught:
        opened(name)
    told = str(caught.value)
    assert name in told
    assert "TENKYO_EMBEDDER" in told
    assert "\n" not in told
    assert network == []


def test_for_a_hub_name_the_command_that_fetches_it_is_given(hub_cache):
    with pytest.raises(EmbedderUnavailable, match="hf download a/b --local-dir b "):
        opened("a/b")


def test_a_model_that_may_be_fetched_but_cannot_is_named_in_one_sentence(
    tmp_path, hub_cache, network
):
    settings = Settings(home=tmp_path, embedder="nobody/no-such-model", allow_download=True)
    with pytest.raises(EmbedderUnavailable, match="取得できませんでした[^\n]*hf download"):
        embedder_key(settings)
    assert network != []


# --- which one serves ---


def test_the_bundled_model_is_served_from_its_folder(folder, monkeypatch):
    monkeypatch.setattr(choose, "BUNDLED_FOLDER", folder)
    embedder = open_embedder(BUNDLED, Path("unused"))
    assert isinstance(embedder, StaticEmbedder)
    assert embedder.name == BUNDLED
    assert embedder.embed_query("情報銀行").any()


def test_without_its_folder_the_bundled_model_is_unavailable(tmp_path, monkeypatch):
    monkeypatch.setattr(choose, "BUNDLED_FOLDER", tmp_path / "missing")
    with pytest.raises(EmbedderUnavailable, match="付属の埋め込みモデルがありません"):
        open_embedder(BUNDLED, Path("unused"))
    assert embedder_key(Settings(home=tmp_path, embedder=BUNDLED)) == BUNDLED


def test_the_fitted_model_counts_less_than_any_other():
    assert 0 < dense_weight(FITTED) < dense_weight(BUNDLED)
    assert dense_weight(BUNDLED) == dense_weight(E5)


def test_the_key_of_a_model_changes_with_its_files(folder, tmp_path):
    save(tmp_path / "model", [["情報", "銀行"], ["人工", "知能"]])
    settings = Settings(home=tmp_path, embedder=str(tmp_path / "model"))
    before = embedder_key(settings)
    assert embedder_key(settings) == before
    (tmp_path / "model" / "modules.json").write_text("[]", encoding="utf-8")
    assert embedder_key(settings) != before
    assert embedder_key(Settings(home=tmp_path, embedder=FITTED)) == FITTED


def test_the_key_of_a_hub_model_changes_with_the_cache(folder, tmp_path, hub_cache, network):
    settings = Settings(home=tmp_path, embedder=E5)
    assert embedder_key(settings) == E5
    cached = put_into_cache(folder, hub_cache, E5)
    first = embedder_key(settings)
    assert COMMIT in str(cached) and first != E5
    (cached / "modules.json").write_text("[]", encoding="utf-8")
    assert embedder_key(settings) not in (E5, first)
    assert network == []


def test_the_key_changes_with_the_prefixes(folder, tmp_path):
    keys = set()
    for name in ("ruri-v3-30m", "ruri-base", "other"):
        shutil.copytree(folder, tmp_path / name, copy_function=shutil.copy2)
        key = embedder_key(Settings(home=tmp_path, embedder=str(tmp_path / name)))
        keys.add(key.replace(name, ""))
    assert len(keys) == 3
