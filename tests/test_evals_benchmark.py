"""The benchmark runs, on reports that are the same every time."""

import pytest

from corpus.model import Metadata
from corpus.parse import parse_report
from evals import benchmark, synthetic


@pytest.mark.parametrize("passages", [1, 10, 300, 2500])
def test_generated_reports_have_about_the_passages_asked_for(passages):
    texts = list(synthetic.reports(passages))
    parsed = [parse_report(text, "r", Metadata("r"), "") for text in texts]
    assert len(texts) == -(-passages // synthetic.PER_REPORT)
    assert sum(len(report.passages) for report in parsed) == pytest.approx(
        passages, rel=0.05, abs=4
    )


def test_generated_reports_and_questions_are_the_same_every_time():
    assert list(synthetic.reports(30)) == list(synthetic.reports(30))
    assert list(synthetic.reports(30)) != list(synthetic.reports(30, seed=1))
    assert synthetic.questions(5) == synthetic.questions(5)


def test_a_size_is_measured_from_files_to_answers():
    measured = benchmark._sized(60)
    assert measured["passages"] > 60  # the shipped report stands beside
    assert all(value > 0 for value in measured.values())


def test_figures_are_shown_as_a_markdown_table(capsys):
    benchmark._show(
        "Size", [{"passages": 1000, "open (s)": 0.123}, {"passages": 2, "open (s)": 45.6}]
    )
    assert capsys.readouterr().out.splitlines() == [
        "",
        "| Size | | |",
        "|---|--:|--:|",
        "| passages | 1,000 | 2 |",
        "| open (s) | 0.12 | 46 |",
    ]
