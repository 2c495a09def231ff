"""What a user can set, by environment variables that begin with `TENKYO_`.

Takes the environment, gives one frozen `Settings` value. Knows nothing about reports.
"""

from pathlib import Path

import platformdirs
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from corpus.errors import InputError


def _default_home() -> Path:
    return Path(platformdirs.user_data_dir("tenkyo", appauthor=False))


class Settings(BaseSettings):
    """All settings; `TENKYO_HOME=/data/tenkyo` sets `home`, and so on."""

    model_config = SettingsConfigDict(env_prefix="TENKYO_", frozen=True, extra="forbid")

    home: Path = Field(default_factory=_default_home)
    """The data folder: added reports, index snapshots, and the file that says which one serves."""

    max_report_mb: float = Field(default=20.0, gt=0)
    """Largest file that `tenkyo add` takes, in MB (10^6 bytes); beyond it a report is refused."""

    outline: bool = True
    """Use a report's reviewed `outline.toml` (inferred places of orphaned parts)."""

    errata: bool = True
    """Use a report's reviewed `errata.toml` (inferred corrections, for search and notes only)."""

    embedder: str = "fitted"
    """`fitted` (word vectors of the reports themselves) or the path or name of another model."""

    max_question_chars: int = Field(default=2000, gt=0)
    """Longest question, in characters; a longer one is refused rather than cut."""


def load_settings() -> Settings:
    """Return the settings that the environment gives.

    Raises:
        InputError: a variable has a value that cannot be used; the sentence names it.
    """
    try:
        return Settings()
    except ValidationError as error:
        names = "・".join(f"TENKYO_{str(e['loc'][0]).upper()}" for e in error.errors() if e["loc"])
        raise InputError(f"環境変数 {names} の値が正しくありません。") from error
