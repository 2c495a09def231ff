"""Tables as reports on any subject have them: what is a row, and what stands around it."""

import pytest

from corpus.model import Metadata, PassageKind
from corpus.parse import parse_report


def passages(text):
    return parse_report(text, "r", Metadata("題名"), "0" * 64).passages


def table(text):
    """The rows of a text's tables and their label rows, in order."""
    return [p for p in passages(text) if p.table]


def rows(text):
    return [p for p in table(text) if p.kind is PassageKind.ROW]


def cells(text):
    """The cells of each row, label rows included, by column."""
    return [{c.column: c.span.of(text) for c in p.table.cells} for p in table(text)]


FRAMED = "| 区分 | 金額 |\n|---|--:|\n| 歳入 | 1,234 |\n| 歳出 | 987 |"
BARE = "区分 | 金額\n--- | --:\n歳入 | 1,234\n歳出 | 987"
TABBED = "区分\t金額\n歳入\t1,234\n歳出\t987"


@pytest.mark.parametrize("text", [FRAMED, BARE, TABBED], ids=["framed", "without pipes", "tabs"])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_an_ordinary_table(text, end):
    text = text.replace("\n", end)
    labels, income, spending = table(text)
    assert (labels.kind, income.kind, spending.kind) == (
        PassageKind.LABELS,
        PassageKind.ROW,
        PassageKind.ROW,
    )
    assert income.table.column_labels == ("区分", "金額")
    assert [p.table.row_label for p in (income, spending)] == ["歳入", "歳出"]
    assert cells(text)[1:] == [{0: "歳入", 1: "1,234"}, {0: "歳出", 1: "987"}]
    assert len({p.table.table_number for p in (labels, income, spending)}) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"| 式 | a\|b |", [{0: "式", 1: r"a\|b"}]),
        ("|左|右", [{0: "左", 1: "右"}]),
        ("| 左 | | 右 |", [{0: "左", 2: "右"}]),
        ("  | 左 | 右 |", [{0: "左", 1: "右"}]),
        ("\t| 左 | 右 |", [{0: "左", 1: "右"}]),
        ("- | 左 | 右 |", [{0: "左", 1: "右"}]),
        ("|  | ○ | × |", [{1: "○", 2: "×"}]),
        ("| ○ | ● |", [{0: "○", 1: "●"}]),
        ("| ― | － |", [{0: "―", 1: "－"}]),
        ("左\t\t右", [{0: "左", 2: "右"}]),
        ("左\t右\t", [{0: "左", 1: "右"}]),
        ("\t左\t右", [{1: "左", 2: "右"}]),
        ("①\t左\t右", [{0: "①", 1: "左", 2: "右"}]),
        ("\t<b>名</b><ul><li>甲</li></ul>", [{1: "<b>名</b><ul><li>甲</li></ul>"}]),
    ],
    ids=[
        "escaped pipe", "open end", "empty cell", "indented", "indented by tab", "list mark",
        "empty label", "only marks", "dashes", "empty tab cell", "tab at the end", "tab first",
        "number first", "list in a cell",
    ],
)  # fmt: skip
def test_cells(text, expected):
    assert cells(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "\t字下げした文",
        "・\t項目",
        "1.\t項目",
        "(1)\t項目",
        "①\t項目",
        "第1章\t総則",
        "縦棒 | が一つある文",
        "|",
        "| | |",
        "|---|---|",
        "- | - | -",
        "```\n| 印字 | 例 |\n```",
    ],
    ids=repr,
)
def test_what_is_no_row(text):
    assert table(text) == []


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("| 駅 | 乗客 |\n|---|---|\n| 東 | 西 |", ("駅", "乗客")),
        ("| | |\n|---|---|\n| 東 | 西 |", ()),
        ("| 東 | 西 |\n| 南 | 北 |", ()),
        ("東\t西\n南\t北", ()),
        ("氏名\t役職\n山本\t課長", ("氏名", "役職")),
        ("地区\t世帯\n北\t1,200\n南\t980", ("地区", "世帯")),
        ("\t2018年\t2019年\n降水量\t1,200\t1,350\n雪\t30\t25", (None, "2018年", "2019年")),
        ("\t平成30年度\t令和元年\n外来\t120\t135\n入院\t30\t25", (None, "平成30年度", "令和元年")),
        ("北\t1,200\n南\t980", ()),
        (
            "対象\t内容\n河川\t堤防の高さを上流から下流まで見直し、毎年の点検の結果を公表する",
            ("対象", "内容"),
        ),
        ("北の堤防は高い。\t南\n東\t西の堤防は低いので、毎年の点検の結果を公表することとする", ()),
    ],
    ids=[
        "separator", "empty header", "no separator", "words only", "known labels", "figures below",
        "western years", "years", "figures throughout", "longer below", "sentence above",
    ],
)  # fmt: skip
def test_column_labels(text, labels):
    assert rows(text)[0].table.column_labels == labels


@pytest.mark.parametrize(
    ("text", "label"),
    [
        (FRAMED, "歳入"),
        ("| No. | 事業 |\n|---|---|\n| 1 | 下水道 |", "下水道"),
        ("| 番号 | 事業 | 金額 |\n|---|---|---|\n| 1 | 下水道 | 30 |", "下水道"),
        ("| 年度 | 金額 |\n|---|---|\n| 2018 | 30 |", "2018"),
        ("| 事業 |\n|---|\n| 下水道 |", "下水道"),
        ("| **下水道** | 30 |", "下水道"),
        ("\t<b>下水道</b><ul><li>整備</li></ul>", "下水道"),
        ("| | 30 |", None),
        (f"| {'長い説明' * 11} | 30 |", None),
    ],
    ids=["first", "No.", "serial", "year", "one column", "bold", "bold in HTML", "empty", "long"],
)
def test_row_labels(text, label):
    assert rows(text)[0].table.row_label == label


@pytest.mark.parametrize(
    ("above", "caption", "unit", "notes"),
    [
        ("表1 病床の数", "表1 病床の数", None, ()),
        ("表1 病床の数（単位：床）", "表1 病床の数（単位：床）", "床", ()),
        ("表1 病床の数\n\n（単位：千床）", "表1 病床の数", "千床", ()),
        ("表1 病床の数\n（単位：百万円、％）", "表1 病床の数", "百万円、％", ()),
        ("表1 病床の数\n\n単位:床", "表1 病床の数", "床", ()),
        ("（単位：床）", None, "床", ()),
        ("表1 病床の数\n\n（令和元年10月）", "表1 病床の数", None, ("（令和元年10月）",)),
        ("表1 病床の数\n\n◎：増加 ○：減少", "表1 病床の数", None, ("◎：増加 ○：減少",)),
        ("表1 病床の数 ※休床を除く。", "表1 病床の数", None, ("※休床を除く。",)),
        ("病床の数は次のとおりである。", None, None, ()),
        ("", None, None, ()),
    ],
    ids=[
        "caption", "unit in the caption", "unit below", "units", "unit without brackets",
        "unit only", "date", "legend", "note in the caption", "sentence", "nothing",
    ],
)  # fmt: skip
def test_what_stands_above_a_table(above, caption, unit, notes):
    text = f"# 病院\n\n前の段落である。\n\n{above}\n\n{FRAMED}"
    found = rows(text)[0].table
    assert (found.caption, found.unit, found.notes) == (caption, unit, notes)


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\n\n\n"], ids=["none", "blank", "two blank"])
@pytest.mark.parametrize("form", [FRAMED, BARE, TABBED], ids=["framed", "without pipes", "tabs"])
def test_a_caption_right_above_and_notes_right_below(gap, form):
    text = f"表1 予算\n{form}{gap}（注）端数は四捨五入。{gap}※見込みを含む。{gap}出典：財政課調べ"
    found = passages(text)
    kinds = [p.kind.value for p in found]
    assert kinds == ["caption", "labels", "row", "row", "note", "note", "source"]
    assert found[2].table.caption == "表1 予算"
    assert found[2].table.notes == ("（注）端数は四捨五入。", "※見込みを含む。", "出典：財政課調べ")


def test_notes_of_one_table_are_not_those_of_the_next():
    text = f"表1 甲\n\n{FRAMED}\n\n※甲の注\n\n表2 乙\n\n{FRAMED}\n\n※乙の注"
    first, second = rows(text)[0].table, rows(text)[2].table
    assert (first.caption, first.notes) == ("表1 甲", ("※甲の注",))
    assert (second.caption, second.notes) == ("表2 乙", ("※乙の注",))
    assert (first.table_number, second.table_number) == (0, 1)


def test_a_table_that_goes_on_after_a_gap_is_one():
    found = rows("| 区分 | 金額 |\n|---|---|\n| 歳入 | 1 |\n\n| 歳出 | 2 |")
    assert {p.table.table_number for p in found} == {0}
    assert {p.table.column_labels for p in found} == {("区分", "金額")}


def test_text_right_below_a_row_is_not_lost_in_it():
    found = passages("値\t1\n（内訳は次による）\n続きの文。")
    assert [p.text for p in found] == ["値\t1", "（内訳は次による）\n続きの文。"]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("甲<br>乙<br/>丙", ["甲", "乙", "丙"]),
        ("<ul><li>● 甲</li><li>○乙</li></ul>", ["甲", "乙"]),
        ("<p>甲</p><p>乙</p>", ["甲", "乙"]),
        ("甲、乙", ["甲、乙"]),
        ("<b>甲</b>", ["<b>甲</b>"]),
        ("○", ["○"]),
        ("<br>", ["<br>"]),
        ("○○市<br>△△町", ["○○市", "△△町"]),
        ("A < B<br>C", ["A < B", "C"]),
    ],
    ids=["br", "list", "p", "one", "bold", "mark", "only a tag", "blanks in names", "less than"],
)
def test_entries_of_a_cell(cell, expected):
    text = f"| 区分 | {cell} |"
    assert [span.of(text) for span in rows(text)[0].table.cells[1].items] == expected


PEOPLE = "山田 太郎\t課長\t鈴木 花子\t係長\n佐藤 一郎\t部長\t高橋 二郎\t主査"


@pytest.mark.parametrize(
    ("text", "labels", "people"),
    [
        (PEOPLE, (), 4),
        (
            f"氏名\t役職\t氏名\t役職\n{PEOPLE}",
            ("氏名", "役職"),
            4,
        ),
        (
            f"担当\t役職\t確認\t役職\n{PEOPLE}",
            ("担当", "役職", "確認", "役職"),
            2,
        ),
        ("山田 太郎\t課長\n佐藤 一郎\t部長", (), 2),
        ("東京\t1,300\t大阪\t880\n千葉\t620\t愛知\t750", (), 2),
    ],
    ids=["two a row", "labels repeated", "different labels", "one a row", "places"],
)
def test_several_people_in_a_row_are_several_records(text, labels, people):
    found = rows(text)
    assert len(found) == people
    assert found[0].table.column_labels == labels
    assert found[0].table.row_label == text.split("\n")[1 if labels else 0].split("\t")[0]
