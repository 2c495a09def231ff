"""The one tree of errors: each says in a Japanese sentence what happened and what to do.

    TenkyoError                   exit 1: something on this machine failed
    ├── InputError                exit 2: what was given cannot be used
    │   ├── QuestionError         the question is empty, too long or not text
    │   ├── ReportRefused         a file cannot become a report (names the file and the reason)
    │   ├── DraftRefused          a draft cannot be read (names the file and the reason)
    │   ├── UnknownReport         no report has that id
    │   ├── UnknownSection        no section has that id
    │   └── BatchError            a batch file cannot be read or written
    ├── StorageError              the data folder cannot be read or written
    │   └── IndexBusy             another process is writing the index
    ├── SnapshotDamaged           an index snapshot is incomplete, altered or foreign
    ├── EmbedderUnavailable       an embedding model cannot be loaded
    ├── ModelFailed               a chat model cannot be reached, breaks off or times out
    └── MissingPart               an optional package is not installed

`ui.cli` turns a TenkyoError into its sentence and exit code; anything else stays loud.
"""


class TenkyoError(Exception):
    """Base of all errors that a user can meet; `str(error)` is a whole Japanese sentence."""

    exit_code = 1


class InputError(TenkyoError):
    """What the user gave cannot be used; nothing was changed."""

    exit_code = 2


class QuestionError(InputError):
    """The question is empty, too long or not text: ask again with a shorter, plain question."""


class ReportRefused(InputError):
    """A file cannot become a report; the sentence names the file and the reason."""

    def __init__(self, name: str, reason: str) -> None:
        """Keep `name` (file name) and `reason` (a Japanese sentence) for one-line listings."""
        # A file name may hold a line break, or bytes that are no text.
        name = "".join(c if c.isprintable() or c == "\u3000" else "�" for c in name)
        super().__init__(f"「{name}」は取り込めません。{reason}")
        self.name = name
        self.reason = reason


class DraftRefused(InputError):
    """A draft cannot be checked; the sentence names the file and the reason."""

    def __init__(self, name: str, reason: str) -> None:
        """Keep `name` (file name) and `reason` (a Japanese sentence)."""
        name = "".join(c if c.isprintable() or c == "\u3000" else "�" for c in name)
        super().__init__(f"「{name}」は照合できません。{reason}")
        self.name = name
        self.reason = reason


class UnknownReport(InputError):
    """No report has that id: `tenkyo reports` lists them."""


class UnknownSection(InputError):
    """No section has that id: `tenkyo outline` lists them."""


class BatchError(InputError):
    """A batch file cannot be read, or its output cannot be written."""


class StorageError(TenkyoError):
    """The data folder cannot be read or written (full, read-only, missing rights)."""


class IndexBusy(StorageError):
    """Another process is writing the index: wait and try again."""


class SnapshotDamaged(TenkyoError):
    """An index snapshot is incomplete, altered or foreign: it is rebuilt from the kept sources."""


class EmbedderUnavailable(TenkyoError):
    """An embedding model cannot be loaded: choose another or make it available offline."""


class ModelFailed(TenkyoError):
    """A chat model cannot be reached, breaks off or times out: the quote mode answers."""


class MissingPart(TenkyoError):
    """An optional package is missing; the sentence names the feature and the pip command."""
