"""An import that was killed while it wrote is told by check and stops a build, until it is taken back or done once more."""

from itertools import count

import pytest

from halting import killed
from machine import POSIX
from nianbao import api
from nianbao.importing import keeping
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
    began(halved, *EDITS).keep()
    assert told(halved) == []
    assert built(halved).is_good
    keeping.undo(halved)
    assert "每十分钟" in halved.narrative_file.read_text("utf-8")


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
