"""A progress bar on standard error, where that is a terminal.

Takes what is being done, how much is done and how much there is; shows it from the first
report on. Knows nothing about what is counted.
"""

import sys
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress


class Bar:
    """A bar that the index and the batch tell how far they are; silent without a terminal."""

    def __init__(self) -> None:
        """Show nothing yet."""
        self._shown: Progress | None = None

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show that `done` of `total` are done; a total of 0 means that it is not known."""
        if self._shown is None and sys.stderr.isatty():
            self._shown = _started()
        if self._shown is not None:
            task = self._shown.task_ids[0]
            self._shown.update(task, description=stage, completed=done, total=total or None)

    def __enter__(self) -> "Bar":
        """Return the bar itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take the bar off the screen."""
        if self._shown is not None:
            self._shown.stop()
            self._shown = None


def _started() -> "Progress":
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    progress = Progress(*columns, console=Console(stderr=True), transient=True)
    progress.add_task("", total=None)
    progress.start()
    return progress
