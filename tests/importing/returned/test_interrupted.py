"""An import that was killed while it wrote is told by check and stops a build, until it is taken back or done once more."""

from itertools import count

import pytest

from forms import blank
from halting import killed
from machine import POSIX
from nianbao import api
from nianbao.errors import UsageError
from nianbao.importing import keeping, session
from nianbao.inputs import interruption
from reviewed import BUREAU, YEAR, began, said

EDITS = said("每十分钟", "每五分钟"), said("1月21日", "1月23日")


def halve(paths, begun):
    """Keep an import, which is killed when it has written one of narrative.md and report.yaml."""
    before = paths.narrative_file.read_bytes(), paths.report_file.read_bytes()
    for at in count():
        assert killed(begun.keep, at)
        now = paths.narrative_file.read_bytes(), paths.report_file.read_bytes()
        if [*map(bytes.__eq__, before, now)].count(True) == 1:
            break


@pytest.fixture
def halved(paths):
    """A folder of which half is merged; the report was built of what it held before."""
    assert built(paths).is_good
    begun = began(paths, *EDITS)
    assert {paths.narrative_file, paths.report_file} <= begun.files.keys()
    halve(paths, begun)
    return paths


def built(paths):
    options = {"bureaus": [BUREAU], "years": [YEAR], "to": ("html", "docx")}
    return api.build(paths.params, paths.params.parent / "outputs", **options)


def told(paths):
    checked = api.check(paths.params, bureaus=[BUREAU], years=[YEAR])
    return [one.kind.code for verdict in checked.verdicts for one in verdict.findings if one.kind.code == "E122"]


@POSIX
@pytest.mark.slow
def test_a_folder_of_which_half_is_merged_is_told_and_not_built(halved):
    assert told(halved) == ["E122"]
    made = built(halved)
    assert not made.is_good
    assert "E122" in [one.kind.code for outcome in made.outcomes for one in outcome.findings]
    keeping.undo(halved)
    assert told(halved) == []
    assert built(halved).is_good


@POSIX
@pytest.mark.slow
def test_the_same_file_imported_once_more_ends_it(halved):
    session.begin(halved, [halved.params.parent / "reviewed.docx"]).keep()
    assert told(halved) == []
    assert built(halved).is_good
    keeping.undo(halved)
    assert "每十分钟" in halved.narrative_file.read_text("utf-8")


@POSIX
@pytest.mark.slow
def test_other_files_are_refused_until_it_is_ended_and_its_files_are_named(halved, tmp_path):
    [found] = [one for verdict in api.check(halved.params).verdicts for one in verdict.findings if one.kind.code == "E122"]
    [name] = interruption.unfinished(halved).values()
    assert f"导入{name}时断了" in found.found
    assert f"nianbao import --undo --bureau {BUREAU} --year {YEAR}" in found.action
    assert f"把{name}再导入一次" in found.action
    other = tmp_path / "other.xlsx"
    other.write_bytes(blank())
    kept = {path: path.read_bytes() for path in halved.folder.rglob("*") if path.is_file()}
    with pytest.raises(UsageError, match=f"Import {name} once more, or take it back with --undo; then import other.xlsx"):
        session.begin(halved, [other])
    assert kept == {path: path.read_bytes() for path in halved.folder.rglob("*") if path.is_file()}


@POSIX
@pytest.mark.slow
def test_it_is_told_where_the_files_are_as_they_were_checked_and_built_before(halved):
    kept = halved.folder / interruption.KEPT
    aside = kept.rename(halved.params.parent / "aside")
    assert told(halved) == []
    assert built(halved).is_good
    aside.rename(kept)
    assert told(halved) == ["E122"]
    assert not built(halved).is_good
    kept.rename(aside)
    assert told(halved) == []
