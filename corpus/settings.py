"""What a user can set, by environment variables that begin with `TENKYO_`.

Takes the environment and the one choice kept in the data folder, gives one frozen `Settings`
value: a variable goes before the choice, the choice before the default. Knows nothing about
reports.
"""

import os
from pathlib import Path
from typing import Literal

import platformdirs
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from corpus.errors import InputError, StorageError

EMBEDDER_CHOICE = "embedder"
"""File in the data folder with the embedding model that `tenkyo embedder use` has chosen."""


def _default_home() -> Path:
    return Path(platformdirs.user_data_dir("tenkyo", appauthor=False))


class Settings(BaseSettings):
    """All settings; `TENKYO_HOME=/data/tenkyo` sets `home`, and so on."""

    model_config = SettingsConfigDict(
        env_prefix="TENKYO_",
        env_ignore_empty=True,
        frozen=True,
        extra="forbid",
        protected_namespaces=(),  # fields may begin with model_
    )

    home: Path = Field(default_factory=_default_home)
    """The data folder: added reports, index snapshots, and the file that says which one serves."""

    max_report_mb: float = Field(default=20.0, gt=0)
    """Largest file that `tenkyo add` takes, in MB (10^6 bytes); beyond it a report is refused."""

    outline: bool = True
    """Use a report's reviewed `outline.toml` (inferred places of orphaned parts)."""

    errata: bool = True
    """Use a report's reviewed `errata.toml` (inferred corrections, for search and notes only)."""

    embedder: str = "bundled"
    """`fitted` (word vectors of the reports themselves), `bundled` (those that come with Tenkyo),
    or the path or hub name of another model."""

    allow_download: bool = False
    """Fetch a hub model that is not on this machine; nothing else ever asks the network for it."""

    model: str | None = None
    """The chat model that writes answers, as `provider:name` (openai:…, ollama:…, anthropic:…,
    bedrock:…, google_genai:…); None for the quote mode, which needs none."""

    model_url: str | None = None
    """Base URL of an OpenAI-compatible server, or of the provider's own."""

    model_timeout: float = Field(default=60.0, gt=0)
    """Seconds without an answer after which a model is given up."""

    model_retries: int = Field(default=2, ge=0)
    """Further tries after a failure that may pass; the pauses between them grow."""

    model_tokens: int = Field(default=6000, ge=1000)
    """Tokens that a prompt may take, by an estimate for Japanese."""

    model_failed: Literal["drop", "show"] = "drop"
    """What becomes of a written sentence that its sources do not bear out; `show` marks it."""

    model_unsourced: Literal["drop", "show"] = "drop"
    """What becomes of a written sentence without a source: `show` marks it 出典なし."""

    glossary: Path | None = None
    """A further table of equal expressions, beside the shipped one, or Sudachi's dictionary."""

    max_question_chars: int = Field(default=2000, gt=0)
    """Longest question, in characters; a longer one is refused rather than cut."""


def load_settings() -> Settings:
    """Return the settings that the environment and the data folder give.

    Raises:
        InputError: a variable has a value that cannot be used; the sentence names it.
        StorageError: the choice in the data folder cannot be read.
    """
    settings = _from_environment()
    if "embedder" in settings.model_fields_set:
        return settings
    chosen = chosen_embedder(settings.home)
    return settings.model_copy(update={"embedder": chosen}) if chosen else settings


def embedder_is_in_environment() -> bool:
    """True where a variable names the embedding model, so that no choice counts."""
    return "embedder" in _from_environment().model_fields_set


def chosen_embedder(home: Path) -> str | None:
    """Return the embedding model chosen for a data folder, None where none is.

    Raises:
        StorageError: the choice cannot be read.
    """
    try:
        return os.fsdecode((home / EMBEDDER_CHOICE).read_bytes()).strip() or None
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        place = home / EMBEDDER_CHOICE
        raise StorageError(
            f"「{place}」を読めません。権限を確かめてください。（{error.strerror}）"
        ) from error


def choose_embedder(home: Path, name: str) -> None:
    """Keep the choice of an embedding model in a data folder.

    Raises:
        StorageError: the folder cannot be written.
    """
    new = home / f"{EMBEDDER_CHOICE}.new"
    try:
        home.mkdir(parents=True, exist_ok=True)
        new.write_bytes(os.fsencode(name + "\n"))  # a path need not be text
        os.replace(new, home / EMBEDDER_CHOICE)
    except OSError as error:
        raise StorageError(
            f"「{home}」に書き込めません。空き容量と権限を確かめてください。（{error.strerror}）"
        ) from error


def _from_environment() -> Settings:
    try:
        return Settings()
    except ValidationError as error:
        names = "・".join(f"TENKYO_{str(e['loc'][0]).upper()}" for e in error.errors() if e["loc"])
        raise InputError(f"環境変数 {names} の値が正しくありません。") from error
