"""孫引き: which words of a report come from elsewhere, and from where."""

import pytest

from assistant.answer import NoteKind
from assistant.references.build import reference_of
from assistant.references.secondhand import original_at, original_of
from corpus.model import Metadata, PassageKind, Span
from corpus.parse import parse_report

REPORT = """\
# 調査の結果

## 概況

被害額は6,080億円となった。

(出典) 安全協会「被害統計」

なお、対策を進める。

被害は増えている（出典：警備庁「年報」（令和2年））。

事故は減った。（出典：交通局「月報」）けがも減った。

| 年 | 件数 |
|---|---|
| 2019 | 12 |

出典：庁内調べ

## 表

| 港 | 量 |
|---|---|
| 東港 | 34 |

（出典）港湾協会「荷役統計」を基に港湾省にて作成

## 自らの資料

港の数は12である。

出典：港湾省

船の数は40である。

出典：港湾省企画局資料

客の数は500である。

出典：港湾省「旅客統計」

荷の量は900である。

出典：貨物協会資料より港湾省作成

## 長い節

最初の段落である。

二番目の段落である。

三番目の段落である。

出典：末尾協会

## 別の節

関係のない文である。

貨物協会の調査によれば、荷は増えている。今後も増える。

「港湾白書2020」によると、港は減っている。

これによると、船も減っている。

港湾省の調査によると、客は増えている。

本調査によれば、費用は下がる。

第5条の規定によれば、届出が要る。

担当者によれば、異状はない。

港湾省「調査の結果」（令和2年）によれば、橋は古い。

港湾省「橋の調査の結果」によれば、橋は新しい。
"""
ABOUT = Metadata("調査の結果", "港湾省", "企画局")

ORIGINALS = {
    "被害額は": "安全協会「被害統計」",
    "なお、対策": None,
    "被害は増えている": "警備庁「年報」（令和2年）",
    "2019": None,
    "東港": "港湾協会「荷役統計」",
    "港の数は": None,
    "船の数は": None,
    "客の数は": "港湾省「旅客統計」",
    "荷の量は": "貨物協会資料",
    "最初の段落": None,
    "二番目の段落": None,
    "三番目の段落": "末尾協会",
    "関係のない": None,
    "貨物協会の調査": "貨物協会の調査",
    "「港湾白書2020」": "「港湾白書2020」",
    "これによると": None,
    "港湾省の調査": None,
    "本調査": None,
    "第5条": None,
    "担当者": None,
    "橋は古い": None,
    "橋は新しい": "港湾省「橋の調査の結果」",
}


@pytest.fixture(scope="module")
def report():
    return parse_report(REPORT, "chosa", ABOUT, "0" * 64)


def beginning(report, words):
    return next(p for p in report.passages if words in p.text and p.kind is not PassageKind.SOURCE)


@pytest.mark.parametrize(("begins", "source"), ORIGINALS.items(), ids=ORIGINALS)
def test_words_that_a_report_quotes_itself_name_their_source(report, begins, source):
    assert original_of(report, beginning(report, begins)) == source


SENTENCES = {
    "事故は減った。": "交通局「月報」",
    "けがも減った。": None,
    "貨物協会の調査によれば、荷は増えている。": "貨物協会の調査",
    "今後も増える。": None,
}


@pytest.mark.parametrize(("words", "source"), SENTENCES.items(), ids=SENTENCES)
def test_a_source_in_a_sentence_is_of_that_sentence_alone(report, words, source):
    start = report.text.index(words)
    span = Span(start, start + len(words))
    assert original_of(report, beginning(report, words), span) == source


def test_a_source_line_itself_is_quoted_from_nowhere(report):
    sources = [p for p in report.passages if p.kind is PassageKind.SOURCE]
    assert sources
    assert {original_of(report, passage) for passage in sources} == {None}


def test_an_answer_says_once_what_each_source_is(assistant):
    answer = assistant.ask("サイバー攻撃の被害額はいくらですか")
    (note,) = [note for note in answer.notes if note.kind is NoteKind.SECOND_HAND]
    assert note.text.startswith("引用［1］は、報告書が「CSIS & McAfee」から引いたもの")
    assert note.section_id == answer.citations[0].place.section_id
    report = assistant.snapshot.report(answer.citations[0].place.report)
    place = answer.citations[0].place
    assert original_at(report, place) == "CSIS & McAfee"
    assert reference_of(place, answer.citations[0].quote, report).original == "CSIS & McAfee"
