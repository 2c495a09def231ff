"""The commands for references: `tenkyo cite`, and `tenkyo about` for what a report is.

Takes what the user typed; calls `assistant.references` and writes what it gives. A part of the
command line of `ui.cli`. Knows nothing about how forms are worded.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from corpus.errors import InputError
from ui.screen import put, put_json, say
from ui.usage import JapaneseCommand

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.references.reference import Form, Options, Reference
    from corpus.library import Source
    from corpus.settings import Settings

app = typer.Typer()


class Style(StrEnum):
    """The values of --style; those of `Form`, kept here so that help needs nothing heavy."""

    SHORT = "short"
    FOOTNOTE = "footnote"
    SOURCE = "source"
    EDITED = "edited"
    SIST = "sist02"
    FIGURE = "figure"
    AGAIN = "again"
    BIBTEX = "bibtex"
    RIS = "ris"
    CSL = "csl-json"


class YearStyle(StrEnum):
    """The values of --years."""

    ERA = "wareki"
    WESTERN = "seireki"
    BOTH = "both"


class PageStyle(StrEnum):
    """The values of --pages."""

    WHITE_PAPER = "ページ"
    LAW = "頁"
    SIST = "p."


_USUAL = (Style.SHORT, Style.FOOTNOTE, Style.SOURCE)
"""Shown where no style is asked for."""


_EDITOR = "作成者"
_SETTING = {"発行者": "--publisher", "日付": "--date", "利用条件": "--licence", "URL": "--url"}
"""The option of `tenkyo about` that sets what a form has left out."""


@dataclass(frozen=True, slots=True)
class _Cited:
    """A reference with what it was asked for by."""

    number: int | None
    """Of the citation in the last answer."""
    report: str
    reference: "Reference"


StyleOption = Annotated[
    list[Style] | None,
    typer.Option(
        metavar="形",
        help="形の名前（繰り返し指定できます）： short footnote source edited sist02 figure "
        "again bibtex ris csl-json",
    ),
]
YearsOption = Annotated[
    YearStyle, typer.Option(metavar="年", help="wareki、seireki、both", show_default=False)
]
PagesOption = Annotated[
    PageStyle, typer.Option(metavar="呼び方", help="ページ、頁、p.", show_default=False)
]
EditorOption = Annotated[str | None, typer.Option(metavar="名", help="加工した者（例：○○課）")]
DayOption = Annotated[str | None, typer.Option("--used-on", metavar="年-月-日", help="利用した日")]
NumberOption = Annotated[
    int | None, typer.Option(metavar="番号", help="--last のうち、その番号の出典だけ")
]


@app.command(cls=JapaneseCommand, help="下書きに書く出典の形を示します。")
def cite(
    section_id: Annotated[
        str | None, typer.Argument(metavar="節のID", help="tenkyo outline や search で分かります。")
    ] = None,
    last: Annotated[
        bool, typer.Option("--last", help="直前の tenkyo ask の出典について示します。")
    ] = False,
    number: NumberOption = None,
    style: StyleOption = None,
    years: YearsOption = YearStyle.ERA,
    pages: PagesOption = PageStyle.WHITE_PAPER,
    editor: EditorOption = None,
    used_on: DayOption = None,
    report: Annotated[
        str | None, typer.Option("--report", metavar="ID", help="対象の報告書")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON で出力します。")] = False,
) -> None:
    """Show a place of a report in the forms of a reference."""
    from assistant.references.reference import Form, Options, Pages
    from corpus.eras import Years
    from corpus.settings import load_settings

    if last is (section_id is not None):
        raise InputError("節のIDと --last の、どちらか一つを指定してください。")
    options = Options(Years(years), Pages(pages), editor, _day(used_on))
    settings = load_settings()
    found = _last(settings, number) if last else [_of_section(settings, section_id, report)]
    forms = [Form(each) for each in style or _USUAL]
    if as_json:
        put_json({"references": [_as_dict(each, forms, options) for each in found]})
        return
    _show(found, forms, options, bare=style is not None and len(style) == 1)


def _day(written: str | None) -> date | None:
    from corpus.eras import FIRST_DAY

    if written is None:
        return None
    try:
        day = date.fromisoformat(written)
    except ValueError as error:
        raise InputError("--used-on は、2026-11-22 の形で指定してください。") from error
    if day < FIRST_DAY:
        raise InputError(f"--used-on は、{FIRST_DAY} 以後の日を指定してください。")
    return day


def _of_section(settings: "Settings", section_id: str | None, report: str | None) -> "_Cited":
    from assistant.cite import place_of_section
    from assistant.references.build import reference_of
    from ui.sections import find_section

    found = find_section(settings, section_id or "", report)
    place = place_of_section(found.report, found.section)
    return _Cited(None, found.report.id, reference_of(place, None, found.report))


def _last(settings: "Settings", number: int | None) -> "list[_Cited]":
    from ui.last import recalled

    found = [_Cited(*each) for each in recalled(settings)]
    if number is not None:
        found = [each for each in found if each.number == number]
        if not found:
            raise InputError(f"直前の答えに、出典［{number}］はありません。")
    return found


def _show(
    found: "Sequence[_Cited]", forms: "Sequence[Form]", options: "Options", bare: bool
) -> None:
    """Write the references; one form alone stands without its name, to be taken as it is."""
    from assistant.references.forms import NAMES, write

    missing: dict[tuple[str, str], None] = {}
    for each in found:
        if each.number is not None and not (bare and len(found) == 1):
            put(f"［{each.number}］")
        for form in forms:
            written = write(each.reference, form, options)
            missing |= dict.fromkeys((each.report, part) for part in written.missing)
            put(written.text if bare else f"{NAMES[form]}\n    {_indented(written.text)}")
    _say_missing(list(missing))


def _say_missing(missing: "Sequence[tuple[str, str]]") -> None:
    """Say what was left out of the references of which report, and what sets it."""
    if not missing:
        return
    names = dict.fromkeys(part for _, part in missing)
    say(f"{'、'.join(names)}は分からないため、省きました。次のようにすると書き入れます。")
    if _EDITOR in names:
        say("    tenkyo cite … --editor 作成者")
    for report in dict.fromkeys(report for report, part in missing if part in _SETTING):
        parts = [part for of, part in missing if of == report and part in _SETTING]
        say(f"    tenkyo about {report} {' '.join(f'{_SETTING[p]} {p}' for p in parts)}")


def _indented(text: str) -> str:
    return text.rstrip().replace("\r\n", "\n").replace("\n", "\n    ")


def _as_dict(cited: "_Cited", forms: "Sequence[Form]", options: "Options") -> dict[str, Any]:
    from assistant.references.forms import write

    reference = cited.reference
    written = {form: write(reference, form, options) for form in forms}
    return {
        "number": cited.number,
        "report": cited.report,
        "quote": reference.quote,
        "original": reference.original,
        "forms": {str(form): each.text for form, each in written.items()},
        "missing": list(dict.fromkeys(m for each in written.values() for m in each.missing)),
    }


def _words(told: str) -> Any:  # noqa: ANN401 - what Typer gives for an option
    return typer.Option(metavar="文字列", help=told)


@app.command(cls=JapaneseCommand, help="報告書の題名、発行者、URL などを示し、または改めます。")
def about(
    report_id: Annotated[str, typer.Argument(metavar="ID", help="報告書の ID")],
    title: Annotated[str | None, _words("題名")] = None,
    publisher: Annotated[str | None, _words("発行者（例：総務省）")] = None,
    bureau: Annotated[str | None, _words("部局（例：国際戦略局）")] = None,
    day: Annotated[
        str | None,
        typer.Option("--date", metavar="文字列", help="発行の時期（例：令和元年6月）"),
    ] = None,
    licence: Annotated[str | None, _words("利用条件（例：PDL1.0）")] = None,
    url: Annotated[str | None, _words("掲載場所の URL")] = None,
) -> None:
    """Show or set what is known of a report as a publication; "" takes a part away."""
    from corpus import library
    from corpus.eras import read_date
    from corpus.settings import load_settings

    told = {
        "title": title,
        "publisher": publisher,
        "bureau": bureau,
        "date": day,
        "licence": licence,
        "url": url,
    }
    given = {name: value for name, value in told.items() if value is not None}
    settings = load_settings()
    source = library.find(settings, report_id)
    if given:
        source = library.describe(settings, source, given)
    _show_about(source)
    if day and read_date(day) is None:
        say("発行の時期は、日付として読み取れないため、出典には書かれたままの形で入ります。")


def _show_about(source: "Source") -> None:
    known = source.metadata
    parts = {
        "題名": known.title,
        "発行者": known.publisher,
        "部局": known.bureau,
        "発行の時期": known.date,
        "利用条件": known.licence,
        "URL": known.url,
    }
    for name, value in parts.items():
        put(f"{name}：{value or '（分かりません）'}")
