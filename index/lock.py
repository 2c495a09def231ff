"""One writer at a time.

Takes the data folder; gives a context in which this process alone may write the index.
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
    try:
        home.mkdir(parents=True, exist_ok=True)
        lock = FileLock(home / "index.lock")
        lock.acquire(timeout=patience)
    except Timeout as error:
        raise IndexBusy(
            "ほかの tenkyo が索引を作っています。しばらく待ってからやり直してください。"
        ) from error
    except OSError as error:
        raise StorageError(
            f"「{home}」に書き込めません。空き容量と権限を確かめてください。（{error.strerror}）"
        ) from error
    try:
        yield
    finally:
        lock.release()
