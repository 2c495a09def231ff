"""What is answered from hits, on two reports that the shipped rules were not written for.

Expected lines are those of the files in `tests/data`.
"""

from pathlib import Path

import pytest

from assistant.answer import Status
from assistant.ask import Assistant
from corpus.library import add
from corpus.settings import Settings

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    settings = Settings(home=tmp_path_factory.mktemp("home"))
    for name in ("suido.txt", "chiiki-iryo.md"):
        add(settings, DATA / name)
    with Assistant.open(settings) as opened:
        yield opened


ANSWERED = [
    ("most", "suido", "管種のうち延長がいちばん長いのはどれ", ["一般継手", "231.5"], [65]),
    ("second", "suido", "延長が2番目に長い管種は？", ["硬質塩化ビニル管", "204.1"], [66]),
    ("total-is-no-row", "chiiki-iryo", "医師数が最も多い区域はどこですか", ["中央", "1,588"], [80]),
    ("oldest-over-eras", "suido", "完成年度が最も古い浄水場は", ["磯部浄水場", "昭和39年度"], [53]),
    ("cell-of-a-year", "suido", "令和10年度の一日最大給水量は何立方メートルか", ["28,900"], [87]),
    ("entry-of-a-glossary", "suido", "伏流水とは何ですか", ["川の底や岸の下を流れる水"], [278]),
    ("chair-not-deputy", "suido", "審議会の会長は誰", ["上総 義彦"], [244]),
    ("roster-row-whole", "chiiki-iryo", "副委員長は誰", ["鵜飼 恒一郎", "瑞原県医師会会長"], [187]),
    ("under-a-label", "suido", "指標3の現状と目標", ["0.52％", "1.10％"], [229, 230]),
    ("items-over-gaps", "suido", "過去の主な断水を3つ", ["寒波", "台風", "落雷"], [113, 115, 117]),
    ("numbered-sentences", "chiiki-iryo",
     "課題を解決するため、県がこれから進める取組を第一から第四まで全て知りたい",
     ["専門員", "収支の試算", "輪番在宅", "地域枠"], [156]),
    ("quoted-cell", "suido", "耐震適合性が「なし」の管種を全部",
     ["硬質塩化ビニル管", "石綿セメント管", "その他"], [66, 68, 69]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("report", "question", "facts", "lines"),
    [a[1:] for a in ANSWERED],
    ids=[a[0] for a in ANSWERED],
)
def test_the_answer_is_made_of_the_right_places(assistant, report, question, facts, lines):
    answer = assistant.ask(question, report_id=report)
    assert answer.status is Status.ANSWERED, answer.answer
    assert [fact for fact in facts if fact not in answer.answer] == []
    assert sorted({citation.place.line_start for citation in answer.citations}) == lines


NOT_SAID = [
    ("no-numbers", "suido", "耐震適合性が最も高い管種はどれ"),
    ("rows-of-another-kind", "suido", "完成年度が最も古い配水池はどこですか"),
    ("of-another-kind-too", "chiiki-iryo", "医師数が最も多い病院はどこですか"),
    ("columns-of-years", "chiiki-iryo", "開催回数が最も多い年度は"),
    ("the-most-of-another-thing", "chiiki-iryo", "待機児童が最も多い区域は"),
]


@pytest.mark.parametrize(
    ("report", "question"), [n[1:] for n in NOT_SAID], ids=[n[0] for n in NOT_SAID]
)
def test_the_most_is_not_told_of_another_thing(assistant, report, question):
    answer = assistant.ask(question, report_id=report)
    assert answer.status is not Status.ANSWERED, answer.answer
