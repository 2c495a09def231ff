"""Word vectors in a sentence-transformers StaticEmbedding folder, served without torch.

Takes a folder with `model.safetensors` and `tokenizer.json`; gives vectors equal to those of
`SentenceTransformer(folder)` on the same lemmas. The first row of the table is `[UNK]` and
zero: unknown words say nothing.
"""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file, save
from tokenizers import Tokenizer, models, pre_tokenizers

from corpus.errors import EmbedderUnavailable
from index.embedder.protocol import Splitter, Vectors, unit
from index.terms import lemmas

_TABLE = "embedding.weight"
_MODULE = "sentence_transformers.sentence_transformer.modules.static_embedding.StaticEmbedding"


class StaticEmbedder:
    """Mean of word vectors."""

    def __init__(self, name: str, folder: Path, split: Splitter = lemmas) -> None:
        """Open the model in `folder`; `split` gives the lemmas of a text.

        Raises:
            EmbedderUnavailable: the folder does not hold such a model.
        """
        try:
            self._table = load_file(folder / "model.safetensors")[_TABLE].astype(np.float32)
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        except Exception as error:  # safetensors and tokenizers raise bare Exceptions
            raise EmbedderUnavailable(
                f"埋め込みモデル「{folder}」を読めません。フォルダーを確かめてください。"
            ) from error
        self._split = split
        self.name = name

    def embed_query(self, text: str) -> Vectors:
        """Return the vector of a question."""
        return self.embed_passages([text])

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return the mean word vector of each text, scaled to length 1."""
        rows = [self._mean(" ".join(self._split(text))) for text in texts]
        return unit(np.asarray(rows, dtype=np.float32).reshape(len(texts), self._table.shape[1]))

    def _mean(self, joined: str) -> Vectors:
        ids = self._tokenizer.encode(joined, add_special_tokens=False).ids
        if not ids:
            return np.zeros(self._table.shape[1], dtype=np.float32)
        mean: Vectors = self._table[ids].mean(axis=0)
        return mean


def is_static(folder: Path) -> bool:
    """True for a folder whose only module is a StaticEmbedding over lemmas."""
    try:
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        tokenizer = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
        types = [module["type"].rsplit(".", 1)[-1] for module in modules]
        return types == ["StaticEmbedding"] and tokenizer["model"]["type"] == "WordLevel"
    except (OSError, ValueError, KeyError, TypeError):
        return False


def save_static(folder: Path, vocabulary: Sequence[str], vectors: Vectors) -> None:
    """Write word vectors as a StaticEmbedding folder that sentence-transformers opens too.

    Args:
        folder: created; must not exist.
        vocabulary: words in order; `[UNK]` is put before them.
        vectors: shape (words, dimension).
    """
    folder.mkdir(parents=True)
    # safetensors writes the memory as it lies, so it must lie row by row.
    table = np.zeros((len(vectors) + 1, vectors.shape[1]), dtype=np.float32)
    table[1:] = vectors
    # As bytes: the library's own writers raise no OSError where the disk is full.
    (folder / "model.safetensors").write_bytes(save({_TABLE: table}))
    ids = {word: number for number, word in enumerate(["[UNK]", *vocabulary])}
    tokenizer = Tokenizer(models.WordLevel(ids, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    (folder / "tokenizer.json").write_text(tokenizer.to_str(), encoding="utf-8")
    modules = [{"idx": 0, "name": "0", "path": "", "type": _MODULE}]
    settings = {"model_type": "SentenceTransformer", "similarity_fn_name": "cosine"}
    (folder / "modules.json").write_text(json.dumps(modules), encoding="utf-8")
    (folder / "config_sentence_transformers.json").write_text(
        json.dumps(settings), encoding="utf-8"
    )
