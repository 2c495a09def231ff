r"""Entries for reference managers: BibTeX, RIS, CSL-JSON.

Takes a `Reference`; gives one entry whose special characters are escaped, so that a title holds
whatever it likes and nothing of it becomes a field. An organisation as author is never parted
into names.

>>> escaped("A&B_{1}")
'A\\&B\\_\\{1\\}'
"""

import hashlib
import json
import re
from typing import Any

from assistant.references.places import author, missing, one_line, place
from assistant.references.reference import Options, Reference, Written
from corpus.eras import read_date

_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "%": r"\%",
    "&": r"\&",
    "_": r"\_",
    "#": r"\#",
    "$": r"\$",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_CRLF = "\r\n"


def escaped(text: str) -> str:
    """Return `text` for a braced field of BibTeX."""
    return "".join(_ESCAPES.get(letter, letter) for letter in text)


def bibtex(reference: Reference, options: Options) -> Written:
    """Return a BibTeX entry."""
    about = reference.publication
    told = _date(reference)
    fields = {
        "author": f"{{{escaped(author(reference))}}}" if author(reference) else "",
        "title": f"{{{escaped(one_line(about.title))}}}",
        "institution": escaped(one_line(about.publisher or "")),
        "year": told.get("year", ""),
        "month": told.get("month", ""),
        "url": re.sub(r"[{}\\]", "", one_line(about.url or "")),
        "urldate": options.used_on.isoformat() if options.used_on else "",
        "note": escaped(place(reference, options, is_whole=True)),
        "langid": "japanese",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    text = "\n".join([f"@techreport{{{key_of(reference)},", *lines, "}"])
    return Written(text, missing(reference, "発行者", "日付", "URL"))


def ris(reference: Reference, options: Options) -> Written:
    """Return a RIS entry, its lines ended by CR LF as the format wants."""
    about, pinpoint = reference.publication, reference.pinpoint
    told = _date(reference)
    page = pinpoint.page_label or (str(pinpoint.page) if pinpoint.page else "")
    day = "/".join(
        (told.get("year", ""), told.get("month", "").zfill(2) if "month" in told else "")
    )
    fields = [
        ("TY", "RPRT"),
        ("AU", author(reference)),
        ("TI", one_line(about.title)),
        ("PB", one_line(about.publisher or "")),
        ("PY", told.get("year", "")),
        ("DA", f"{day}//" if "month" in told else ""),
        ("SP", one_line(page)),
        ("UR", one_line(about.url or "")),
        ("Y2", options.used_on.strftime("%Y/%m/%d") if options.used_on else ""),
        ("N1", place(reference, options, is_whole=True)),
        ("LA", "ja"),
    ]
    lines = [f"{tag}  - {value}" for tag, value in fields if value]
    text = _CRLF.join([*lines, "ER  - "]) + _CRLF
    return Written(text, missing(reference, "発行者", "日付", "URL"))


def csl_json(reference: Reference, options: Options) -> Written:
    """Return a CSL-JSON list with one item."""
    about = reference.publication
    told = _date(reference)
    where = place(reference, options, is_whole=True)
    parts = [[int(told[name]) for name in ("year", "month", "day") if name in told]]
    used = options.used_on
    item: dict[str, Any] = {
        "id": key_of(reference),
        "type": "report",
        "title": one_line(about.title),
        "author": [{"literal": author(reference)}] if author(reference) else None,
        "publisher": one_line(about.publisher or "") or None,
        "issued": {"date-parts": parts} if parts[0] else None,
        "URL": one_line(about.url or "") or None,
        "accessed": {"date-parts": [[used.year, used.month, used.day]]} if used else None,
        "locator": where or None,
        "label": ("page" if reference.pinpoint.page_label else "section") if where else None,
        "language": "ja",
    }
    known = {name: value for name, value in item.items() if value is not None}
    text = json.dumps([known], ensure_ascii=False, indent=2)
    return Written(text, missing(reference, "発行者", "日付", "URL"))


def key_of(reference: Reference) -> str:
    """Return a short key in ASCII, the same for the same publication."""
    about = reference.publication
    told = f"{about.title}\n{about.publisher}\n{about.date}"
    digest = hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"tenkyo{_date(reference).get('year', '')}-{digest}"


def year_of(reference: Reference) -> str:
    """Return the western year of publication, "" where it is not known."""
    return _date(reference).get("year", "")


def _date(reference: Reference) -> dict[str, str]:
    found = read_date(reference.publication.date or "")
    if found is None:
        return {}
    parts = {"year": found.year, "month": found.month, "day": found.day}
    return {name: str(value) for name, value in parts.items() if value is not None}
