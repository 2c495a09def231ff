"""Which embedding model serves.

Takes the settings; gives the model, or a cheap key that changes when the model does. Torch is
loaded only where a model needs it.
"""

from pathlib import Path

from corpus.settings import Settings
from index.embedder.protocol import Embedder, Splitter
from index.terms import lemmas

FITTED = "fitted"

_DENSE_WEIGHT = {FITTED: 0.1}
"""By setting; vectors fitted on a few hundred passages know little that their words do not, and
more weight makes them harm (see `index/README.md`)."""
_OTHER_DENSE_WEIGHT = 1.0


def dense_weight(name: str) -> float:
    """Return how much the cosine of the model `name` counts in a score."""
    return _DENSE_WEIGHT.get(name, _OTHER_DENSE_WEIGHT)


def embedder_key(settings: Settings) -> str:
    """Return a text that changes when the set model changes, without loading it."""
    folder = Path(settings.embedder)
    if settings.embedder == FITTED or not folder.is_dir():
        return settings.embedder
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    states = [(str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in files]
    return repr((settings.embedder, states))


def open_embedder(name: str, fitted: Path, split: Splitter = lemmas) -> Embedder:
    """Return the model `name`.

    Args:
        name: `fitted`, or the path or name of another model.
        fitted: the folder of the model fitted on the reports.
        split: gives the lemmas of a text, where the model reads those.

    Raises:
        EmbedderUnavailable: it cannot be loaded.
    """
    from index.embedder.static import StaticEmbedder, is_static

    if name == FITTED:
        return StaticEmbedder(FITTED, fitted, split)
    folder = Path(name)
    if is_static(folder):
        return StaticEmbedder(folder.name, folder, split)
    from index.embedder.transformer import TransformerEmbedder

    return TransformerEmbedder(name)
