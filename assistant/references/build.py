"""From a cited place to a `Reference`.

Takes a place, the quoted words and the report; gives what every form is written from.
"""

from assistant.answer import Place
from assistant.references.reference import Reference, pinpoint_of
from assistant.references.secondhand import original_at
from corpus.model import Report


def reference_of(place: Place, quote: str | None, report: Report) -> Reference:
    """Return the reference of a place of `report`; the original source is named where known."""
    return Reference(report.metadata, pinpoint_of(place), quote, original_at(report, place))
