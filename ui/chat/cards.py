"""Citation cards: where the quoted words stand, the words, and buttons.

Takes citations; gives HTML and the short reference for a draft. Knows nothing about the
conversation around them.
"""

from collections.abc import Mapping

from assistant.answer import Citation, Place, TableRow
from assistant.references.forms import write
from assistant.references.reference import Form, Reference, pinpoint_of
from corpus.model import Metadata
from ui.chat.runs import escaped


def card(citation: Citation, turn: int) -> str:
    """Return the HTML of one card."""
    number, place = citation.number, citation.place
    head = (
        f'<button type="button" class="card-open" {target(citation, turn)}>'
        f'<span class="card-number">[{number}]</span> '
        f'<span class="card-path">{escaped(path(place))}</span></button>'
    )
    copied = escaped(reference(place))
    copy = (
        f'<button type="button" class="card-copy" data-copy="{copied}" '
        f'aria-label="出典[{number}]の書き方をコピー" title="{copied}">コピー</button>'
    )
    more = _for_drafts(citation) if place.char_start is not None else ""
    table = f'<p class="card-table">{escaped(row(place.table))}</p>' if place.table else ""
    return (
        f'<li class="card" data-turn="{turn}" data-number="{number}">'
        f'<div class="card-head">{head}{copy}</div>{table}'
        f'<blockquote class="card-quote">{escaped(citation.quote)}</blockquote>{more}</li>'
    )


def _for_drafts(citation: Citation) -> str:
    """Return the buttons that need the place: other forms of the reference, the basket."""
    place, number = citation.place, citation.number
    column = place.table.column_label if place.table else None
    told = {"report": place.report, "start": place.char_start, "end": place.char_end}
    data = " ".join(f'data-{name}="{escaped(str(value))}"' for name, value in told.items())
    data += f' data-column="{escaped(column)}"' if column else ""
    return (
        f'<div class="card-drafts" {data}>'
        f'<button type="button" class="card-forms" aria-expanded="false" '
        f'aria-label="出典[{number}]の書き方を選ぶ">書き方を選ぶ</button>'
        f'<button type="button" class="card-collect" '
        f'aria-label="出典[{number}]を下書きに入れる">下書きに入れる</button></div>'
    )


def target(citation: Citation, turn: int) -> str:
    """Return the attributes that tell the page where a citation leads."""
    place = citation.place
    told: Mapping[str, object] = {
        "turn": turn,
        "number": citation.number,
        "report": place.report,
        "section": place.section_id,
        "start": place.char_start,
        "end": place.char_end,
    }
    return " ".join(f'data-{name}="{escaped(str(value))}"' for name, value in told.items())


def path(place: Place) -> str:
    """Return the headings that lead to a place, with a mark where a reviewer placed it."""
    return " ＞ ".join(place.section_path) + ("（推定）" if place.section_inferred else "")


def row(table: TableRow) -> str:
    """Return which row and column of which table is cited."""
    named = {
        "表": table.caption,
        "行": table.row_label,
        "列": table.column_label,
        "単位": table.unit,
    }
    return "　".join(f"{name}：{value}" for name, value in named.items() if value)


def reference(place: Place) -> str:
    """Return the short reference for a draft: 「題名」「章の見出し」「見出し」."""
    publication = Metadata(title=place.title)
    return write(Reference(publication, pinpoint_of(place)), Form.SHORT).text
