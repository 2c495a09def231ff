"""Any other model, through sentence-transformers.

Takes the path or name of a model; gives its vectors. Loads torch, so it is imported only when
such a model is set. Nothing is fetched: a model that is not on this machine is refused.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from huggingface_hub import snapshot_download

from corpus.errors import EmbedderUnavailable
from corpus.markup import plain
from index.embedder.protocol import Vectors, unit


class TransformerEmbedder:
    """A sentence-transformers model, with the prompts that it declares itself."""

    def __init__(self, name: str) -> None:
        """Load the model `name` (a folder, or a name in the local cache).

        Raises:
            EmbedderUnavailable: it is not on this machine or cannot be read.
        """
        try:
            folder = _folder(name)
            # Torch takes seconds, and a model that is not here should be named at once.
            from sentence_transformers import SentenceTransformer

            self._model = SentenceTransformer(folder, device="cpu", local_files_only=True)
        except Exception as error:  # the libraries pass on errors of many kinds
            raise EmbedderUnavailable(
                f"埋め込みモデル「{name}」がこの端末にありません。"
                "モデルのフォルダーを TENKYO_EMBEDDER に指定してください。"
            ) from error
        self.name = name

    def embed_query(self, text: str) -> Vectors:
        """Return the vector of a question, with the model's query prompt."""
        vector = self._model.encode_query([plain(text)], show_progress_bar=False)
        return unit(np.asarray(vector, dtype=np.float32))

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of passages, with the model's document prompt."""
        vectors = self._model.encode_document(list(map(plain, texts)), show_progress_bar=False)
        return unit(np.asarray(vectors, dtype=np.float32))


def _folder(name: str) -> str:
    """Return where the model lies on this machine.

    Given a name that is not in the cache, sentence-transformers asks the hub for it even with
    `local_files_only`; given a folder, it asks nobody.
    """
    return name if Path(name).is_dir() else snapshot_download(name, local_files_only=True)
