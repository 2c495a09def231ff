"""Headings, lists, paragraphs and notes of small texts on any subject."""

import pytest

from corpus.blocks import BlockKind, blocks_of
from corpus.japanese import count_words
from corpus.model import Metadata, PassageKind
from corpus.parse import parse_report
from corpus.passages import LONGEST_PASSAGE


def report(text):
    return parse_report(text, "r", Metadata("題名"), "0" * 64)


def forms(text):
    """(kind, depth, text) of each passage."""
    return [(p.kind.value, p.depth, p.text) for p in report(text).passages]


def texts(text):
    return [p.text for p in report(text).passages]


def headings(text):
    return [(b.level, b.span.of(text)) for b in blocks_of(text) if b.kind is BlockKind.HEADING]


# Headings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# 下水道", [(1, "下水道")]),
        ("###### 管路", [(6, "管路")]),
        ("## 下水道 ##", [(2, "下水道")]),
        ("## 下水道 #####  ", [(2, "下水道")]),
        ("## C# と F#", [(2, "C# と F#")]),
        ("   ## 下水道", [(2, "下水道")]),
        ("##　下水道", [(2, "下水道")]),
        ("# **下水道**", [(1, "**下水道**")]),
        ("下水道\n===", [(1, "下水道")]),
        ("下水道\n---", [(2, "下水道")]),
        ("# 題\n\n管路\n---\n\n文。", [(1, "題"), (2, "管路")]),
        ("# 題\n下水道\n---", [(1, "題"), (2, "下水道")]),
        ("    # 印字例", []),
        ("#", []),
        ("# #", []),
        ("## ***", []),
        ("文。\n---", []),
        ("一行目\n二行目\n---", []),
        ("- 項目\n---", []),
        ("| a | b |\n---", []),
        ("---\n---", []),
    ],
    ids=repr,
)
def test_marked_headings(text, expected):
    assert headings(text) == expected


def test_a_fence_hides_what_looks_like_a_heading_or_an_item():
    text = "# 手順\n\n```sh\n# 注釈\n- 引数\n| 表 | 例 |\n```\n\n## 結果"
    assert headings(text) == [(1, "手順"), (2, "結果")]
    assert forms(text)[1] == ("paragraph", 0, "# 注釈\n- 引数\n| 表 | 例 |")


@pytest.mark.parametrize("fence", ["```", "~~~", "```\n~~~"], ids=["alone", "tildes", "mixed"])
def test_a_fence_without_its_partner_hides_nothing(fence):
    assert headings(f"# 手順\n\n{fence}\n\n# 結果") == [(1, "手順"), (1, "結果")]


def test_a_line_of_text_behind_tildes_is_text():
    assert texts("~~~ 重要 ~~~\n\n~~~ 重要 ~~~") == ["~~~ 重要 ~~~"] * 2


def test_a_plain_text_report_has_sections():
    found = report(
        "水道事業年報\n令和元年度\n\nはじめに\n\n本書は概況を示す。\n\n第1章　概況\n\n１　普及率\n"
        "普及率は98.0％である。\n\n（１）市部\n99.1％である。\n\n第2章　財政\n\n黒字である。"
    ).sections
    assert [(s.level, s.heading) for s in found] == [
        (0, "題名"),
        (1, "はじめに"),
        (1, "第1章 概況"),
        (2, "１ 普及率"),
        (3, "（１）市部"),
        (1, "第2章 財政"),
    ]
    assert found[4].path == ("第1章 概況", "１ 普及率", "（１）市部")


def test_a_heading_deeper_by_two_levels_stands_under_the_one_above():
    found = report("# 甲\n\n### 乙\n\n## 丙").sections
    assert [s.path for s in found[1:]] == [("甲",), ("甲", "乙"), ("甲", "丙")]


# Lists


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- 甲\n- 乙", [(0, "甲"), (0, "乙")]),
        ("* 甲\n+ 乙", [(0, "甲"), (0, "乙")]),
        ("・甲\n・乙", [(0, "甲"), (0, "乙")]),
        ("○ 甲\n● 乙", [(0, "甲"), (0, "乙")]),
        ("- ・甲", [(0, "甲")]),
        ("- ✓ 甲", [(0, "甲")]),
        ("-\t甲\n・\t乙", [(0, "甲"), (0, "乙")]),
        ("1. 甲\n2. 乙", [(0, "1. 甲"), (0, "2. 乙")]),
        ("１．甲\n２．乙", [(0, "１．甲"), (0, "２．乙")]),
        ("(1) 甲\n(2) 乙", [(0, "(1) 甲"), (0, "(2) 乙")]),
        ("①甲\n②乙", [(0, "①甲"), (0, "②乙")]),
        ("1.\t甲\n2.\t乙", [(0, "1.\t甲"), (0, "2.\t乙")]),
        ("次のとおり\nア　甲\nイ　乙", [(0, "ア　甲"), (0, "イ　乙")]),
        ("次のとおり\n一　甲\n二　乙", [(0, "一　甲"), (0, "二　乙")]),
        ("- 甲\n  - 乙\n    - 丙\n- 丁", [(0, "甲"), (1, "乙"), (2, "丙"), (0, "丁")]),
        ("- 甲\n\t- 乙\n\t\t- 丙\n\t- 丁", [(0, "甲"), (1, "乙"), (2, "丙"), (1, "丁")]),
        ("・甲\n　・乙\n　　・丙\n・丁", [(0, "甲"), (1, "乙"), (2, "丙"), (0, "丁")]),
        ("1. 甲\n   - 乙\n2. 丙", [(0, "1. 甲"), (1, "乙"), (0, "2. 丙")]),
        ("- 甲\n\n  - 乙", [(0, "甲"), (1, "乙")]),
        ("・甲\n ・乙", [(0, "甲"), (0, "乙")]),
        ("- 次の件\n- ① 甲\n- ② 乙\n- 丙", [(0, "次の件"), (1, "① 甲"), (1, "② 乙"), (0, "丙")]),
        ("・甲 ・乙　・丙", [(0, "甲"), (0, "乙"), (0, "丙")]),
        ("・甲・乙の件 ・丙", [(0, "甲・乙の件"), (0, "丙")]),
        ("・前年度 →今年度", [(0, "前年度 →今年度")]),
        ("> - 甲\n> - 乙", [(0, "甲"), (0, "乙")]),
    ],
    ids=repr,
)  # fmt: skip
def test_items(text, expected):
    items = [p for p in report(text).passages if p.kind is PassageKind.ITEM]
    assert [(p.depth, p.text) for p in items] == expected


@pytest.mark.parametrize(
    "text",
    [
        "○○市と△△町", "・・・と続く", "-5.2％", "1.5倍", "2019年", "10.5億円", "（タイ）は暑い",
        "◎：良い", "A・B", "一般会計", "アジアの水", "－", "*強調*",
    ],
    ids=repr,
)  # fmt: skip
def test_what_is_no_item(text):
    assert forms(text) == [("note" if text.startswith("◎") else "paragraph", 0, text)]


def test_an_item_goes_on_over_several_lines():
    text = "- 老朽管を\n  更新する。\n- 漏水を\n減らす。"
    assert texts(text) == ["老朽管を\n  更新する。", "漏水を\n減らす。"]


@pytest.mark.parametrize(
    ("above", "lead"),
    [
        ("更新の対象は次のとおりである。", "更新の対象は次のとおりである。"),
        ("主な取組：", "主な取組："),
        ("老朽化した水道管の更新を計画的に推進", "老朽化した水道管の更新を計画的に推進"),
        ("更新は令和元年度に始まった。", None),
        ("水道局", None),
        (None, None),
    ],
    ids=["announced", "colon", "statement", "sentence", "short", "nothing"],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"], ids=["directly", "after a blank"])
def test_the_lead_of_a_list(above, lead, gap):
    text = "# 水道\n\n" + (f"{above}{gap}" if above else "") + "- 管路\n- 浄水場"
    items = [p for p in report(text).passages if p.kind is PassageKind.ITEM]
    assert [item.lead for item in items] == [lead, lead]
    assert len({item.group for item in items}) == 1


# Paragraphs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一行目で\n終わる文。", ["一行目で\n終わる文。"]),
        ("　一段落目。\n続き。\n　二段落目。", ["一段落目。\n続き。", "二段落目。"]),
        ("日時：6月8日\n場所：役場\n議題：水道", ["日時：6月8日", "場所：役場", "議題：水道"]),
        ("【対象】町村\n【期間】5年", ["【対象】町村", "【期間】5年"]),
        ("一行目  \n二行目", ["一行目", "二行目"]),
        ("一行目\\\n二行目", ["一行目\\", "二行目"]),
        ("被害額 5億円  \n（推計）", ["被害額 5億円  \n（推計）"]),
        ("本文。\n※注記。\n続き。", ["本文。", "※注記。\n続き。"]),
        ("図1 配水量\n（出典）水道局", ["図1 配水量", "（出典）水道局"]),
        ("> 引用の一行目。\n> 引用の二行目。", ["引用の一行目。", "引用の二行目。"]),
        ("実現に向け、\n\n取組を進める。", ["実現に向け、\n\n取組を進める。"]),
        ("実現に向け、\n\n※注記。", ["実現に向け、", "※注記。"]),
        ("実現に向け、\n\n- 項目", ["実現に向け、", "項目"]),
        ("前。\n\n---\n\n後。", ["前。", "後。"]),
        ("前。\r\n\r\n後。\r\n", ["前。", "後。"]),
        ("前。\r\r後。", ["前。", "後。"]),
        ("前。\n \n\t\n　\n後。", ["前。", "後。"]),
        (
            "---\ntitle: 年報\ndate: 2019-06\n---\n本文。",
            ["title: 年報", "date: 2019-06", "本文。"],
        ),
        ("", []),
        ("\n\n", []),
        ("---\n***\n・\n", []),
    ],
    ids=repr,
)
def test_paragraphs(text, expected):
    assert texts(text) == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("※ 速報値", "note"), ("（注）速報値", "note"), ("注1：速報値", "note"),
        ("(注1) 速報", "note"), ("*1 速報値", "note"), ("凡例 ○：実施", "note"),
        ("出典：水道局", "source"), ("（出典）水道局", "source"), ("資料：水道局", "source"),
        ("- 出典：水道局", "source"), ("図1 配水量", "caption"), ("表２　料金", "caption"),
        ("図1に示すとおりである。", "paragraph"), ("資料を配る", "paragraph"),
        ("注意する", "paragraph"), ("注目の事業", "paragraph"),
    ],
    ids=repr,
)  # fmt: skip
def test_kinds_of_lines(text, kind):
    assert [p.kind.value for p in report(text).passages] == [kind]


@pytest.mark.parametrize("mark", ["", "- "], ids=["paragraph", "item"])
def test_a_long_text_is_split_at_sentence_ends(mark):
    text = mark + "上水道の管路は老朽化が進んでおり、計画的な更新が必要である。" * 12
    pieces = report(text).passages
    assert "".join(p.text for p in pieces) == text.removeprefix(mark)
    assert len(pieces) > 1
    assert all(p.text.endswith("。") for p in pieces)
    # As long as fits: two neighbours together are too long.
    sizes = [count_words(p.text) for p in pieces]
    assert max(sizes) <= LONGEST_PASSAGE
    assert all(a + b > LONGEST_PASSAGE for a, b in zip(sizes, sizes[1:], strict=False))


def test_a_sentence_is_never_split():
    text = "管路、" * 200 + "浄水場。"
    assert texts(text) == [text]
    quoted = f"町長は「{'管路を更新する。' * 40}」と述べた。" + "次に進む。"
    assert texts(quoted) == [quoted.removesuffix("次に進む。"), "次に進む。"]


def test_a_note_and_the_item_it_follows():
    item, note, second = report("- 管路を更新\n※耐震管に限る。\n※国の補助がある。").passages
    assert (note.lead, second.lead) == (item.text, item.text)


def test_paragraphs_under_a_label_have_it_as_lead():
    passages = report("【委員】山本、\n\n田中\n\n鈴木\n\n【事務局】水道局").passages
    assert [(p.text, p.lead) for p in passages] == [
        ("【委員】山本、\n\n田中", None),
        ("鈴木", "委員"),
        ("【事務局】水道局", None),
    ]


# Texts that mark little


CLOSE = """# 計画
第1 総論
1 趣旨
本計画は、水路を守るために定める。
2 期間
5年間とする。
第2 各論
1 浚渫
(1) 幹線
毎年行う。
(2) 支線
隔年で行う。
2 草刈り
夏に行う。
第3 雑則
細目は別に定める。
"""


def test_numbered_titles_right_below_text_are_headings_where_they_count():
    assert headings(CLOSE) == [
        (1, "計画"), (2, "第1 総論"), (3, "1 趣旨"), (3, "2 期間"), (2, "第2 各論"),
        (3, "1 浚渫"), (4, "(1) 幹線"), (4, "(2) 支線"), (3, "2 草刈り"), (2, "第3 雑則"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "持ち物\n1 水筒\n2 帽子\n3 長靴\n雨の日は休む。",
        "# 一\n# 二\n# 三\n第1 甲\n本文。\n第2 乙\n本文。\n第3 丙\n本文。",
    ],
    ids=["list", "marked"],
)
def test_numbered_lines_are_no_headings_in_a_list_or_below_marked_ones(text):
    assert all("#" in text or not level for level, _ in headings(text))
    assert not [words for _, words in headings(text) if words.startswith(("1", "第"))]


_ROW = "あ" * 38
WRAPPED = "".join(f"　{_ROW}い\n{_ROW}う。\n" for _ in range(8)) + (
    f"　ア　{_ROW[3:]}え\n　　続きである。\n　イ　短い項目\n"
)


def test_lines_of_a_wrapped_text_go_on_below_an_item_and_stop_at_a_new_paragraph():
    found = forms(WRAPPED)
    assert [kind for kind, _, _ in found] == ["paragraph"] * 8 + ["item"] * 2
    assert found[8][2].endswith("続きである。")


def test_lines_with_wide_gaps_are_rows_of_a_table():
    text = (
        "表1　舟の数\n　区分　　　昨年　　　今年\n　川舟　　　１２　　　１５\n"
        "　渡し舟　　　３　　　　２\n"
    )
    rows = [p for p in report(text).passages if p.table]
    assert [p.table.row_label for p in rows] == ["区分", "川舟", "渡し舟"]
    assert rows[1].table.column_labels == ("区分", "昨年", "今年")
