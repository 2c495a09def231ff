"""Hybrid retrieval on the shipped report and on two small ones."""

import threading

import numpy as np
import pytest

from corpus import library
from corpus.errors import UnknownReport
from corpus.markup import plain
from corpus.settings import Settings
from index.fusion import best
from index.retrieve import LIMIT, retrieve
from index.serve import open_snapshot
from index.terms import lemmas

QUESTIONS = [
    "情報銀行とは何ですか",
    "ＡＩの原則を教えてください",
    "5Gはいつ始まりますか",
    "海外展開の支援策",
]

FOREST = "# 森林の報告書\n\n## 目標\n間伐の面積は年間45万ヘクタールとする。\n\n- 担い手の確保\n"
OCEAN = "# 海洋の報告書\n\n## 目標\n養殖の生産量は年間90万トンとする。\n\n- 担い手の確保\n"


@pytest.fixture(scope="module")
def snapshot(settings):
    opened = open_snapshot(settings)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """An index of two small reports that share a line."""
    place = tmp_path_factory.mktemp("two")
    settings = Settings(home=place / "home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(library, "SHIPPED", place / "none")
        for name, text in (("shinrin.md", FOREST), ("kaiyo.md", OCEAN)):
            (place / name).write_text(text, encoding="utf-8")
            library.add(settings, place / name)
        opened = open_snapshot(settings)
        yield opened
        opened.close()


def seen(hits):
    return [(hit.passage.id, hit.score) for hit in hits]


@pytest.mark.parametrize("question", QUESTIONS)
def test_hits_are_ranked_by_score_from_one(snapshot, question):
    hits = retrieve(snapshot, question)
    assert [hit.rank for hit in hits] == list(range(1, LIMIT + 1))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len({hit.passage.id for hit in hits}) == LIMIT


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_score_is_the_sum_that_the_docstring_says(snapshot, question):
    weight = snapshot.dense_weight
    for hit in retrieve(snapshot, question):
        parts = hit.parts
        names = {"lemmas", "bigrams", "lexical", "words", "dense", "near", "gate"}
        assert set(parts) == names
        assert all(0 <= value <= 1.000001 for value in parts.values())
        lexical, gate = 0.7 * parts["lemmas"] + 0.3 * parts["bigrams"], parts["gate"]
        assert parts["lexical"] == pytest.approx(lexical, abs=1e-5)
        assert parts["words"] >= parts["lexical"] - 1e-6
        assert hit.score == pytest.approx(parts["words"] + weight * gate * parts["near"], abs=1e-5)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_same_question_gives_the_same_hits(snapshot, settings, question):
    again = open_snapshot(settings)
    assert seen(retrieve(again, question)) == seen(retrieve(snapshot, question))
    again.close()


@pytest.mark.parametrize("limit", [0, 1, 7, 10_000])
def test_a_limit_takes_the_first_of_all_hits(snapshot, limit):
    everything = retrieve(snapshot, "情報の利活用", limit=snapshot.manifest.passages)
    assert len(everything) == snapshot.manifest.passages
    assert seen(retrieve(snapshot, "情報の利活用", limit=limit)) == seen(everything[:limit])


@pytest.mark.parametrize("limit", [1, 3, 5, 20])
def test_equal_scores_stay_in_the_order_of_the_report(limit):
    """A plain sort of all scores gives the same, at a cost that grows faster."""
    scores = np.random.default_rng(0).integers(0, 4, 200).astype(np.float32)
    expected = sorted(range(50, 150), key=lambda row: (-scores[row], row))[:limit]
    assert best(scores, slice(50, 150), limit) == expected


@pytest.mark.parametrize(
    "text", ["は、が、を、に", "？", "。。。", " ", "", "\x00", "\ud800", "です"]
)
def test_a_question_without_a_content_word_finds_nothing_but_does_not_fail(snapshot, text):
    assert all(hit.score == 0 for hit in retrieve(snapshot, text))


@pytest.mark.parametrize(
    "text", ["情報" * 5000, "宇宙エレベーターの建設費", "\u202e情報銀行", "<b>"]
)
def test_any_question_gives_hits(snapshot, text):
    assert len(retrieve(snapshot, text)) == LIMIT


def test_words_of_the_conversation_count_half(snapshot):
    alone = retrieve(snapshot, "課題", limit=snapshot.manifest.passages)
    carried = retrieve(snapshot, "課題", limit=snapshot.manifest.passages, background="情報銀行")
    asked = retrieve(snapshot, "課題 情報銀行", limit=snapshot.manifest.passages)
    of = {
        name: {hit.passage.id: hit.parts["lemmas"] for hit in hits}
        for name, hits in (("alone", alone), ("carried", carried), ("asked", asked))
    }
    both = {hit.passage.id for hit in alone if {"情報", "銀行"} <= set(lemmas(hit.passage.text))}
    only = {passage for passage in both if of["alone"][passage] == 0}
    assert only
    for passage in only:
        assert 0 < of["carried"][passage] < of["asked"][passage]


def test_a_word_in_question_and_conversation_counts_whole(snapshot):
    plainly = retrieve(snapshot, "情報銀行")
    repeated = retrieve(snapshot, "情報銀行", background="情報銀行")
    assert [hit.parts["lemmas"] for hit in plainly] == [hit.parts["lemmas"] for hit in repeated]


@pytest.mark.parametrize("report_id", ["shinrin", "kaiyo"])
@pytest.mark.parametrize("question", ["担い手の確保", "養殖の生産量", "間伐の面積", "宇宙"])
def test_a_report_is_searched_alone(two, report_id, question):
    hits = retrieve(two, question, report_id=report_id)
    assert len(hits) == len(two.rows(report_id))
    assert {hit.passage.report_id for hit in hits} == {report_id}
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))


def test_all_reports_are_searched_by_default(two):
    hits = retrieve(two, "担い手の確保")
    assert [hit.passage.report_id for hit in hits[:2]] == ["kaiyo", "shinrin"]
    assert hits[0].score == pytest.approx(hits[1].score, abs=0.02)


def test_an_unknown_report_is_an_error(two):
    with pytest.raises(UnknownReport, match="nai"):
        retrieve(two, "担い手", report_id="nai")


def test_passages_are_found_by_their_own_words(snapshot):
    """A passage of at least three content words that no other one repeats ranks first."""
    passages = [snapshot.passage(row) for row in range(snapshot.manifest.passages)]
    texts = [plain(passage.text) for passage in passages]
    told = [
        (passage, text)
        for passage, text in zip(passages, texts, strict=True)
        if len(set(lemmas(text))) >= 3 and sum(text in other for other in texts) == 1
    ]
    first = [retrieve(snapshot, text, limit=1)[0].passage.id for _, text in told]
    found = sum(best == passage.id for best, (passage, _) in zip(first, told, strict=True))
    assert len(told) > 300
    assert found / len(told) >= 0.95


def test_threads_get_the_same_hits(snapshot):
    expected = [seen(retrieve(snapshot, question)) for question in QUESTIONS]
    results = {}

    def ask(number):
        results[number] = [seen(retrieve(snapshot, question)) for question in QUESTIONS * 3]

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(results.values()) == [expected * 3] * 4
