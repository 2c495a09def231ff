"""Word vectors and groups of equal expressions → vectors that agree with the groups.

Takes words with vectors and groups of expressions as lemmas; gives them drawn towards their equals
(retrofitting: Faruqui et al. 2015), with the words that only the groups know added. Knows nothing
about where either comes from.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from index.embedder.protocol import Vectors, unit
from index.embedder.train.cooccurrence import Words

Groups = Sequence[Sequence[tuple[str, ...]]]
"""Groups of expressions that mean the same, each as its lemmas."""

_ROUNDS = 10
"""The vectors no longer change after about ten (Faruqui et al. 2015)."""


def retrofit(words: Words, groups: Groups) -> Words:
    """Return `words` with each vector halfway between itself and the mean of its equals."""
    equals = _equals(words, groups)
    vectors = words.vectors.copy()
    for _ in range(_ROUNDS):
        for number, others in equals.items():
            vectors[number] = (words.vectors[number] + vectors[others].mean(axis=0)) / 2
    return replace(words, vectors=unit(vectors))


def extend(words: Words, groups: Groups) -> Words:
    """Return `words` and those that only `groups` know, each as the mean of its equals.

    A new word tells as much as the rarest known one.
    """
    numbers = {word: number for number, word in enumerate(words.words)}
    found: dict[str, list[Vectors]] = {}
    for group in groups:
        known = [e for e in group if e and all(word in numbers for word in e)]
        means = [_mean(words, [numbers[word] for word in e]) for e in known]
        for expression in group:
            if means and len(expression) == 1 and expression[0] not in numbers:
                found.setdefault(expression[0], []).extend(means)
    if not found:
        return words
    added = np.array([np.mean(vectors, axis=0) for vectors in found.values()], dtype=np.float32)
    information = np.full(len(found), words.information.max())
    return Words(
        (*words.words, *found),
        np.concatenate([words.information, information]),
        np.vstack([words.vectors, unit(added)]),
    )


def _equals(words: Words, groups: Groups) -> dict[int, list[int]]:
    numbers = {word: number for number, word in enumerate(words.words)}
    equals: dict[int, set[int]] = {}
    for group in groups:
        single = {numbers[e[0]] for e in group if len(e) == 1 and e[0] in numbers}
        for number in single:
            equals.setdefault(number, set()).update(single - {number})
    return {number: sorted(others) for number, others in sorted(equals.items()) if others}


def _mean(words: Words, numbers: Sequence[int]) -> Vectors:
    """Return the vector of an expression of several words, of length 1."""
    weighted = words.vectors[numbers] * words.information[numbers, None]
    mean: Vectors = unit(weighted.sum(axis=0, keepdims=True).astype(np.float32))[0]
    return mean
