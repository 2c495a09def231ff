"""The reports and sections that a user names.

Takes the settings and ids; gives parsed reports and their sections, or an error that says in
Japanese what is wrong. Reads the kept reports themselves, so it needs no index. Knows nothing
about how things are shown.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.errors import InputError, UnknownSection
from corpus.library import find, load, sources
from corpus.model import Report, Section
from corpus.settings import Settings


@dataclass(frozen=True, slots=True)
class FoundSection:
    """A section and the report that it is of."""

    report: Report
    section: Section


def find_section(settings: Settings, section_id: str, report_id: str | None) -> FoundSection:
    """Return the section with that id.

    Raises:
        UnknownReport: no report has the id `report_id`.
        UnknownSection: there is none.
        InputError: several reports have one.
    """
    found = [
        FoundSection(report, report.section_by_id[section_id])
        for report in kept_reports(settings, report_id)
        if section_id in report.section_by_id
    ]
    if not found:
        raise UnknownSection(
            f"節「{section_id}」はありません。tenkyo outline で ID を確かめてください。"
        )
    if len(found) > 1:
        names = "、".join(each.report.id for each in found)
        raise InputError(
            f"節「{section_id}」は複数の報告書にあります。--report で選んでください（{names}）。"
        )
    return found[0]


def kept_reports(settings: Settings, report_id: str | None) -> Iterator[Report]:
    """Yield the report with that id, or all that are kept.

    Raises:
        UnknownReport: no report has that id.
    """
    chosen = sources(settings) if report_id is None else [find(settings, report_id)]
    return (load(source, settings) for source in chosen)
