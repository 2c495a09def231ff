"""The calendar: eras day by day, dates as officials write them, fiscal years."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.eras import (
    FIRST_DAY,
    BeforeCalendar,
    PartialDate,
    Years,
    era_of,
    fiscal_year,
    read_date,
    write_date,
)

quick = settings(deadline=None)  # other work may share the machine
LAST_DAY = date(2035, 12, 31)

# First days as the proclamations of each era have them (改元の詔書、元号を改める政令).
BOUNDARIES = {
    date(1873, 1, 1): ("明治", 6),
    date(1912, 7, 29): ("明治", 45),
    date(1912, 7, 30): ("大正", 1),
    date(1926, 12, 24): ("大正", 15),
    date(1926, 12, 25): ("昭和", 1),
    date(1989, 1, 7): ("昭和", 64),
    date(1989, 1, 8): ("平成", 1),
    date(2019, 4, 30): ("平成", 31),
    date(2019, 5, 1): ("令和", 1),
}


@pytest.mark.parametrize(("day", "era"), BOUNDARIES.items(), ids=map(str, BOUNDARIES))
def test_eras_change_on_their_day(day, era):
    assert era_of(day) == era


def test_every_day_reads_back_in_every_way():
    day = FIRST_DAY
    while day <= LAST_DAY:
        told = PartialDate(day.year, day.month, day.day)
        for years in Years:
            written = write_date(told, years)
            assert read_date(written) == told, written
            assert not re.search(r"(?:令和|平成|昭和|大正|明治)1(?!\d)", written)
        day += timedelta(days=1)


def test_every_month_and_every_year_reads_back_in_every_way():
    for year in range(FIRST_DAY.year, LAST_DAY.year + 1):
        for month in (None, *range(1, 13)):
            told = PartialDate(year, month)
            for years in Years:
                assert read_date(write_date(told, years)) == told


def test_before_the_calendar_nothing_is_written_or_read():
    with pytest.raises(BeforeCalendar):
        write_date(PartialDate(1872, 12, 31))
    with pytest.raises(BeforeCalendar):
        era_of(date(1872, 12, 31))
    assert read_date("明治5年12月2日") is None


@pytest.mark.parametrize(
    "told", [PartialDate(2019, 2, 29), PartialDate(2019, 13), PartialDate(2019, 0)], ids=str
)
def test_a_day_that_never_was_is_not_written(told):
    with pytest.raises(ValueError, match=r"month|day"):
        write_date(told)


DATES = {
    "令和元年6月": PartialDate(2019, 6),
    "平成32年": PartialDate(2020),
    "昭和六十四年一月七日": PartialDate(1989, 1, 7),
    "平成三十一年四月三十日": PartialDate(2019, 4, 30),
    "二〇一九年六月": PartialDate(2019, 6),
    "２０１９年６月": PartialDate(2019, 6),
    "2019-06-01": PartialDate(2019, 6, 1),
    "2019.6": PartialDate(2019, 6),
    "令和6（2024）年3月": PartialDate(2024, 3),
    "2019（令和元）年6月": PartialDate(2019, 6),
    "2019年（令和元年）6月": PartialDate(2019, 6),
    "平成30年10～12月": PartialDate(2018, 10),
    "令和5年3月31日付け": PartialDate(2023, 3, 31),
    "2019年 12頁": PartialDate(2019),
    "R5年": PartialDate(2023),
    "R1.6": PartialDate(2019, 6),
    "（R元.6）": PartialDate(2019, 6),
    "平成31年版（H31.4.30公表）": PartialDate(2019),
    "資料（H31.4.30）": PartialDate(2019, 4, 30),
    "S64.1.7": PartialDate(1989, 1, 7),
    "令和6年度": None,
    "令和6（2024）年度": None,
    "H30年度": None,
    "2019年2月29日": None,
    "2019年13月": None,
    "2019年0月": None,
    "令和0年": None,
    "第3章": None,
    "20191年": None,
    "1,2019年": None,
    "M7.3の地震": None,
    "図S3.2": None,
    "R2.5 GHz": None,
    "v2019.1": None,
    "2019.6億円": None,
    "2019-2020": None,
    "三十〇十年": None,
}


@pytest.mark.parametrize(("text", "told"), DATES.items(), ids=DATES)
def test_dates_are_read_as_officials_write_them(text, told):
    assert read_date(text) == told


LETTERS = st.sampled_from("令和平成元年月日度〇一二十0129０１.-/（）()RHM・～ ") | st.characters()


@quick
@given(st.text(LETTERS))
def test_whatever_is_read_can_be_written(text):
    told = read_date(text)
    if told is not None:
        assert read_date(write_date(told)) == told


TWO_ERAS = {
    2019: ("平成31・令和元年", "平成31・令和元（2019）年"),
    1989: ("昭和64・平成元年", "昭和64・平成元（1989）年"),
    1926: ("大正15・昭和元年", "大正15・昭和元（1926）年"),
    1912: ("明治45・大正元年", "明治45・大正元（1912）年"),
}


@pytest.mark.parametrize(("year", "written"), TWO_ERAS.items(), ids=map(str, TWO_ERAS))
def test_a_year_of_two_eras_is_written_with_both(year, written):
    told = PartialDate(year)
    assert (write_date(told), write_date(told, Years.BOTH)) == written
    assert write_date(told, Years.WESTERN) == f"{year}年"


def test_the_month_in_which_an_era_begins_is_named_by_it():
    assert write_date(PartialDate(1989, 1)) == "平成元年1月"
    assert write_date(PartialDate(2019, 4)) == "平成31年4月"
    assert write_date(PartialDate(2019, 5)) == "令和元年5月"


@quick
@given(st.dates(FIRST_DAY, LAST_DAY))
def test_a_fiscal_year_runs_from_april_to_march(day):
    first = date(fiscal_year(day), 4, 1)
    assert first <= day < date(first.year + 1, 4, 1)
