"""What the kit itself has made: report.json, report.ipynb, report.pdf → their flow."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from nianbao.importing import htmlfile, kitdata
from nianbao.importing.flow import Cell, Flow, Paragraph, Unreadable, set_out
from nianbao.importing.words import one_line
from nianbao.render import readpdf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.importing.flow import Block
    from nianbao.render.readpdf import Path, Tag

MOST_PAGES = 200
_OWN = "nianbao 自己生成的 PDF"
_BLOCKS = {"H1", "H2", "H3", "H4", "H5", "H6", "P", "LI", "Lbl", "LBody", "Caption", "BlockQuote", "Note"}


def read_json(raw: bytes) -> Flow:
    """The flow of a report.json or of a report.ipynb.

    Raises
    ------
    Unreadable
        When it is any other JSON.
    """
    try:
        data = json.loads(raw)
    except ValueError:
        raise Unreadable("不是完整的 JSON", "report.json 或 report.ipynb", "重新复制一份") from None
    if isinstance(data, dict) and isinstance(data.get("cells"), list) and "nbformat" in data:
        return _notebook(data)
    if isinstance(data, dict) and data.keys() >= kitdata.KEYS:
        try:
            return kitdata.read(data)
        except (KeyError, TypeError, AttributeError, ValueError):
            raise Unreadable("不是完整的 report.json", "report.json", "重新复制一份") from None
    raise Unreadable("不是 nianbao 生成的 JSON", "report.json 或 report.ipynb", "核对是否放错了文件")


def _notebook(data: dict[str, Any]) -> Flow:
    """What the outputs of a notebook show."""
    shown = []
    for cell in data["cells"]:
        for output in cell.get("outputs") or () if isinstance(cell, dict) else ():
            made = output.get("data", {}) if isinstance(output, dict) else {}
            text = made.get("text/html", "") if isinstance(made, dict) else ""
            if "application/vnd.nianbao.report+json" not in made:
                shown.append("".join(text) if isinstance(text, list) else str(text))
    if not any(shown):
        raise Unreadable("笔记本里没有运行的结果", "运行过的笔记本", "全部运行一遍再保存")
    flow = htmlfile.read(f"<body>{''.join(shown)}</body>".encode())
    return Flow("运行过的笔记本", flow.blocks)


def read_pdf(raw: bytes) -> Flow:
    """The flow of a PDF of the kit's own, by its tags.

    Raises
    ------
    Unreadable
        When it has no tags, as a scan and most PDFs of others, or cannot be read.
    """
    try:
        tags, texts = readpdf.tagged(raw, MOST_PAGES)
    except ValueError:
        found = f"PDF 不完整、加了密码，或多于{MOST_PAGES}页"
        raise Unreadable(found, _OWN, "用网页或 Word 版的报告") from None
    if "Table" not in {tag.type for tag in tags.values()} and not any(tag.type.startswith("H") for tag in tags.values()):
        raise Unreadable("PDF 里没有标签，标题、段落和表格分不出来", _OWN, "用网页或 Word 版的报告")
    reader = _PdfReader(tags)
    for path in sorted(texts):
        reader.add(path, texts[path])
    return Flow("PDF", tuple(reader.blocks()))


class _PdfReader:
    """Sorts the texts of a PDF by the tags that they stand in."""

    def __init__(self, tags: dict[Path, Tag]) -> None:
        self.tags = tags
        self.said: dict[Path, list[str]] = {}  # by the place of their block
        self.cells: dict[Path, dict[Path, dict[Path, str]]] = {}  # by those of table, row and cell

    def add(self, path: Path, text: str) -> None:
        """Take the text of one place."""
        above = [path[:end] for end in range(1, len(path) + 1)]
        types = {self.tags[one].type: one for one in above if one in self.tags}
        if "Table" in types and ("TD" in types or "TH" in types):
            cell = types.get("TD") or types["TH"]
            row = self.cells.setdefault(types["Table"], {}).setdefault(types["TR"], {})
            row[cell] = row.get(cell, "") + text
        else:
            blocks = [one for one in above if one in self.tags and self.tags[one].type in _BLOCKS]
            self.said.setdefault(blocks[-1] if blocks else path, []).append(text)

    def blocks(self) -> Iterator[Block]:
        """The paragraphs and tables in order."""
        mark, paragraphs, grids = "", 0, 0
        # A table comes behind its caption, which stands in it.
        for path in sorted({*self.said, *self.cells}, key=lambda one: (*one, 1 << 30) if one in self.cells else one):
            if path in self.cells:
                grids += 1
                rows = [[self._cell(cell, text) for cell, text in row.items()] for _, row in self._rows(path)]
                yield set_out(rows, f"第{grids}个表格")
                continue
            text = one_line("".join(self.said[path]))
            kinds = [self.tags[path[:end]].type for end in range(1, len(path) + 1) if path[:end] in self.tags]
            if kinds and kinds[-1] == "Lbl":
                mark = text if text[:1].isdigit() else "-"
            elif text:
                paragraphs += 1
                level = next((int(kind[1]) for kind in kinds if kind[0] == "H" and kind[1:].isdigit()), 0)
                yield Paragraph(text, f"第{paragraphs}段", level, 0, mark)
                mark = ""

    def _rows(self, table: Path) -> Iterator[tuple[Path, dict[Path, str]]]:
        """The rows of a table with all their cells, those without text too."""
        for path, tag in sorted(self.tags.items()):
            if tag.type == "TR" and path[: len(table)] == table:
                cells = [one for one in sorted(self.tags) if one[:-1] == path and self.tags[one].type in {"TD", "TH"}]
                yield path, {cell: self.cells[table].get(path, {}).get(cell, "") for cell in cells}

    def _cell(self, path: Path, text: str) -> Cell:
        return Cell(one_line(text), self.tags[path].across, self.tags[path].along)
