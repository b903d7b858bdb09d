"""Write an executed notebook for publishing, so that every run gives the same bytes."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat.v4
from nbformat import NotebookNode

from nianbao.bundle import INJECTED
from nianbao.paths import PACKAGE

if TYPE_CHECKING:
    from collections.abc import Mapping

_RANDOM_IDS = re.compile(r'id=\\"(T_[0-9a-f]{5})\\"'), re.compile(r'id=\\"([cmp][0-9a-f]{10})\\"')
_CELL = re.compile(r"ipykernel_\d+[/\\]+\d+\.py")
_RANDOM = (
    (re.compile(r"<dc:date>[^<]*</dc:date>"), ""),
    (re.compile(r" at 0x[0-9a-fA-F]{6,}\b"), " at 0x0"),
)


def tidy(notebook: NotebookNode, folder: Path | None = None, project: Path | None = None) -> str:
    """The text of an executed notebook's file, without time, duration, path or user, so that every run gives the same.

    These are removed or replaced: papermill's and nbclient's records of the run, the id of the injected cell, the Python
    version; in outputs random ids of Stylers and of matplotlib's SVG, and its date, addresses of objects, and the name
    ipykernel gives a cell; and in all texts the ``folder`` the notebook ran in, the ``project`` and the folders of this
    machine.
    """
    # Which kernel the author's Jupyter wrote into the file does not matter: this Python ran it.
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    kept = {name: notebook.metadata[name] for name in ("title", "lang") if name in notebook.metadata}
    metadata = {"kernelspec": spec, "language_info": {"name": "python"}, **kept}
    cells = [_tidied(cell, index) for index, cell in enumerate(notebook.cells)]
    of_code = [cell for cell in cells if "outputs" in cell]
    for cell, outputs in zip(of_code, _alike([cell.outputs for cell in of_code]), strict=True):
        cell.outputs = outputs
    tidied = NotebookNode(notebook, cells=cells, metadata=metadata, nbformat_minor=max(5, notebook.nbformat_minor))
    text: str = nbformat.v4.writes(tidied, ensure_ascii=False)
    homes = [path for path in (project.absolute(), project.resolve()) if len(path.parts) > 2] if project else []
    named = dict.fromkeys(homes, "<project>") | ({folder: "."} if folder else {})
    return without_folders(text, named, as_json=True) + "\n"


def without_folders(text: str, shown: Mapping[Path, str], as_json: bool = False) -> str:
    """The text with other words for folders: those that are ``shown``, and those of this machine.

    With ``as_json`` the text is JSON, in which a path is written as in a string.
    """
    python = Path(sys.prefix)
    of_machine = {PACKAGE.parent: "<nianbao>", python: "<python>", Path.home(): "~"}
    if PACKAGE.is_relative_to(python):  # it is installed, as other packages are
        del of_machine[PACKAGE.parent]
    # What lies inside another comes first, so that it has the same name wherever it lies.
    for path, word in sorted({**shown, **of_machine}.items(), key=lambda pair: -len(pair[0].parts)):
        if len(path.parts) > 1:
            written = json.dumps(str(path), ensure_ascii=False)[1:-1] if as_json else str(path)
            if written in text:  # to make the pattern takes longer
                text = re.sub(re.escape(written) + r"(?![\w-]|\.\w)", word, text)
    return text


def _alike(outputs: list[list[NotebookNode]]) -> list[list[NotebookNode]]:
    """The outputs of all cells without what is another in every run; what people wrote into cells is the same in all."""
    text = json.dumps(outputs, ensure_ascii=False)
    for pattern, shown in _RANDOM:
        text = pattern.sub(shown, text)
    text = _without_cells(text)
    for kind in _RANDOM_IDS:
        for number, name in enumerate(dict.fromkeys(kind.findall(text))):
            text = text.replace(name, f"{name[0]}_{number:05x}")
    alike: list[list[NotebookNode]] = nbformat.from_dict(json.loads(text))
    return alike


def _without_cells(text: str) -> str:
    """The text with ``<cell>`` for the names of the files that ipykernel takes cells for.

    The folder before a name is found backwards: a pattern that begins with any folder takes hours on a picture's base64.
    """
    parts, end = [], 0
    for found in _CELL.finditer(text):
        begin = found.start()
        while begin > end and text[begin - 1] not in " \t\r\n\"'":
            begin -= 1
        parts += [text[end:begin], "<cell>"]
        end = found.end()
    return "".join((*parts, text[end:]))


def _tidied(cell: NotebookNode, index: int) -> NotebookNode:
    tags = cell.metadata.get("tags", [])
    name = INJECTED if INJECTED in tags else cell.get("id", f"cell-{index}")
    kept = {name: cell.metadata[name] for name in ("raw_mimetype",) if name in cell.metadata}
    return NotebookNode(cell, metadata={**({"tags": tags} if tags else {}), **kept}, id=name)
