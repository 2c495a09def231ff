"""How likely the report says what is asked, and how likely the answer is right.

Takes signs (`assistant/refusing/signs.py`); gives probabilities by two logistic regressions, whose
weights and thresholds stand in `answerable.json`. `python -m evals.fit` writes that file. Knows
nothing about reports and questions.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from assistant.answer import Status


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic regression over named signs."""

    weights: Mapping[str, float]
    bias: float

    def probability(self, signs: Mapping[str, float]) -> float:
        """Return the probability, 0 to 1; a sign without a weight does not count."""
        score = self.bias + sum(w * signs[name] for name, w in self.weights.items())
        return 1 / (1 + math.exp(-score))


@dataclass(frozen=True, slots=True)
class Scorer:
    """Two regressions and the thresholds between three outcomes."""

    said: Logistic
    """Does the report say it?"""
    right: Logistic
    """Is the answer right, where one is given?"""
    answer_from: float
    """Probability of being said from which an answer is given."""
    unsure_from: float
    """Probability from which something near is said to have been found."""

    def status(self, signs: Mapping[str, float]) -> Status:
        """Return ANSWERED, UNSURE or NOT_IN_REPORT."""
        probability = self.said.probability(signs)
        if probability >= self.answer_from:
            return Status.ANSWERED
        return Status.UNSURE if probability >= self.unsure_from else Status.NOT_IN_REPORT


@cache
def scorer() -> Scorer:
    """Return the scorer that this version ships."""
    return scorer_of(
        json.loads((files("assistant.refusing") / "answerable.json").read_text("utf-8"))
    )


def scorer_of(fitted: Mapping[str, Any]) -> Scorer:
    """Return the scorer of a fitted file's content."""
    said, right = (Logistic(fitted[n]["weights"], fitted[n]["bias"]) for n in ("said", "right"))
    return Scorer(said, right, fitted["answer_from"], fitted["unsure_from"])
