"""A question as the reports would write it: from romaji, kana, English, slips and former names.

Takes a question as it was typed and an index; gives it in the words of the reports, with the
words that were read otherwise than typed. Ordinary questions stay as they are. Knows nothing
about what is asked.
"""

import re
from dataclasses import dataclass

from assistant.understanding.english import in_japanese, is_english, with_english_read
from assistant.understanding.kana import in_hiragana, in_kanji, is_kana
from assistant.understanding.misspelt import Change, misspelt
from assistant.understanding.offices import succeeded
from index.readings import Readings
from index.romaji import WORD, hiragana, is_romaji
from index.snapshot import Snapshot

_HIRAGANA = re.compile(r"[ぁ-ゖ]")
_KANJI = re.compile(r"[一-龥]")
_SENTENCE = 3
"""Kanji that show a text in katakana to be Japanese words, not a name."""
_LOANWORD = 4
"""Letters from which a word in romaji may be an English one (data)."""


@dataclass(frozen=True, slots=True)
class Respelt:
    """A question in the words of the reports."""

    text: str
    slips: tuple[Change, ...] = ()
    """Words that were taken for slips or former names, and what was read in their place."""


def respell(typed: str, snapshot: Snapshot) -> Respelt:
    """Return `typed` in the words of the reports."""
    text = typed
    if is_romaji(text):
        text = hiragana(_with_loanwords(text, snapshot.readings))
    elif is_english(text):
        text = in_japanese(text, snapshot)
    elif not text.isascii():
        text = with_english_read(text, snapshot)
    if is_kana(text):
        text = _from_kana(text, snapshot.readings)
    slips = tuple(dict.fromkeys([*succeeded(text, snapshot), *misspelt(text, snapshot)]))
    for wrong, meant in slips:
        text = text.replace(wrong, meant)
    return Respelt(text, slips)


def _from_kana(text: str, readings: Readings) -> str:
    """Return a text in kana as the reports would write it; katakana may be names, or all of it."""
    if _HIRAGANA.search(text):
        return in_kanji(text, readings)
    written = in_kanji(in_hiragana(text), readings)
    return written if len(_KANJI.findall(written)) >= _SENTENCE else text


def _with_loanwords(text: str, readings: Readings) -> str:
    def loanword(word: str) -> str:
        found = readings.from_foreign(word) if len(word) >= _LOANWORD else ()
        return found[0] if found else word

    return WORD.sub(lambda match: loanword(match.group()), text)
