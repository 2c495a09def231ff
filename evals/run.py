"""Asking a set: cases → answers on disk, and figures beside them.

Takes a set and an assistant; writes `answers.jsonl`, `metrics.json`, `timings.json` and
`run.json` into a folder. A run that was cut off goes on where it stopped.
"""

import hashlib
import json
import statistics
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import assistant as assistant_package
from assistant.ask import Assistant
from corpus.errors import InputError, StorageError, TenkyoError
from evals.cases import Case, read_cases
from evals.judge import ALONE, Json
from evals.score import as_bytes, judgements, metrics

ANSWERS = "answers.jsonl"
METRICS = "metrics.json"
TIMINGS = "timings.json"
RUN = "run.json"

_ANSWERING = {".py", ".tsv", ".json"}
"""Files of the assistant that decide how it answers."""

Progress = Callable[[int, int], None]
"""Called with how many cases are done and how many there are."""


def run_set(path: Path, folder: Path, assistant: Assistant, progress: Progress) -> dict[str, Any]:
    """Ask all cases of the set at `path`, write everything into `folder`, return the figures.

    Raises:
        InputError: the set cannot be read, or `folder` holds a run of another set or index.
        StorageError: `folder` cannot be written.
    """
    cases = read_cases(path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _claim(folder, path, assistant)
        done = {str(a["id"]) for a in read_answers(folder)}
        with (folder / ANSWERS).open("a", encoding="utf-8") as file:
            for number, case in enumerate(cases):
                progress(number, len(cases))
                if case.id not in done:
                    file.write(json.dumps(_ask(assistant, case), ensure_ascii=True) + "\n")
                    file.flush()
        progress(len(cases), len(cases))
        return score_run(path, folder, _texts(assistant))
    except OSError as error:
        raise StorageError(f"「{folder}」に書き込めません。（{error.strerror}）") from error


def score_run(path: Path, folder: Path, texts: Mapping[str, str]) -> dict[str, Any]:
    """Judge the answers in `folder` against the set at `path` again and write the figures."""
    answers = {str(a["id"]): a for a in read_answers(folder)}
    judged = judgements(read_cases(path), answers, texts)
    figures = metrics(path.stem, judged)
    (folder / METRICS).write_bytes(as_bytes(figures))
    costs = read_costs(folder)
    timings = _timings(list(answers.values())) | ({"tokens": costs} if costs else {})
    (folder / TIMINGS).write_bytes(as_bytes(timings))
    return figures


def read_answers(folder: Path) -> list[Json]:
    """Return the answers of a run; a last line that was cut off is dropped and asked again."""
    path = folder / ANSWERS
    if not path.exists():
        return []
    found: list[Json] = []
    whole: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            found.append(json.loads(line))
            whole.append(line)
        except ValueError:
            break
    path.write_text("".join(f"{line}\n" for line in whole), encoding="utf-8")
    return found


def read_metrics(folder: Path) -> dict[str, Any]:
    """Return the figures of a run, given its folder or the file itself.

    Raises:
        InputError: there are none.
    """
    path = folder / METRICS if folder.is_dir() else folder
    try:
        figures: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"「{folder}」に評価の結果がありません。") from error
    return figures


def _texts(assistant: Assistant) -> dict[str, str]:
    snapshot = assistant.snapshot
    return {report_id: snapshot.report(report_id).text for report_id in snapshot.report_ids}


def _claim(folder: Path, path: Path, assistant: Assistant) -> None:
    """Note what the run is of; refuse to go on with a run of something else."""
    mine = {
        "set": hashlib.sha256(path.read_bytes()).hexdigest(),
        "snapshot": assistant.snapshot.id,
        "code": _code_digest(),
        "mode": assistant.writer.model.name if assistant.writer else "quote",
    }
    file = folder / RUN
    if file.exists() and json.loads(file.read_text(encoding="utf-8")) != mine:
        raise InputError(
            f"「{folder}」には、別の質問や索引、または別の版による結果があります。"
            "別の --out を指定してください。"
        )
    file.write_text(json.dumps(mine, ensure_ascii=False), encoding="utf-8")


def _code_digest() -> str:
    """Return a digest of the code that answers: other code would answer otherwise."""
    digest = hashlib.sha256()
    for file in sorted(Path(assistant_package.__path__[0]).rglob("*")):
        if file.suffix in _ANSWERING:
            digest.update(file.read_bytes())
    return digest.hexdigest()


def _ask(assistant: Assistant, case: Case) -> dict[str, Any]:
    try:
        answer = assistant.ask(case.question, case.history, case.report).as_dict()
        if case.topic == "switch":
            # What the new topic gets without the conversation before it.
            alone = assistant.ask(case.question, report_id=case.report).as_dict()
            answer[ALONE] = {name: alone[name] for name in ("status", "citations")}
    except TenkyoError as error:
        answer = {"question": case.question, "status": "error", "error": str(error)}
    return {"id": case.id, **answer}


def read_costs(folder: Path) -> dict[str, float]:
    """Return the mean tokens of an answer in `folder`, {} where no model has told any."""
    told = [a.get("provenance", {}).get("tokens") for a in read_answers(folder)]
    known = [t for t in told if t and t.get("prompt") is not None]
    if not known:
        return {}
    return {
        name: round(statistics.mean(t.get(name) or 0 for t in known), 1)
        for name in ("prompt", "completion")
    }


def _timings(answers: Sequence[Json]) -> dict[str, Any]:
    """Return percentiles of the time of one answer, in milliseconds."""
    totals = sorted(float(a["timings_ms"]["total"]) for a in answers if a.get("timings_ms"))
    if len(totals) < 2:
        return {}
    cuts = statistics.quantiles(totals, n=20, method="inclusive")
    return {"p50": round(statistics.median(totals), 3), "p95": round(cuts[18], 3)}
