"""The check of a model's sentences: true ones pass, altered ones do not, by measured shares."""

from evals.drafting import reports
from evals.support import FALSE, TRUE, figures


def test_true_sentences_pass_and_altered_ones_do_not():
    found = figures(reports())
    for kind in TRUE:
        passed, of = found[kind]
        assert of > 500 and passed / of > 0.98, kind
    for kind in (*FALSE, "another passage"):
        passed, of = found[kind]
        assert of > 30 and passed / of < 0.05, kind
