"""Word vectors in a sentence-transformers StaticEmbedding folder, served without torch.

Takes a folder with `model.safetensors` and `tokenizer.json`; gives vectors equal to those of
`SentenceTransformer(folder)` on the same lemmas. The first row of the table is `[UNK]` and
zero: unknown words say nothing.

The rows are kept as whole numbers with one factor a row, a quarter of the size of floating point,
under the names that sentence-transformers knows from model2vec: `embeddings` (int8, shape (words,
dimension)) and `weights` (shape (words,)). A table of floating point, `embedding.weight`, is read
as well.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file, save

from corpus.errors import EmbedderUnavailable
from index.embedder.protocol import Splitter, Vectors, unit
from index.terms import lemmas

_FLOAT, _WHOLE, _FACTORS = "embedding.weight", "embeddings", "weights"
_MODULE = "sentence_transformers.sentence_transformer.modules.static_embedding.StaticEmbedding"
_LARGEST = 127
_UNKNOWN = "[UNK]"
_AT_ONCE = 512
"""Texts whose rows are gathered together; bounds the memory."""


@dataclass(frozen=True)
class WordTable:
    """Words and their vectors."""

    numbers: Mapping[str, int]
    """Row of each word."""
    rows: NDArray[Any]
    """Shape (words, dimension), whole numbers or floating point."""
    factors: Vectors
    """Shape (words,): what a row must be multiplied by."""

    def units(self, words: Sequence[str]) -> Vectors:
        """Return the vectors of known words, scaled to length 1."""
        rows = self.rows[[self.numbers[word] for word in words]].astype(np.float32)
        return unit(rows.reshape(len(words), self.rows.shape[1]))


class StaticEmbedder:
    """Mean of word vectors."""

    def __init__(self, name: str, folder: Path, split: Splitter = lemmas) -> None:
        """Open the model in `folder`; `split` gives the lemmas of a text.

        Raises:
            EmbedderUnavailable: the folder does not hold such a model.
        """
        try:
            rows, factors = _table(load_file(folder / "model.safetensors"))
            self.table = WordTable(_vocabulary(folder), rows, factors)
            if not len(self.table.numbers) == len(rows) == len(factors):
                raise ValueError("the table and the vocabulary do not belong together")
        except Exception as error:  # safetensors raises bare Exceptions
            raise EmbedderUnavailable(
                f"埋め込みモデル「{folder}」を読めません。フォルダーを確かめてください。"
            ) from error
        self._split = split
        self.name = name

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self.table.rows.shape[1])

    def embed_query(self, text: str) -> Vectors:
        """Return the vector of a question."""
        return self.embed_passages([text])

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return the mean word vector of each text, scaled to length 1."""
        found = [self._ids(text) for text in texts]
        sums = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for start in range(0, len(texts), _AT_ONCE):
            ids = found[start : start + _AT_ONCE]
            told = [row for row, words in enumerate(ids) if words]
            if told:
                sums[[start + row for row in told]] = self._sums([ids[row] for row in told])
        return unit(sums)  # the length of a mean does not matter, so the sums will do

    def _ids(self, text: str) -> list[int]:
        known = self.table.numbers
        # An unknown word has the zero row, which changes a mean in its length only.
        return [known[w] for word in self._split(text) for w in word.split() if w in known]

    def _sums(self, ids: Sequence[Sequence[int]]) -> Vectors:
        """Return the sum of the rows of each text; no text is empty."""
        flat = np.fromiter((number for words in ids for number in words), dtype=np.int64)
        starts = np.cumsum([0, *(len(words) for words in ids[:-1])])
        rows = self.table.rows[flat] * self.table.factors[flat, None]
        sums: Vectors = np.add.reduceat(rows, starts, axis=0)
        return sums


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
        vectors: shape (words, dimension); kept to one part in 127 of the largest of a row.
    """
    from tokenizers import Tokenizer, models, pre_tokenizers

    folder.mkdir(parents=True)
    # safetensors writes the memory as it lies, so it must lie row by row.
    rows = np.zeros((len(vectors) + 1, vectors.shape[1]), dtype=np.int8)
    factors = np.zeros(len(vectors) + 1, dtype=np.float32)
    factors[1:] = np.abs(vectors).max(axis=1) / _LARGEST
    scaled = np.divide(
        vectors, factors[1:, None], out=np.zeros_like(vectors), where=factors[1:, None] > 0
    )
    rows[1:] = np.rint(scaled).astype(np.int8)
    # As bytes: the library's own writers raise no OSError where the disk is full.
    (folder / "model.safetensors").write_bytes(save({_WHOLE: rows, _FACTORS: factors}))
    ids = {word: number for number, word in enumerate([_UNKNOWN, *vocabulary])}
    tokenizer = Tokenizer(models.WordLevel(ids, unk_token=_UNKNOWN))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    (folder / "tokenizer.json").write_text(tokenizer.to_str(), encoding="utf-8")
    modules = [{"idx": 0, "name": "0", "path": "", "type": _MODULE}]
    settings = {"model_type": "SentenceTransformer", "similarity_fn_name": "cosine"}
    (folder / "modules.json").write_text(json.dumps(modules), encoding="utf-8")
    (folder / "config_sentence_transformers.json").write_text(
        json.dumps(settings), encoding="utf-8"
    )


def _vocabulary(folder: Path) -> dict[str, int]:
    content = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
    vocabulary: dict[str, int] = content["model"]["vocab"]
    return vocabulary


def _table(tables: Mapping[str, NDArray[Any]]) -> tuple[NDArray[Any], Vectors]:
    """Return the rows of a table and the factor of each."""
    if _WHOLE in tables:
        return tables[_WHOLE], tables[_FACTORS].astype(np.float32)
    rows = tables[_FLOAT].astype(np.float32)
    return rows, np.ones(len(rows), dtype=np.float32)
