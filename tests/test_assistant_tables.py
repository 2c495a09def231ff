"""What is answered from whole tables: rows by conditions, columns, cells of named rows.

The reports are those of `tests/data` and a small one of invented offices; expected lines are
those of the files.
"""

from pathlib import Path

import pytest

from assistant.answer import Status
from assistant.ask import Assistant
from assistant.composing.quantities import quantity
from corpus.library import add
from corpus.settings import Settings

DATA = Path(__file__).parent / "data"

OFFICES = """# 窓口の整備に関する報告

## 指標

表1 窓口の指標（単位：万件）

| 指標 | 現状値（令和4年度） | 目標値（令和9年度） | 担当 | 備考 |
|---|---|---|---|---|
| 電子申請の件数 | 12 | 30 | 情報課 | 前年度比1.5倍 |
| 証明書の交付数 | 25 | 20 | 市民課 | 前年度比0.8倍 |
| 相談の受付数 | 4 | 6 | 市民課 | 前年度比1.2倍 |
| 来庁の予約数 | 3 | 9 | 情報課 | |

## 支援

駅前枠	補助率 1/2	上限 300万円	個人、団体
港枠	補助率 2/3	上限 80万円	団体
山枠	補助率 1/3	上限 120万円	団体

## 委員

| 区分 | 所属 | 役職 |
|---|---|---|
| 会長 | 北浜大学 | 教授 |
| 副会長 | 商工会 | 会長 |
| 委員 | 北浜大学 | 准教授 |
| 委員 | 婦人会 | 代表 |

## 評価

表2 施策の評価

| 施策 | 計画値 | 実績値 | 前年度比 | 判定 |
|---|---|---|---|---|
| 読書会の開催 | 20 | 24 | 3％増 | Ａ |
| 朗読の配信 | 40 | 31 | 5％減 | Ｃ |
| 書庫の開放 | 10 | 9 | 2％増 | Ｂ |
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    settings = Settings(home=home)
    (home / "madoguchi.md").write_text(OFFICES, encoding="utf-8")
    for path in (DATA / "suido.txt", DATA / "chiiki-iryo.md", home / "madoguchi.md"):
        add(settings, path)
    with Assistant.open(settings) as opened:
        yield opened


ANSWERED = [
    ("value", "madoguchi", "市民課が受け持つ指標はいくつある？", ["2つ", "証明書"], [10, 11]),
    ("not-value", "madoguchi", "市民課が担当していない指標は", ["電子申請", "来庁"], [9, 12]),
    ("number", "madoguchi", "目標値が20万件以上の指標はどれですか", ["30", "20"], [9, 10]),
    ("columns", "madoguchi", "目標値が現状値を下回る指標はどれ", ["証明書の交付数"], [10]),
    ("empty", "madoguchi", "窓口の指標で備考が空欄の指標はどれ", ["来庁の予約数"], [12]),
    ("column", "madoguchi", "窓口の指標ごとの担当を一覧で", ["情報課", "市民課"], [9, 10, 11, 12]),
    ("near-label", "madoguchi", "相談の受付数の現在の値と目標", ["4", "6"], [11]),
    ("inside", "madoguchi", "前年度比が最も大きい窓口の指標は", ["1.5倍"], [9]),
    ("opening", "madoguchi", "補助率が一番低い枠はどれですか", ["山枠", "1/3"], [18]),
    ("fraction", "madoguchi", "補助率が２分の１の枠はどれ", ["駅前枠"], [16]),
    ("no-header", "madoguchi", "団体が対象の枠の上限をすべて", ["300", "80", "120"], [16, 17, 18]),
    ("post", "madoguchi", "委員の名簿で会長の所属と役職は", ["北浜大学", "教授"], [24]),
    ("unit-of-label", "chiiki-iryo", "人口が10万人を超える構想区域を全部",
     ["北陵", "中央", "東浜"], [25, 26, 27]),
    ("unit-with-a-digit", "suido", "施設能力が10,000m3/日以上の浄水場", ["小浦"], [50, 51]),
    ("mark-before-its-column", "madoguchi", "Ｃ判定の施策はどれですか", ["朗読の配信"], [36]),
    ("changed", "madoguchi", "前年度より減った施策はどれ", ["朗読の配信", "5％減"], [36]),
    ("above-plan", "madoguchi", "計画値を上回った施策はどれ", ["読書会の開催"], [35]),
    ("label-of-year", "suido", "企業債残高　令和15年度", ["10,320"], [195]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("report", "question", "facts", "lines"),
    [a[1:] for a in ANSWERED],
    ids=[a[0] for a in ANSWERED],
)
def test_a_table_gives_the_asked_cells_of_the_asked_rows(assistant, report, question, facts, lines):
    answer = assistant.ask(question, report_id=report)
    assert answer.status is Status.ANSWERED, answer.answer
    assert [fact for fact in facts if fact not in answer.answer] == []
    assert sorted({citation.place.line_start for citation in answer.citations}) == lines


QUANTITIES = [
    ("grouped", "約1,850人", "", (1850, "人")),
    ("negative", "▲40%", "", (-40, "%")),
    ("time", "1時間41分", "", (101, "分")),
    ("fraction", "3分の1", "", (1 / 3, "割合")),
    ("scale-above-the-table", "251", "万トン", (2_510_000, "トン")),
    ("square-metres", "10,000m3/日", "", (10_000, "m3/日")),
    ("words", "利用不可", "", None),
    ("two-years", "令和4年度から令和6年度", "", None),
]


@pytest.mark.parametrize(
    ("cell", "unit", "expected"), [q[1:] for q in QUANTITIES], ids=[q[0] for q in QUANTITIES]
)
def test_a_cell_is_worth_a_number_with_its_unit(cell, unit, expected):
    found = quantity(cell, unit)
    assert (found and (pytest.approx(found.value), found.unit)) == expected
