"""Which embedding model serves.

Takes the settings; gives the model, or a cheap key that changes when the model does. Torch is
loaded only where a model needs it.
"""

from pathlib import Path

from corpus.errors import EmbedderUnavailable
from corpus.settings import Settings
from index.embedder.locate import Found, locate
from index.embedder.prefixes import known_prefixes
from index.embedder.protocol import Embedder, Splitter
from index.terms import lemmas

FITTED = "fitted"
"""Word vectors fitted on the kept reports at each build."""

BUNDLED = "bundled"
"""Word vectors that come with Tenkyo, trained on more text."""

BUNDLED_FOLDER = Path(__file__).parent.parent / "model"

_DENSE_WEIGHT = {FITTED: 0.1}
"""By setting; vectors fitted on a few hundred passages know little that their words do not, and
more weight makes them harm (see `index/README.md`)."""
_OTHER_DENSE_WEIGHT = 0.2


def dense_weight(name: str) -> float:
    """Return how much nearness by the model `name` counts in a score."""
    return _DENSE_WEIGHT.get(name, _OTHER_DENSE_WEIGHT)


def embedder_key(settings: Settings) -> str:
    """Return a text that changes when the set model changes, without loading it.

    A model that is not on this machine is fetched first where the settings allow it, as its
    files are part of the key.

    Raises:
        EmbedderUnavailable: it was to be fetched, which failed.
    """
    if settings.embedder == FITTED:
        return FITTED
    try:
        found = _found(settings.embedder, settings.allow_download)
    except EmbedderUnavailable:
        if settings.allow_download:
            raise
        return settings.embedder
    files = sorted(path for path in found.folder.rglob("*") if path.is_file())
    states = [
        (path.relative_to(found.folder).as_posix(), path.stat().st_size, path.stat().st_mtime_ns)
        for path in files
    ]
    return repr((settings.embedder, known_prefixes(found.names), states))


def open_embedder(name: str, fitted: Path, split: Splitter = lemmas) -> Embedder:
    """Return the model `name`.

    Args:
        name: `fitted`, `bundled`, or the path or hub name of another model.
        fitted: the folder of the model fitted on the reports.
        split: gives the lemmas of a text, where the model reads those.

    Raises:
        EmbedderUnavailable: it cannot be loaded.
    """
    from index.embedder.static import StaticEmbedder, is_static

    if name == FITTED:
        return StaticEmbedder(FITTED, fitted, split)
    found = _found(name)
    if name == BUNDLED or is_static(found.folder):
        return StaticEmbedder(found.names[0], found.folder, split)
    from index.embedder.transformer import TransformerEmbedder

    return TransformerEmbedder(found.names[0], found.folder, known_prefixes(found.names))


def _found(name: str, may_fetch: bool = False) -> Found:
    if name != BUNDLED:
        return locate(name, may_fetch)
    if not BUNDLED_FOLDER.is_dir():
        raise EmbedderUnavailable(
            "付属の埋め込みモデルがありません。tenkyo を入れ直すか、"
            "ほかのモデルを TENKYO_EMBEDDER か tenkyo embedder use で指定してください。"
        )
    return Found(BUNDLED_FOLDER, (BUNDLED,))
