"""Where a model lies on this machine, and under which names it is known.

Takes the path of a folder, or a name on the hub (`cl-nagoya/ruri-v3-30m`); gives the folder.
Asks the hub only where that is allowed. Knows nothing about loading a model.
"""

import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import EmbedderUnavailable

_HUB_NAME = re.compile(r"\w[\w.-]*/\w[\w.-]*", re.ASCII)
_IN_CACHE = re.compile(r"models--(.+?)--(.+)")
"""How huggingface_hub names the folder of a model: `models--cl-nagoya--ruri-v3-30m`."""

_WEIGHTS = "*.safetensors"
"""The older format, `*.bin`, is pickle, which can run code: it is never fetched and never read."""
_NEEDED = ["*.json", "*.txt", "*.model", _WEIGHTS]
"""Files of a model that sentence-transformers reads; a cached model without them is half there."""
_OTHER_PROGRAMS = ["onnx/*", "openvino/*"]
"""The same model again for other programs, as large once more."""


@dataclass(frozen=True, slots=True)
class Found:
    """A model on this machine."""

    folder: Path
    names: tuple[str, ...]
    """Under which it is known, the likeliest first; the first is what people are shown."""


def locate(name: str, may_fetch: bool = False) -> Found:
    """Return the model `name`.

    Args:
        name: the path of a folder, or a name on the hub.
        may_fetch: fetch it from the hub where it is not on this machine.

    Raises:
        EmbedderUnavailable: it is not there, or cannot be fetched.
    """
    # An empty path would be the current folder.
    if name and Path(name).is_dir():
        return Found(Path(name), _names_of(Path(name)))
    if not _HUB_NAME.fullmatch(name):
        raise EmbedderUnavailable(
            f"埋め込みモデル「{name}」がありません。モデルのフォルダーか、組織名/モデル名の形の"
            "名前を、TENKYO_EMBEDDER か tenkyo embedder use で指定してください。"
        )
    return Found(_cached(name) or _fetched(name, may_fetch), (name,))


def _cached(name: str) -> Path | None:
    """Return the folder of a hub model in the local cache, None where it is not whole there."""
    from huggingface_hub import snapshot_download

    try:
        # Given a name, sentence-transformers asks the hub even with `local_files_only`.
        folder = Path(
            snapshot_download(
                name,
                local_files_only=True,
                allow_patterns=_NEEDED,
                ignore_patterns=_OTHER_PROGRAMS,
            )
        )
    except (OSError, ValueError):  # not there or not whole; not a name
        return None
    return folder if any(folder.rglob(_WEIGHTS)) else None


def _fetched(name: str, may_fetch: bool) -> Path:
    own = name.rpartition("/")[2]
    command = f"hf download {name} --local-dir {own}"
    if not may_fetch:
        raise EmbedderUnavailable(
            f"埋め込みモデル「{name}」がこの端末にそろっていません。ネットワークにつながる端末で "
            f"{command} を実行し、できたフォルダー {own} を、TENKYO_EMBEDDER か "
            "tenkyo embedder use で指定してください。"
        )
    from huggingface_hub import snapshot_download

    # Its documented place, though not declared for type checkers.
    from huggingface_hub.utils import disable_progress_bars  # type: ignore[attr-defined]

    if not sys.stderr.isatty():
        disable_progress_bars()  # which it draws into a pipe, too
    try:
        return Path(
            snapshot_download(name, allow_patterns=_NEEDED, ignore_patterns=_OTHER_PROGRAMS)
        )
    except Exception as error:  # of the library, of its HTTP client, of the disk
        raise EmbedderUnavailable(
            f"埋め込みモデル「{name}」を取得できませんでした。名前、ネットワークの接続、空き容量を"
            f"確かめるか、ほかの端末で {command} を実行し、できたフォルダーを指定してください。"
        ) from error


def _names_of(folder: Path) -> tuple[str, ...]:
    """Return the names of a folder: from the hub's cache, its own, the one in its `config.json`."""
    whole = folder.resolve()
    found = [_IN_CACHE.fullmatch(part) for part in reversed(whole.parts)]
    cached = [f"{match[1]}/{match[2]}" for match in found if match]
    try:
        config = json.loads((whole / "config.json").read_text(encoding="utf-8"))
        origin = config.get("_name_or_path")
    except (OSError, ValueError, AttributeError):
        origin = None
    return (*cached, whole.name, *([origin] if isinstance(origin, str) and origin else []))
