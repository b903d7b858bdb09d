"""Signs of radicals (⼀, ⻓) that a PDF's text has in the place of characters: written as these, and said.

Source: Unicode's decompositions of the Kangxi radicals; of the others, those that the Noto fonts draw as the character.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from nianbao.importing.flow import Paragraph

if TYPE_CHECKING:
    from nianbao.importing.flow import Block, Flow

SAID = "PDF 里的部首符号，写成同形的汉字"
_KANGXI = "".join(map(chr, range(0x2F00, 0x2FD6)))
_SIGNS = "⼾⺟⺠⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳"
_CHARACTERS = "户母民虎西见角贝车長长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟"
_TABLE = str.maketrans(_KANGXI + _SIGNS, unicodedata.normalize("NFKC", _KANGXI) + _CHARACTERS)
_ANY = re.compile(f"[{_KANGXI}{_SIGNS}]")


def written_out(flow: Flow) -> Flow:
    """The flow with each such sign as the character that a reader sees."""
    found = [(block.place, sign) for block in flow.blocks for sign in _ANY.findall(block.text)]
    if not found:
        return flow
    what = f"{len(found)}处：{''.join(sorted({sign for _, sign in found}))}"
    said = (found[0][0], what.translate(_TABLE), SAID)
    return replace(flow, blocks=tuple(map(_written_out, flow.blocks)), said=(*flow.said, said))


def _written_out(block: Block) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, text=block.text.translate(_TABLE))
    return replace(block, rows=tuple(tuple(cell.translate(_TABLE) for cell in row) for row in block.rows))
