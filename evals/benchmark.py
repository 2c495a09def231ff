"""How fast and how large: `python -m evals.benchmark [--sizes 1000,10000,100000]`.

Takes nothing but sizes; prints Markdown tables of CPU seconds, memory and disk. CPU time (user
and system) is counted rather than time on the clock, which other work on the machine changes.
Every step runs in a process of its own, so that peak memory is its own too. Needs Linux or macOS.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

from corpus.library import add
from corpus.settings import Settings, load_settings
from evals import synthetic
from evals.cases import read_cases

_ROOT = Path(__file__).parent.parent
_SET = Path(__file__).parent / "sets" / "dev.jsonl"
_ASKED = 20
_BATCH = 50
_STARTS = 5
"""Program starts of which the median counts."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="速さと大きさを測ります。")
    parser.add_argument("--sizes", default="1000,10000", help="passages, separated by commas")
    parser.add_argument("--step", choices=_STEPS, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        print(json.dumps(_STEPS[given.step]()))
        return
    _show("The shipped report", [_shipped()])
    sizes = [int(size) for size in given.sizes.split(",") if size.strip()]
    _show("Synthetic reports beside it", [_sized(size) for size in sizes])


def _shipped() -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as home:
        index, peak = _program(home, "index")
        question = read_cases(_SET)[0].question
        starts = [_program(home, "ask", question) for _ in range(_STARTS)]
        asked = _step(home, "shipped")
        return {
            "index, whole program (s)": index,
            "peak of that (MB)": peak,
            "ask, whole program (s)": median(cpu for cpu, _ in starts),
            "peak of an ask (MB)": max(memory for _, memory in starts),
            **asked,
            "on disk (MB)": _megabytes(Path(home) / "snapshots"),
        }


def _sized(passages: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(home=Path(home))
        for number, text in enumerate(synthetic.reports(passages)):
            path = Path(home) / f"synthetic-{number}.md"
            path.write_text(text, encoding="utf-8")
            add(settings, path)
        built = _step(home, "build")
        served = _step(home, "serve")
        return built | served | {"on disk (MB)": _megabytes(Path(home) / "snapshots")}


def _build() -> dict[str, Any]:
    from index.serve import open_snapshot

    seconds, snapshot = _timed(lambda: open_snapshot(load_settings()))
    passages = snapshot.manifest.passages
    snapshot.close()
    return {"passages": passages, "build (s)": seconds, "peak of that (MB)": _peak()}


def _serve() -> dict[str, Any]:
    return _questions(synthetic.questions(_ASKED), synthetic.questions(_BATCH, seed=2))


def _ask_shipped() -> dict[str, Any]:
    asked = list(dict.fromkeys(case.question for case in read_cases(_SET) if not case.history))
    return _questions(asked[:_ASKED], asked[_ASKED : _ASKED + _BATCH])


def _questions(single: Sequence[str], batch: Sequence[str]) -> dict[str, Any]:
    """Measure opening, questions one by one, and others as a batch does them."""
    from assistant.ask import Assistant

    opening, assistant = _timed(lambda: Assistant.open(load_settings()))
    with assistant:
        report_id = assistant.snapshot.report_ids[-1]
        times = [_timed(partial(assistant.ask, asked))[0] for asked in single]
        ask_one = partial(assistant.ask, report_id=report_id)
        alone = [_timed(partial(ask_one, asked))[0] for asked in single]
        together, _ = _timed(lambda: [assistant.ask(asked) for asked in batch])
    return {
        "open (s)": opening,
        "first question (ms)": 1000 * times[0],
        "one more (ms)": 1000 * median(times[1:]),
        "one more, of one report (ms)": 1000 * median(alone),
        "batch (questions/s)": len(batch) / together,
        "peak (MB)": _peak(),
    }


_STEPS: dict[str, Callable[[], dict[str, Any]]] = {
    "build": _build,
    "serve": _serve,
    "shipped": _ask_shipped,
}


def _step(home: str, name: str) -> dict[str, Any]:
    """Run a step in a process of its own and return what it measured."""
    command = [sys.executable, "-m", "evals.benchmark", "--step", name]
    done = subprocess.run(command, env=_environment(home), stdout=subprocess.PIPE, check=True)
    measured: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return measured


def _program(home: str, *arguments: str) -> tuple[float, float]:
    """Return CPU seconds and peak memory of `tenkyo` with `arguments`, start to end."""
    command = [sys.executable, "-m", "ui.cli", *arguments]
    process = subprocess.Popen(command, env=_environment(home), stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / _MAXRSS


def _environment(home: str) -> dict[str, str]:
    return {**os.environ, "TENKYO_HOME": home, "PYTHONPATH": str(_ROOT)}


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = process_time()
    result = work()
    return process_time() - start, result


_MAXRSS = 1e6 if sys.platform == "darwin" else 1e3
"""What `ru_maxrss` has to be divided by for MB: macOS counts bytes, Linux kilobytes."""


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MAXRSS


def _megabytes(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def _show(title: str, columns: Sequence[dict[str, Any]]) -> None:
    """Print one row a measure, one column a size."""
    print(f"\n| {title} |{' |' * len(columns)}\n|---|{'--:|' * len(columns)}")
    for measure in columns[0]:
        values = [_figure(column[measure]) for column in columns]
        print(f"| {measure} | {' | '.join(values)} |", flush=True)


def _figure(value: float) -> str:
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:.2f}" if value < 10 else f"{value:,.0f}"


if __name__ == "__main__":
    main()
