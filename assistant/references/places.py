"""The words for a place and for a publication, from which the prose forms are made.

Takes parts of a reference; gives pieces of Japanese, "" for what is not known. Brackets nest as
official documents have them: 「…『…』…」.

>>> title_in_brackets("「情報銀行」の手引き")
'「『情報銀行』の手引き」'
"""

from assistant.references.reference import Options, Pages, Pinpoint, Reference
from corpus.eras import BeforeCalendar, Years, read_date, write_date

_STRAY = str.maketrans("「」『』", "｢｣｢｣")
"""Brackets without a partner, so that the brackets around a title stay the outermost."""


def title_in_brackets(text: str) -> str:
    """Return a title or heading in 「」, its own brackets as 『』; "" where none of it prints."""
    words = one_line(text)
    return f"「{_nested(words)}」" if words else ""


def one_line(text: str) -> str:
    """Return `text` on one line, with nothing in it that does not print."""
    return "".join(c for c in " ".join(text.split()) if c.isprintable() or c == "\u3000")


def headings(pinpoint: Pinpoint, is_whole: bool = False) -> str:
    """Return the headings that tell a place: the outermost and the innermost, or all of them."""
    known = list(dict.fromkeys(filter(one_line, pinpoint.headings)))
    ends = known if is_whole or len(known) < 3 else [known[0], known[-1]]
    return "".join(map(title_in_brackets, ends))


def table(pinpoint: Pinpoint) -> str:
    """Return the table or figure with its row and column: 表「…」の「…」の行."""
    named = [
        title_in_brackets(label) + kind
        for label, kind in ((pinpoint.row, "の行"), (pinpoint.column, "の列"))
        if label and one_line(label)
    ]
    if pinpoint.caption and one_line(pinpoint.caption):
        return "の".join(["表" + title_in_brackets(pinpoint.caption), *named])
    return f"表の{'の'.join(named)}" if named else ""


def page(pinpoint: Pinpoint, pages: Pages) -> str:
    """Return the printed page, with the physical one where they differ; "" for pageless texts."""
    label, physical = pinpoint.page_label, pinpoint.page
    if label is None and physical is None:
        return ""
    shown = one_line(label) if label else str(physical)
    named = f"{pages}{shown}" if pages is Pages.SIST else f"{shown}{pages}"
    differs = label is not None and physical is not None and label != str(physical)
    return f"{named}（PDF {physical}枚目）" if differs else named


def place(reference: Reference, options: Options, is_whole: bool = False) -> str:
    """Return the whole place: headings, table, page."""
    pinpoint = reference.pinpoint
    parts = (table(pinpoint), page(pinpoint, options.pages))
    told = "、".join(filter(None, parts))
    before = headings(pinpoint, is_whole)
    return f"{before}、{told}" if before and told else before or told


def author(reference: Reference) -> str:
    """Return publisher and bureau, as officials write them together."""
    about = reference.publication
    publisher, bureau = one_line(about.publisher or ""), one_line(about.bureau or "")
    return bureau if publisher and bureau.startswith(publisher) else publisher + bureau


def dated(reference: Reference, years: Years) -> str:
    """Return the date of publication; one that cannot be read stays as the report writes it."""
    written = one_line(reference.publication.date or "")
    found = read_date(written)
    if found is None:
        return written
    try:
        return write_date(found, years)
    except (BeforeCalendar, ValueError):
        return written


def missing(reference: Reference, *parts: str) -> tuple[str, ...]:
    """Return which of `parts` are not known, by their Japanese names."""
    about = reference.publication
    known = {
        "発行者": author(reference),
        "日付": one_line(about.date or ""),
        "URL": one_line(about.url or ""),
        "利用条件": one_line(about.licence or ""),
    }
    return tuple(part for part in parts if not known[part])


def _nested(text: str) -> str:
    """Return `text` with its outer brackets as 『』, and half-width ones where none match."""
    kept, opened = list(text), list[int]()
    for at, letter in enumerate(text):
        if letter in "「『":
            opened.append(at)
        elif letter in "」』":
            if opened and text[opened[-1]] == "「『"["」』".index(letter)]:
                start = opened.pop()
                kept[start], kept[at] = "『", "』"
            else:
                kept[at] = letter.translate(_STRAY)
    for at in opened:
        kept[at] = text[at].translate(_STRAY)
    return "".join(kept)
