"""Which embedding model serves.

Takes the settings; gives the model, or a cheap key that changes when the model does. Torch is
loaded only where a model needs it.
"""

from pathlib import Path

from corpus.settings import Settings
from index.embedder.protocol import Embedder

FITTED = "fitted"


def embedder_key(settings: Settings) -> str:
    """Return a text that changes when the set model changes, without loading it."""
    table = Path(settings.embedder) / "model.safetensors"
    if settings.embedder == FITTED or not table.is_file():
        return settings.embedder
    status = table.stat()
    return f"{settings.embedder} {status.st_size} {status.st_mtime_ns}"


def open_embedder(name: str, fitted: Path) -> Embedder:
    """Return the model `name`; `fitted` is the folder of the model fitted on the reports.

    Raises:
        EmbedderUnavailable: it cannot be loaded.
    """
    from index.embedder.static import StaticEmbedder, is_static

    if name == FITTED:
        return StaticEmbedder(FITTED, fitted)
    folder = Path(name)
    if is_static(folder):
        return StaticEmbedder(folder.name, folder)
    from index.embedder.transformer import TransformerEmbedder

    return TransformerEmbedder(name)
