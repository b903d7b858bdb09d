"""A report that has been published, and one of one's own to edit."""

import shutil

import pytest

import project
from nianbao import api
from nianbao.paths import ReportPaths
from reviewed import BUREAU, FIRST, NOTE, YEAR


@pytest.fixture(scope="module")
def built(once):
    """A project with one report that has been published, with a comment in its text and in report.yaml; to be read only."""

    def make(root):
        project.make(root, ["2023", "2024"], [BUREAU])
        paths = ReportPaths(root / "params", BUREAU, YEAR)
        text = paths.narrative_file.read_text("utf-8")
        paths.narrative_file.write_text(text.replace(FIRST, f"{FIRST}{NOTE}"), "utf-8")
        yaml = paths.report_file.read_text("utf-8").replace("signature:", "# 落款与公章一致\nsignature:")
        paths.report_file.write_text(yaml, "utf-8")
        assert api.build(root / "params", bureaus=[BUREAU], years=[YEAR], to=("html", "docx")).is_good

    return once("built-for-review", make)[0]


@pytest.fixture
def paths(built, tmp_path):
    """The report's folder in a project of one's own."""
    shutil.copytree(built, tmp_path / "p")
    return ReportPaths(tmp_path / "p" / "params", BUREAU, YEAR)
