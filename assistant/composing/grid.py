"""A whole table: its rows under its columns, and which of them a question names.

Takes hits; gives each table near them as a `Grid`. A column without a label is called what all
its cells begin with (補助率 1/2, R9 …). Knows nothing about what is asked of rows and columns.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from assistant.composing.draft import Claim, whole
from assistant.composing.match import Matcher
from assistant.composing.tables import cell_of, head_of, pair_share, rows_of
from assistant.refusing.particulars import contradicts
from corpus.characters import search_form
from corpus.markup import plain, quotable
from corpus.model import Passage, Report
from index.numerals import number_terms
from index.retrieve import Hit
from index.snapshot import Snapshot

LOOKED_AT = 8
"""Hits whose tables may be meant."""
YEAR = "#y"
"""How `number_terms` begins a year, whichever calendar it is in."""

_CLEARLY, _HALFWAY = 0.8, 0.5
"""Shares of a column label from which it is named for sure, and where no other is."""
_OPENING = re.compile(r"[^\s:]{2,12}(?=[\s:])")
_TOTAL = re.compile(r"(?:合|総|小|県|市|全体)?計|全体|全国|平均|総数|合計.*")
_ENUMERATOR = re.compile(r"^(?:\(?\d{1,2}[.)]?|[①-⑳]|第\d{1,2})\s+")
_ONLY_YEAR = re.compile(r"[^\d\s(]{0,2}(?:\d{1,4}|元)\s*年?度?末?")
_EACH_YEAR = re.compile(r"年度?(?:ごと|別|毎)|各年|毎年")
_PARTED = re.compile(r"[、,;/\n]|及び|並びに|・")
_OF = re.compile(r"の|における|に関する|に対する|当たり")
_JOINED = re.compile(r"と(?=[^いしなのにもはか])|及び|並びに")
_REMARK = re.compile(r"\([^()]*\)")
_UNIT = re.compile(r"\(([^()\d]{1,4}(?:[23](?:/.)?)?)\)")
"""A remark of a label that may be the unit of its column."""
_NAME = re.compile("[一-龥々ァ-ヶー]+")
_ASKING = re.compile(
    r"(?:は|って)?(?:どれ|どこ|何|なに|誰|だれ|いくつ)?(?:です|でしょう)?か?[ ?。]*$"
)
"""The end of a question, behind what it asks for."""
_LETTER = "[一-龥々ァ-ヶーa-z0-9]"
_LAST_LETTER = re.compile(_LETTER)
_EDGE = re.compile(
    r"全|一覧|担当|所管|以外|部門|分野|地区|区域|地域|事業|県|市|町|村|課|側|名簿"
    rf"|(?!{_LETTER})"
)
"""What follows a word of its own: nothing, or what is no part of it (教育分野, 運輸部門)."""

_EQUAL_LABELS: tuple[tuple[str, ...], ...] = (
    ("担当", "所管", "受け持ち", "受け持つ", "受持", "所掌"),
    ("現状", "現在", "今の", "足元"),
    ("氏名", "名前"),
    ("役職", "肩書", "職名", "役目"),
    ("所属", "勤務先", "勤め先"),
    ("効果", "成果"),
    ("課題", "問題点"),
    ("期限", "締切"),
)
"""Words that call a column the same."""


@dataclass(frozen=True)
class Grid:
    """One table: its rows, what it is called and what stands around it."""

    report: Report
    rows: tuple[Passage, ...]
    title: str
    """Its caption, else the heading that it stands under."""
    heading: str

    @cached_property
    def header(self) -> tuple[str | None, ...]:
        """Labels of the columns as the report writes them."""
        first = self.rows[0].table
        return first.column_labels if first else ()

    @cached_property
    def width(self) -> int:
        """How many columns it has."""
        cells = chain.from_iterable(row.table.cells for row in self.rows if row.table)
        return 1 + max((cell.column for cell in cells), default=0)

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """What each column is called in search form, "" where it has no name."""
        written = [search_form(label or "") for label in self.header]
        written += [""] * (self.width - len(written))
        return tuple(name or self._opening(number) for number, name in enumerate(written))

    @cached_property
    def is_keyed(self) -> bool:
        """True where each row has a label of its own; a post (委員) may stand before many."""
        labels = [self.label(row) for row in self.rows]
        return all(labels) and len(set(labels)) == len(labels)

    @property
    def around(self) -> str:
        """Everything that says what the table is about, its columns by other names too."""
        equal = [w for words in _EQUAL_LABELS for w in words if _has_label(self.labels, words)]
        return " ".join((self.title, self.heading, *self.labels, *self._kinds, *equal))

    def ends_so(self, asked: str) -> bool:
        """True where a question names what the rows are, by the first header or their kind."""
        text = _ASKING.sub("", search_form(asked))
        header = self.labels[0] if self.labels else ""
        names = (header, header.removesuffix("名"))
        in_it = any(len(name) > 1 and name in text for name in names)
        return in_it or text.endswith(tuple(self._kinds) or ("\n",))

    @cached_property
    def _kinds(self) -> frozenset[str]:
        """What most rows are called last (…枠, …浄水場)."""
        names = [_REMARK.sub("", search_form(self.label(row))) for row in self.rows]
        ends = Counter(name[-size:] for name in names for size in range(1, min(len(name), 6)))
        common = [end for end, times in ends.items() if 2 * times > len(names)]
        return frozenset(end for end in common if _NAME.fullmatch(end))

    def label(self, row: Passage) -> str:
        """Return the label of a row, "" where it has none."""
        return (row.table.row_label if row.table else None) or ""

    def is_total(self, row: Passage) -> bool:
        """True for a row that sums up the others."""
        return bool(_TOTAL.fullmatch(self.label(row)))

    def text(self, row: Passage, column: int) -> str:
        """Return the words of a cell in search form, "" where it is empty."""
        cell = cell_of(row, column)
        return search_form(plain(cell.span.of(self.report.text))) if cell else ""

    def said(self, row: Passage, column: int) -> str:
        """Return the words of a cell without what its column is called by."""
        written = column < len(self.header) and self.header[column]
        text = self.text(row, column)
        return text if written else text.removeprefix(self.labels[column]).strip(" :")

    def unit(self, column: int) -> str:
        """Return the unit of the bare numbers of a column, "" where none is given."""
        table = self.rows[0].table
        if table and table.unit:
            return search_form(table.unit)
        remark = _UNIT.search(self.labels[column])
        name = _REMARK.sub("", self.labels[column])  # m3/日 reads like a year of Meiji
        return remark.group(1) if remark and not years(name) else ""

    def parts(self, row: Passage, column: int) -> frozenset[str]:
        """Return the entries of a cell in search form, those in brackets too."""
        cell = cell_of(row, column)
        if cell is None:
            return frozenset()
        texts = [search_form(plain(span.of(self.report.text))) for span in (cell.span, *cell.items)]
        texts.append(self.said(row, column))
        bare = [_REMARK.sub("", text) for text in texts]
        split = [piece for text in bare for piece in _PARTED.split(text)]
        remarks = [remark[1:-1] for text in texts for remark in _REMARK.findall(text)]
        found = (*texts, *bare, *split, *remarks)
        return frozenset(piece.strip() for piece in found if piece.strip())

    def _opening(self, column: int) -> str:
        """Return what all cells of a column begin with, "" where they do not."""
        texts = [text for row in self.rows if (text := self.text(row, column))]
        openings = {m.group() if (m := _OPENING.match(text)) else "" for text in texts}
        return openings.pop() if column and len(texts) > 1 and len(openings) == 1 else ""

    def named_columns(self, asked: str, clearly: bool = False) -> list[int]:
        """Return the columns that `asked` names, in their order.

        All that are named clearly; where there are none, the best unless `clearly` is asked for.

        The longest label is read first, so that 「人口当たり医師数」 does not name 医師数 too.
        """
        rest = search_form(asked).replace(" ", "")
        shares: dict[int, float] = {}
        for column in sorted(range(1, self.width), key=lambda n: -len(self.labels[n])):
            name = _REMARK.sub("", self.labels[column]).replace(" ", "")
            if not name or contradicts(asked, self.labels[column]):
                continue
            heads = [h for h in (head_of(name), _OF.split(name)[-1]) if self._is_alone(h)]
            heads += self._equals(name)
            shares[column] = _share(name, rest, self.labels[column], heads)
            rest = rest.replace(name, "\n")
        clear = [column for column, share in shares.items() if share >= _CLEARLY]
        best = max(shares, key=lambda column: shares[column], default=0)
        near = [best] if shares.get(best, 0.0) >= _HALFWAY and not clearly else []
        return sorted(clear) or near

    def _equals(self, name: str) -> list[str]:
        """Return what else a column is called, where no other column is called so."""
        groups = [words for words in _EQUAL_LABELS if any(word in name for word in words)]
        alone = [g for g in groups if sum(_has_label([label], g) for label in self.labels) == 1]
        return [word for group in alone for word in group]

    def _is_alone(self, head: str) -> bool:
        return len(head) > 1 and sum(head in label for label in self.labels) == 1

    def named_rows(self, asked: str) -> list[Passage]:
        """Return the rows whose label `asked` has as a word of its own, the longest read first."""
        rest = search_form(asked)
        found = []
        for row in sorted(self.rows, key=lambda row: -len(self.label(row))):
            name = _REMARK.sub("", _ENUMERATOR.sub("", search_form(self.label(row)))).strip()
            spans = [own_word(part, rest) for part in re.split(r"[\s・]", name) if part]
            if spans and len(name) > 1 and all(spans):
                found.append(row)
                for part in re.split(r"[\s・]", name):
                    rest = rest.replace(part, "\n") if part else rest
        return [row for row in self.rows if row in found]

    def row_claim(self, row: Passage, columns: Sequence[int]) -> Claim:
        """Return the label of a row with what its cells say, all of them where none is asked."""
        label = self.label(row)
        cells = [cell for column in columns if (cell := cell_of(row, column))]
        if not cells and row.table:
            cells, label = list(row.table.cells), ""
        texts = [
            "、".join(quotable(item.of(self.report.text)) for item in cell.items) for cell in cells
        ]
        said = "　".join(texts)
        names = [self.header[n] or "" for n in columns if n < len(self.header)]
        text = f"{label}：{said}" if label and said != label else said or label
        return Claim(text, (whole(self.report, row, "、".join(filter(None, names)) or None),))


def grids_near(hits: Sequence[Hit], snapshot: Snapshot) -> Iterator[Grid]:
    """Yield the tables of the hits, and those in the section of a caption or heading."""
    seen: set[tuple[str, int]] = set()
    for hit in hits[:LOOKED_AT]:
        report = snapshot.report(hit.passage.report_id)
        for passage in (hit.passage, *report.passages_by_section[hit.passage.section_id]):
            key = (report.id, passage.table.table_number if passage.table else -1)
            if passage.table is None or key in seen:
                continue
            seen.add(key)
            heading = report.section_by_id[passage.section_id].heading
            if rows := rows_of(report, passage):
                yield Grid(report, tuple(rows), passage.table.caption or heading, heading)


def joined_pieces(asked: str, without: Sequence[str]) -> list[str]:
    """Return what 「と」 joins in a question, once the names `without` are taken away."""
    rest = search_form(asked)
    for name in without:
        rest = rest.replace(search_form(name), " ")
    pieces = [piece.strip(" のはをにも") for piece in _JOINED.split(rest)]
    return [piece for piece in pieces if len(piece) > 1] if len(pieces) > 1 else []


def own_word(word: str, text: str) -> re.Match[str] | None:
    """Return where `word` stands in search-form `text` as a word of its own."""
    # A pattern for each word would take milliseconds to compile, so its edges are looked at apart.
    for match in re.finditer(re.escape(word), text) if word in text else ():
        before, after = text[: match.start()], text[match.end() :]
        if not _LAST_LETTER.search(before[-1:]) and _EDGE.match(after):
            return match
    return None


def covers(grid: Grid, matcher: Matcher, words: str = "") -> float:
    """Return the share of the sought words that a table and `words` have."""
    return matcher.weight(matcher.covered(f"{grid.around} {words}"))


def years(text: str) -> set[str]:
    """Return the years of search-form `text`."""
    return {term for term in number_terms(text) if term.startswith(YEAR)}


def _has_label(labels: Sequence[str], words: Sequence[str]) -> bool:
    return any(word in label for label in labels for word in words)


def _share(name: str, asked: str, label: str, heads: Sequence[str]) -> float:
    """Return how far `asked` names a column; one that is called by its year, by that year.

    The last noun of its name is enough where no other column is called so.
    """
    if years(label) and _ONLY_YEAR.fullmatch(name):
        return float(not years(label).isdisjoint(years(asked)) or bool(_EACH_YEAR.search(asked)))
    names = [name]
    for equal in _EQUAL_LABELS:
        if said := next((word for word in equal if word in name), None):
            names += [name.replace(said, other) for other in equal]
    called = any(head in asked for head in heads) and not years(name)
    return max(float(called), *(pair_share(other, asked) for other in names))
