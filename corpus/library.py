"""The kept reports: those shipped with Tenkyo and those a user has added.

Takes files and ids; gives `Source` values (where a report lies, what is known of it) and
parsed reports. Originals are kept byte for byte in one folder a report, beside a `report.toml`
that a person may edit. Knows nothing about the index.
"""

import hashlib
import os
import re
import shutil
import tempfile
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import tomli_w

from corpus.errors import InputError, ReportRefused, StorageError, UnknownReport
from corpus.markup import plain
from corpus.model import Metadata, Report
from corpus.overlay import read_errata, read_outline
from corpus.parse import parse_report
from corpus.readers import read_text
from corpus.settings import Settings

SHIPPED = Path(__file__).parent / "reports"

_OVERLAYS = ("outline.toml", "errata.toml")
_FIELDS = ("title", "publisher", "bureau", "date", "licence", "url")
_FIRST_HEADING = re.compile(r"^[ ]{0,3}#\s+(\S.*)$", re.MULTILINE)


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
    folders = [*_report_folders(SHIPPED), *_report_folders(settings.home / "reports")]
    return [_source(folder) for folder in folders]


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
    sha256 = hashlib.sha256(data).hexdigest()
    known = sources(settings)
    for source in known:
        if source.sha256 == sha256:
            return source
    metadata = given or Metadata(title="")
    title = metadata.title or _title(text) or path.stem
    report_id = _free_id(path.stem, {source.id for source in known})
    entry = {key: value for key in _FIELDS if (value := getattr(metadata, key))}
    entry |= {"title": plain(title) or path.stem, "file": f"report{path.suffix.lower()}"}
    return _source(_keep(settings.home / "reports", report_id, entry | {"sha256": sha256}, data))


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
    with _storage(source.folder):
        shutil.rmtree(source.folder)
    return source


def _report_folders(parent: Path) -> list[Path]:
    if not parent.is_dir():
        return []
    with _storage(parent):
        return sorted(entry.parent for entry in parent.glob("[!.]*/report.toml"))


def _source(folder: Path) -> Source:
    path = folder / "report.toml"
    with _storage(path):
        data = path.read_bytes()
    try:
        entry = tomllib.loads(data.decode("utf-8"))
        metadata = Metadata(**{key: entry[key] for key in _FIELDS if entry.get(key)})
        return Source(folder.name, folder, entry["file"], entry["sha256"], metadata)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError) as error:
        raise StorageError(f"「{path}」を読めません。書き方を確かめてください。") from error


def _read_checked(path: Path, settings: Settings) -> bytes:
    limit = settings.max_report_mb
    try:
        if path.is_dir():
            raise ReportRefused(path.name, "フォルダーではなく、ファイルを指定してください。")
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


def _title(text: str) -> str | None:
    match = _FIRST_HEADING.search(text)
    if match:
        return match.group(1).strip(" #")
    lines: Iterable[str] = (line.strip() for line in text.splitlines())
    first = next((line for line in lines if line), "")
    return first if len(first) <= 60 and not first.endswith("。") else None


def _free_id(stem: str, taken: set[str]) -> str:
    """Return a new id made of letters and digits of the file's name."""
    name = unicodedata.normalize("NFKC", stem).lower()
    base = re.sub(r"[^\w]+", "-", name).strip("-_")[:40] or "report"
    numbered = (f"{base}-{n}" for n in range(2, len(taken) + 3))
    return next(candidate for candidate in (base, *numbered) if candidate not in taken)


def _keep(parent: Path, report_id: str, entry: dict[str, str], data: bytes) -> Path:
    """Write a report's folder beside and move it into place, so that it is whole or absent."""
    with _storage(parent):
        parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".add-", dir=parent) as work:
            folder = Path(work) / report_id
            folder.mkdir()
            (folder / entry["file"]).write_bytes(data)
            (folder / "report.toml").write_text(tomli_w.dumps(entry), encoding="utf-8")
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
