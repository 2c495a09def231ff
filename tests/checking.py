"""What tests of the draft check stand on: a small report of our own, and short ways to check."""

from assistant.checking.check import check
from assistant.checking.manuscript import Manuscript, Mark, Paragraph, ParagraphKind
from corpus.model import Metadata
from corpus.parse import parse_report

TEXT = """\
# 港湾脱炭素化の進め方について

## 第1章 現状

港湾からの排出量は、平成30年度に約1,250万トンであり、全国の排出量の1.1％を占める。
このうち**荷役機械**が37%を占めている。

## 第2章 取組

### 2.1 陸上電力の供給

- 岸壁で電力を供給する設備を、令和7年度までに12か所に整備する。
- 整備に要する費用は73億円と見込まれる。
- 費用の全額を国が負担することは認められない。

### 2.2 「港湾ターミナル」の高度化

荷役機械の電動化を進める（ハイブリッド型を含む）。事業者の負担が増加するとは言えないとの意見もあった。

| 港 | 設備数（基） | 費用（百万円） |
|---|---|---|
| 東港 | 14 | 2,350 |
| 西港 | 9 | 1,180 |

（出典）港湾協会「荷役統計」（令和元年）
"""

REPORT = parse_report(
    TEXT,
    "kowan",
    Metadata("港湾脱炭素化の進め方について", "港湾省", "企画局", "令和3年3月"),
    "0" * 64,
)

TITLE = REPORT.metadata.title


def body(text, *marks):
    return Paragraph(text, marks=tuple(Mark(*mark) for mark in marks))


def block(text):
    return Paragraph(text, ParagraphKind.BLOCK_QUOTE)


def note(text):
    return Paragraph(text, ParagraphKind.NOTE)


def findings(*paragraphs, reports=(REPORT,)):
    """Return the findings on a draft of these paragraphs; a plain text is one of the body."""
    made = [body(each) if isinstance(each, str) else each for each in paragraphs]
    return check(Manuscript("draft.md", tuple(made)), reports).findings


def alarms(*paragraphs, reports=(REPORT,)):
    return [each for each in findings(*paragraphs, reports=reports) if each.needs_a_look]


def verdict_of(words, *paragraphs):
    """Return the verdict on the stretch of a draft that reads `words`."""
    (found,) = {f.verdict for f in findings(*paragraphs) if f.words == words}
    return found
