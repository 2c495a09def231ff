"""The writer that the settings ask for; LangChain is loaded only where they do."""

from typing import TYPE_CHECKING

from corpus.settings import Settings

if TYPE_CHECKING:
    from assistant.writing.write import Writer


_REPLIES = 3
"""How many times the time-out, which is for a silence, a whole reply may take."""


def open_writer(settings: Settings) -> "Writer | None":
    """Return a writer with the chat model of the settings; None in the quote mode.

    Raises:
        MissingPart: the provider's package is not installed.
        InputError: the model's name or address cannot be used.
    """
    if not settings.model:
        return None
    from assistant.writing.chat import open_model
    from assistant.writing.write import Writer

    model = open_model(settings)
    if model is None:
        return None
    return Writer(
        model,
        settings.model_tokens,
        longest=_REPLIES * settings.model_timeout,
        show_failed=settings.model_failed == "show",
        show_unsourced=settings.model_unsourced == "show",
    )
