"""The whole assistant for LangChain: a Runnable (invoke, stream, batch) and a tool for agents.

Takes a question, or a mapping with `question`, `history` and `report`; gives the answer object
of the contract as a dict. LangChain is imported here, for the retriever and for chat models
alone, and nothing in the path of an answer in the quote mode needs it.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from langchain_core.runnables import Runnable, RunnableConfig
from langchain_core.tools import BaseTool, StructuredTool

from assistant.answer import Answer
from assistant.ask import Assistant
from assistant.writing.write import Piece, Verified

Asked = str | Mapping[str, Any]
"""A question, or `{"question": ..., "history": [...], "report": ...}`."""

_TOLD = """\
日本の行政の報告書に書かれていることを調べる。質問を日本語の一文で渡すと、報告書の言葉に基づく答えと、
箇所と原文の引用を返す。報告書に書かれていないことには、書かれていないと返す。"""


class AssistantRunnable(Runnable[Asked, dict[str, Any]]):
    """Asks an assistant; it raises what `Assistant.ask` raises."""

    name = "tenkyo"

    def __init__(self, assistant: Assistant) -> None:
        """Ask `assistant`."""
        self._assistant = assistant

    def invoke(
        self,
        input: Asked,
        config: RunnableConfig | None = None,
        **kwargs: Any,  # noqa: ANN401 - LangChain's signature
    ) -> dict[str, Any]:
        """Return the answer object."""
        return self._call_with_config(self._ask, input, config, **kwargs)

    def stream(
        self,
        input: Asked,
        config: RunnableConfig | None = None,
        **kwargs: Any,  # noqa: ANN401 - LangChain's signature
    ) -> Iterator[dict[str, Any]]:
        """Yield events: `text` as a model writes it, `sentence` once checked, last `answer`.

        The text is what the model writes, not yet checked; only the answer may be relied on.
        """
        for event in self._assistant.stream(*_given(input)):
            if isinstance(event, Answer):
                yield {"event": "answer", "answer": event.as_dict()}
            elif isinstance(event, Piece):
                yield {"event": "text", "text": event.text}
            elif isinstance(event, Verified):
                sentence = event.check.sentence.text
                yield {"event": "sentence", "text": sentence, "verified": event.check.holds}

    def _ask(self, asked: Asked) -> dict[str, Any]:
        return self._assistant.ask(*_given(asked)).as_dict()


def as_runnable(assistant: Assistant) -> AssistantRunnable:
    """Return a Runnable that asks `assistant`."""
    return AssistantRunnable(assistant)


def as_tool(assistant: Assistant) -> BaseTool:
    """Return a tool for agents: its content is the answer with its sources, its artifact the dict.

    The answer reaches the agent as data; nothing in a report can call another tool.
    """

    def ask(question: str, report: str | None = None) -> tuple[str, dict[str, Any]]:
        answer = assistant.ask(question, (), report)
        return _with_sources(answer), answer.as_dict()

    return StructuredTool.from_function(
        ask, name="tenkyo", description=_TOLD, response_format="content_and_artifact"
    )


def _given(asked: Asked) -> tuple[str, tuple[str, ...], str | None]:
    given = {"question": asked} if isinstance(asked, str) else dict(asked)
    return given["question"], tuple(given.get("history") or ()), given.get("report")


def _with_sources(answer: Answer) -> str:
    sources = [
        f"[{c.number}] {c.place.title}「{' ＞ '.join(c.place.section_path)}」：「{c.quote}」"
        for c in answer.citations
    ]
    return "\n".join([answer.answer, *(["", "出典", *sources] if sources else [])])
