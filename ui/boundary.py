"""The one place where an error becomes a Japanese sentence and an exit code.

Takes the program; gives 0 (done), 1 (something on this machine failed), 2 (what was given
cannot be used) or 130 (Ctrl-C). What no user can cause is not caught and stays loud.
"""

import errno
import os
import sys
from collections.abc import Callable
from typing import Any

import typer

from corpus.errors import TenkyoError
from ui.screen import say
from ui.usage import sentence_of

FAILURE = 1
BAD_INPUT = 2
INTERRUPTED = 130
"""128 + SIGINT, as shells have it."""

_REASONS = {
    errno.ENOSPC: "空き容量がありません。",
    errno.EDQUOT: "割り当てられた容量を使い切っています。",
    errno.EFBIG: "ファイルが大きすぎます。",
    errno.EROFS: "読み取り専用の場所です。",
    errno.EACCES: "権限がありません。",
    errno.EPERM: "権限がありません。",
    errno.ENOENT: "ファイルがありません。",
    errno.EISDIR: "フォルダーです。",
    errno.ENOTDIR: "途中にフォルダーでないものがあります。",
    errno.ENAMETOOLONG: "名前が長すぎます。",
}


def run(program: Callable[[], Any]) -> int:
    """Run `program` and return the exit code; errors that a user can meet are said."""
    try:
        code = program()
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except TenkyoError as error:
        say(str(error))
        return error.exit_code
    except typer.TyperException as error:
        say(sentence_of(error))
        return BAD_INPUT
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader (head, less) has gone: what is still buffered must not be written at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILURE
    except OSError as error:
        say(told(error))
        return FAILURE


def told(error: OSError) -> str:
    """Return what the file system refused, as a Japanese sentence."""
    reason = _REASONS.get(error.errno or 0, f"（{error.strerror or error}）")
    place = f"「{os.fsdecode(error.filename)}」を" if error.filename else ""
    return f"{place}読み書きできません。{reason}"
