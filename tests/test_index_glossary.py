"""Equal expressions: what a question is also searched by, and the files they come from."""

import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import library
from corpus.errors import InputError
from corpus.settings import Settings, load_settings
from index.equals import SAME_NAME, SAME_SENSE, read_table, table_of
from index.glossary import SHIPPED, Equal, Glossary, expression_groups, load_glossary
from index.lexical import Lexical
from index.retrieve import retrieve
from index.serve import current_folder, open_snapshot
from index.terms import lemmas, normalize

GLOSSARY = Glossary((read_table(SHIPPED),))

SUDACHI = """
000001,1,0,1,0,0,0,(),打ち合わせ,,
000001,1,0,2,0,0,0,(),ミーティング,,
000001,1,1,3,0,0,0,(),寄り合い,,
000001,1,2,4,0,0,0,(),集まり,,

000002,1,0,1,0,0,0,(),ごみ\\u002Cくず,,
000002,1,0,2,0,0,0,(),ガベージ,,
"""
"""Made for these tests, in the format that Sudachi's dictionary describes."""


def examples():
    lines = Path(__file__).with_name("data").joinpath("glossary.tsv").read_text(encoding="utf-8")
    told = [line.split("\t") for line in lines.splitlines() if not line.startswith("#")]
    return [pytest.param(*cells, id=cells[0]) for cells in told]


def glossary(*lines):
    return Glossary((table_of(lines, "表.tsv"),))


def equals_of(expansions):
    return {e.lemmas: {equal.lemmas for equal in e.equals} for e in expansions}


def terms(text):
    return tuple(dict.fromkeys(lemmas(text)))


@pytest.mark.parametrize(("question", "expression", "equal"), examples())
def test_a_question_is_also_searched_by_equals_of_its_words(question, expression, equal):
    found = equals_of(GLOSSARY.expansions(question))
    if expression == "なし":
        assert found == {}
    else:
        assert terms(equal) in found[terms(expression)]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        pytest.param("正規雇用の人", True, id="そのまま"),
        pytest.param("新正規雇用の人", True, id="ほかの接頭辞"),
        pytest.param("非正規雇用の人", False, id="否定の接頭辞"),
        pytest.param("正規雇用等の人", True, id="意味を変えない接尾辞"),
        pytest.param("正規雇用率", True, id="意味を変えない字"),
        pytest.param("正規雇用法", False, id="別の言葉にする字"),
    ],
)
def test_an_expression_in_a_longer_word_is_another_one(question, expected):
    found = glossary("正規雇用\t本採用").expansions(question)
    assert bool(found) is expected


def test_of_nested_expressions_the_longest_is_taken():
    found = glossary("情報\tデータ", "情報通信研究機構\tNICT").expansions("情報通信研究機構の情報")
    assert [e.equals[0].lemmas for e in found] == [("nict",), ("データ",)]


def test_an_expression_in_several_groups_has_the_equals_of_all():
    found = glossary("学び直し\tリスキリング", "学び直し\t再教育").expansions("学び直しの支援")
    assert {equal.lemmas for e in found for equal in e.equals} == {
        terms("リスキリング"),
        terms("再教育"),
    }


def test_a_name_weighs_more_than_a_word_of_the_same_sense():
    (by_name,) = glossary("=\tAI\t人工知能").expansions("AI")
    (by_sense,) = glossary("AI\t人工知能").expansions("AI")
    (by_both,) = glossary("AI\t人工知能", "=\tAI\t人工知能").expansions("AI")
    assert by_name.equals == by_both.equals == (Equal(("人工", "知能"), (), SAME_NAME),)
    assert by_sense.equals == (Equal(("人工", "知能"), (), SAME_SENSE),)


def test_what_lemmas_leave_out_is_kept_as_joints():
    """構成員 has the lemma 構成 alone, which 構成する has too."""
    (found,) = glossary("構成員\tメンバー").expansions("メンバー")
    assert found.equals == (Equal(("構成",), ("成員",), SAME_SENSE),)


@pytest.mark.parametrize(
    ("group", "question"),
    [
        pytest.param("保育所\t保育園", "保育所", id="同じ語になる"),
        pytest.param("大企業\t大手企業", "大企業", id="全部の語を持つ"),
        pytest.param("研究開発\tＲ", "研究開発", id="語のない言いかえ"),
        pytest.param("研究開発\tＲ", "Ｒ", id="語のない言葉"),
    ],
)
def test_an_equal_that_adds_nothing_is_left_out(group, question):
    assert glossary(group).expansions(question) == ()


EXPRESSIONS = st.sampled_from([text for g in GLOSSARY.tables[0].groups for text in g.texts])
QUESTIONS = st.lists(EXPRESSIONS | st.text(max_size=6), max_size=6).map("の".join)


@given(QUESTIONS)
def test_an_expansion_speaks_of_the_question_and_never_gives_itself(question):
    expansions = GLOSSARY.expansions(question)
    assert expansions == GLOSSARY.expansions(question)
    for expansion in expansions:
        assert set(expansion.lemmas) <= set(lemmas(question))
        for equal in expansion.equals:
            assert equal.lemmas
            assert not set(expansion.lemmas) <= set(equal.lemmas)
            assert equal.weight in (SAME_NAME, SAME_SENSE)


@given(QUESTIONS)
def test_the_spelling_of_a_question_changes_nothing(question):
    assert GLOSSARY.expansions(normalize(question)) == GLOSSARY.expansions(question)


def test_every_shipped_group_is_of_use():
    """Each has an expression that finds another one; none has an expression twice."""
    idle = []
    for group in GLOSSARY.tables[0].groups:
        keys = [normalize(text).replace(" ", "") for text in group.texts]
        assert len(set(keys)) == len(keys), group.texts
        alone = Glossary((table_of(["\t".join(group.texts)], ""),))
        if not any(alone.expansions(text) for text in group.texts):
            idle.append(group.texts)
    assert idle == []


def test_no_two_shipped_groups_say_the_same():
    groups = [frozenset(group.texts) for group in GLOSSARY.tables[0].groups]
    inside = [sorted(one) for one in groups if any(one < other for other in groups)]
    assert len(set(groups)) == len(groups)
    assert inside == []


@pytest.mark.parametrize(
    ("question", "equals"),
    [
        pytest.param("打ち合わせ", {"ミーティング", "寄り合い"}, id="0は探し、示す"),
        pytest.param("寄り合い", set(), id="1は探さない"),
        pytest.param("集まり", set(), id="2は探さず、示さない"),
        pytest.param("ガベージ", {"ごみ,くず"}, id="記号の書き方"),
    ],
)
def test_sudachi_entries_are_taken_by_their_flag(question, equals):
    found = Glossary((table_of(SUDACHI.splitlines(), "syn.txt"),)).expansions(question)
    assert {e.lemmas for x in found for e in x.equals} == {terms(text) for text in equals}


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        pytest.param("目的\tねらい\n費用\n", 2, "タブ", id="一つだけ"),
        pytest.param("目的,ねらい\n", 1, "タブ", id="コンマ区切り"),
        pytest.param("# 説明\n\n=\tAI\n", 3, "タブ", id="印のほかに一つだけ"),
        pytest.param("目的\t\tねらい\n", 1, "タブ", id="空の欄"),
        pytest.param(SUDACHI + "000003,1,0,1,0,0,0\n", 9, "Sudachi", id="欄が足りない"),
        pytest.param(SUDACHI.replace("1,2,4", "1,9,4"), 5, "Sudachi", id="知らない印"),
        pytest.param(SUDACHI + "目的\tねらい\n", 9, "Sudachi", id="二つの形式"),
        pytest.param("目的\tねらい\n費用\t経費\n".encode("cp932"), 1, "UTF-8", id="シフトJIS"),
        pytest.param("目的\tねらい\n".encode() + b"\xff\xfe\n", 2, "UTF-8", id="文字でない"),
    ],
)
def test_a_bad_file_is_named_with_its_line(tmp_path, content, line, reason):
    path = tmp_path / "言いかえ.tsv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(InputError, match=rf"言いかえ\.tsv」の{line}行目.*{reason}"):
        load_glossary(Settings(home=tmp_path, glossary=path))


@pytest.mark.parametrize("name", ["nai.tsv", "."])
def test_a_file_that_cannot_be_opened_is_named(tmp_path, name):
    with pytest.raises(InputError, match="言いかえの表「.*」を読めません。"):
        load_glossary(Settings(home=tmp_path, glossary=tmp_path / name))


@pytest.mark.parametrize("content", ["", "\n\n", "# 説明だけ\n", "\ufeff目的\tねらい\r\n"])
def test_an_empty_file_or_one_of_another_system_is_fine(tmp_path, content):
    path = tmp_path / "my.tsv"
    path.write_bytes(content.encode())
    made = load_glossary(Settings(home=tmp_path, glossary=path))
    assert [len(table.groups) for table in made.tables[2:]] == [int("目的" in content)]


def test_a_table_is_read_again_only_when_it_changes(tmp_path):
    path = tmp_path / "my.tsv"
    path.write_text("目的\tねらい\n", encoding="utf-8")
    first = read_table(path)
    assert read_table(path) is first
    path.write_text("費用\t経費\n", encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert [group.texts for group in read_table(path).groups] == [("費用", "経費")]


def test_the_file_is_named_by_a_variable(tmp_path, monkeypatch):
    path = tmp_path / "my.tsv"
    path.write_text("海風\t浜風\n", encoding="utf-8")
    monkeypatch.setenv("TENKYO_HOME", str(tmp_path))
    monkeypatch.setenv("TENKYO_GLOSSARY", str(path))
    found = load_glossary(load_settings()).expansions("海風とAI")
    assert equals_of(found)[terms("海風")] == {terms("浜風")}
    assert ("人工", "知能") in equals_of(found)[("ai",)]


def test_all_groups_are_given_as_lemmas(tmp_path):
    path = tmp_path / "my.tsv"
    path.write_text("海風\t浜風\n", encoding="utf-8")
    shipped = expression_groups(None)
    assert [tuple(lemmas("AI")), tuple(lemmas("人工知能"))] in shipped
    assert expression_groups(path) == [*shipped, [tuple(lemmas("海風")), tuple(lemmas("浜風"))]]


PASSAGES = [["構成", "大学"], ["大学", "情報"], ["構成", "情報", "情報"], []]


def test_rows_that_have_all_terms_carry_the_share_of_the_least_one():
    lexical = Lexical.build(PASSAGES)
    alone = {term: lexical.coverage({term: 1.0}) for term in ("構成", "情報")}
    found = lexical.together(["構成", "情報"])
    assert found.rows.tolist() == [2]
    assert found.values[0] == pytest.approx(min(share[2] for share in alone.values()))
    assert lexical.together(["構成"]).rows.tolist() == [0, 2]


@pytest.mark.parametrize("terms", [["宇宙"], ["構成", "宇宙"], [], [""]])
def test_no_row_has_terms_that_the_index_lacks(terms):
    assert len(Lexical.build(PASSAGES).together(terms).rows) == 0


def test_a_floor_lifts_a_term_and_never_lowers_it():
    lexical = Lexical.build(PASSAGES)
    query = {"構成": 1.0, "情報": 1.0}
    plainly = lexical.coverage(query)
    floor = np.array([0.1, 0.8, 0.0, 0.8], dtype=np.float32)
    lifted = lexical.coverage(query, {"構成": floor})
    share = lexical.weight("構成") / (lexical.weight("構成") + lexical.weight("情報"))
    assert lifted - plainly == pytest.approx([0, 0.8 * share, 0, 0.8 * share], abs=1e-6)


MEETING = """# 検討会の報告書

## 体制
構成員は大学の研究者五名とする。

## 書き方
本書は三つの章で構成する。

## 予定
会合は年に三回開く。

## 名前
人工知能の利点を述べる。
"""


@pytest.fixture(scope="module")
def meeting(tmp_path_factory):
    """An index of a small report, and its settings."""
    place = tmp_path_factory.mktemp("meeting")
    settings = Settings(embedder="fitted", home=place / "home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(library, "SHIPPED", place / "none")
        (place / "kentokai.md").write_text(MEETING, encoding="utf-8")
        library.add(settings, place / "kentokai.md")
        opened = open_snapshot(settings)
        yield opened, settings
        opened.close()


@pytest.mark.parametrize(
    ("question", "words"),
    [
        pytest.param("メンバーは誰ですか", "構成員は", id="メンバー＝構成員"),
        pytest.param("ミーティングの回数", "会合は", id="ミーティング＝会合"),
        pytest.param("AIの長所", "人工知能の利点", id="AI＝人工知能・長所＝利点"),
    ],
)
def test_a_passage_in_other_words_is_found(meeting, question, words):
    first = retrieve(meeting[0], question)[0]
    assert words in first.passage.text
    assert first.parts["words"] > first.parts["lexical"]


def test_a_passage_with_another_word_of_the_same_lemma_is_no_equal(meeting):
    hits = retrieve(meeting[0], "メンバーは誰ですか")
    assert {h.passage.text for h in hits if h.parts["words"] > h.parts["lexical"]} == {
        "構成員は大学の研究者五名とする。"
    }


def test_words_of_the_conversation_have_equals_too(meeting):
    hits = retrieve(meeting[0], "大学はどこですか", background="メンバー")
    assert hits[0].parts["words"] > hits[0].parts["lexical"]
    assert "構成員" in hits[0].passage.text


def test_a_bad_file_leaves_the_index_as_it_is(meeting, tmp_path):
    opened, settings = meeting
    bad = tmp_path / "bad.tsv"
    bad.write_text("一つだけ\n", encoding="utf-8")
    with pytest.raises(InputError, match="1行目"):
        open_snapshot(settings.model_copy(update={"glossary": bad}))
    assert current_folder(settings) == opened.folder
    assert opened.folder.exists()
