"""Whether a report is there only for the next year's to be compared with: none that the bureau publishes with the kit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao import reading
from nianbao.inputfiles import InputFiles
from nianbao.textfile import mentions
from nianbao.yamlfile import read_yaml

if TYPE_CHECKING:
    from nianbao.paths import ReportPaths

KEY = "only_compared"


def is_only_compared(paths: ReportPaths) -> bool:
    """Whether report.yaml says so; what cannot be read there does not, and is told when the report is read."""
    # The most files by far do not have the key; they are not parsed to plan a build.
    if not mentions(paths.report_file, [KEY]):
        return False
    try:
        file = read_yaml(paths.report_file, read=InputFiles(paths.params).read)
        return reading.yes(str(file.data.get(KEY, "否")))
    except ValueError:
        return False
