"""A reference in the forms that officials need.

Takes a `Reference`; gives `Written`: one line of Japanese, or an entry for a reference manager.
What is not known is left out with its brackets and named in `missing`. The wording follows the
Public Data License 1.0, the 政府標準利用規約 2.0, SIST 02 and 公用文作成の考え方.
"""

import re
import unicodedata
from collections.abc import Callable

from assistant.references import bibliography
from assistant.references.places import (
    author,
    dated,
    missing,
    one_line,
    place,
    title_in_brackets,
)
from assistant.references.reference import Form, Options, Reference, Written
from corpus.eras import PartialDate, write_date

PDL = "https://www.digital.go.jp/resources/open_data/public_data_license_v1.0"
"""Where the Public Data License 1.0 stands."""

NAMES = {
    Form.SHORT: "本文内（短）",
    Form.FOOTNOTE: "脚注",
    Form.SOURCE: "出典行",
    Form.EDITED: "加工の表示",
    Form.SIST: "参考文献（SIST 02）",
    Form.FIGURE: "図表の出典",
    Form.AGAIN: "再出",
    Form.BIBTEX: "BibTeX",
    Form.RIS: "RIS",
    Form.CSL: "CSL-JSON",
}
"""What users see the forms called."""

DEFAULT = Options()

_PDL_NAMES = re.compile(r"PDL|PUBLIC DATA LICEN[CS]E|公共データ利用規約")


def write(reference: Reference, form: Form, options: Options = DEFAULT) -> Written:
    """Return `reference` in one form."""
    return _WRITERS[form](reference, options)


def _short(reference: Reference, options: Options) -> Written:
    return Written(title_in_brackets(reference.publication.title) + place(reference, options))


def _footnote(reference: Reference, options: Options) -> Written:
    text = _named(reference, options) + place(reference, options, is_whole=True)
    original = f"（原典：{one_line(reference.original)}）" if reference.original else ""
    return Written(f"{text}{original}。", missing(reference, "発行者", "日付"))


def _source(reference: Reference, options: Options) -> Written:
    terms = f"、PDL1.0（{PDL}）" if _is_pdl(reference) else ""
    text = f"出典：{_titled(reference, options)}{_url(reference)}{terms}{_used(options)}"
    return Written(text, missing(reference, "発行者", "URL", "利用条件"))


def _edited(reference: Reference, options: Options) -> Written:
    editor = one_line(options.editor or "")
    text = f"{_titled(reference, options)}{_url(reference)}を加工して{editor}作成"
    left = () if editor else ("作成者",)
    return Written(text, (*missing(reference, "発行者", "URL"), *left))


def _sist(reference: Reference, options: Options) -> Written:
    about, pinpoint = reference.publication, reference.pinpoint
    chapter = one_line(pinpoint.headings[-1]) if pinpoint.headings else ""
    year = bibliography.year_of(reference)
    page = pinpoint.page_label or (str(pinpoint.page) if pinpoint.page else None)
    imprint = ", ".join(filter(None, (one_line(about.publisher or ""), year, _pages(page))))
    parts = [author(reference), f"“{chapter}”" if chapter else "", one_line(about.title), imprint]
    text = ". ".join(filter(None, parts)) + "."
    if url := one_line(about.url or ""):
        text += f" {url}"
        text += f", (参照 {options.used_on.isoformat()})." if options.used_on else "."
    return Written(text, missing(reference, "発行者", "日付", "URL"))


def _figure(reference: Reference, options: Options) -> Written:
    original = f"（原典：{one_line(reference.original)}）" if reference.original else ""
    text = f"（出典）{_named(reference, options)}{place(reference, options)}{original}"
    return Written(text, missing(reference, "発行者", "日付"))


def _again(reference: Reference, options: Options) -> Written:
    where = place(reference, options)
    title = title_in_brackets(reference.publication.title)
    return Written(f"（前掲{title}{'、' if where else ''}{where}）")


def _named(reference: Reference, options: Options) -> str:
    """Return 総務省国際戦略局「題名」（令和元年6月）."""
    when = dated(reference, options.years)
    title = title_in_brackets(reference.publication.title)
    return f"{author(reference)}{title}{f'（{when}）' if when else ''}"


def _titled(reference: Reference, options: Options) -> str:
    """Return 「題名」「見出し」（総務省）, as the licences want a source to be named."""
    publisher = one_line(reference.publication.publisher or "")
    title = title_in_brackets(reference.publication.title)
    return f"{title}{place(reference, options)}{f'（{publisher}）' if publisher else ''}"


def _url(reference: Reference) -> str:
    url = one_line(reference.publication.url or "")
    return f"（{url}）" if url else ""


def _is_pdl(reference: Reference) -> bool:
    """True under the Public Data License 1.0; another version may ask for another wording."""
    licence = unicodedata.normalize("NFKC", reference.publication.licence or "").upper()
    named = _PDL_NAMES.search(licence)
    version = re.search(r"\d+(?:\.\d+)?", licence[named.end() :]) if named else None
    return named is not None and (version is None or float(version[0]) == 1)


def _used(options: Options) -> str:
    if options.used_on is None:
        return ""
    day = options.used_on
    written = write_date(PartialDate(day.year, day.month, day.day), options.years)
    return f"（{written}に利用）"


def _pages(page: str | None) -> str:
    return f"p. {one_line(page)}" if page else ""


_WRITERS: dict[Form, Callable[[Reference, Options], Written]] = {
    Form.SHORT: _short,
    Form.FOOTNOTE: _footnote,
    Form.SOURCE: _source,
    Form.EDITED: _edited,
    Form.SIST: _sist,
    Form.FIGURE: _figure,
    Form.AGAIN: _again,
    Form.BIBTEX: bibliography.bibtex,
    Form.RIS: bibliography.ris,
    Form.CSL: bibliography.csl_json,
}
