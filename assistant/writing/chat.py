"""A chat model by name, through LangChain's `init_chat_model`; nothing else knows LangChain here.

Takes the settings; gives a `ChatModel` that completes messages, whole or as a stream. Whatever a
provider raises becomes `ModelFailed` with a sentence that holds no key and no text of a report.
Knows nothing about prompts and answers.
"""

import importlib
import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from corpus.errors import InputError, MissingPart, ModelFailed
from corpus.settings import Settings

_PACKAGES = {
    "openai": "langchain-openai",
    "ollama": "langchain-ollama",
    "anthropic": "langchain-anthropic",
    "bedrock": "langchain-aws",
    "bedrock_converse": "langchain-aws",
    "google_genai": "langchain-google-genai",
}
"""Providers for which `pip install "tenkyo[PROVIDER]"` brings the package."""

_ANY_KEY = "unused"
"""What a server of one's own, which asks for no key, is given as key."""

_ANSWER_TOKENS = 1500
"""Longest reply; a short answer with quotations takes a few hundred."""

_SECRET_NAMES = re.compile(r"KEY|TOKEN|SECRET|PASSWORD", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a prompt."""

    role: Literal["system", "user", "assistant"]
    text: str


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens that a reply has cost; None where the provider does not say."""

    prompt: int | None = None
    completion: int | None = None


class ChatModel(Protocol):
    """What writes: any chat model."""

    @property
    def name(self) -> str:
        """The model's name as the user gave it."""

    def stream(self, messages: Sequence[Message]) -> "Stream":
        """Begin a reply.

        Raises:
            ModelFailed: while it is read: the model cannot be reached, breaks off or times out.
        """


class Stream:
    """A reply as it comes; iterate it for the pieces of its text."""

    def __init__(self, chunks: Iterator[Any]) -> None:
        """Read LangChain's message chunks from `chunks`."""
        self._chunks = chunks
        self.usage = Usage()

    def __iter__(self) -> Iterator[str]:
        """Yield the pieces of the text.

        Raises:
            ModelFailed: the model breaks off or times out.
        """
        prompt: int | None = None
        completion: int | None = None
        with _told():
            for chunk in self._chunks:
                if told := getattr(chunk, "usage_metadata", None):
                    prompt = (prompt or 0) + told.get("input_tokens", 0)
                    completion = (completion or 0) + told.get("output_tokens", 0)
                    self.usage = Usage(prompt, completion)
                if text := _text(chunk.content):
                    yield text

    def close(self) -> None:
        """Stop reading; the connection is given up."""
        close = getattr(self._chunks, "close", None)
        if close is not None:
            close()


class LangChainModel:
    """A chat model of LangChain."""

    def __init__(self, name: str, make: Callable[[bool], Any]) -> None:
        """Write with what `make` gives, a `BaseChatModel`; True asks for temperature 0."""
        self.name = name
        self._make = make
        self._is_tempered = True
        self._model = make(True)

    def stream(self, messages: Sequence[Message]) -> Stream:
        """Begin a reply."""
        return Stream(self._chunks([(message.role, message.text) for message in messages]))

    def _chunks(self, messages: list[tuple[str, str]]) -> Iterator[Any]:
        """Yield the chunks of a reply; a model that takes no temperature is asked without one."""
        try:
            yield from self._model.stream(messages)
        except Exception as error:
            if not (self._is_tempered and _refuses_temperature(error)):
                raise
            self._is_tempered, self._model = False, self._make(False)
            yield from self._model.stream(messages)


def open_model(settings: Settings) -> LangChainModel | None:
    """Return the chat model of the settings; None where none is set.

    Raises:
        MissingPart: the provider's package is not installed.
        InputError: the name or the base URL cannot be used.
    """
    if not settings.model:
        return None
    provider, _, model = settings.model.partition(":")
    if not model:
        if not settings.model_url:
            raise InputError(
                "TENKYO_MODEL は「提供者:モデル名」の形で指定してください（例：ollama:gemma3）。"
            )
        provider, model = "openai", settings.model
    return LangChainModel(
        settings.model, lambda tempered: _initialised(provider, model, settings, tempered)
    )


def _initialised(provider: str, model: str, settings: Settings, tempered: bool) -> Any:  # noqa: ANN401 - LangChain's, loaded late
    options: dict[str, Any] = {
        "timeout": settings.model_timeout,
        "max_retries": settings.model_retries,  # the providers back off between them
        "max_tokens": _ANSWER_TOKENS,
    }
    if tempered:
        options["temperature"] = 0
    if settings.model_url:
        options["base_url"] = settings.model_url
    if provider == "openai":
        options["stream_usage"] = True
        if settings.model_url and not os.environ.get("OPENAI_API_KEY"):
            options["api_key"] = _ANY_KEY
    if provider == "ollama":
        options = _for_ollama(options)
    try:
        init = importlib.import_module("langchain.chat_models").init_chat_model
        return init(model, model_provider=provider, **options)
    except ImportError as error:
        raise MissingPart(_missing(provider)) from error
    except Exception as error:  # providers raise errors of their own; none may show a key
        raise InputError(
            f"言語モデル「{settings.model}」を使えません。名前、鍵の環境変数、"
            f"TENKYO_MODEL_URL を確かめてください。（{redacted(str(error))}）"
        ) from None


def _for_ollama(options: dict[str, Any]) -> dict[str, Any]:
    kept = {name: options[name] for name in ("temperature", "base_url") if name in options}
    return kept | {
        "num_predict": options["max_tokens"],
        "client_kwargs": {"timeout": options["timeout"]},
    }


def _missing(provider: str) -> str:
    package = _PACKAGES.get(provider)
    if package is None:
        return (
            f"言語モデルの提供者「{provider}」を使うための追加の部品がありません。"
            "LangChain の説明で、必要なパッケージを確かめてください。"
        )
    extra = "bedrock" if package == "langchain-aws" else provider
    return (
        f"言語モデル「{provider}」を使うには、追加の部品が必要です。"
        f'pip install "tenkyo[{extra}]"（または pip install {package}）を実行してください。'
    )


@contextmanager
def _told() -> Iterator[None]:
    """Turn whatever a provider raises into one sentence."""
    try:
        yield
    except (ModelFailed, GeneratorExit, KeyboardInterrupt):
        raise
    except Exception as error:  # noqa: BLE001 - each provider has a tree of its own
        raise ModelFailed(_sentence(error)) from None


def _refuses_temperature(error: Exception) -> bool:
    return getattr(error, "status_code", None) == 400 and "temperature" in str(error)


def _sentence(error: Exception) -> str:
    """Return what went wrong without the words of the provider, which may repeat the prompt."""
    kind = type(error).__name__
    status = getattr(error, "status_code", None)
    if "Timeout" in kind or "timed out" in str(error).lower():
        return "言語モデルから時間内に答えがありませんでした。"
    if status in (401, 403) or "Authentication" in kind:
        return "言語モデルの鍵が受け付けられませんでした。鍵の環境変数を確かめてください。"
    if status == 429:
        return "言語モデルの利用の上限に達しています。しばらくしてからお試しください。"
    if status == 404:
        return "言語モデルが見つかりません。TENKYO_MODEL の名前を確かめてください。"
    if "Connect" in kind or "Connection" in kind:
        return (
            "言語モデルに接続できませんでした。TENKYO_MODEL_URL とモデルの状態を確かめてください。"
        )
    return f"言語モデルが答えの途中で失敗しました。（{kind}）"


def redacted(text: str) -> str:
    """Return `text` without the secrets of the environment and on one short line."""
    for name, value in os.environ.items():
        if _SECRET_NAMES.search(name) and len(value) >= 4:
            text = text.replace(value, "***")
    text = re.sub(r"\b(?:sk|pk|key)-[\w-]{6,}", "***", text)
    return " ".join(text.split())[:200]


def _text(content: object) -> str:
    """Return the text of a chunk, which providers give as a string or as a list of blocks."""
    if isinstance(content, str):
        return content
    if not isinstance(content, list):
        return ""
    blocks = (block if isinstance(block, dict) else {"text": block} for block in content)
    return "".join(b["text"] for b in blocks if isinstance(b.get("text"), str))
