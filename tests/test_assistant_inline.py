"""Enumerations and signs of answers: general Japanese, no report."""

import pytest

from assistant.composing.inline import enumerations
from assistant.refusing.shown import is_of_other, shows, sign_of

ENUMERATIONS = [
    ("such-as", "光、音、熱といった刺激を感じ取る装置", [("光", "音", "熱")]),
    ("after-a-clause", "市民の声を受け、道路の補修、橋の点検、街灯の設置等を実施。",
     [("道路の補修", "橋の点検", "街灯の設置")]),
    ("in-brackets", "参加団体（商工会、農協、漁協）", [("商工会", "農協", "漁協")]),
    ("last-after-and", "騒音、振動及び粉じんを測る。", [("騒音", "振動", "粉じん")]),
    ("after-a-label", "方法：郵送、持参又は電子申請（電話は不可。）",
     [("郵送", "持参", "電子申請（電話は不可。）")]),
    ("by-ya", "保育所の整備や、学童保育の拡充及び相談員の配置を進める",
     [("保育所の整備", "学童保育の拡充", "相談員の配置")]),
    ("two-in-one", "水、電気などを使い、朝、昼、晩に測る", [("水", "電気"), ("朝", "昼", "晩")]),
    ("numbered", "第一に、窓口を開く。第二に、冊子を配る。", [("窓口を開く", "冊子を配る")]),
    ("with-figures", "貸出しは、うち図書が9万冊、雑誌が2万冊、映像が3千点である。",
     [("図書が9万冊", "雑誌が2万冊", "映像が3千点")]),
    ("none", "料金は令和8年4月に改定する。", []),
    ("clauses-are-no-items", "声を聞き、よく考え、計画を見直す。", []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "items"), [e[1:] for e in ENUMERATIONS], ids=[e[0] for e in ENUMERATIONS]
)
def test_an_enumeration_gives_its_items_as_they_stand(sentence, items):
    found = enumerations(sentence)
    assert [enumeration.items for enumeration in found] == items
    assert all(item in sentence for enumeration in found for item in enumeration.items)


def test_an_enumeration_tells_what_it_is_called_and_what_is_said_of_it():
    (found,) = enumerations("参加団体（商工会、農協、漁協）は年に2回集まる")
    assert found.label == "参加団体"
    assert "年に2回集まる" in found.around


SIGNS = [
    ("counter", "避難所は何か所ですか", "避難所は12カ所ある", "令和5年に開いた"),
    ("share", "耐震化率はどのくらいの割合は", "耐震化は45.3%である", "耐震化を進める"),
    ("days", "何日以内に公表しますか", "開催後30日以内に公表する", "平成29年6月に設けた"),
    ("money", "補助はいくらまで出ますか", "上限8万円を補助する", "工事を補助する"),
    ("reason", "なぜ延期されたのですか", "工事が遅れたため延期した", "令和3年に開く"),
    ("kanji-number", "何人が参加しましたか", "約三百人が参加した", "市民が参加した"),
]


@pytest.mark.parametrize(
    ("question", "answer", "other"), [s[1:] for s in SIGNS], ids=[s[0] for s in SIGNS]
)
def test_a_sentence_that_answers_shows_what_is_asked(question, answer, other):
    sign = sign_of(question)
    assert shows(sign, answer)
    assert not shows(sign, other)


OTHERS = [
    ("deputy", "会長は誰ですか", "副会長：山田 花子", True),
    ("itself", "会長は誰ですか", "会長：山田 花子", False),
    ("both", "会長は誰ですか", "会長と副会長を置く", False),
    ("asked-so", "副会長は誰ですか", "副会長：山田 花子", False),
    ("undone", "実施した事業は", "未実施の事業", True),
]


@pytest.mark.parametrize(
    ("question", "text", "is_other"), [o[1:] for o in OTHERS], ids=[o[0] for o in OTHERS]
)
def test_a_prefix_makes_another_thing_of_a_name(question, text, is_other):
    assert is_of_other(question, text) is is_other
