"""The shipped report, odd as OCR left it: each kind of oddity is read as a person would."""

import hashlib

import pytest

from corpus.library import SHIPPED, find, load
from corpus.markup import plain, quotable
from corpus.model import PassageKind
from corpus.overlay import read_outline
from corpus.settings import Settings

REPORT_ID = "ict-global-strategy"


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    settings = Settings(home=tmp_path_factory.mktemp("home"))
    return load(find(settings, REPORT_ID), settings)


@pytest.fixture(scope="module")
def as_it_stands(tmp_path_factory):
    """The report without what a reviewer has inferred."""
    settings = Settings(home=tmp_path_factory.mktemp("home"), outline=False, errata=False)
    return load(find(settings, REPORT_ID), settings)


def at(report, first, last=None):
    """The passages that begin on lines `first` to `last`."""
    return [p for p in report.passages if first <= p.line_start <= (last or first)]


def texts(passages):
    return [plain(passage.text) for passage in passages]


def path_at(report, line):
    return report.section_by_id[at(report, line)[0].section_id].path


def entries(report, passage):
    """For each filled cell of a row its entries, as the report writes them."""
    return {cell.column: [s.of(report.text) for s in cell.items] for cell in passage.table.cells}


# Headings


@pytest.mark.parametrize(
    "line",
    [
        25,
        27,
        46,
        60,
        126,
        160,
        320,
        405,
        459,
        487,
        521,
        566,
        568,
        599,
        601,
        644,
        680,
        763,
        811,
        893,
    ],
)
def test_a_heading_is_a_passage_too(report, line):
    (passage,) = at(report, line)
    assert passage.kind is PassageKind.HEADING
    assert report.section_by_id[passage.section_id].heading == plain(passage.text)


def test_headings_whose_children_are_their_content(report):
    (strategies,) = [s for s in report.sections if s.heading == "6つの戦略"]
    assert [child.heading[:3] for child in report.children[strategies.id]] == [
        f"{number}. " for number in range(1, 7)
    ]


@pytest.mark.parametrize(
    ("heading", "lines"),
    [
        ("【国際社会】", [603, 627, 646, 664]),
        ("【国内】", [614, 636, 656, 674]),
        ("防災・減災", [422, 428]),
        ("医療", [444, 467]),
        ("デジタル化によるSDGs達成への貢献", [320, 322]),
    ],
)
def test_repeated_headings_are_sections_of_their_own(report, heading, lines):
    sections = [s for s in report.sections if s.heading == heading]
    assert [s.line_start for s in sections] == lines
    assert len({s.id for s in sections}) == len(lines)


def test_numbering_that_restarts_stays_apart(report):
    points, parts = at(report, 231, 236), at(report, 238, 265)
    assert [p.text[0] for p in points] == list("①②③④⑤⑥")
    assert len({p.section_id for p in points}) == 1
    headings = [p for p in parts if p.kind is PassageKind.HEADING]
    assert [p.text[0] for p in headings] == list("①②③④⑤⑥")


def test_marks_inside_headings_are_kept(report):
    assert at(report, 767)[0].text == "●次世代AI・ロボット"


# Tables


def test_members_are_one_record_a_person_with_name_and_post(report):
    people = at(report, 31, 40)
    assert len(people) == 19
    assert {p.kind for p in people} == {PassageKind.ROW}
    assert people[0].text == "(座長) 西尾 章治郎\t大阪大学総長"
    assert people[1].text == "國分 俊史\t多摩大学大学院教授 ルール形成戦略研究所所長"
    assert people[-1].text == "桑津 浩太郎\t株式会社野村総合研究所研究理事"
    assert [p.table.row_number for p in people] == list(range(19))
    for person in people:
        name, post = person.text.split("\t")
        assert person.table.row_label == name
        assert entries(report, person) == {0: [name], 1: [post]}


def test_the_broken_markdown_table_is_one_row_without_labels(report):
    (row,) = at(report, 136, 139)
    assert (row.kind, row.line_start) == (PassageKind.ROW, 138)
    assert (row.table.column_labels, row.table.row_label) == ((), None)
    cells = entries(report, row)
    assert [plain(" ".join(cells[column]))[0] for column in (0, 1, 2)] == list("①②③")
    assert quotable(cells[1][1]).startswith("特に2025年までに世界中の人をインターネットに接続")


FIELDS = [
    "インフラ", "農業 食糧", "医療 介護", "教育", "都市 地域", "基盤 生活", "金融", "防災 環境",
    "観光 人的交流", "バリアフリー ジェンダー",
]  # fmt: skip


def test_the_sdgs_table_has_ten_rows_with_labels_caption_and_legend(report):
    labels, *rows = at(report, 331, 341)
    assert labels.kind is PassageKind.LABELS
    assert [row.kind for row in rows] == [PassageKind.ROW] * 10
    assert [row.table.row_label for row in rows] == FIELDS
    assert len({row.table.table_number for row in rows}) == 1
    for row in rows:
        assert row.table.column_labels == (
            "分野",
            "日本・世界における課題",
            "ICTソリューション（例）",
            "想定される効果",
            "SDGs",
        )
        assert row.table.caption == "デジタル化によるSDGs達成への貢献イメージ"
        assert row.table.notes == (
            "◎：日本・世界に共通する課題 ●：主に世界における課題",
            "※SDGsの目標1（貧困をなくそう）は、他の目標達成を通じて到達可能な最終的なゴールでもある。",
        )
        # The icons of the last column are lost: an unknown cell is none, not an empty one.
        assert [cell.column for cell in row.table.cells] == [0, 1, 2, 3]


def test_the_legend_of_a_table_is_a_note(report):
    assert at(report, 329)[0].kind is PassageKind.NOTE


def test_entries_of_cells_have_their_spans_without_marks(report):
    farming, finance = at(report, 333)[0], at(report, 338)[0]
    assert entries(report, farming)[1] == [
        "食糧不足、収穫ロスへの対応",
        "水不足",
        "食の安全性の向上確保",
        "農業生産現場の人手不足",
    ]
    assert entries(report, finance)[2][1] == (
        "ブロックチェーンを用いたマイクロペイメント・キャッシュレス基盤 "
        "※少額決済システムの実用化事例【M-Pesa（アフリカ）、グラミンフォン（バングラデシュ）等】"
    )
    # Counted by hand in the source: ● and ○ of lines 332 to 341.
    counts = [
        [len(items) for items in entries(report, row).values()] for row in at(report, 332, 341)
    ]
    assert counts == [
        [1, 3, 4, 2], [1, 4, 3, 4], [1, 2, 3, 3], [1, 3, 4, 3], [1, 4, 5, 5],
        [1, 3, 3, 3], [1, 3, 3, 2], [1, 4, 4, 3], [1, 2, 2, 2], [1, 3, 4, 3],
    ]  # fmt: skip


def test_organisations_are_labelled_by_their_bold_names(report):
    rows = at(report, 373, 380)
    assert [row.table.row_label.split(" ")[0] for row in rows] == [
        "WBG", "WEF", "OECD", "APEC", "ASEAN", "ITU", "UPU", "APT",
    ]  # fmt: skip
    assert rows[2].table.row_label == "OECD (経済協力開発機構)"
    assert {row.table.caption for row in rows} == {
        "国際機関の例 (各国国際機関の強みや特徴を踏まえ、案件に応じて戦略的に連携を推進)"
    }
    assert {cell.column for row in rows for cell in row.table.cells} == {1}
    assert entries(report, rows[3])[1][1:] == [
        "APECTEL (情報通信作業部会) を活用したワークショップ、ベストプラクティスの共有",
        "「質の高いインフラ」に関する認識の共有",
    ]


# Lost charts


@pytest.mark.parametrize(
    ("caption", "source"), [(840, 845), (847, 852), (854, 858), (860, 864)], ids=str
)
def test_the_caption_of_a_lost_chart_is_bound_to_its_source(report, caption, source):
    (above,), (below,) = at(report, caption), at(report, source)
    assert (above.kind, below.kind) == (PassageKind.CAPTION, PassageKind.SOURCE)
    assert below.lead == plain(above.text)
    assert above.section_id == below.section_id


def test_a_figure_with_its_remark_is_one_passage_bound_to_its_source(report):
    damage, source = at(report, 299)[0], at(report, 302)[0]
    assert (damage.line_start, damage.line_end) == (299, 300)
    assert source.lead == plain(damage.text)


# Lists and pieces


def test_a_list_broken_by_blank_lines_stays_under_its_label(report):
    passages = at(report, 213, 219)
    assert [(p.line_start, p.line_end) for p in passages] == [(213, 213), (215, 217), (219, 219)]
    assert len({p.group for p in passages}) == 1
    assert [p.lead for p in passages] == [None, "参加国", "参加国"]
    assert at(report, 211)[0].lead == "日本側"


def test_items_inline_are_parted_where_a_mark_follows_a_space(report):
    """Eleven items on three lines; 「・」 stands inside three of them."""
    items = at(report, 291, 293)
    assert texts(items) == [
        "人口の増大", "高齢化による医療・介護負担の増加", "貧困", "医師の不足",
        "教育の不足", "水・食糧の需要の増加", "地球温暖化", "自然災害の増加",
        "インフラ・公共施設の不足", "エネルギー需要の増加", "社会参画の不平等 等",
    ]  # fmt: skip
    assert {(p.kind, p.depth, p.group) for p in items} == {(PassageKind.ITEM, 0, items[0].group)}


def test_a_list_made_by_hard_breaks_has_its_bold_line_as_lead(report):
    title, *terms = at(report, 390, 394)
    assert (title.text, title.lead) == ("**経済システムの定義**", None)
    assert [t.split(" ")[0] for t in texts(terms)] == [
        "食料と農業",
        "エネルギーと材料",
        "都市",
        "健康と福祉",
    ]
    assert {term.lead for term in terms} == {"経済システムの定義"}


@pytest.mark.parametrize(
    ("lead", "first", "last"),
    [
        (540, 541, 542),
        (552, 553, 555),
        (560, 561, 564),
        (605, 606, 606),
        (629, 630, 631),
        (119, 121, 123),
    ],
    ids=str,
)
def test_nested_items_have_the_item_above_as_lead(report, lead, first, last):
    (above,), below = at(report, lead), at(report, first, last)
    assert [p.line_start for p in below] == list(range(first, last + 1))
    assert {(p.depth, p.lead) for p in below} == {(1, plain(above.text))}
    assert above.depth == 0


def test_the_item_after_nested_ones_is_an_outer_one_again(report):
    assert [at(report, line)[0].depth for line in (124, 543, 556, 607)] == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (16, "Society5.0の実現及び国際競争力の強化に必要なICT基盤技術の確立"),
        (541, "我が国・世界の社会課題の解決につながる場合は、重点的に資金を配分。"),
        (166, "c. SDGs達成に向け、**他国とオープンな姿勢で連携**を推進"),
        (152, "④ G20各国のAI政策・戦略、取組事例等の共有を提起"),
        (823, "我が国の科学技術予算は、米中と大きな差"),
    ],
    ids=["- ・", "- ✓", "- b.", "- ④", "- ・ space"],
)
def test_marks_are_layout_and_numbers_are_text(report, line, text):
    (passage,) = at(report, line)
    assert (passage.kind, passage.text) == (PassageKind.ITEM, text)


def test_a_list_has_the_sentence_above_as_lead(report):
    assert {p.lead for p in at(report, 83, 87)} == {plain(at(report, 81)[0].text)}


def test_a_statement_in_two_pieces_is_one(report):
    """The first piece breaks off at a comma."""
    (passage,) = at(report, 64, 66)
    assert (passage.line_start, passage.line_end) == (64, 66)
    assert {p.lead for p in at(report, 68, 77)} == {plain(passage.text)}


def test_three_words_that_are_one_list_share_their_group(report):
    words = at(report, 54, 58)
    assert texts(words) == ["人間中心", "持続可能性", "多様性"]
    assert len({p.group for p in words}) == 1


def test_the_lines_of_the_title_block_stay_apart(report):
    assert texts(at(report, 5, 7)) == ["令和元年6月", "総務省", "国際戦略局"]


# Notes, layout, markup


def test_footnotes_are_notes(report):
    notes = at(report, 641, 642)
    assert [p.kind for p in notes] == [PassageKind.NOTE] * 2
    assert [p.text[:3] for p in notes] == ["※1：", "※2："]
    assert [p.lead for p in notes] == [None, None], "one footnote does not continue the other"
    assert plain(at(report, 638)[0].text).endswith("の推進※2")


def test_a_note_inside_a_list_belongs_to_its_item(report):
    note, item = at(report, 120)[0], at(report, 119)[0]
    assert (note.kind, note.lead) == (PassageKind.NOTE, plain(item.text))


def test_a_definition_and_a_note_below_a_heading_are_notes(report):
    assert [at(report, line)[0].kind for line in (227, 597, 765)] == [PassageKind.NOTE] * 3


@pytest.mark.parametrize("line", [611, 631, 653, 654, 659, 668, 671])
def test_unbalanced_bold_marks_do_not_show(report, line):
    (passage,) = at(report, line)
    assert passage.text.count("**") % 2 == 1
    assert "*" not in quotable(passage.text)
    assert "*" not in plain(passage.text)


def test_the_last_line_is_read_though_no_line_end_follows(report):
    last = report.passages[-1]
    assert (last.line_start, last.span.end) == (896, len(report.text))
    assert last.text == "プロジェクト形成を通じた次世代を担う研究開発人材の育成、女性研究者の育成"


def test_rules_are_layout_and_a_lost_figure_is_not(report):
    assert at(report, 277) == []
    assert texts(at(report, 479)) == ["..."]


@pytest.mark.parametrize("line", [184, 514, 739, 826])
def test_a_line_of_one_space_is_blank(report, line):
    (passage,) = at(report, line)
    assert passage.line_start == passage.line_end == line
    assert at(report, line - 1) == []


def test_old_forms_and_wrong_characters_stay_as_they_stand(report):
    assert "女兒" in at(report, 251)[0].text
    assert "國重総務大臣政務官" in at(report, 211)[0].text


# What a reviewer has inferred

RESULTS = "〔G20茨城つくば貿易・デジタル経済大臣会合の結果〕"
ABROAD = ("ICTの海外展開の推進",)
DIRECTION = "G20茨城つくば貿易・デジタル経済大臣会合及びその後に向けた方向性"
CONTRIBUTION = "デジタル化によるSDGs達成への貢献"
GROWTH = "〔イノベーションの創出と人材育成〕"
AGREEMENT = "国際社会における合意形成"
RESEARCH = "〔研究開発の推進〕"


@pytest.mark.parametrize(
    ("line", "placed", "stands"),
    [
        (187, (DIRECTION, "〔G20について〕"), (DIRECTION, "今後の我が国の戦略", "iv. サイバー")),
        (231, (RESULTS, "4. 開催結果のポイント"), (DIRECTION, "4. 開催結果のポイント")),
        (382, (CONTRIBUTION, "SDGs×ICTプロジェクト"), (CONTRIBUTION, "SDGs達成に向けた")),
        (387, (CONTRIBUTION, "SDGs×ICTの市場"), (CONTRIBUTION, "SDGs達成に向けた", "SDGs×ICT")),
        (484, (GROWTH, "我が国におけるイノベーションの課題"), (CONTRIBUTION, "我が国における")),
        (536, (GROWTH, "我が国における"), (CONTRIBUTION, "我が国における", "オープン・イノベ")),
        (560, (GROWTH, "人材育成"), (CONTRIBUTION, "人材育成")),
        (597, (AGREEMENT, "Society 5.0を"), (AGREEMENT, "Society 5.0を", "世界の課題")),
        (748, ABROAD, (*ABROAD, "方向性⑨ スタートアップ")),
        (761, (RESEARCH, "2030年代における"), (*ABROAD, "2030年代における")),
        (840, (RESEARCH, "研究開発の課題"), (*ABROAD, "研究開発の課題", "研究開発環境の悪化")),
        (896, (RESEARCH, "研究開発の推進", "トップ級"), (*ABROAD, "研究開発の推進", "トップ級")),
    ],
    ids=str,
)  # fmt: skip
def test_orphaned_parts_are_placed_and_else_stand_where_they_stand(
    report, as_it_stands, line, placed, stands
):
    for found, expected in ((path_at(report, line), placed), (path_at(as_it_stands, line), stands)):
        assert all(a.startswith(b) for a, b in zip(found, expected, strict=False)), found
        assert len(found) == len(expected)


def test_placed_sections_are_shown_as_inferred(report, as_it_stands):
    named = [s for s in report.sections if s.heading.startswith("〔")]
    assert [s.heading for s in named] == ["〔G20について〕", RESULTS, GROWTH, RESEARCH]
    assert all(s.inferred for s in named)
    assert all(report.section_by_id[p.section_id].inferred for p in at(report, 200, 273))
    assert not any(report.section_by_id[p.section_id].inferred for p in at(report, 1, 186))
    assert not any(s.inferred for s in as_it_stands.sections)


def test_placing_changes_no_passage_but_its_context(report, as_it_stands):
    assert [p.span for p in report.passages] == [p.span for p in as_it_stands.passages]
    assert [p.kind for p in report.passages] == [p.kind for p in as_it_stands.passages]


def test_errata_name_what_stands_on_their_lines(report, as_it_stands):
    lines = report.text.split("\n")
    assert len(report.errata) == 17
    assert [e for e in report.errata if e.wrong not in lines[e.line - 1]] == []
    assert all(e.right != e.wrong and e.reason for e in report.errata)
    assert as_it_stands.errata == ()


def test_every_placement_points_to_a_heading_of_the_report():
    lines = (SHIPPED / REPORT_ID / "report.md").read_text(encoding="utf-8").split("\n")
    for place in read_outline(SHIPPED / REPORT_ID / "outline.toml"):
        assert 1 <= place.first <= place.last <= len(lines)
        assert place.under == 0 or lines[place.under - 1].startswith("#")
        assert place.heading is None or (place.heading[0], place.heading[-1]) == ("〔", "〕")


def test_the_shipped_text_is_what_was_received(report):
    """896 lines, the last without a line end; the digest is that of the file as received."""
    data = (SHIPPED / REPORT_ID / "report.md").read_bytes()
    digest = "eef023a402d479b002fceb4471b7bf81799b4a44e600c78c6fa2860cc3c7ea96"
    assert report.sha256 == hashlib.sha256(data).hexdigest() == digest
    assert data.decode("utf-8") == report.text
    assert report.text.count("\n") == 895
