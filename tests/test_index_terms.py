"""Spellings that search must not tell apart, and numbers that it must."""

import csv
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.numerals import kanji_number, kanji_terms, number_terms
from index.terms import bigrams, lemmas, normalize

TABLE = Path(__file__).parent / "data" / "terms.tsv"
"""One pair of texts a line, to be extended by whoever knows Japanese.

同じ: the same terms; 通じる: a number or year in common; 違う: neither, so one must not find
the other by its number (or, without numbers, by any word).
"""


def pairs(relation):
    with TABLE.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines, delimiter="\t") if row["関係"] == relation]
    return [pytest.param(row["甲"], row["乙"], id=f"{row['甲']}・{row['乙']}") for row in rows]


def numbers(text):
    return {term for term in lemmas(text) if term.startswith("#")}


def test_every_line_of_the_table_has_a_known_relation():
    with TABLE.open(encoding="utf-8", newline="") as lines:
        relations = [row["関係"] for row in csv.DictReader(lines, delimiter="\t")]
    assert set(relations) == {"同じ", "通じる", "違う"}


@pytest.mark.parametrize(("one", "other"), pairs("同じ"))
def test_spellings_of_the_same_words_have_the_same_terms(one, other):
    assert lemmas(one)
    assert sorted(lemmas(one)) == sorted(lemmas(other))


@pytest.mark.parametrize(("one", "other"), pairs("通じる"))
def test_spellings_of_the_same_year_or_number_share_it(one, other):
    assert numbers(one) & numbers(other)


@pytest.mark.parametrize(("one", "other"), pairs("違う"))
def test_what_differs_in_number_or_word_is_kept_apart(one, other):
    telling_one = numbers(one) or set(lemmas(one))
    telling_other = numbers(other) or set(lemmas(other))
    assert telling_one
    assert telling_other
    assert not telling_one & telling_other


@pytest.mark.parametrize("text", ["は、が、を", "です・ます", "、。「」", "", "　", "のですから"])
def test_particles_and_signs_say_nothing(text):
    assert lemmas(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("情報銀行", ["情報", "報銀", "銀行"], id="compound"),
        pytest.param(
            "オープン・イノベーション", bigrams("オープンイノベーション"), id="middle-dot"
        ),
        pytest.param("について", [], id="hiragana-alone"),
        pytest.param("国", ["国"], id="single-character"),
        pytest.param("ＡＩ", ["ai"], id="full-width"),
    ],
)
def test_bigrams(text, expected):
    assert bigrams(text) == expected


@pytest.mark.parametrize(
    ("numerals", "value"),
    [
        ("〇", 0),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("百二十", 120),
        ("千九百九十九", 1999),
        ("二〇一九", 2019),
        ("数十", None),
        ("", None),
        ("12", None),
        ("三兆", None),
    ],
)
def test_kanji_number(numerals, value):
    assert kanji_number(numerals) == value


@pytest.mark.parametrize(
    ("numerals", "expected"),
    [
        ("三十七兆", ["#37", "兆"]),
        ("兆", ["兆"]),
        ("一兆三千億", ["#1", "兆", "#3000", "億"]),
        ("数十", ["数十"]),
        ("", []),
    ],
)
def test_kanji_terms(numerals, expected):
    assert kanji_terms(numerals) == expected


@given(st.integers(0, 9999))
def test_kanji_numerals_in_both_styles_give_their_value(value):
    digits = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(value))
    assert kanji_number(digits) == value


@given(st.sampled_from(["令和", "平成", "昭和"]), st.integers(1, 60))
def test_an_era_year_and_its_western_year_meet(era, year):
    first = {"令和": 2018, "平成": 1988, "昭和": 1925}[era]  # the year before each began
    western = f"{first + year}年"
    assert number_terms(western)[0] in number_terms(f"{era}{year}年")


ANY_TEXT = st.text(st.characters(exclude_categories=[]))
"""Everything that a Python string can hold: lone surrogates, NUL and unassigned code points too."""

JAPANESE = st.text(
    st.sampled_from("情報銀行のデータｶﾞ國⻑をＡＩ5G１２①、。・／×「」（） 　令和元年十二２０１９.-~")
)


@given(ANY_TEXT)
def test_no_text_makes_terms_fail(text):
    assert all(isinstance(term, str) and term for term in [*lemmas(text), *bigrams(text)])


@given(JAPANESE | st.text(st.characters(exclude_characters="&*_<>[]()!＆＊＿＜＞［］（）！")))
def test_normalizing_twice_changes_nothing(text):
    """Texts without markup: `plain` takes one layer away, as of `&amp;lt;`."""
    assert normalize(normalize(text)) == normalize(text)


@given(JAPANESE)
def test_width_does_not_matter(text):
    folded = unicodedata.normalize("NFKC", text)
    assert sorted(lemmas(text)) == sorted(lemmas(folded))
    assert bigrams(text) == bigrams(folded)


@given(JAPANESE)
def test_terms_can_be_stored_and_joined(text):
    """The embedder joins lemmas by spaces, the lexical index writes them as UTF-8."""
    assert all(term.split() == [term] and term.encode() for term in lemmas(text))
