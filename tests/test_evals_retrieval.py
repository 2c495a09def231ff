"""`tenkyo eval retrieval`: rankings of an index or of a SQuAD-form collection."""

import json
from math import log2
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import library
from corpus.errors import EmbedderUnavailable, InputError, UnknownReport
from corpus.settings import Settings
from evals.cases import Case, read_cases
from evals.ground import of_pool, of_snapshot
from evals.judge import judge
from evals.pool import open_pool
from evals.retrieval import (
    RANKED,
    RANKINGS,
    figures,
    measure,
    rank,
    search_index,
    search_pool,
    spread,
    values,
)
from evals.squad import read_collection
from index.build import vectors_of
from index.documents import Document
from index.embedder.double import HashEmbedder
from index.embedder.protocol import unit
from index.serve import open_snapshot

SETS = Path(__file__).parent.parent / "evals" / "sets"
LONGEST = 2000

quick = settings(deadline=None)
"""A busy machine is no failure."""

RAIN = "梅雨（つゆ、ばいう）は、北海道と小笠原諸島を除く日本でみられる気象現象である。"
BUDDHA = "東大寺は奈良を代表する寺院である。\n\n高さ約15メートルの盧舎那仏像で知られる。"
POWER = "矢作水力は、大正から昭和戦前期にかけて存在した日本の電力会社である。"
EGYPT = "エジプト中王国は、古代エジプト史の時代区分のひとつである。"


def question(words, name="q0", **more):
    return {"question": words, "id": name, "answers": [{"text": "？", "answer_start": 0}], **more}


JSQUAD = {
    "data": [
        {
            "title": "梅雨",
            "paragraphs": [
                {
                    "context": f"梅雨 [SEP] {RAIN}",
                    "qas": [
                        question("梅雨がないのは北海道とどこか。"),
                        question("梅雨の色は何か。", "q1", is_impossible=True),
                        question("梅雨は何の現象か。", "q2", is_impossible=False),
                    ],
                },
                {"context": "梅雨 [SEP] ", "qas": [question("何もない段落は？", "q3")]},
            ],
        }
    ]
}
JAQUAD = {
    "version": "JaQuAD-version-0.1.0",
    "data": [
        {
            "title": "東大寺の仏像",
            "paragraphs": [
                {"context": BUDDHA, "qas": [question("東大寺の仏像の高さは？", question_type="x")]},
                {"context": RAIN},
            ],
        },
        {"title": "矢作水力", "paragraphs": [{"context": POWER}, {"context": EGYPT}]},
    ],
}
"""In the form of the two collections; RAIN is in both, in one of them behind its title."""


def told_nothing(stage, done, total):
    pass


@pytest.fixture
def files(tmp_path):
    """The paths of the two collections."""
    paths = (tmp_path / "jsquad.json", tmp_path / "jaquad.json")
    for path, content in zip(paths, (JSQUAD, JAQUAD), strict=True):
        path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return paths


@pytest.fixture(scope="module")
def pool():
    """A pool of four passages with vectors fitted on them."""
    with open_pool([RAIN, BUDDHA, POWER, EGYPT], Settings(), told_nothing) as opened:
        yield opened


def gold(*lines, **more):
    """A case whose evidence stands on `lines`."""
    evidence = [{"lines": [line, line], "quote": f"根拠{line}"} for line in lines]
    given = {"id": "c", "kind": "fact", "question": "梅雨とは？", "answerable": True}
    return Case.model_validate({**given, "evidence": evidence, **more})


def test_a_collection_has_each_passage_once_and_the_questions_asked(files):
    jsquad, jaquad = files
    found = read_collection([jsquad], [jaquad])
    assert found.passages == (RAIN, BUDDHA, POWER, EGYPT)
    assert [case.id for case in found.cases] == ["q0", "q2"]
    assert {case.evidence[0].lines for case in found.cases} == {(1, 1)}


def test_questions_of_several_files_point_to_their_own_passage(files):
    found = read_collection(list(reversed(files)))
    by_row = [found.passages[case.evidence[0].lines[0] - 1] for case in found.cases]
    assert by_row == [BUDDHA, RAIN, RAIN]


@pytest.mark.parametrize(
    "text",
    [f"別の題 [SEP] {RAIN}", f"{RAIN} [SEP] 追記", f"梅雨[SEP]{RAIN}"],
    ids=["other-title", "later", "no-space"],
)
def test_only_the_title_of_the_article_is_taken_away(tmp_path, text):
    path = tmp_path / "one.json"
    article = {"title": "梅雨", "paragraphs": [{"context": text, "qas": [question("？")]}]}
    path.write_text(json.dumps({"data": [article]}), encoding="utf-8")
    assert read_collection([path]).passages == (text,)


BAD = [
    ("empty", b"", "SQuAD"),
    ("no-json", "質問".encode(), "SQuAD"),
    ("a-list", b"[]", "SQuAD"),
    ("other-fields", b'{"data": [{"title": "a"}]}', "SQuAD"),
    ("deep", b"[" * 5000, "SQuAD"),
    ("not-utf-8", "質問".encode("shift_jis"), "読めません"),
    ("no-question", b'{"data": []}', "質問がありません"),
]


@pytest.mark.parametrize(("content", "said"), [b[1:] for b in BAD], ids=[b[0] for b in BAD])
def test_a_file_of_another_form_is_named(tmp_path, content, said):
    path = tmp_path / "bad.json"
    path.write_bytes(content)
    with pytest.raises(InputError, match=said) as raised:
        read_collection([path])
    assert "bad.json" in str(raised.value) and "\n" not in str(raised.value)


@pytest.mark.parametrize("name", ["nai.json", "."], ids=["missing", "folder"])
def test_a_file_that_cannot_be_read_is_named(tmp_path, files, name):
    with pytest.raises(InputError, match="読めません"):
        read_collection([files[0]], [tmp_path / name])


def test_a_pool_is_searched_like_a_snapshot(pool):
    found = rank(of_pool(pool), gold(1, question="奈良の寺院、盧舎那仏像の高さ"), LONGEST)
    assert set(found) == set(RANKINGS)
    assert [rows[0] for rows in found.values()] == [1, 1, 1]
    assert pool.vectors.count() == pool.lemmas.passages == pool.bigrams.passages == 4


def test_the_vector_of_a_passage_in_a_pool_is_that_of_its_words(pool):
    for row, passage in enumerate([RAIN, BUDDHA, POWER, EGYPT]):
        near = pool.vectors.nearest(pool.embedder.embed_passages([passage]), 4)
        assert {n.row: n.cosine for n in near}[row] == pytest.approx(1.0, abs=1e-5)


class Opinionated(HashEmbedder):
    """A model that gives the empty text a direction, as transformers do."""

    def embed_passages(self, texts):
        return super().embed_passages([text or "空" for text in texts])


def test_a_passage_without_headings_has_the_vector_of_its_own_words():
    model = Opinionated()
    alone, headed = vectors_of(
        model, [Document(RAIN, ""), Document(BUDDHA, "東大寺")], told_nothing
    )
    body, heading = model.embed_passages([BUDDHA]), model.embed_passages(["東大寺"])
    assert np.allclose(alone, model.embed_passages([RAIN])[0])
    # .3 is the share that index/build.py gives the words around a passage.
    assert np.allclose(headed, unit(0.7 * body + 0.3 * heading)[0])


def test_a_missing_model_is_told_before_any_work(tmp_path):
    stages = []
    settings = Settings(embedder=str(tmp_path / "nai"))
    with (
        pytest.raises(EmbedderUnavailable),
        open_pool([RAIN], settings, lambda *told: stages.append(told)),
    ):
        pass
    assert stages == []


def at_rank(n):
    """Ten rows with row 0, which is line 1, at rank n; for 0 without it."""
    others = list(range(10, 20))
    return others if n == 0 else [*others[: n - 1], 0, *others[n:]]


# By hand. With one gold passage at rank r: mrr@10 is 1/r, ndcg@10 is 1/log2(r + 1).
ONE = [
    (1, (1, 1, 1, 1, 1, 1)),
    (2, (0, 1, 1, 1, 0.5, 1 / log2(3))),
    (3, (0, 1, 1, 1, 1 / 3, 0.5)),
    (5, (0, 1, 1, 1, 0.2, 1 / log2(6))),
    (7, (0, 0, 1, 1, 1 / 7, 1 / 3)),
    (10, (0, 0, 1, 1, 0.1, 0.28906)),
    (0, (0, 0, 0, 0, 0, 0)),
]


@pytest.mark.parametrize(("place", "expected"), ONE, ids=[f"rank-{place}" for place, _ in ONE])
def test_measures_of_one_gold_passage(pool, place, expected):
    found = values(gold(1), of_pool(pool), at_rank(place))
    assert tuple(found) == ("any@1", "any@5", "any@10", "all@10", "mrr@10", "ndcg@10")
    assert tuple(found.values()) == pytest.approx(expected, abs=1e-5)


# Gold on lines 1 and 2 (rows 0 and 1); the best possible gain is 1 + 1/log2(3) = 1.63093.
TWO = [
    ("both-first", [0, 1, 2], (1, 1, 1, 1, 1, 1)),
    ("second-and-third", [2, 1, 0], (0, 1, 1, 1, 0.5, (0.63093 + 0.5) / 1.63093)),
    ("one-only", [0, 2, 3], (1, 1, 1, 0, 1, 1 / 1.63093)),
    ("one-beyond-ten", [0, *range(2, 11), 1], (1, 1, 1, 0, 1, 1 / 1.63093)),
    ("nothing-found", [], (0, 0, 0, 0, 0, 0)),
]


@pytest.mark.parametrize(("rows", "expected"), [t[1:] for t in TWO], ids=[t[0] for t in TWO])
def test_measures_of_two_gold_passages(pool, rows, expected):
    found = values(gold(1, 2), of_pool(pool), rows)
    assert tuple(found.values()) == pytest.approx(expected, abs=1e-5)


@quick
@given(rows=st.permutations(range(14)), lines=st.sets(st.integers(1, 14), min_size=1))
def test_measures_of_any_ranking_keep_their_order(pool, rows, lines):
    found = values(gold(*lines), of_pool(pool), rows)
    assert all(0 <= value <= 1 for value in found.values())
    assert found["any@1"] <= found["any@5"] <= found["any@10"]
    assert found["all@10"] <= found["any@10"]
    assert found["any@1"] <= found["mrr@10"] <= found["any@10"]
    assert (found["ndcg@10"] > 0) == (found["any@10"] == 1)


@quick
@given(rows=st.permutations(range(12)), line=st.integers(1, 12))
def test_gold_that_moves_up_lowers_no_measure(pool, rows, line):
    place = rows.index(line - 1)
    higher = list(rows)
    higher[place - 1 : place + 1] = reversed(rows[place - 1 : place + 1])
    before, after = (values(gold(line), of_pool(pool), r) for r in (rows, higher))
    assert place == 0 or all(after[name] >= before[name] for name in before)


@quick
@given(size=st.integers(0, 60), number=st.integers(1, 70))
def test_questions_are_chosen_evenly(size, number):
    items = list(range(size))
    chosen = spread(items, number)
    assert len(chosen) == min(size, number) and chosen[:1] == items[:1]
    gaps = {later - earlier for earlier, later in zip(chosen, [*chosen[1:], size], strict=False)}
    assert not gaps or max(gaps) - min(gaps) <= 1
    assert spread(items, None) == items


@pytest.mark.parametrize(
    "words", ["ありがとうございます", " ", "梅" * 2001], ids=["small-talk", "empty", "too-long"]
)
def test_what_the_assistant_would_not_search_for_finds_nothing(pool, words):
    ground = of_pool(pool)
    assert rank(ground, gold(1, question=words), LONGEST) == {name: [] for name in RANKINGS}
    measured = measure(ground, [gold(1, question=words)], LONGEST, told_nothing)
    assert set(measured[0].values["fused"].values()) == {0.0}


def test_a_passage_that_scores_nothing_is_not_found(pool):
    found = rank(of_pool(pool), gold(1, question="矢作水力"), LONGEST)
    assert found["lexical"] == [2]


def test_what_is_ranked_is_what_the_assistant_finds(assistant):
    """So the figures stand beside those of `tenkyo eval run`.

    Not in conversations: there the assistant knows what answered before, search alone does not.
    """
    cases = [case for case in read_cases(SETS / "dev.jsonl") if case.evidence and not case.history]
    cases = [case for case in spread(cases, 30) if not case.alternatives]
    measured = measure(of_snapshot(assistant.snapshot), cases, LONGEST, told_nothing)
    for each in measured:
        case = each.case
        answer = assistant.ask(case.question, case.history, case.report).as_dict()
        judged = judge(case, answer, "")
        assert each.values["fused"] == {m.name: m.value(judged) for m in RANKED}


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """An index of two small reports that share a line."""
    place = tmp_path_factory.mktemp("two")
    settings = Settings(home=place / "home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(library, "SHIPPED", place / "none")
        for name, what in (("shinrin", "間伐の面積は45万ヘクタール"), ("kaiyo", "養殖は90万トン")):
            path = place / f"{name}.md"
            path.write_text(f"# {name}の報告書\n\n{what}とする。\n\n- 担い手の確保\n", "utf-8")
            library.add(settings, path)
        opened = open_snapshot(settings)
        yield opened
        opened.close()


@pytest.mark.parametrize("report", ["shinrin", "kaiyo"])
def test_a_case_that_names_a_report_is_ranked_in_it_alone(two, report):
    found = rank(of_snapshot(two), gold(1, question="担い手の確保", report=report), LONGEST)
    for rows in found.values():
        assert rows and set(rows) <= set(two.rows(report))
    every = rank(of_snapshot(two), gold(1, question="担い手の確保"), LONGEST)
    assert len(every["lexical"]) == 2


def test_a_case_of_a_report_that_is_not_there_is_an_error(two):
    with pytest.raises(UnknownReport, match="nai"):
        rank(of_snapshot(two), gold(1, report="nai"), LONGEST)


GROUPED = [
    ("one-kind", [gold(1), gold(2)], {"all": 2}),
    (
        "every-kind",
        [gold(1), gold(2, kind="paraphrase"), gold(1, history=["梅雨とは？"])],
        {"all": 3, "single": 2, "paraphrase": 1, "conversation": 1},
    ),
]


@pytest.mark.parametrize(("cases", "sizes"), [g[1:] for g in GROUPED], ids=[g[0] for g in GROUPED])
def test_groups_are_counted_apart_where_they_differ(pool, cases, sizes):
    ground = of_pool(pool)
    found = figures(ground, measure(ground, cases, LONGEST, told_nothing))
    assert {name: group["questions"] for name, group in found["groups"].items()} == sizes
    assert (found["questions"], found["passages"]) == (len(cases), 4)


def test_questions_of_one_passage_are_drawn_together(pool):
    """Else an interval over many questions on few passages would look too sure."""
    ground = of_pool(pool)
    found = {"question": "梅雨"}
    cases = [gold(1, **found)] * 30 + [gold(2, **found)] * 30
    measured = measure(ground, cases, LONGEST, told_nothing)
    figure = figures(ground, measured)["groups"]["all"]["rankings"]["lexical"]["any@1"]
    assert (figure["mean"], figure["cases"]) == (0.5, 60)
    # Two passages, one found: of 2000 resamples a quarter have the same one twice.
    assert (figure["low"], figure["high"]) == (0.0, 1.0)


def test_a_collection_gives_the_same_figures_every_time(files):
    collection = read_collection(list(files))
    first, second = (search_pool(collection, Settings(), None, told_nothing) for _ in range(2))
    assert first == second
    assert first["groups"]["all"]["rankings"]["fused"]["any@1"]["mean"] == 1.0
    assert search_pool(collection, Settings(), 2, told_nothing)["questions"] == 2


def test_a_set_without_gold_is_an_error(assistant):
    cases = [gold(1, answerable=False, evidence=[]), gold(1, answerable=None, evidence=[])]
    with pytest.raises(InputError, match="根拠のある質問がありません"):
        search_index(cases, assistant, None, told_nothing)


def test_the_command_shows_the_three_rankings(tenkyo):
    done = tenkyo("eval", "retrieval", "--limit", "40")
    assert done.returncode == 0, done.stderr
    assert "（40問" in done.stdout and "語と意味" in done.stdout
    assert "会話の中の質問" in done.stdout and "最初の根拠の順位の逆数" in done.stdout


def test_the_command_gives_json(tenkyo):
    done = tenkyo("eval", "retrieval", "dev", "test", "--limit", "20", "--json")
    found = json.loads(done.stdout)
    assert found["sets"] == ["dev", "test"]
    assert found["groups"]["all"]["questions"] == found["questions"] == 20
    for ranking in RANKINGS:
        for figure in found["groups"]["all"]["rankings"][ranking].values():
            assert 0 <= figure["low"] <= figure["mean"] <= figure["high"] <= 1


def test_the_command_takes_a_collection(tenkyo, files, tmp_path):
    jsquad, jaquad = files
    done = tenkyo(
        "eval", "retrieval", "--squad", jsquad, "--pool", jaquad, "--json", at=tmp_path / "none"
    )
    found = json.loads(done.stdout)
    assert (found["questions"], found["passages"]) == (2, 4)
    assert (found["squad"], found["pool"]) == ([str(jsquad)], [str(jaquad)])
    assert set(found["groups"]) == {"all"}
    assert not (tmp_path / "none").exists()


REFUSED = [
    ("no-file", ("--squad", "nai.json"), "読めません"),
    ("no-set", ("nai",), "読めません"),
    ("both", ("dev", "--squad", "nai.json"), "一緒に使えません"),
    ("pool-alone", ("--pool", "nai.json"), "--squad と一緒に"),
    ("limit", ("--limit", "0"), "--limit"),
]


@pytest.mark.parametrize(
    ("arguments", "said"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED]
)
def test_what_cannot_be_measured_is_refused_in_one_sentence(arguments, said, tenkyo):
    done = tenkyo("eval", "retrieval", *arguments)
    assert done.returncode == 2
    assert said in done.stderr and done.stderr.count("\n") == 1
    assert done.stdout == ""
