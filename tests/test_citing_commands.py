"""`tenkyo cite`, `about` and `check` as a user runs them."""

import json
import shutil

import pytest

REPORT = "ict-global-strategy"
TITLE = "ICTグローバル戦略について"
QUESTION = "サイバー攻撃の被害額はいくらですか"


@pytest.fixture
def own(home, tmp_path):
    """A data folder of this test alone."""
    return shutil.copytree(home, tmp_path / "home")


def section_id(tenkyo, heading):
    lines = tenkyo("outline").stdout.splitlines()
    return next(line.split()[0] for line in lines if heading in line)


def test_a_section_is_cited_in_the_usual_forms(tenkyo):
    done = tenkyo("cite", section_id(tenkyo, "サイバー攻撃・犯罪"))
    assert done.returncode == 0
    assert "本文内（短）" in done.stdout and "脚注" in done.stdout and "出典行" in done.stdout
    assert f"総務省国際戦略局「{TITLE}」（令和元年6月）" in done.stdout
    assert "URLは分からないため、省きました。" in done.stderr


def test_one_form_stands_alone(tenkyo):
    done = tenkyo("cite", section_id(tenkyo, "サイバー攻撃・犯罪"), "--style", "short")
    assert done.stdout.startswith(f"「{TITLE}」") and done.stdout.count("\n") == 1


def test_the_last_answer_is_cited(tenkyo, own):
    assert tenkyo("ask", QUESTION, at=own).returncode == 0
    done = tenkyo("cite", "--last", "--style", "footnote", "--years", "both", at=own)
    assert "（令和元（2019）年6月）" in done.stdout
    assert "（原典：CSIS & McAfee）" in done.stdout
    told = json.loads(tenkyo("cite", "--last", "--number", "1", "--json", at=own).stdout)
    (reference,) = told["references"]
    assert "6,080億ドル" in reference["quote"]
    assert reference["original"] == "CSIS & McAfee"
    kept = (own / "last-citations.json").read_text(encoding="utf-8")
    assert "サイバー" not in kept
    assert (own / "last-citations.json").stat().st_mode & 0o077 == 0


REFUSED = {
    "neither": ([], "どちらか一つ"),
    "both": (["s1", "--last"], "どちらか一つ"),
    "unknown section": (["nowhere"], "節「nowhere」はありません"),
    "unknown style": (["x", "--style", "apa"], "--style"),
    "bad day": (["x", "--used-on", "11/22"], "2026-11-22 の形"),
    "day of another calendar": (["x", "--used-on", "1872-12-31"], "1873-01-01 以後"),
}


@pytest.mark.parametrize(("arguments", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_cited_is_refused(tenkyo, arguments, said):
    done = tenkyo("cite", *arguments)
    assert done.returncode == 2
    assert said in done.stderr and "Traceback" not in done.stderr
    assert done.stderr.count("\n") == 1


def test_without_a_last_answer_it_says_so(tenkyo, own):
    (own / "last-citations.json").unlink(missing_ok=True)
    done = tenkyo("cite", "--last", at=own)
    assert done.returncode == 2 and "先に tenkyo ask" in done.stderr


@pytest.mark.parametrize("content", ["", "{}", '{"citations": [{"number": 0}]}', "[1]"])
def test_a_damaged_memory_is_no_citation(tenkyo, own, content):
    (own / "last-citations.json").write_text(content, encoding="utf-8")
    done = tenkyo("cite", "--last", at=own)
    assert done.returncode == 2 and "Traceback" not in done.stderr


def test_what_is_known_of_a_report_can_be_set_and_taken_away(tenkyo, own):
    assert "URL：（分かりません）" in tenkyo("about", REPORT, at=own).stdout
    assert (
        "URL：https://example.jp/"
        in tenkyo("about", REPORT, "--url", "https://example.jp/", at=own).stdout
    )
    done = tenkyo("cite", section_id(tenkyo, "サイバー攻撃・犯罪"), "--style", "source", at=own)
    assert "（https://example.jp/）" in done.stdout and done.stderr == ""
    assert "URL：（分かりません）" in tenkyo("about", REPORT, "--url", "", at=own).stdout
    assert tenkyo("about", "nowhere", at=own).returncode == 2
    assert tenkyo("about", REPORT, "--title", "", at=own).returncode == 2


def test_what_is_missing_is_said_with_the_command_that_sets_it(tenkyo):
    section = section_id(tenkyo, "サイバー攻撃・犯罪")
    done = tenkyo("cite", section, "--style", "edited")
    said = done.stderr.splitlines()
    assert said[0].startswith("URL、作成者は分からないため、省きました。")
    assert said[1].strip() == "tenkyo cite … --editor 作成者"
    assert said[2].strip() == f"tenkyo about {REPORT} --url URL"
    assert len(said) == 3
    named = tenkyo("cite", section, "--style", "edited", "--editor", "振興課")
    assert "を加工して振興課作成" in named.stdout and "--editor" not in named.stderr


def test_a_memory_of_another_report_is_no_citation(tenkyo, own):
    assert tenkyo("ask", QUESTION, at=own).returncode == 0
    path = own / "last-citations.json"
    kept = json.loads(path.read_text(encoding="utf-8"))
    first = kept["citations"][0]
    for change in ({"end": first["end"] + 10_000}, {"sha256": "0" * 64}, {"report": "../x"}):
        path.write_text(json.dumps({"citations": [first | change]}), encoding="utf-8")
        done = tenkyo("cite", "--last", at=own)
        assert done.returncode == 2 and done.stdout == "" and "Traceback" not in done.stderr


def test_an_answer_is_given_though_its_citations_cannot_be_kept(tenkyo, own):
    path = own / "last-citations.json"
    path.unlink(missing_ok=True)
    (path / "in the way").mkdir(parents=True)
    done = tenkyo("ask", QUESTION, at=own)
    assert done.returncode == 0 and "6,080億ドル" in done.stdout
    assert [entry.name for entry in own.iterdir() if entry.name.startswith(".last")] == []


WRONG_PARTS = {
    "no URL": ("--url", "港湾省のページ"),
    "a script": ("--url", "javascript:alert(1)"),
    "URL with a space": ("--url", "https://example.jp/a b"),
    "URL with an escape": ("--url", "https://example.jp/\x1b[31m"),
    "publisher with an escape": ("--publisher", "港湾省\x1b[31m"),
    "too long": ("--title", "港" * 301),
}


@pytest.mark.parametrize(("option", "value"), WRONG_PARTS.values(), ids=WRONG_PARTS)
def test_what_cannot_stand_in_a_reference_is_not_kept(tenkyo, own, option, value):
    done = tenkyo("about", REPORT, option, value, at=own)
    assert done.returncode == 2 and done.stderr.count("\n") == 1
    assert not (own / "about").exists()


def test_a_url_is_kept_letter_by_letter(tenkyo, own):
    url = "https://example.jp/a_b__c__d*e*(f)?g=%E3%81%82&h#i"
    assert f"URL：{url}\n" in tenkyo("about", REPORT, "--url", url, at=own).stdout
    assert f"URL：{url}\n" in tenkyo("about", REPORT, at=own).stdout


def test_an_added_report_is_described_in_its_own_folder(tenkyo, own, tmp_path):
    path = tmp_path / "kowan.md"
    path.write_text("# 港湾の報告\n\n港は三つある。\n", encoding="utf-8")
    assert tenkyo("add", str(path), at=own).returncode == 0
    done = tenkyo("about", "kowan", "--publisher", "港湾省", "--date", "2021年の秋", at=own)
    assert "発行者：港湾省" in done.stdout and done.stderr == ""
    unread = tenkyo("about", "kowan", "--date", "秋", at=own)
    assert "発行の時期：秋" in unread.stdout and "日付として読み取れない" in unread.stderr
    kept = (own / "reports" / "kowan" / "report.toml").read_text(encoding="utf-8")
    assert 'publisher = "港湾省"' in kept and 'date = "秋"' in kept
    assert not (own / "about").exists()


def test_a_damaged_override_says_how_to_mend_it(tenkyo, own):
    tenkyo("about", REPORT, "--url", "https://example.jp/", at=own)
    path = own / "about" / REPORT / "report.toml"
    path.write_text("x =", encoding="utf-8")
    done = tenkyo("about", REPORT, at=own)
    assert done.returncode == 1 and str(path) in done.stderr
    assert "tenkyo about で設定し直して" in done.stderr and "tenkyo add" not in done.stderr
    path.unlink()
    assert "URL：（分かりません）" in tenkyo("about", REPORT, at=own).stdout


GOOD = f"総務省「{TITLE}」（令和元年6月）は、「全世界における被害額 6,080億ドル」とする。"
BAD = GOOD.replace("6,080", "6,800")


def draft(tmp_path, text, name="draft.md"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_true_draft_ends_with_0(tenkyo, tmp_path):
    done = tenkyo("check", str(draft(tmp_path, GOOD)))
    assert done.returncode == 0
    assert "確かめる箇所はありません。" in done.stdout.splitlines()[0]


def test_an_altered_draft_ends_with_10_and_shows_the_difference(tenkyo, tmp_path):
    path = draft(tmp_path, BAD)
    done = tenkyo("check", str(path))
    assert done.returncode == 10
    assert "［6,800→6,080］億ドル" in done.stdout
    assert "1行目" in done.stdout
    assert path.read_text(encoding="utf-8") == BAD


def test_the_result_as_json(tenkyo, tmp_path):
    told = json.loads(tenkyo("check", str(draft(tmp_path, BAD)), "--json").stdout)
    (alarm,) = [f for f in told["findings"] if f["verdict"] == "altered"]
    assert told["needs_a_look"] is True
    assert (alarm["line"], alarm["words"]) == (1, "全世界における被害額 6,800億ドル")
    assert alarm["place"]["line_start"] == 299


@pytest.mark.parametrize("name", ["draft.xyz", "draft.doc", "missing.md", "."])
def test_what_is_no_draft_ends_with_2(tenkyo, tmp_path, name):
    path = draft(tmp_path, GOOD, name) if name.startswith("draft") else tmp_path / name
    done = tenkyo("check", str(path))
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1 and "Traceback" not in done.stderr


def test_comments_are_for_word_files_and_never_overwrite(tenkyo, tmp_path):
    path = draft(tmp_path, BAD)
    done = tenkyo("check", str(path), "--comments", str(tmp_path / "out.docx"))
    assert done.returncode == 2 and ".docx の原稿" in done.stderr
    assert not (tmp_path / "out.docx").exists()


def test_a_check_starts_quickly_and_needs_no_index(tenkyo, tmp_path):
    empty = tmp_path / "empty"
    done = tenkyo("check", str(draft(tmp_path, GOOD)), at=empty)
    assert done.returncode == 0
    assert not empty.exists()
