"""The figures of a run as one HTML file that needs nothing else.

Takes figures, cases and answers; gives the page: tables with intervals, the risk-coverage
curve, the calibration plot, results by kind and every failed case. Report and answer text is
escaped; nothing is loaded from outside.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from evals.cases import Case
from evals.judge import Json
from evals.measures import MEASURES

_SHOWN_HITS = 5
_SIDE = 260
"""Pixels of the square that a curve is drawn in."""

_KINDS = {
    "fact": "事実",
    "list": "列挙",
    "table": "表",
    "paraphrase": "言い換え",
    "multi": "複数の節",
    "reason": "理由・方法・定義",
    "unanswerable": "答えのない質問",
    "conversation": "会話",
    "smalltalk": "あいさつ",
}


def render(figures: Mapping[str, Any], cases: Sequence[Case], answers: Mapping[str, Json]) -> str:
    """Return the page."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["share"] = lambda value: "—" if value is None else f"{value:.3f}"
    return environment.get_template("page.html.j2").render(
        figures=figures,
        measures=[(m, figures["measures"].get(m.name)) for m in MEASURES],
        kinds=_KINDS,
        side=_SIDE,
        risk=_points((p["coverage"], p["risk"]) for p in figures["risk_coverage"]),
        bins=[
            (round(b["confidence"] * _SIDE, 1), round((1 - b["accuracy"]) * _SIDE, 1), b)
            for b in figures["calibration"]
        ],
        failed=[_failed(case, answers.get(case.id, {})) for case in _failures(figures, cases)],
    )


def _failures(figures: Mapping[str, Any], cases: Sequence[Case]) -> list[Case]:
    success = figures["values"]["success"]
    return [case for case in cases if not success.get(case.id)]


def _failed(case: Case, answer: Json) -> dict[str, Any]:
    return {
        "case": case,
        "status": answer.get("status", "missing"),
        "answer": answer.get("answer") or answer.get("error", ""),
        "citations": answer.get("citations") or [],
        "hits": (answer.get("hits") or [])[:_SHOWN_HITS],
    }


def _points(pairs: Any) -> str:  # noqa: ANN401 - any iterable of pairs of shares
    """Return the points of an SVG polyline; 0 is at the lower left."""
    return " ".join(f"{x * _SIDE:.1f},{(1 - y) * _SIDE:.1f}" for x, y in pairs)
