"""The whole assistant as a LangChain Runnable: invoke, stream, batch.

Takes a question, or a mapping with `question`, `history` and `report`; gives the answer object
of the contract as a dict. LangChain is imported here and for the retriever alone, and nothing
in the path of an answer needs it.
"""

from collections.abc import Mapping
from typing import Any

from langchain_core.runnables import Runnable, RunnableLambda

from assistant.ask import Assistant

Asked = str | Mapping[str, Any]
"""A question, or `{"question": ..., "history": [...], "report": ...}`."""


def as_runnable(assistant: Assistant) -> Runnable[Asked, dict[str, Any]]:
    """Return a Runnable that asks `assistant`; it raises what `Assistant.ask` raises."""

    def ask(asked: Asked) -> dict[str, Any]:
        given = {"question": asked} if isinstance(asked, str) else dict(asked)
        answer = assistant.ask(
            given["question"], tuple(given.get("history") or ()), given.get("report")
        )
        return answer.as_dict()

    return RunnableLambda(ask, name="tenkyo")
