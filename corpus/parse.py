"""A report's text → a `Report` with its sections and passages.

Takes decoded text with what is known of the publication; gives the parsed value. Raises on no
text. Knows nothing about files.
"""

from collections.abc import Sequence

from corpus.blocks import blocks_of
from corpus.model import Erratum, Metadata, Report
from corpus.overlay import Placement
from corpus.passages import passages_of
from corpus.sections import section_tree


def parse_report(
    text: str,
    report_id: str,
    metadata: Metadata,
    sha256: str,
    placements: Sequence[Placement] = (),
    errata: Sequence[Erratum] = (),
) -> Report:
    """Return the parsed report; `sha256` is that of the original file."""
    blocks = blocks_of(text)
    tree = section_tree(text, metadata.title, blocks, placements)
    passages = passages_of(text, report_id, blocks, tree)
    return Report(report_id, metadata, sha256, text, tree.sections, passages, tuple(errata))
