"""The index as a LangChain retriever, with the real langchain-core."""

import asyncio
import json

import pytest
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import RunnableLambda, RunnablePassthrough
from pydantic import ValidationError

from corpus.errors import UnknownReport
from index.langchain_retriever import as_retriever
from index.retrieve import retrieve
from index.serve import open_snapshot

QUESTION = "情報銀行とは何ですか"

FIELDS = {
    "report",
    "title",
    "section_id",
    "section_path",
    "section_inferred",
    "line_start",
    "line_end",
    "char_start",
    "char_end",
    "passage_id",
    "score",
}


@pytest.fixture(scope="module")
def snapshot(settings):
    opened = open_snapshot(settings)
    yield opened
    opened.close()


def test_documents_are_the_hits_with_what_a_citation_needs(snapshot):
    retriever = as_retriever(snapshot, limit=7)
    assert isinstance(retriever, BaseRetriever)
    documents = retriever.invoke(QUESTION)
    hits = retrieve(snapshot, QUESTION, limit=7)
    assert [document.id for document in documents] == [hit.passage.id for hit in hits]
    for document, hit in zip(documents, hits, strict=True):
        told = document.metadata
        report = snapshot.report(told["report"])
        assert set(told) == FIELDS
        assert document.page_content == report.text[told["char_start"] : told["char_end"]]
        assert report.section_by_id[told["section_id"]].path == tuple(told["section_path"])
        lines = report.text.splitlines()[told["line_start"] - 1 : told["line_end"]]
        assert document.page_content.splitlines()[0] in lines[0]
        assert told["passage_id"] == hit.passage.id
        assert told["score"] == hit.score
        assert told["title"] == report.metadata.title


def test_metadata_can_be_written_as_json(snapshot):
    metadata = as_retriever(snapshot).invoke(QUESTION)[0].metadata
    assert json.loads(json.dumps(metadata, ensure_ascii=False)) == metadata


def test_async_gives_the_same_documents(snapshot):
    retriever = as_retriever(snapshot)
    assert asyncio.run(retriever.ainvoke(QUESTION)) == retriever.invoke(QUESTION)


def test_batch_gives_the_same_documents(snapshot):
    retriever = as_retriever(snapshot)
    questions = [QUESTION, "AIの原則", "海外展開"]
    assert retriever.batch(questions) == [retriever.invoke(question) for question in questions]


def test_a_chain_can_be_made_of_it(snapshot):
    def lines(found: dict) -> list[int]:
        return [document.metadata["line_start"] for document in found["documents"]]

    chain = RunnablePassthrough.assign(
        documents=RunnableLambda(lambda asked: asked["question"]) | as_retriever(snapshot, limit=3)
    ).assign(lines=lines)
    answer = chain.invoke({"question": QUESTION})
    assert len(answer["lines"]) == 3
    assert all(isinstance(document, Document) for document in answer["documents"])


@pytest.mark.parametrize("question", ["", "は、が、を", "？"])
def test_a_question_that_says_nothing_finds_nothing(snapshot, question):
    assert as_retriever(snapshot).invoke(question) == []


def test_one_report_alone(snapshot):
    documents = as_retriever(snapshot, report_id="ict-global-strategy").invoke(QUESTION)
    assert {document.metadata["report"] for document in documents} == {"ict-global-strategy"}


def test_an_unknown_report_is_named_at_once(snapshot):
    with pytest.raises(UnknownReport, match="無い"):
        as_retriever(snapshot, report_id="無い")


@pytest.mark.parametrize("limit", [0, -1])
def test_a_limit_below_one_is_refused(snapshot, limit):
    with pytest.raises(ValidationError, match="limit"):
        as_retriever(snapshot, limit=limit)
