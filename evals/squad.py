"""Files in SQuAD's form (JSQuAD, JaQuAD) → passages, and questions that one of them answers.

Takes JSON files; gives a `Collection`. It is laid out like a report that has one passage a
line, so that the gold of a question is a line as in any other `Case`, and its hits are judged
like any others. Knows nothing about indexes.

JSQuAD puts the title of the article before each paragraph, "梅雨 [SEP] 梅雨（つゆ、ばいう）は、…";
it is taken away, as no other collection tells it. JaQuAD has paragraphs of several lines.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, Field, ValidationError

from corpus.errors import InputError
from corpus.markup import fold
from evals.cases import Case, Evidence

KIND = "fact"
_SEPARATOR = " [SEP] "


@dataclass(frozen=True, slots=True)
class Collection:
    """Passages of many texts, and questions on some of them."""

    passages: tuple[str, ...]
    """Each once, in the order of the files."""
    cases: tuple[Case, ...]
    """The evidence of each is the line of its passage, counted from 1."""


class _Question(BaseModel):
    id: str | int
    question: str
    is_impossible: bool = False
    """SQuAD 2.0: its paragraph does not answer it."""


class _Paragraph(BaseModel):
    text: str = Field(alias="context")
    qas: tuple[_Question, ...] = ()


class _Article(BaseModel):
    title: str = ""
    paragraphs: tuple[_Paragraph, ...]

    def passage(self, paragraph: _Paragraph) -> str:
        return paragraph.text.removeprefix(f"{self.title}{_SEPARATOR}").strip()


class _File(BaseModel):
    data: tuple[_Article, ...]


def read_collection(asked: Sequence[Path], more: Sequence[Path] = ()) -> Collection:
    """Return the passages of all files and the questions of those in `asked`.

    Args:
        asked: files whose questions are asked.
        more: files whose passages are searched as well.

    Raises:
        InputError: a file cannot be read or has another form, or there is no question.
    """
    rows: dict[str, int] = {}
    cases: list[Case] = []
    for place, path in enumerate([*asked, *more]):
        for article in _read(path).data:
            for paragraph in article.paragraphs:
                passage = article.passage(paragraph)
                if not fold(passage):
                    continue  # nothing to be found
                row = rows.setdefault(passage, len(rows))
                if place < len(asked):
                    cases += _cases(paragraph, passage, row)
    if not cases:
        raise InputError(f"{_named(asked)}に、答えのある質問がありません。")
    return Collection(tuple(rows), tuple(cases))


def _read(path: Path) -> _File:
    try:
        return _File.model_validate_json(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"「{path}」を読めません。") from error
    except ValidationError as error:
        raise InputError(f"「{path}」は SQuAD 形式の JSON ではありません。") from error


def _cases(paragraph: _Paragraph, passage: str, row: int) -> list[Case]:
    evidence = Evidence(lines=(row + 1, row + 1), quote=passage)
    return [
        Case(id=str(q.id), question=q.question, kind=KIND, answerable=True, evidence=(evidence,))
        for q in paragraph.qas
        if not q.is_impossible
    ]


def _named(paths: Sequence[Path]) -> str:
    return "".join(f"「{path}」" for path in paths)
