"""How likely the report says what is asked, and how likely the answer is right.

Takes signs (`assistant/refusing/signs.py`); gives the probability that the report says it by
boosted trees (`said.json`), and the probability that the answer is right by a logistic
regression on that and a few signs (`answerable.json`, which holds the thresholds too). `python -m
evals.fit` writes both files. Knows nothing about reports and questions.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from assistant.answer import Status
from assistant.refusing.trees import Trees, trees_of

FILES = ("said.json", "answerable.json")
ODDS = "odds"
"""The sign that the report says what is asked, as log odds."""
_LEAST = 0.01
"""Probabilities nearer to 0 or 1 than this are not told apart."""


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
    """What is fitted, and the thresholds between three outcomes."""

    said: Trees
    """Does the report say it?"""
    right: Logistic
    """Is the answer right, where one is given?"""
    answer_from: float
    """Probability of being said from which an answer is given."""
    unsure_from: float
    """Probability from which something near is said to have been found."""

    def judge(self, signs: Mapping[str, float]) -> "Verdict":
        """Return ANSWERED, UNSURE or NOT_IN_REPORT, and how likely the answer is right."""
        said = self.said.probability(signs)
        right = self.right.probability({**signs, ODDS: odds(said)})
        if said >= self.answer_from:
            return Verdict(Status.ANSWERED, right)
        return Verdict(Status.UNSURE if said >= self.unsure_from else Status.NOT_IN_REPORT, right)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be done with a draft."""

    status: Status
    right: float
    """Probability that the answer is right, if it is given."""


def odds(probability: float) -> float:
    """Return the log odds of a probability, bounded."""
    bounded = min(max(probability, _LEAST), 1 - _LEAST)
    return math.log(bounded / (1 - bounded))


@cache
def scorer() -> Scorer:
    """Return the scorer that this version ships."""
    said, rest = ((files("assistant.refusing") / name).read_text("utf-8") for name in FILES)
    return scorer_of(json.loads(said), json.loads(rest))


def scorer_of(said: Mapping[str, Any], rest: Mapping[str, Any]) -> Scorer:
    """Return the scorer of the content of the two fitted files."""
    right = Logistic(rest["right"]["weights"], rest["right"]["bias"])
    return Scorer(trees_of(said), right, rest["answer_from"], rest["unsure_from"])
