"""Years and numbers that a question fixes."""

import pytest

from assistant.refusing.particulars import contradicts

CASES = [
    ("other-year", "令和5年度の額は", "令和4年度は12億円", True),
    ("same-year-other-calendar", "2022年度の額は", "令和4年度は12億円", False),
    ("one-of-two-years", "令和4年度は", "令和3年度と令和4年度", False),
    ("no-year-in-text", "令和5年度の額は", "12億円", False),
    ("no-year-in-question", "額は", "令和4年度は12億円", False),
    ("other-meeting", "第3回の開催日は", "第2回を10月に開いた", True),
    ("same-meeting", "第２回の開催日は", "第2回を10月に開いた", False),
    ("other-series", "第3回の開催日は", "第2章に示す", False),
    ("other-day", "6月10日の議題は", "6月8日と6月9日に開いた", True),
    ("same-day", "６月９日の議題は", "6月8日と6月9日に開いた", False),
    ("circled-number", "方向性⑩には何がありますか", "方向性① 分担", True),
    ("day-after-a-dot", "6月9日の議題は", "6月8日・9日に開いた", False),
    ("third-meeting-of-the-diet-is-no-series", "第何回国会ですか", "第2回を開いた", False),
    ("amount-is-no-series", "目標3件の内訳", "目標1 安全", False),
    ("other-target", "「目標4」の施策は", "目標1 安全", True),
]


@pytest.mark.parametrize(
    ("question", "text", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_a_text_on_another_year_or_number_contradicts_the_question(question, text, expected):
    assert contradicts(question, text) is expected
