"""What is asked decides: units, new names and numbers, and series beyond their last."""

import pytest

from assistant.refusing.sought import says
from assistant.understanding.understand import understand

SAID = [
    ("counter", "調整会議は何回開かれましたか", "合わせて16回開いた", "", True),
    ("other-counter", "調整会議は何回開かれましたか", "委員は8人である", "", False),
    ("counter-in-label", "医師数は何人ですか", "北陵 | 172", "医師数（人）", True),
    ("number-of-the-question", "2030年の12言語とは何言語ですか", "12言語に対応", "", False),
    ("year-is-no-amount", "診療所の数はいくつですか", "令和6年度から試行する", "", False),
    ("money", "事業費はいくらですか", "事業費は31億5千万円", "", True),
    ("other-unit", "事業費はいくらですか", "612.4kmの管路", "", False),
    ("money-in-label", "料金はいくらですか", "従量料金 | 206", "料金（単位：円）", True),
    ("sending-is-no-money", "対価はいくらですか", "送信元のなりすましを防ぐ", "", False),
    ("month", "始まるのは何月ですか", "令和8年4月に始める", "", True),
    ("year-is-no-month", "始まるのは何月ですか", "令和8年度に始める", "", False),
    ("day", "大雨は何日でしたか", "8月11日の大雨", "", True),
    ("month-is-no-day", "大雨は何日でしたか", "8月の大雨", "", False),
    ("span", "何日以内に公表しますか", "開催後30日以内に公表する", "", True),
    ("age", "委員は何歳ですか", "委員は12人", "", False),
    ("telephone", "電話番号を教えてください", "電話 059-123-4567", "", True),
    ("no-telephone", "電話番号を教えてください", "電話では受け付けない", "", False),
    ("languages", "何語で呼びかけますか", "英語と中国語で行う", "", True),
    ("number-of-languages", "何語で呼びかけますか", "12言語で行う", "", False),
    ("office", "担当する課はどこですか", "担当：医療政策課", "", True),
    ("no-office", "担当する課はどこですか", "運営の課題を見直す", "", False),
    ("head", "会長は誰ですか", "会長　上総 義彦", "", True),
    ("deputy-for-head", "会長は誰ですか", "副会長　三田村 澄子", "", False),
    ("head-for-deputy", "副会長は誰ですか", "会長　上総 義彦", "", False),
    ("post-alone", "院長は誰ですか", "院長が率いる", "", False),
    ("named-hospital", "その病院の名前は", "北陵総合医療センターとして開院した", "", True),
    ("unnamed-hospital", "休止した病院の名前は", "休止した病院が3か所あった", "", False),
    ("open-part", "何に使い、また、いつからですか", "診療所に転用した", "", True),
]


@pytest.mark.parametrize(
    ("question", "text", "around", "expected"), [s[1:] for s in SAID], ids=[s[0] for s in SAID]
)
def test_a_text_answers_only_with_what_is_asked(question, text, around, expected):
    assert says(understand(question), text, around) is expected
