"""What tests of the import share: one import in a folder of its own, and what two reports' folders say, to be compared."""

import html
import re
from pathlib import Path

from nianbao.importing import session
from nianbao.inputs import folder
from nianbao.narrative.passages import compose
from nianbao.paths import ReportPaths

BUREAU = "shili-ceshi"


def imported(root, *files, year=2023, bureau=BUREAU, **options):
    """The import of some files into ``root``/params, kept; a file is a path, or (name, bytes or text)."""
    paths = ReportPaths(root / "params", bureau, year)
    paths.params.mkdir(exist_ok=True, parents=True)
    begun = session.begin(paths, [_path(root, one) for one in files], **options)
    begun.keep()
    return begun


def _path(root, file):
    if isinstance(file, Path):
        return file
    name, content = file
    path = root / "in" / name
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def report(paths):
    """A report's folder, read; it has no faults."""
    read, faults = folder.read(paths)
    assert faults == ()
    return read


def cells(read):
    """{table: {cell: (state, value, unit)}}; a repeated row has the name of each line."""
    return {
        table: {key: (cell.state, cell.value, cell.unit) for key, cell in some.items()} for table, some in read.cells.items()
    }


def text(read):
    """Title, preamble and chapters as they are printed: (heading, its text without white space, its tables)."""
    told = compose(read)
    assert told.faults == (), told.faults
    passages = [(one.heading, _shown(one.html), one.tables) for one in told.passages]
    return [("".join(told.title.split()), "", []), *passages]


def _shown(made):
    return "".join(html.unescape(re.sub("<[^>]*>", "", made)).split())


def about(read):
    """What stands above and below the text."""
    params = read.params
    return {"date": params.date, "signature": params.signature, "editor": params.editor, "number": params.number}
