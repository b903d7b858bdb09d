"""What an import asks is told by check and build until somebody has decided it, and stops neither."""

import pytest

from nianbao import api
from nianbao.importing import session
from reviewed import BUREAU, YEAR, began, said

ASKED = said("年内收到申请", "年内收到申请9"), said("每十分钟", "每五分钟")


def found(paths):
    """The findings W242 of the check."""
    checked = api.check(paths.params, bureaus=[BUREAU], years=[YEAR])
    return [one for verdict in checked.verdicts for one in verdict.findings if one.kind.code == "W242"]


def built(paths):
    options = {"bureaus": [BUREAU], "years": [YEAR], "to": ("html",)}
    return api.build(paths.params, paths.params.parent / "outputs", **options)


def codes(made):
    return [one.kind.code for outcome in made.outcomes for one in outcome.findings]


@pytest.mark.slow
def test_what_is_asked_is_told_until_its_line_is_taken_out_or_the_record_is_put_away(paths):
    account = paths.folder / "import.md"
    began(paths, *ASKED).keep()
    text = account.read_text("utf-8")
    (one,) = found(paths)
    line = text.split("\n")[one.source.line - 1]
    assert (one.source.file, line[:2]) == ("import.md", "- ")
    assert "import.md" in one.action
    account.write_text("\n".join(some for some in text.split("\n") if not some.startswith("- ")), "utf-8")
    assert found(paths) == []
    account.write_text(text, "utf-8")
    account.unlink()
    assert found(paths) == []


@pytest.mark.slow
def test_a_build_tells_it_and_is_not_stopped_and_is_due_again_when_it_is_decided(paths):
    account = paths.folder / "import.md"
    began(paths, said("每十分钟", "每五分钟")).keep()
    assert "W242" not in codes(built(paths))
    account.write_text(
        account.read_text("utf-8").replace("没有。", "### 稿子改了表里的数\n\n- 表三：稿子是9，table3.csv是8\n", 1), "utf-8"
    )
    made = built(paths)
    assert (made.is_good, "W242" in codes(made)) == (True, True)
    account.unlink()
    made = built(paths)
    assert (made.is_good, "W242" in codes(made)) == (True, False)


@pytest.mark.slow
def test_a_merge_that_asks_nothing_tells_nothing_and_an_import_that_is_no_merge_tells_what_it_asks(paths, tmp_path):
    began(paths, said("每十分钟", "每五分钟")).keep()
    assert found(paths) == []
    paths.narrative_file.unlink()
    page = tmp_path / "2024年年报草稿.html"
    text = (paths.params.parent / "outputs" / BUREAU / str(YEAR) / "report.html").read_text("utf-8")
    page.write_text(text, "utf-8")
    begun = session.begin(paths, [page])
    count = sum(map(len, begun.made.questions.values()))
    begun.keep()
    (one,) = found(paths)
    assert one.found.startswith(f"{count}件，第一件在“")


@pytest.mark.slow
def test_what_an_earlier_merge_has_asked_is_told_beside_a_later_one(paths):
    began(paths, *ASKED).keep()
    (one,) = found(paths)
    again = began(paths, *ASKED, said("普查信息专业", "普查信息很专业"))
    assert again.made.questions == {}
    again.keep()
    (later,) = found(paths)
    assert (later.found, later.source.line > one.source.line) == (one.found, True)
