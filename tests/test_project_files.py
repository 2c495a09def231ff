"""The files around the code: pins, CI script, shipped report, and no trace of anyone's machine."""

import hashlib
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent

REPORT_SHA256 = "eef023a402d479b002fceb4471b7bf81799b4a44e600c78c6fa2860cc3c7ea96"
"""Of 「ICTグローバル戦略について」 as it was received (sha256sum)."""

LOCAL_PLACES = [rb"/" + rb"work/", rb"(?<!\w)\." + rb"library", rb"/opt" + rb"/pypi"]
"""Paths that exist on one machine only; joined here, so that this file does not contain them.

The second is a hidden folder, so no name stands before its dot as in `corpus.library`."""


def pins():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("==") for line in lines if not line.startswith("#")]
    return {canonicalize_name(name): version for name, version in pairs}


def requirements():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    return [Requirement(line) for line in sum(extras, start=project["dependencies"])]


def project_files():
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    paths = [ROOT / name for name in listed.decode("utf-8").split("\0") if name]
    return [path for path in paths if path.is_file()]


def test_constraints_are_exact_versions_without_local_suffix():
    wrong = [pin for pin in pins().items() if not re.fullmatch(r"\d+(\.\w+)*", pin[1])]
    assert wrong == []


def test_constraints_pin_torch_for_the_makefile_and_not_tenkyo_itself():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.startswith("torch==")] == [f"torch=={pins()['torch']}"]
    assert "tenkyo" not in pins()


@pytest.mark.parametrize("requirement", requirements(), ids=str)
def test_every_dependency_is_pinned_within_its_range(requirement):
    assert requirement.specifier.contains(pins()[canonicalize_name(requirement.name)])


def test_every_dependency_is_explained():
    explained = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = explained.partition("### Why each dependency is there")[2]
    unexplained = [r.name for r in requirements() if not re.search(rf"[ ,]{r.name}[ ,]", table)]
    assert unexplained == []


def test_ci_calls_only_make_and_fetches_the_programs_that_tests_drive():
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    commands = [line for line in lines if line and not line.startswith(("#", "set ", "cd "))]
    named, fetched = commands[3:5]
    assert named.startswith("needed=") and "apt-get" in fetched
    assert {"chromium", "libreoffice-writer-nogui", "pandoc"} <= set(re.findall(r"[\w-]+", named))
    assert [line for line in commands if line not in (named, fetched)] == [
        "make check",
        "make test",
        "make gate",
        "TENKYO_REQUIRE_OFFICE=1 make export-test",
        "TENKYO_REQUIRE_BROWSER=1 make browser-test",
    ]
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111 == 0o111


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a git checkout")
@pytest.mark.parametrize("place", LOCAL_PLACES, ids=bytes.decode)
def test_no_file_names_a_place_of_one_machine(place):
    files = project_files()
    assert Path(__file__) in files
    assert [
        str(path.relative_to(ROOT)) for path in files if re.search(place, path.read_bytes())
    ] == []


def test_shipped_report_is_unchanged():
    shipped = list((ROOT / "corpus" / "reports").rglob("*.md"))
    if not shipped:
        pytest.skip("no report here yet")
    assert REPORT_SHA256 in [hashlib.sha256(path.read_bytes()).hexdigest() for path in shipped]
