"""The provenance record: from which reports, with which index and version, and when.

Takes what was exported; gives lines of Japanese for an appendix. Knows nothing about formats.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.export.collected import Item
from corpus.eras import PartialDate, write_date
from corpus.version import program_version


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a record tells besides the citations."""

    snapshot: str
    """Id of the index."""
    mode: str
    """`quote`, or the name of the language model that wrote the answers."""
    exported_on: date


def record(items: Sequence[Item], told: Provenance) -> list[str]:
    """Return the lines of the record."""
    reports = {item.report.id: item.report for item in items}
    day = told.exported_on
    written = write_date(PartialDate(day.year, day.month, day.day))
    mode = "言語モデルなし（報告書の言葉のまま）" if told.mode == "quote" else told.mode
    return [
        *(
            f"報告書：{report.metadata.title}（ID：{report.id}、SHA-256：{report.sha256}）"
            for report in reports.values()
        ),
        f"索引：{told.snapshot}",
        f"方式：{mode}",
        f"プログラム：典拠（tenkyo）{program_version()}",
        f"書き出した日：{written}",
    ]
