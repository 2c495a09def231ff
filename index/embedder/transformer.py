"""Any other model, through sentence-transformers.

Takes the folder of a model and the words that it wants before texts; gives its vectors. Loads
torch, so it is imported only when such a model is set. Asks nobody outside and runs no code that
comes with a model.
"""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

# Its documented place, though not declared for type checkers.
from huggingface_hub.utils import disable_progress_bars  # type: ignore[attr-defined]

from corpus.errors import EmbedderUnavailable
from corpus.markup import plain
from index.embedder.prefixes import Prefixes, declared_prefixes
from index.embedder.protocol import Vectors, unit

_BATCH = 16
"""Texts at a time: on a CPU as fast as the library's 32, with half the memory for long texts."""

_CHOOSE = "ほかのモデルを TENKYO_EMBEDDER か tenkyo embedder use で指定してください。"
_UNREADABLE = (
    "埋め込みモデル「{name}」を読めません。フォルダーの中身がそろっているか確かめるか、" + _CHOOSE
)
_OWN_CODE = (
    "埋め込みモデル「{name}」は、付属のプログラムを実行しないと読めないため使えません。" + _CHOOSE
)

_PICKLE = (
    "埋め込みモデル「{name}」は、安全でない形式（pickle）の重みしかないため使えません。" + _CHOOSE
)


class TransformerEmbedder:
    """A sentence-transformers model, with the prefixes that it declares itself or is known for."""

    def __init__(self, name: str, folder: Path, known: Prefixes) -> None:
        """Load the model in `folder`.

        Args:
            name: what people are shown.
            folder: where it lies.
            known: its prefixes if it declares none.

        Raises:
            EmbedderUnavailable: it cannot be read, or gives no vectors.
        """
        self.name = name
        if _has_own_tokenizer(folder):
            raise EmbedderUnavailable(_OWN_CODE.format(name=name))
        if _has_pickle(folder):
            raise EmbedderUnavailable(_PICKLE.format(name=name))
        try:
            # transformers looks at this when it is imported, and else draws a bar of its own.
            disable_progress_bars()
            from sentence_transformers import SentenceTransformer

            self._model = SentenceTransformer(
                str(folder),
                device="cpu",
                trust_remote_code=False,
                local_files_only=True,
                # Half precision is slow without a GPU.
                model_kwargs={"dtype": "float32", "use_safetensors": True},
            )
            _check_vocabulary(self._model.tokenizer)
        except Exception as error:  # the libraries pass on errors of many kinds
            # The libraries have no class of error for it.
            is_own = "trust_remote_code" in str(error)
            told = (_OWN_CODE if is_own else _UNREADABLE).format(name=name)
            raise EmbedderUnavailable(told) from error
        self.prefixes = declared_prefixes(self._model.prompts) or known
        self.dimension: int = self._encode(self._model.encode_query, ["確認"], "").shape[1]

    def embed_query(self, text: str) -> Vectors:
        """Return the vector of a question, with the prefix of questions."""
        return self._embed(self._model.encode_query, [text], self.prefixes.query)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of passages, with the prefix of passages."""
        return self._embed(self._model.encode_document, texts, self.prefixes.passage)

    def _embed(self, encode: Callable[..., Any], texts: Sequence[str], prefix: str) -> Vectors:
        """Return a row a text, each text encoded once; a blank one has zeros, not its prefix."""
        told = [plain(text).strip() for text in texts]
        distinct = [text for text in dict.fromkeys(told) if text]
        rows = np.zeros((len(distinct) + 1, self.dimension), dtype=np.float32)
        if distinct:
            rows[:-1] = unit(self._encode(encode, distinct, prefix))
        places = {text: row for row, text in enumerate(distinct)}
        return rows[[places.get(text, len(distinct)) for text in told]]

    def _encode(self, encode: Callable[..., Any], texts: Sequence[str], prefix: str) -> Vectors:
        try:
            given = encode(list(texts), prompt=prefix, batch_size=_BATCH, show_progress_bar=False)
            vectors = np.asarray(given, dtype=np.float32)
            if vectors.ndim == 2 and np.isfinite(vectors).all():
                return vectors
            problem: Exception = ValueError(f"vectors of shape {vectors.shape}, or not finite")
        except Exception as error:  # whatever the model runs into
            problem = error
        raise EmbedderUnavailable(
            f"埋め込みモデル「{self.name}」は文をベクトルにできません。{_CHOOSE}"
        ) from problem


def _check_vocabulary(tokenizer: Any) -> None:  # noqa: ANN401 - of several libraries
    """Raise ValueError where the files of a tokenizer are missing: transformers makes an empty one.

    Every word would be unknown to it, and every text of a length the same.
    """
    special = getattr(tokenizer, "all_special_ids", None)
    if special is not None and len(tokenizer) <= len(set(special)):
        raise ValueError("a vocabulary of special tokens alone")


def _has_pickle(folder: Path) -> bool:
    """True where some weights are only in a format that can run code."""
    return any(not list(path.parent.glob("*.safetensors")) for path in folder.rglob("*.bin"))


def _has_own_tokenizer(folder: Path) -> bool:
    """True where words are split by code of the model; transformers would quietly take another."""
    configs = folder.rglob("tokenizer_config.json")
    try:
        return any("auto_map" in json.loads(path.read_text(encoding="utf-8")) for path in configs)
    except (OSError, ValueError, TypeError):
        return False  # unreadable; loading says so
