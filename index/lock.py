"""One writer at a time.

Takes the data folder; gives a context in which this process alone may write the index, or append
to another file there.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.errors import IndexBusy, StorageError

PATIENCE = 30.0
"""Seconds; many times what the index of a report takes."""


@contextmanager
def writing(home: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the writer's lock of `home`; wait at most `patience` seconds for it.

    Raises:
        IndexBusy: another process keeps it.
        StorageError: the folder cannot be written.
    """
    busy = IndexBusy("ほかの tenkyo が索引を作っています。しばらく待ってからやり直してください。")
    with _alone(home / "index.lock", patience, busy):
        yield


@contextmanager
def appending(path: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the lock of the file `path`; wait at most `patience` seconds for it.

    Raises:
        StorageError: another process keeps it, or the folder cannot be written.
    """
    busy = StorageError(f"ほかの tenkyo が「{path.name}」に書き込んでいます。やり直してください。")
    with _alone(path.with_suffix(".lock"), patience, busy):
        yield


@contextmanager
def _alone(path: Path, patience: float, busy: StorageError) -> Iterator[None]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path)
        lock.acquire(timeout=patience)
    except Timeout as error:
        raise busy from error
    except OSError as error:
        raise StorageError(
            f"「{path.parent}」に書き込めません。空き容量と権限を確かめてください。"
            f"（{error.strerror}）"
        ) from error
    try:
        yield
    finally:
        lock.release()
