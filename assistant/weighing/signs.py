"""What speaks for and against each of some passages as the answer, in numbers.

Takes a query, its hits and an index; gives one row of signs for each hit, the same names in the
same order (`SIGNS`). They do not depend on a report: shares of the question that the passage and
the words around it say, what it lacks, whether it has the kind of thing that is asked for, its
form, and what the question asks. Knows nothing about weights.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.refusing.names import unknown_names
from assistant.refusing.particulars import contradicts
from assistant.refusing.shown import shows, sign_of
from assistant.refusing.sought import says
from assistant.understanding import phrases
from assistant.understanding.topic import Reading
from assistant.understanding.understand import Query, QueryKind
from assistant.understanding.wanted import has
from assistant.weighing.closeness import Array, Closeness
from corpus.characters import search_form
from corpus.japanese import sentences, words
from corpus.markup import plain
from corpus.model import Passage, PassageKind, Report
from index.documents import context_of
from index.retrieve import Hit
from index.snapshot import Snapshot
from index.terms import lemmas

_OPEN = 0.5
"""Value of a sign that a question leaves open."""
_UNSAID = 0.35
"""Nearness below which a term of the question counts as not said."""
_MET = 10
"""Hits in which a term counts as met."""
_BESIDE = 2
"""Passages before and after one that count as its surroundings."""
_WHY = re.compile(r"なぜ|何故|なんで|どうして|理由|訳は|わけ|背景|経緯|狙い|ねらい|目的")
_YES_NO = re.compile(
    r"(?:です|ます|でしょう|ました|でした)か[?？。]?$|の[?？]$|だっけ$|かどうか"
)
_DIGIT = re.compile(r"\d")
_KINDS = ("ITEM", "LABELS", "HEADING", "ROW", "PARAGRAPH", "CAPTION")

_SHARES = ("lem", "dense", "said", "said_around", "near", "near_around", "sentence", "nouns", "back")
"""Signs that also count relative to the best of the hits."""

Signs = dict[str, Array]


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of one passage: its own, with those around it, with its neighbours', by sentence."""

    own: frozenset[str]
    around: frozenset[str]
    beside: frozenset[str]
    sentences: tuple[frozenset[str], ...]


def signs_of(reading: Reading, hits: Sequence[Hit], snapshot: Snapshot) -> Signs:
    """Return the signs of `hits`, each an array with one number a hit; `hits` is not empty."""
    query = reading.query
    told = [_words_of(snapshot.report(hit.passage.report_id), hit.passage) for hit in hits]
    close = Closeness(query, snapshot, frozenset().union(*(t.beside for t in told)))
    shares = {**_retrieved(hits), **_said(query, close, told, snapshot)}
    relative = {f"{name}_relative": _relative(shares[name]) for name in _SHARES}
    asked = _asked(query, hits, close, told, snapshot)
    constant = {name: np.full(len(hits), float(value)) for name, value in asked.items()}
    return {**shares, **relative, **_forms(reading, hits, snapshot), **constant}


def matrix(signs: Signs, names: Sequence[str]) -> Array:
    """Return the signs `names` as columns."""
    return np.column_stack([signs[name] for name in names])


def _words_of(report: Report, passage: Passage) -> _Words:
    own = frozenset(lemmas(plain(passage.text)))
    around = own.union(lemmas(context_of(report, passage)))
    inside = report.passages_by_section[passage.section_id]
    place = inside.index(passage)
    near = inside[max(0, place - _BESIDE) : place + _BESIDE + 1]
    beside = around.union(*(lemmas(plain(other.text)) for other in near))
    pieces = sentences(passage.text)
    parts = [lemmas(plain(piece.of(passage.text))) for piece in pieces] if len(pieces) > 1 else ()
    return _Words(own, around, beside, tuple(frozenset(p) & beside for p in parts) or (own,))


def _relative(values: Array) -> Array:
    most = float(values.max())
    result: Array = values / most if most else values
    return result


def _retrieved(hits: Sequence[Hit]) -> Signs:
    """Return what the search says of each hit."""
    scores = np.array([hit.score for hit in hits])
    best = float(scores.max()) or 1.0
    second = float(np.sort(scores)[-2]) if len(scores) > 1 else 0.0
    parts = {
        short: np.array([hit.parts[name] for hit in hits])
        for short, name in (("lem", "lemmas"), ("big", "bigrams"), ("words", "words"))
    }
    return {
        **parts,
        "dense": np.array([hit.parts["dense"] for hit in hits]),
        "dense_near": np.array([hit.parts["near"] for hit in hits]),
        "score": np.minimum(scores, 3.0),
        "score_relative": scores / best,
        "rank": 1.0 / np.arange(1, len(hits) + 1),
        "lead": (scores >= best) * (best - second) / best,
        "big_relative": _relative(parts["big"]),
    }


def _said(query: Query, close: Closeness, told: Sequence[_Words], snapshot: Snapshot) -> Signs:
    """Return how much of the question each passage says, and what it leaves unsaid."""
    weights = close.weights / (close.weights.sum() or 1.0)
    nouns, first, last = _roles(query, close)
    own = slice(0, close.own)
    information = close.information[own] / (close.information[own].sum() or 1.0)
    rows = []
    for words_there in told:
        by_own, around = close.to(words_there.own), close.to(words_there.around)
        beside = close.to(words_there.beside)
        unsaid = around.near < _UNSAID
        lacked = information * (1 - around.near[own])
        rows.append(
            {
                "said": weights @ by_own.said,
                "said_around": weights @ around.said,
                "said_beside": weights @ beside.said,
                "near": weights @ by_own.near,
                "near_around": weights @ around.near,
                "exact": weights @ (by_own.said == 1),
                "sentence": max(weights @ close.to(s).near for s in words_there.sentences),
                "nouns": _mean(by_own.said[own], nouns),
                "nouns_around": _mean(around.said[own], nouns),
                "unsaid": weights @ unsaid,
                "unsaid_beside": weights @ (beside.near < _UNSAID),
                "information": information @ by_own.said[own],
                "lacked": lacked.sum(),
                "most_lacked": float((close.information[own] * (1 - around.near[own])).max()),
                "least": float(around.near[own].min()),
                "terms_said": float((around.said[own] >= NEARLY).sum()),
                "first": float(around.near[first]),
                "last": float(around.near[last]),
                "last_own": float(by_own.near[last]),
                "heaviest": float(around.near[int(close.weights.argmax())]),
                "heaviest_own": float(by_own.near[int(close.weights.argmax())]),
                "back": _back(words_there.own, close, snapshot),
            }
        )
    return {name: np.array([float(row[name]) for row in rows]) for name in rows[0]}


NEARLY = 0.7
"""Nearness from which a term counts as said."""


def _mean(values: Array, which: Array) -> float:
    return float(values[which > 0].mean()) if which.any() else _OPEN


def _roles(query: Query, close: Closeness) -> tuple[Array, int, int]:
    """Return which own terms are nouns, and the places of the first and the last of them."""
    parts = {t: w.pos for w in words(search_form(query.focus)) for t in lemmas(w.surface)}
    own = close.terms[: close.own]
    nouns = np.array([float(parts.get(term, "名詞").startswith("名詞")) for term in own])
    places = np.flatnonzero(nouns)
    return (nouns, int(places[0]), int(places[-1])) if len(places) else (nouns, 0, len(own) - 1)


def _back(own: frozenset[str], close: Closeness, snapshot: Snapshot) -> float:
    """Return the share of the passage's own words that the question speaks to."""
    listed = sorted(own)
    weights = np.array([snapshot.lemmas.weight(word) for word in listed])
    total = float(weights.sum())
    return float(weights @ close.nearest(listed)) / total if total else 0.0


def _forms(reading: Reading, hits: Sequence[Hit], snapshot: Snapshot) -> Signs:
    """Return the form of each passage, and whether it has the kind of thing that is asked for."""
    query = reading.query
    sign = sign_of(query.asked)
    measured = frozenset(lemmas(query.measured or ""))
    named = {passage.id for passage in reading.named}
    rows = []
    for hit in hits:
        passage = hit.passage
        context = context_of(snapshot.report(passage.report_id), passage)
        body = plain(passage.text)
        wants = query.wanted is not None
        around = frozenset(lemmas(f"{body} {context}")) if measured else frozenset()
        rows.append(
            {
                "sign": float(shows(sign, passage.text)) if sign else _OPEN,
                "has": float(has(query.wanted, passage.text)) if wants else _OPEN,
                "says": float(says(query, f"{passage.text} {passage.lead or ''}", context))
                if wants
                else _OPEN,
                "measured": float(bool(measured & around)) if measured else _OPEN,
                "contradicts": float(contradicts(query.asked, f"{body} {context}")),
                "length": float(np.log1p(len(body))),
                "digit": float(bool(_DIGIT.search(search_form(body)))),
                "named": float(passage.id in named),
                "near_talk": float(passage.section_id in reading.near),
                "close": float(passage.id in reading.close),
                **{f"is_{kind}": float(passage.kind is PassageKind[kind]) for kind in _KINDS},
            }
        )
    return {name: np.array([row[name] for row in rows]) for name in rows[0]}


def _asked(
    query: Query,
    hits: Sequence[Hit],
    close: Closeness,
    told: Sequence[_Words],
    snapshot: Snapshot,
) -> dict[str, float]:
    """Return what the question asks, and how the index as a whole takes it."""
    weights = close.weights / (close.weights.sum() or 1.0)
    met = close.to(frozenset().union(*(t.around for t in told[:_MET])))
    unknown = np.array([not snapshot.lemmas.knows(term) for term in close.terms])
    scores = [hit.score for hit in hits]
    return {
        "q_list": query.kind is QueryKind.LIST,
        "q_wanted": query.wanted is not None,
        "q_why": bool(_WHY.search(query.asked)),
        "q_yes_no": bool(_YES_NO.search(query.asked)),
        "q_defined": query.defined is not None,
        "q_parts": query.has_parts,
        "q_follows": bool(query.background),
        "q_most": bool(phrases.SUPERLATIVE.search(query.asked)),
        "q_length": len(query.asked),
        "q_terms": close.own,
        "q_gate": hits[0].parts["gate"],
        "q_met": weights @ met.said,
        "q_least_met": float(met.near[: close.own].min()),
        "q_information": float(close.information[: close.own].max()),
        "q_unknown": weights @ unknown,
        "q_names": len(unknown_names(query.focus, query.asked, query.quoted, snapshot)),
        "q_spread": (scores[0] - scores[min(4, len(scores) - 1)]) / (scores[0] or 1.0),
    }


SIGNS: tuple[str, ...] = (
    *("lem", "big", "words", "dense", "dense_near", "score", "score_relative", "rank", "lead"),
    "big_relative",
    *("said", "said_around", "said_beside", "near", "near_around", "exact", "sentence", "nouns"),
    *("nouns_around", "unsaid", "unsaid_beside", "information", "lacked", "most_lacked", "least"),
    *("terms_said", "first", "last", "last_own", "heaviest", "heaviest_own", "back"),
    *(f"{name}_relative" for name in _SHARES),
    *("sign", "has", "says", "measured", "contradicts", "length", "digit"),
    *("named", "near_talk", "close"),
    *(f"is_{kind}" for kind in _KINDS),
    *("q_list", "q_wanted", "q_why", "q_yes_no", "q_defined", "q_parts", "q_follows", "q_most"),
    *("q_length", "q_terms", "q_gate", "q_met", "q_least_met", "q_information", "q_unknown"),
    *("q_names", "q_spread"),
)
"""The names of the signs, in the order of the columns."""
