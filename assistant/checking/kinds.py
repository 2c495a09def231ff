"""What kind of thing stands in brackets where no report says it: a term, a law, a title, or words.

Takes the bracketed words and what follows them; gives why they are no concern of the check, or
None for words that somebody should have said. Knows nothing about reports.

>>> kind_of("情報銀行", "「", "の実現"), kind_of("個人情報の保護に関する法律", "「", "")
(<Apart.TERM: 'term'>, <Apart.LAW: 'law'>)
>>> kind_of("地域の実情に応じた支援を行うことが重要である", "「", "とする") is None
True
"""

import re

from assistant.checking.result import Apart
from corpus.japanese import words

_LAW = re.compile(
    r"(?:法|法律|法案|施行令|施行規則|省令|政令|条例|憲法|条約|協定|議定書|規則|規程|告示|訓令)(?:[（(].*[）)])?$"
)
_TITLE = re.compile(
    r"(?:計画|戦略|方針|白書|報告書?|指針|要綱|要領|ガイドライン|ビジョン|プラン|大綱|宣言|憲章|手引き?|マニュアル|基準|規範|統計|調査"
    r"|年報|月報|便覧|要覧|議事録|議事要旨|資料|提言|答申|通知|について|に関する件|の推進|構想|プログラム|パッケージ|ロードマップ"
    r"|アクション|計画書|要望書|意見書|仕様書|要求|だより|新聞|号|版|編|集|案|概要|まとめ)(?:[（(].*[）)])?$"
)
_DATED = re.compile(r"\s*[（(][^（）()]{0,30}(?:令和|平成|昭和|(?:19|20)\d\d|閣議|決定|法律第)")
_LONGEST_TERM = 24
"""Characters of a name without a predicate that is still a term."""
_SAYING = ("動詞", "助動詞", "形容詞")
_TOO_SHORT = 8
"""Characters below which words say too little to be anybody's."""


def kind_of(text: str, bracket: str, after: str, is_ours: bool = False) -> Apart | None:
    """Return why bracketed words are set apart; None where they read as somebody's words.

    Args:
        text: the words without brackets.
        bracket: the opening bracket; "" for a block quote.
        after: what follows the closing bracket.
        is_ours: they are said to be a report's; then even a short predicate is its words.
    """
    said = text.strip()
    if not bracket:
        return None
    if _LAW.search(said) and not _is_sentence(said):
        return Apart.LAW
    if _DATED.match(after) or (not _is_sentence(said) and (bracket == "『" or _TITLE.search(said))):
        return Apart.TITLE
    is_short = len(said) < _TOO_SHORT and not is_ours
    is_name = len(said) <= _LONGEST_TERM and not _is_sentence(said)
    return Apart.TERM if is_short or is_name else None


def _is_sentence(text: str) -> bool:
    """True where the words end in a predicate or mark a subject or object."""
    if "。" in text:
        return True
    found = [word for word in words(text) if not word.pos.startswith(("補助記号", "空白"))]
    if not found:
        return False
    if found[-1].pos.startswith(_SAYING):
        return True
    return len(text) > _LONGEST_TERM and any(
        word.pos.startswith("助詞-格助詞") and word.surface in ("が", "を") for word in found
    )
