"""`tenkyo eval …` as a person runs it."""

import json
import shutil
from pathlib import Path

import pytest

from evals.run import run_set

SETS = Path(__file__).parent.parent / "evals" / "sets"


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A set of sixteen cases of the shipped one, every kind among them."""
    lines = (SETS / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    path = tmp_path_factory.mktemp("set") / "small.jsonl"
    path.write_text("\n".join(lines[::12]) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def run(small, assistant, tmp_path_factory):
    """The folder of a run of the small set."""
    folder = tmp_path_factory.mktemp("run")
    run_set(small, folder, assistant, lambda done, total: None)
    return folder


@pytest.fixture
def asked(run, tmp_path):
    """A copy of the run that a test may change."""
    return Path(shutil.copytree(run, tmp_path / "run"))


def test_a_run_leaves_answers_figures_and_times(asked, small):
    answers = (asked / "answers.jsonl").read_text(encoding="utf-8").splitlines()
    figures = json.loads((asked / "metrics.json").read_bytes())
    assert len(answers) == figures["cases"] == len(small.read_text(encoding="utf-8").splitlines())
    assert figures["measures"]["verbatim"]["mean"] == 1.0
    assert set(json.loads((asked / "timings.json").read_bytes())) == {"p50", "p95"}


def test_a_run_that_was_cut_off_goes_on(asked, small, tenkyo):
    whole = (asked / "metrics.json").read_bytes()
    path = asked / "answers.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(lines[:5]) + '\n{"id": "cut o', encoding="utf-8")
    assert tenkyo("eval", "run", small, "--out", asked).returncode == 0
    assert path.read_text(encoding="utf-8").splitlines()[:5] == lines[:5]
    assert (asked / "metrics.json").read_bytes() == whole


def test_scoring_again_gives_the_same_bytes(asked, small, tenkyo):
    before = (asked / "metrics.json").read_bytes()
    (asked / "metrics.json").unlink()
    assert tenkyo("eval", "score", small, asked).returncode == 0
    assert (asked / "metrics.json").read_bytes() == before


def test_a_run_of_another_set_is_not_mixed_in(asked, tenkyo):
    done = tenkyo("eval", "run", "dev", "--out", asked)
    assert done.returncode == 2
    assert "別の質問" in done.stderr


def test_the_gate_opens_for_an_equal_run(asked, tenkyo):
    done = tenkyo("eval", "gate", asked, "--baseline", asked)
    assert (done.returncode, done.stdout) == (0, "合格です。悪くなった点はありません。\n")


def altered(folder, small, tenkyo, change):
    """Change every citation of a run's answers and judge them again."""
    path = folder / "answers.jsonl"
    answers = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    changed = False
    for answer in answers:
        for citation in answer.get("citations", []):
            changed = change(citation, answer) or changed
    assert changed
    path.write_text("".join(json.dumps(a) + "\n" for a in answers), encoding="utf-8")
    assert tenkyo("eval", "score", small, folder).returncode == 0


def test_the_gate_catches_one_altered_quotation(asked, small, tenkyo, tmp_path):
    good = tmp_path / "good.json"
    good.write_bytes((asked / "metrics.json").read_bytes())
    done = []

    def one_character(citation, answer):
        if not done:
            citation["quote"] = "ん" + citation["quote"][1:]
            done.append(True)
        return bool(done)

    altered(asked, small, tenkyo, one_character)
    gate = tenkyo("eval", "gate", asked, "--baseline", good)
    assert gate.returncode == 10
    assert "verbatim" in gate.stderr


def test_the_gate_catches_citations_of_the_neighbour(asked, small, tenkyo, tmp_path):
    good = tmp_path / "good.json"
    good.write_bytes((asked / "metrics.json").read_bytes())

    def neighbour(citation, answer):
        other = next(h for h in answer["hits"] if h["line_start"] != citation["line_start"])
        for name in ("line_start", "line_end", "char_start", "char_end", "section_path"):
            citation[name] = other[name]
        citation["quote"] = other["text"]
        return True

    altered(asked, small, tenkyo, neighbour)
    gate = tenkyo("eval", "gate", asked, "--baseline", good)
    assert gate.returncode == 10
    assert "citation_precision" in gate.stderr or "unsupported_numbers" in gate.stderr


def test_a_comparison_shows_differences_and_cases(asked, tenkyo):
    done = tenkyo("eval", "compare", asked, asked)
    assert done.returncode == 0
    assert "success" in done.stdout and "差 +0.000" in done.stdout


def test_the_report_is_one_page_that_loads_nothing(asked, small, tenkyo, tmp_path):
    page = tmp_path / "report.html"
    assert tenkyo("eval", "report", small, asked, "--out", page).returncode == 0
    html = page.read_text(encoding="utf-8")
    assert "http://" not in html and "https://" not in html and "<script" not in html
    assert "default-src 'none'" in html
    assert "厳密な正答" in html


def test_text_of_a_report_is_escaped_in_the_page(asked, small, tenkyo, tmp_path):
    path = asked / "answers.jsonl"
    answers = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for answer in answers:
        answer |= {"status": "unsure", "answer": "<img src=x onerror=alert(1)>", "citations": []}
    path.write_text("".join(json.dumps(a) + "\n" for a in answers), encoding="utf-8")
    page = tmp_path / "report.html"
    tenkyo("eval", "score", small, asked)
    assert tenkyo("eval", "report", small, asked, "--out", page).returncode == 0
    html = page.read_text(encoding="utf-8")
    assert "<img" not in html and "&lt;img" in html


def test_a_set_for_ones_own_report_is_started_and_checked(tenkyo, tmp_path):
    path = tmp_path / "mine.jsonl"
    assert tenkyo("eval", "init", "ict-global-strategy", "--out", path).returncode == 0
    check = tenkyo("eval", "check", path, "--report", "ict-global-strategy")
    assert check.returncode == 0, check.stderr
    again = tenkyo("eval", "init", "ict-global-strategy", "--out", path)
    assert again.returncode == 2 and "すでにあります" in again.stderr


def test_a_bad_set_is_named_with_its_line(tenkyo, tmp_path):
    path = tmp_path / "bad.jsonl"
    path.write_text("{\n", encoding="utf-8")
    done = tenkyo("eval", "run", path, "--out", tmp_path / "run")
    assert done.returncode == 2
    assert "1行目を読めません" in done.stderr


@pytest.mark.parametrize(
    "arguments", [("gate", "nai"), ("compare", "nai", "nai")], ids=["gate", "compare"]
)
def test_a_run_that_is_not_there_is_bad_input(arguments, tenkyo):
    done = tenkyo("eval", *arguments)
    assert done.returncode == 2
    assert "評価の結果がありません" in done.stderr
