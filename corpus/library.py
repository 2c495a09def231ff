"""The kept reports: those shipped with Tenkyo and those a user has added.

Takes files and ids; gives `Source` values (where a report lies, what is known of it) and
parsed reports. Originals are kept byte for byte in one folder a report, beside a `report.toml`
that a person may edit. Knows nothing about the index.
"""

import hashlib
import os
import re
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from corpus import entry
from corpus.blocks import Block, BlockKind, blocks_of
from corpus.errors import InputError, ReportRefused, StorageError, UnknownReport
from corpus.markup import plain
from corpus.model import Metadata, Report
from corpus.overlay import read_errata, read_outline
from corpus.parse import parse_report
from corpus.readers import read_text
from corpus.settings import Settings

SHIPPED = Path(__file__).parent / "reports"

_ABOUT = "about"
"""Folder in the data folder with what a user has set of shipped reports."""

_OVERLAYS = ("outline.toml", "errata.toml")
_LONGEST_TITLE = 60
"""Characters; a longer first line is not the title of a report."""
_LONGEST_ID = 40
_LETTER = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Source:
    """A kept report before it is read."""

    id: str
    folder: Path
    file: str
    """Name of the original in `folder`."""
    sha256: str
    """Of the original, when it was taken in."""
    metadata: Metadata

    @property
    def is_shipped(self) -> bool:
        """True for a report that comes with Tenkyo."""
        return self.folder.parent == SHIPPED

    def fingerprint(self, settings: Settings) -> str:
        """Return a digest of all that the parsed report depends on."""
        digest = hashlib.sha256(repr((self.id, self.metadata, self.file)).encode())
        digest.update(_sha256(self.folder / self.file).encode())
        for name in _OVERLAYS:
            path = self.folder / name
            if path.exists() and getattr(settings, path.stem):
                digest.update(path.read_bytes())
        return digest.hexdigest()


def sources(settings: Settings) -> list[Source]:
    """Return all kept reports, the shipped ones first, then by id."""
    shipped = [_described(settings, _source(folder)) for folder in _report_folders(SHIPPED)]
    return [*shipped, *map(_source, _report_folders(settings.home / "reports"))]


def find(settings: Settings, report_id: str) -> Source:
    """Return the report with that id.

    Raises:
        UnknownReport: there is none.
    """
    for source in sources(settings):
        if source.id == report_id:
            return source
    raise UnknownReport(
        f"報告書「{report_id}」はありません。tenkyo reports で一覧を確かめてください。"
    )


def load(source: Source, settings: Settings) -> Report:
    """Read and parse a kept report.

    Raises:
        StorageError: the original is missing or is not what was taken in.
    """
    path = source.folder / source.file
    with _storage(path):
        data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != source.sha256:
        raise StorageError(
            f"報告書「{source.id}」の原本が、取り込んだ時と違います。"
            "tenkyo remove と tenkyo add でやり直してください。"
        )
    placements = read_outline(source.folder / "outline.toml") if settings.outline else ()
    errata = read_errata(source.folder / "errata.toml") if settings.errata else ()
    text = read_text(source.file, data)
    return parse_report(text, source.id, source.metadata, source.sha256, placements, errata)


def add(settings: Settings, path: Path, given: Metadata | None = None) -> Source:
    """Take a file into the library and return it; a file already there is returned as it is.

    Args:
        settings: says where the library lies and how large a file may be.
        path: the file.
        given: what the user says of the publication; an empty title is taken from the text.

    Raises:
        ReportRefused: the file is missing, too large, of an unknown kind or without text.
        StorageError: the library cannot be written.
    """
    data = _read_checked(path, settings)
    text = read_text(path.name, data)
    blocks = blocks_of(text)
    if not any(_LETTER.search(plain(block.span.of(text))) for block in blocks):
        raise ReportRefused(path.name, "引用できる文がありません。")
    sha256 = hashlib.sha256(data).hexdigest()
    known = sources(settings)
    for source in known:
        if source.sha256 == sha256:
            return source
    given = given or Metadata(title="")
    title = plain(given.title) or _title(text, blocks) or path.stem
    parent = settings.home / "reports"
    report_id = _free_id(path.stem, {source.id for source in known} | _names_in(parent))
    return _source(_keep(parent, report_id, replace(given, title=title), path.suffix, data))


def describe(settings: Settings, source: Source, given: Mapping[str, str]) -> Source:
    """Change what is known of a report as a publication, and return it as it is now.

    Args:
        settings: says where the library lies.
        source: the report.
        given: fields of `Metadata` by name; "" takes a part away.

    Raises:
        InputError: the title would be empty, or a value cannot stand in a reference.
        StorageError: the library cannot be written.
    """
    told = {name: entry.checked(name, text) for name, text in given.items()}
    known = asdict(source.metadata) | told
    if not known["title"]:
        raise InputError("題名は空にできません。題名を指定してください。")
    metadata = Metadata(**known)
    folder = source.folder
    if source.is_shipped:  # the program's own folder may be read-only, and is renewed
        folder = settings.home / _ABOUT / source.id
    with _storage(folder):
        folder.mkdir(parents=True, exist_ok=True)
        entry.write_entry(folder, metadata, source.file, source.sha256)
    return replace(source, metadata=metadata)


def remove(settings: Settings, report_id: str) -> Source:
    """Take a report out of the library and return what it was.

    Raises:
        UnknownReport: there is none.
        InputError: it is shipped with Tenkyo.
    """
    source = find(settings, report_id)
    if source.is_shipped:
        raise InputError(
            f"「{report_id}」は付属の報告書なので取り除けません。"
            "ほかの報告書だけに聞くときは --report を使ってください。"
        )
    parent = source.folder.parent
    # Moved first: a removal that is interrupted leaves no half report.
    with _storage(parent), tempfile.TemporaryDirectory(prefix=".remove-", dir=parent) as work:
        os.replace(source.folder, Path(work) / source.id)
    return source


def _described(settings: Settings, source: Source) -> Source:
    """Return a shipped report with what the user has set of it; of another file nothing counts."""
    folder = settings.home / _ABOUT / source.id
    if not (folder / entry.NAME).is_file():
        return source
    try:
        with _storage(folder):
            told = entry.read_entry(folder)
    except entry.EntryDamaged as error:
        raise StorageError(
            f"「{folder / entry.NAME}」を読めません。書き方を直すか、"
            "このファイルを消してから tenkyo about で設定し直してください。"
        ) from error
    return replace(source, metadata=told.metadata) if told.sha256 == source.sha256 else source


def _report_folders(parent: Path) -> list[Path]:
    if not parent.is_dir():
        return []
    with _storage(parent):
        return sorted(path.parent for path in parent.glob(f"[!.]*/{entry.NAME}"))


def _names_in(folder: Path) -> set[str]:
    """Return the names taken in a folder, those of half-removed reports included."""
    with _storage(folder):
        return {path.name for path in folder.iterdir()} if folder.is_dir() else set()


def _source(folder: Path) -> Source:
    with _storage(folder):
        kept = entry.read_entry(folder)
    return Source(folder.name, folder, kept.file, kept.sha256, kept.metadata)


def _read_checked(path: Path, settings: Settings) -> bytes:
    limit = settings.max_report_mb
    try:
        if path.is_dir():
            raise ReportRefused(path.name, "フォルダーではなく、ファイルを指定してください。")
        if path.exists() and not path.is_file():  # a device or a pipe could be endless
            raise ReportRefused(path.name, "ふつうのファイルではありません。")
        if path.stat().st_size > limit * 1e6:
            raise ReportRefused(
                path.name,
                f"{limit:g} MB を超えています。上限は TENKYO_MAX_REPORT_MB で変えられます。",
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        raise ReportRefused(str(path), "ファイルがありません。") from error
    except (OSError, ValueError) as error:
        raise ReportRefused(
            str(path), "ファイルを開けません。読む権限を確かめてください。"
        ) from error


def _title(text: str, blocks: Sequence[Block]) -> str | None:
    """Return the heading marked by one #, else the first line where it can be a title."""
    for block in blocks:
        before = text[max(0, block.span.start - 9) : block.span.start]
        if block.kind is BlockKind.HEADING and block.level == 1 and "#" in before:
            return plain(block.span.of(text))
    first = plain(blocks[0].span.of(text).splitlines()[0])
    return first if len(first) <= _LONGEST_TITLE and not first.endswith("。") else None


def _free_id(stem: str, taken: set[str]) -> str:
    """Return a new id made of letters and digits of the file's name."""
    name = unicodedata.normalize("NFKC", stem).lower()
    base = re.sub(r"[^\w]+", "-", name).strip("-_")[:_LONGEST_ID].strip("-_") or "report"
    numbered = (f"{base}-{n}" for n in range(2, len(taken) + 3))
    return next(candidate for candidate in (base, *numbered) if candidate not in taken)


def _keep(parent: Path, report_id: str, metadata: Metadata, suffix: str, data: bytes) -> Path:
    """Write a report's folder beside and move it into place, so that it is whole or absent."""
    file = f"report{suffix.lower()}"
    with _storage(parent):
        parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".add-", dir=parent) as work:
            folder = Path(work) / report_id
            folder.mkdir()
            (folder / file).write_bytes(data)
            entry.write_entry(folder, metadata, file, hashlib.sha256(data).hexdigest())
            os.replace(folder, parent / report_id)
    return parent / report_id


def _sha256(path: Path) -> str:
    with _storage(path):
        return hashlib.sha256(path.read_bytes()).hexdigest()


@contextmanager
def _storage(path: Path) -> Iterator[None]:
    """Turn what the file system refuses into a StorageError that names the place."""
    try:
        yield
    except OSError as error:
        raise StorageError(
            f"「{path}」を読み書きできません。空き容量と権限を確かめてください。（{error.strerror}）"
        ) from error
