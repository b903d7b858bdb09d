"""The sheets of a workbook that hold no text and no table: covers, lists of the tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.importing.flow import Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nianbao.importing.flow import Block

COVER = "封面、目录"
_NAMES = re.compile("(?:封[面皮]|扉页|首页|目录|目次)[0-9]*")


def is_one(name: str) -> bool:
    """Whether a sheet is called as a cover is, or a list of tables."""
    return _NAMES.fullmatch("".join(name.split())) is not None


def lines_of(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """Each row of such sheets as a line; two cells in a row are a label and its value: 机关名称：示例市测试局."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
            continue
        for at, row in enumerate(block.rows):
            filled = [*filter(None, row)]
            text = ("：" if len(filled) == 2 else "，").join(filled)
            yield from [Paragraph(text, f"{block.place}第{block.number(at)}行")] if text else []
