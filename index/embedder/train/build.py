"""Training: a folder of texts and lists of equal expressions → a model folder.

Takes paths; writes a StaticEmbedding folder whole or not at all, with a card that says how it was
made. The steps: lemmas, co-occurrence, retrofitting, words that only the lists know, and a row
for each word as long as the word is telling, so that the plain mean of a text weighs its words.
"""

import os
import tempfile
from pathlib import Path

import numpy as np

from corpus.errors import InputError, StorageError
from index.embedder.static import save_static
from index.embedder.train.cooccurrence import Words, word_vectors
from index.embedder.train.synonyms import Groups, extend, retrofit
from index.embedder.train.texts import Progress, read_lines

_CARD = """\
---
library_name: sentence-transformers
language: ja
---
# {name}

Word vectors for Japanese, made by `tenkyo embedder train`: {words:,} words, {dimension} dimensions.
Texts: {lines:,} lines, {tokens:,} content words. Groups of equal expressions: {groups:,}.

Give it lemmas joined by spaces, as Tenkyo does; see `index/README.md` of Tenkyo.
"""


def train(texts: Path, out: Path, synonyms: Path | None, progress: Progress) -> None:
    """Train on the texts in the folder `texts` and write the model into the new folder `out`.

    Args:
        texts: UTF-8 files, one paragraph a line.
        out: the model; must not exist.
        synonyms: further groups of equal expressions, as a glossary or in Sudachi's format.
        progress: told how far the work is.

    Raises:
        InputError: `out` exists, there are no texts, or too few of them, or a list cannot be read.
        StorageError: `out` cannot be written.
    """
    if out.exists():
        raise InputError(f"「{out}」はすでにあります。別の名前を指定してください。")
    groups = _groups(synonyms)
    lines = read_lines(texts, progress)
    progress("語の近さを測る", 0, 1)
    words = word_vectors(lines)
    if not words.vectors.any():
        raise InputError(f"「{texts}」の文書が少なすぎて、モデルを作れません。")
    words = extend(retrofit(words, groups), groups)
    progress("語の近さを測る", 1, 1)
    card = _CARD.format(
        name=out.name,
        words=len(words.words),
        dimension=words.vectors.shape[1],
        lines=len(lines),
        tokens=sum(map(len, lines)),
        groups=len(groups),
    )
    _write(out, words, card)


def _groups(synonyms: Path | None) -> Groups:
    from index.glossary import expression_groups

    return expression_groups(synonyms)


def _write(out: Path, words: Words, card: str) -> None:
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".train-", dir=out.parent) as work:
            folder = Path(work) / "model"
            weighted = words.vectors * words.information[:, None].astype(np.float32)
            save_static(folder, words.words, weighted)
            (folder / "README.md").write_text(card, encoding="utf-8")
            os.replace(folder, out)
    except OSError as error:
        raise StorageError(
            f"「{out}」に書き込めません。空き容量と権限を確かめてください。"
            f"（{error.strerror or error}）"
        ) from error
