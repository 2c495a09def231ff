"""A folder of plain text → lines of lemmas.

Takes UTF-8 files (`.txt`, `.md`), one paragraph a line; gives the lemmas of each line. Numbers and
years are left out: digits are never near each other in meaning. Knows nothing about vectors.
"""

from collections.abc import Callable
from pathlib import Path

from corpus.errors import InputError
from index.terms import lemmas

Progress = Callable[[str, int, int], None]
"""Called with what is being done (Japanese), how much is done, and how much there is."""

Lines = list[list[str]]
"""The lemmas of each line that has any."""

_KINDS = {".txt", ".md"}


def read_lines(folder: Path, progress: Progress) -> Lines:
    """Return the lemmas of all lines of the texts in `folder`, in the order of the file names.

    Raises:
        InputError: there is no such folder, no text in it, or a file is not UTF-8.
    """
    if not folder.is_dir():
        raise InputError(f"フォルダー「{folder}」がありません。")
    files = sorted(path for path in folder.rglob("*") if path.suffix.lower() in _KINDS)
    sizes = [path.stat().st_size for path in files]
    lines: Lines = []
    for number, path in enumerate(files):
        before = sum(sizes[:number])
        lines += _lines_of(path, lambda read: progress("語に分ける", before + read, sum(sizes)))  # noqa: B023
    if not lines:
        raise InputError(
            f"フォルダー「{folder}」に、使える文書（UTF-8 の .txt または .md）がありません。"
        )
    return lines


def _lines_of(path: Path, progress: Callable[[int], None]) -> Lines:
    found: Lines = []
    read = 0
    try:
        with path.open(encoding="utf-8-sig") as file:
            for number, line in enumerate(file):
                if number % 500 == 0:
                    progress(read)
                read += len(line.encode())
                if words := [word for word in lemmas(line) if not word.startswith("#")]:
                    found.append(words)
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"「{path}」を読めません。UTF-8 の文書かどうかを確かめてください。"
        ) from error
    return found
