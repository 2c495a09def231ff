"""Captions and what stands under them: lists, reasons, definitions of a small made-up report."""

from functools import partial

import pytest

from assistant.ask import Assistant
from assistant.cite import cite
from assistant.composing.compose import propose
from assistant.composing.nesting import nested, ways
from assistant.understanding.understand import understand
from corpus.library import add
from corpus.settings import Settings
from index.retrieve import retrieve

REPORT = """# 図書館の振興計画

## 1. 用語

本計画において「移動図書館」とは、図書を載せた車両で地域を巡回し、貸出しを行う事業をいう。※1

※1 学校への団体貸出しは含まない。

地区の読書会には、読書相談員※2を派遣する。

※2 市の研修を修了し、本の選び方を助言する者。

## 2. 貸出しの充実

**① 開館時間の延長**
【背景】
・勤め帰りに立ち寄る利用者が夜間に閉館で入れない。
【取組】
・平日の閉館を午後8時に変更
・祝日の開館を試行
・返却口を駅前に設置
**② 子どもの読書の推進**
【背景】
・中学生の不読率が上昇。
【取組】
・学級文庫の入替えを年3回実施
・朝の読書の時間を設定

## 3. 分館の整備

1. 分館の改修
2. 書庫の増築
3. 駐輪場の移設
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    folder = tmp_path_factory.mktemp("library")
    (folder / "tosho.md").write_text(REPORT, encoding="utf-8")
    settings = Settings(home=folder / "home")
    add(settings, folder / "tosho.md")
    with Assistant.open(settings) as opened:
        yield opened


def test_lines_stand_under_their_captions(library):
    report = library.snapshot.report("tosho")
    section = next(s for s in report.sections if "貸出し" in s.heading)
    found = [[node.name for node in way] for way in ways(nested(report, section))]
    assert ["開館時間の延長", "取組", "祝日の開館を試行"] in found
    assert ["子どもの読書の推進", "取組", "朝の読書の時間を設定"] in found


ANSWERS = [
    ("items-under-a-caption", "開館時間の延長では何をするの？取組を全部",
     ["午後8時", "祝日の開館", "返却口"], ["学級文庫", "夜間"]),
    ("items-of-the-next-caption", "子どもの読書の推進の取組を全て挙げてください",
     ["学級文庫", "朝の読書"], ["祝日", "不読率"]),
    ("numbered-range", "分館の整備の1から3まで", ["改修", "書庫", "駐輪場"], ["学級文庫"]),
    ("reason-beside-the-measure", "開館時間を延長するのはなぜですか", ["夜間に閉館"], ["学級文庫"]),
    ("definition-with-its-note", "移動図書館とは何ですか", ["巡回", "含まない"], ["読書会"]),
    ("definition-in-a-note", "読書相談員って何？", ["研修を修了"], ["派遣する"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("question", "said", "unsaid"), [a[1:] for a in ANSWERS], ids=[a[0] for a in ANSWERS]
)
def test_a_draft_is_what_stands_under_what_was_asked(library, question, said, unsaid):
    query, hits = library.find(question, report_id="tosho")
    search = partial(retrieve, library.snapshot, report_id="tosho")
    draft = propose(query, hits, library.snapshot, search)  # however likely it is
    answer = cite(draft).text
    assert [words for words in said if words not in answer] == []
    assert [words for words in unsaid if words in answer] == []


TERMS = [
    ("plain", "PPAとは", "ppa"),
    ("quoted-inside", "この計画でいう「書庫」とは何か", "書庫"),
    ("said-of-it", "「巡回」って、どう回る仕組みのことを言ってるの？", "巡回"),
    ("no-term", "「書庫」の面積は", None),
]


@pytest.mark.parametrize(("question", "term"), [t[1:] for t in TERMS], ids=[t[0] for t in TERMS])
def test_the_term_whose_meaning_is_asked(question, term):
    assert understand(question).defined == term
