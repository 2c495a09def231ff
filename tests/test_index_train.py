"""Training word vectors: from a folder of texts to a model that both paths read alike."""

import numpy as np
import pytest

from corpus.errors import InputError
from index.embedder.static import StaticEmbedder, is_static
from index.embedder.train.build import train
from index.embedder.train.cooccurrence import word_vectors
from index.embedder.train.synonyms import extend, retrofit
from index.terms import lemmas

FIELDS = [
    "森林の間伐を進め、木材の生産を増やす。",
    "林業では木材の生産と間伐の担い手が足りない。",
    "港の漁船が増え、漁業の水揚げが伸びた。",
    "漁業の担い手は漁船と港を使う。",
    "病院の医師と看護師が患者を診る。",
    "患者は病院で医師の診察を受ける。",
]


def quiet(stage, done, total):
    assert stage and 0 <= done <= total


@pytest.fixture(scope="module")
def texts(tmp_path_factory):
    place = tmp_path_factory.mktemp("texts")
    (place / "a.txt").write_text("\n".join(FIELDS * 3), encoding="utf-8")
    (place / "b.md").write_text("2019年に間伐を100ヘクタール行った。\n" * 3, encoding="utf-8")
    (place / "c.csv").write_text("使わない,ファイル\n" * 5, encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def model(texts, tmp_path_factory):
    out = tmp_path_factory.mktemp("models") / "mine"
    train(texts, out, None, quiet)
    return out


def test_the_folder_is_one_that_sentence_transformers_reads_alike(model):
    from sentence_transformers import SentenceTransformer

    assert is_static(model)
    library = SentenceTransformer(str(model), device="cpu", local_files_only=True)
    questions = [*FIELDS, "木材の生産", "宇宙の間伐", "看護師 患者"]
    expected = library.encode([" ".join(lemmas(q)) for q in questions], normalize_embeddings=True)
    light = StaticEmbedder("mine", model).embed_passages(questions)
    np.testing.assert_allclose(light, expected, atol=1e-6)


def test_the_first_row_is_of_unknown_words_and_zero(model):
    from safetensors.numpy import load_file

    tables = load_file(model / "model.safetensors")
    assert tables["weights"][0] == 0 and not tables["embeddings"][0].any()


def test_words_of_one_field_are_nearer_than_words_of_two(model):
    wood, felling, ship = StaticEmbedder("mine", model).embed_passages(["木材", "間伐", "漁船"])
    assert wood @ felling > wood @ ship


def test_the_same_texts_give_the_same_bytes(texts, model, tmp_path):
    train(texts, tmp_path / "mine", None, quiet)
    for path in model.iterdir():
        assert (tmp_path / "mine" / path.name).read_bytes() == path.read_bytes(), path.name


def test_the_card_says_what_the_model_is_made_of(model):
    card = (model / "README.md").read_text(encoding="utf-8")
    assert "21 lines" in card and "dimensions" in card


def test_numbers_have_no_vector(model):
    embedder = StaticEmbedder("mine", model)
    assert not embedder.embed_query("2019 100").any()


def test_a_word_that_only_the_synonyms_know_stands_near_its_equals(texts, tmp_path):
    list_of_equals = tmp_path / "equals.tsv"
    list_of_equals.write_text("木材\tティンバー\n漁船\tトロール\n", encoding="utf-8")
    train(texts, tmp_path / "mine", list_of_equals, quiet)
    timber, wood, ship = StaticEmbedder("mine", tmp_path / "mine").embed_passages(
        ["ティンバー", "木材", "漁船"]
    )
    assert timber @ wood > 0.99 and timber @ ship < timber @ wood


def test_retrofitting_draws_equals_together_and_leaves_the_others():
    words = word_vectors([lemmas(line) for line in FIELDS * 3])
    number = {word: i for i, word in enumerate(words.words)}
    drawn = retrofit(words, [[("木材",), ("漁船",)]])

    def near(which, left, right):
        return float(which.vectors[number[left]] @ which.vectors[number[right]])

    assert near(drawn, "木材", "漁船") > near(words, "木材", "漁船")
    assert near(drawn, "医師", "病院") == pytest.approx(near(words, "医師", "病院"), abs=1e-6)
    assert extend(words, [[("知らない",), ("語",)]]) is words


@pytest.mark.parametrize(
    ("prepare", "says"),
    [
        pytest.param(lambda place: None, "がありません", id="no folder"),
        pytest.param(lambda place: place.mkdir(), "使える文書", id="empty folder"),
        pytest.param(
            lambda place: (place.mkdir(), (place / "a.txt").write_bytes("漢字".encode("cp932"))),
            "UTF-8",
            id="not UTF-8",
        ),
        pytest.param(
            lambda place: (place.mkdir(), (place / "a.txt").write_text("短い。")),
            "少なすぎて",
            id="too little",
        ),
    ],
)
def test_texts_that_cannot_be_used_are_named_and_nothing_is_written(tmp_path, prepare, says):
    prepare(tmp_path / "texts")
    with pytest.raises(InputError, match=says):
        train(tmp_path / "texts", tmp_path / "out", None, quiet)
    assert not (tmp_path / "out").exists()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_an_existing_folder_is_not_written_over(texts, tmp_path):
    (tmp_path / "mine").mkdir()
    with pytest.raises(InputError, match="すでにあります"):
        train(texts, tmp_path / "mine", None, quiet)
