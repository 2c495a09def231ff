"""The index as a LangChain retriever.

Takes an opened snapshot; gives a `BaseRetriever` whose Documents are passages with the fields
of a citation in their metadata, under the names that an answer's citations have. The only
module of this package that knows LangChain; nothing here imports it.

    as_retriever(snapshot).invoke("情報銀行とは何ですか")[0].metadata["line_start"]
"""

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, Field, PrivateAttr

from index.retrieve import Hit, retrieve
from index.snapshot import Snapshot


def as_retriever(
    snapshot: Snapshot, limit: int = 5, report_id: str | None = None
) -> "PassageRetriever":
    """Return a retriever over `snapshot`, which must stay open while it is used.

    Args:
        snapshot: the index.
        limit: how many Documents to return at most; passages that share nothing with the
            question are never returned.
        report_id: search this report alone; None searches all.

    Raises:
        UnknownReport: the index has no report `report_id`.
    """
    if report_id is not None:
        snapshot.rows(report_id)
    retriever = PassageRetriever(limit=limit, report_id=report_id)
    retriever._snapshot = snapshot
    return retriever


class PassageRetriever(BaseRetriever):
    """Finds passages; sync and async, alone or in a chain. Made by `as_retriever`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    limit: int = Field(gt=0)
    report_id: str | None = None
    _snapshot: Snapshot = PrivateAttr()
    """No field: pydantic would look into the vector store and the model for what to check."""

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        hits = retrieve(self._snapshot, query, self.limit, self.report_id)
        return [_document(self._snapshot, hit) for hit in hits if hit.score > 0]


def _document(snapshot: Snapshot, hit: Hit) -> Document:
    passage = hit.passage
    report = snapshot.report(passage.report_id)
    section = report.section_by_id[passage.section_id]
    metadata: dict[str, Any] = {
        "report": report.id,
        "title": report.metadata.title,
        "section_id": section.id,
        "section_path": list(section.path or (section.heading,)),
        "section_inferred": section.inferred,
        "line_start": passage.line_start,
        "line_end": passage.line_end,
        "char_start": passage.span.start,
        "char_end": passage.span.end,
        "passage_id": passage.id,
        "score": hit.score,
    }
    return Document(id=passage.id, page_content=passage.text, metadata=metadata)
