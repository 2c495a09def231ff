"""What speaks for and against one passage as the answer, in numbers.

Takes a query, its hits, the number of the hit that is looked at, and an index; gives signs by
name: how the search ranks it, how much of the question it and the words around it say, what it
lacks, whether it has the kind of thing that is asked for, and its form. None depends on what a
report is about. Knows nothing about weights.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.refusing.closeness import Array, Closeness, Near
from assistant.refusing.particulars import contradicts
from assistant.refusing.shown import shows, sign_of
from assistant.refusing.sought import says
from assistant.understanding.understand import Query
from assistant.understanding.wanted import has
from corpus.characters import search_form
from corpus.japanese import sentences, words
from corpus.markup import plain
from corpus.model import Passage, PassageKind, Report
from index.documents import context_of
from index.retrieve import Hit
from index.snapshot import Snapshot
from index.terms import lemmas

Signs = Mapping[str, float]

OPEN = 0.5
"""Value of a sign that the question leaves open."""
_UNSAID, _SAID = 0.35, 0.7
"""Nearness below which a term of the question counts as not said, and from which as said."""
_MET = 10
"""Hits in which a term counts as met."""
_BESIDE = 2
"""Passages before and after one that count as its surroundings."""
_KINDS = ("ITEM", "LABELS", "HEADING", "ROW", "PARAGRAPH", "CAPTION", "NOTE", "SOURCE")
_PARTS = ("lemmas", "bigrams", "words", "lexical", "dense", "near")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_NAME = re.compile(r"[ァ-ヶー]{2,}|[a-z0-9&-]{2,}")


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a passage: its own, with those around it, with its neighbours', by sentence."""

    own: frozenset[str]
    around: frozenset[str]
    beside: frozenset[str]
    sentences: tuple[frozenset[str], ...]


def evidence(query: Query, hits: Sequence[Hit], number: int, snapshot: Snapshot) -> Signs:
    """Return the signs of `hits[number]`; the question has terms of its own."""
    passage = hits[number].passage
    report = snapshot.report(passage.report_id)
    told = _words_of(report, passage)
    met = _met(hits, snapshot)
    close = Closeness(query, snapshot, told.beside | met)
    return {
        **_found(hits, number),
        **_said(query, close, told),
        **_form(query, report, passage),
        **_asked(close, close.to(met), snapshot),
        "back": _back(told.own, close, snapshot),
    }


def _words_of(report: Report, passage: Passage) -> _Words:
    own = frozenset(lemmas(plain(passage.text)))
    around = own.union(lemmas(context_of(report, passage)))
    inside = report.passages_by_section[passage.section_id]
    place = inside.index(passage)
    near = inside[max(0, place - _BESIDE) : place + _BESIDE + 1]
    beside = around.union(*(lemmas(plain(other.text)) for other in near))
    pieces = sentences(passage.text)
    parts = [lemmas(plain(piece.of(passage.text))) for piece in pieces] if len(pieces) > 1 else []
    return _Words(own, around, beside, tuple(frozenset(p) & beside for p in parts) or (own,))


def _met(hits: Sequence[Hit], snapshot: Snapshot) -> frozenset[str]:
    """Return the words of the best hits and those around them."""
    passages = [hit.passage for hit in hits[:_MET]]
    contexts = (context_of(snapshot.report(p.report_id), p) for p in passages)
    texts = [*(plain(p.text) for p in passages), *contexts]
    return frozenset(term for text in texts for term in lemmas(text))


def _found(hits: Sequence[Hit], number: int) -> dict[str, float]:
    """Return what the search says of a hit, by itself and beside the others."""
    hit, scores = hits[number], sorted((hit.score for hit in hits), reverse=True)
    best = scores[0] or 1.0
    second = scores[1] if len(scores) > 1 else 0.0
    return {
        **{f"found_{name}": hit.parts[name] for name in _PARTS},
        "score": min(hit.score, 3.0),
        "score_share": hit.score / best,
        "rank": 1.0 / (number + 1),
        "ahead": (best - second) / best,
        "spread": (best - scores[min(4, len(scores) - 1)]) / best,
        "gate": hit.parts["gate"],
    }


def _said(query: Query, close: Closeness, told: _Words) -> dict[str, float]:
    """Return how much of the question a passage says, and what it leaves unsaid."""
    own, around, beside = close.to(told.own), close.to(told.around), close.to(told.beside)
    weights = _shares(close.weights)
    roles = _Roles.of(query, close)
    heaviest = int(close.weights.argmax())
    return {
        "said": float(weights @ own.said),
        "said_around": float(weights @ around.said),
        "said_beside": float(weights @ beside.said),
        "near": float(weights @ own.near),
        "near_around": float(weights @ around.near),
        "exact": float(weights @ (own.said == 1)),
        "sentence": max(float(weights @ close.to(part).near) for part in told.sentences),
        "unsaid": float(weights @ (around.near < _UNSAID)),
        "unsaid_beside": float(weights @ (beside.near < _UNSAID)),
        "heaviest": float(around.near[heaviest]),
        "heaviest_own": float(own.near[heaviest]),
        **_by_role(close, own, around, roles),
    }


@dataclass(frozen=True, slots=True)
class _Roles:
    """Which of the question's own terms are what."""

    nouns: Array
    names: Array
    first: int
    last: int
    """Places of the first and the last noun: what is asked about, and what is asked of it."""

    @classmethod
    def of(cls, query: Query, close: Closeness) -> "_Roles":
        parts = {t: w.pos for w in words(search_form(query.focus)) for t in lemmas(w.surface)}
        own = close.terms[: close.own]
        nouns = np.array([float(parts.get(term, "名詞").startswith("名詞")) for term in own])
        names = [bool(_NAME.fullmatch(t)) or "固有名詞" in parts.get(t, "") for t in own]
        places = np.flatnonzero(nouns)
        first, last = (places[0], places[-1]) if len(places) else (0, len(own) - 1)
        return cls(nouns, np.array(names, dtype=float), int(first), int(last))


def _by_role(close: Closeness, own: Near, around: Near, roles: _Roles) -> dict[str, float]:
    """Return what is said of the question's own terms, by what they are."""
    count = close.own
    lacked = close.information[:count] * (1 - around.near[:count])
    return {
        "information": float(_shares(close.information[:count]) @ own.said[:count]),
        "lacked": float(lacked.sum() / (close.information[:count].sum() or 1.0)),
        "most_lacked": float(lacked.max()),
        "least": float(around.near[:count].min()),
        "terms_said": float((around.said[:count] >= _SAID).sum()),
        "nouns": _mean(own.said[:count], roles.nouns),
        "nouns_around": _mean(around.said[:count], roles.nouns),
        "nouns_unsaid": float(((around.near[:count] < _UNSAID) * roles.nouns).sum()),
        "names_unsaid": float(((around.near[:count] < _UNSAID) * roles.names).sum()),
        "names_unsaid_own": float(((own.near[:count] < _UNSAID) * roles.names).sum()),
        "first": float(around.near[roles.first]),
        "last": float(around.near[roles.last]),
        "last_own": float(own.near[roles.last]),
    }


def _asked(close: Closeness, met: Near, snapshot: Snapshot) -> dict[str, float]:
    """Return how the index as a whole takes the question's terms."""
    weights = _shares(close.weights)
    unknown = np.array([not snapshot.lemmas.knows(term) for term in close.terms])
    return {
        "terms": float(close.own),
        "met": float(weights @ met.said),
        "least_met": float(met.near[: close.own].min()),
        "most_information": float(close.information[: close.own].max()),
        "unknown": float(weights @ unknown),
    }


def _form(query: Query, report: Report, passage: Passage) -> dict[str, float]:
    """Return the form of a passage, and whether it has the kind of thing that is asked for."""
    body, context = plain(passage.text), context_of(report, passage)
    sign = sign_of(query.asked)
    measured = frozenset(lemmas(query.measured or ""))
    there = f"{passage.text} {passage.lead or ''}"
    wants = query.wanted is not None
    return {
        "sign": float(shows(sign, passage.text)) if sign else OPEN,
        "has": float(has(query.wanted, passage.text)) if wants else OPEN,
        "says": float(says(query, there, context)) if wants else OPEN,
        "measured": float(bool(measured & set(lemmas(f"{body} {context}")))) if measured else OPEN,
        "contradicts": float(contradicts(query.asked, f"{body} {context}")),
        "numbers": _numbers(query.asked, f"{body} {context}"),
        "length": float(np.log1p(len(body))),
        "digits": float(len(_DIGITS.findall(search_form(body)))),
        **{f"is_{kind}": float(passage.kind is PassageKind[kind]) for kind in _KINDS},
    }


def _numbers(asked: str, text: str) -> float:
    """Return the share of the question's numbers that `text` has."""
    sought = set(_DIGITS.findall(search_form(asked)))
    there = set(_DIGITS.findall(search_form(text)))
    return len(sought & there) / len(sought) if sought else OPEN


def _back(own: frozenset[str], close: Closeness, snapshot: Snapshot) -> float:
    """Return the share of the passage's own words that the question speaks to."""
    listed = sorted(own)
    weights = np.array([snapshot.lemmas.weight(word) for word in listed])
    return float(_shares(weights) @ close.nearest(listed)) if listed else 0.0


def _shares(weights: Array) -> Array:
    total: Array = weights / (weights.sum() or 1.0)
    return total


def _mean(values: Array, which: Array) -> float:
    return float(values[which > 0].mean()) if which.any() else OPEN
