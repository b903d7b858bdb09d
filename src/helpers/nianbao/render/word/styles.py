"""The named styles of a Word document, in the official families: the page of GB/T 9704-2012, and a plain one."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from nianbao.render.word.markup import value
from nianbao.shown.wordfindings import FINDING, FINDING_LINE, FINDINGS, NAMES

# Lengths are in twentieths of a point. A character has 156 mm / 28, a line 225 mm / 22.
PAPER, AREA, HEIGHT = (11906, 16838), 8845, 12756
TOP, RIGHT, BOTTOM, LEFT = 2098, 1474, 1984, 1587
CHARACTER, LINE = 316, 579
SIZE = 32  # of the text, in half points: 3号
TABLE_SIZE = 18
# Of tables: a line of text, the name above with its space, what stands below, what
# stands between the parts of a long one, the space above a note and a line of one.
TABLE_LINE, CAPTION, TABLE_END, SEAM, NOTE, NOTE_LINE = 240, 420, 100, 20, 60, 260
CODE_SIZE, CODE_LINE, CODE_AROUND = 19, 285, 60  # of code and of what cells print; its size is in half points
ABOVE_TEXT, SIDE = 36, 52  # of a table of one's own, above and below the text of a cell, and at either side of it
SPARE = 20  # what a table leaves of its lines, so that it never takes a hair more
_FOLIO = 1447  # from the paper's edge to the folio, whose dash is 7 mm below the type area
_SPACING = -848  # what the grid adds to a character of the text's size, in 4096ths of a point: 156 mm / 28 - 16 pt

TITLE, BODY, HEI, KAI, SONG = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
# Of each family the one that stands for it where a machine lacks it, its kind, and its shape in PANOSE's digits. Word takes
# all that stands there for one name, of 31 characters at most (MS-OI29500, 17.8.3.1).
_FAMILIES = {
    TITLE: ("华文中宋", "roman", ""),
    BODY: ("仿宋", "modern", "02010609030101010101"),
    HEI: ("SimHei", "modern", "02010609060101010101"),
    KAI: ("楷体", "modern", "02010609030101010101"),
    SONG: ("SimSun", "roman", "02010600030101010101"),
}
_LINE = re.compile(r'w:line="(\d+)" w:lineRule="(exact|auto)"')
_PANOSE = '<w:panose1 w:val="{}"/>'


def _font(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _apart(half_points: int, family: str = "", more: str = "") -> str:
    """Text of another size than the page's: the grid, which sets that closer in Word, leaves it as it is."""
    return f"{_font(family) if family else ''}{_FREE}{more}{_size(half_points)}"


def _lines(before: int = 0, after: int = 0, exactly: int = 0) -> str:
    line = f' w:line="{exactly}" w:lineRule="exact"' if exactly else ""
    return f'<w:spacing w:before="{before}" w:after="{after}"{line}/>'


def _own(before: int = 0, after: int = 0) -> str:
    """Lines as tall as what stands in them."""
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="240" w:lineRule="auto"/>'


def _hanging(left: float, back: float) -> str:
    """Lines that begin so many characters from the left, but the first, which begins so many before them."""
    at, by = (round(one * CHARACTER) for one in (left, back))
    return f'<w:ind w:leftChars="0" w:left="{at}" w:hangingChars="0" w:hanging="{by}"/>'


_MIDDLE = f'<w:tabs><w:tab w:val="center" w:pos="{AREA // 2}"/></w:tabs>'
_KEPT, _WHOLE, _FREE = "<w:keepNext/>", "<w:keepLines/>", '<w:snapToGrid w:val="0"/>'
_OFF_GRID = f'<w:adjustRightInd w:val="0"/>{_FREE}'  # Word moves the right edge to whole characters otherwise
_CENTRE, _LEFT, _RIGHT = (f'<w:jc w:val="{side}"/>' for side in ("center", "left", "right"))
_NO_INDENT = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
# The grid is not enough: readers that know none set lines closer, and Word two lines of it for one in a taller font.
_LINES = f'<w:spacing w:line="{LINE}" w:lineRule="exact"/>'
_INDENT = f'<w:ind w:firstLineChars="200" w:firstLine="{2 * CHARACTER}"/>'


def _edges(style: str, *sides: str) -> str:
    drawn = "".join(f'<w:{side} w:val="{style}" w:sz="4" w:space="4" w:color="8C8C8C"/>' for side in sides)
    return f"<w:pBdr>{drawn}</w:pBdr>"


def _level(number: int) -> str:
    return f'<w:outlineLvl w:val="{number}"/>'


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style, or a character style where ``kind`` says so: what it adds to the one that it is based on."""

    id: str
    name: str
    paragraph: str = ""
    run: str = ""
    based: str = "Base"
    then: str = ""
    kind: str = "paragraph"


_TABLE = _KEPT + _OFF_GRID + _lines(exactly=TABLE_LINE) + _NO_INDENT
_SMALL = _apart(TABLE_SIZE, HEI)
_BELOW_TITLE = _KEPT + _lines(after=LINE) + _NO_INDENT + _CENTRE
_SHADED = '<w:shd w:val="clear" w:color="auto" w:fill="F7F4EF"/>'
_BOX = ("top", "left", "bottom", "right")
_STYLES = (
    Style("Title", "公文标题", _KEPT + _OFF_GRID + _lines(after=LINE, exactly=LINE) + _NO_INDENT + _CENTRE + _level(0),
          _apart(44, TITLE), then="Normal"),
    Style("BelowTitle", "标题下注", _BELOW_TITLE, _font(KAI), then="Normal"),
    Style("Number", "发文字号", _BELOW_TITLE, then="Normal"),
    Style("Heading1", "一级标题", _KEPT + _INDENT + _level(1), _font(HEI), then="Normal"),
    Style("Heading2", "二级标题", _KEPT + _INDENT + _level(2), _font(KAI), then="Normal"),
    Style("Heading3", "三级标题", _KEPT + _INDENT + _level(3), then="Normal"),
    Style("Heading4", "四级标题", _KEPT + _INDENT + _level(4), then="Normal"),
    Style("Base", "无缩进", _NO_INDENT, based="Normal"),
    Style("Listed", "List Paragraph", based="Normal"),
    Style("Quoted", "引文", f'<w:ind w:left="{2 * CHARACTER}" w:right="{2 * CHARACTER}" w:firstLine="0"/>'),
    Style("Attached", "附件说明", _KEPT + _WHOLE + _lines(LINE) + _hanging(5, 3) + _LEFT),
    Style("AttachedFirst", "附件说明首项", _hanging(6.75, 4.75), based="Attached"),
    Style("AttachedNext", "附件说明续项", _lines() + _hanging(6.75, 1.75), based="Attached"),
    # Of several names the first has an empty line above it.
    Style("Signature", "落款", _KEPT + _WHOLE + _OFF_GRID + _lines(LINE, exactly=LINE) + _NO_INDENT
          + "<w:contextualSpacing/>" + _CENTRE, then="SignedOn"),
    Style("SignedOn", "成文日期", _WHOLE + _OFF_GRID + _lines(exactly=LINE) + _NO_INDENT + _CENTRE),
    Style("Editor", "责任编辑", _NO_INDENT + _RIGHT, _apart(24)),
    Style("Attachment", "附件标题", "<w:pageBreakBefore/>" + _MIDDLE + _OFF_GRID + _lines(exactly=LINE) + _NO_INDENT,
          based="Heading1", then="Normal"),
    # No space above it: a page that begins with a name would have none, and its lines stand elsewhere then.
    Style("Caption", "表题", _KEPT + _OFF_GRID + _lines(0, 60, CAPTION - 60) + _NO_INDENT + _CENTRE,
          _apart(24, HEI)),
    Style("TableHead", "表头", _TABLE + _CENTRE, _SMALL),
    Style("TableLabel", "表格行名", _TABLE + _LEFT, _SMALL),
    Style("TableHeadRight", "表头居右", _RIGHT, based="TableHead"),
    Style("TableText", "表格文字", _TABLE + _CENTRE, _SMALL),
    Style("TableLeft", "表格文字居左", _LEFT, based="TableText"),
    Style("TableRight", "表格文字居右", _RIGHT, based="TableText"),
    Style("TableNote", "表注", _WHOLE + _OFF_GRID + _lines(NOTE, exactly=NOTE_LINE) + _NO_INDENT, _SMALL),
    Style("TableEnd", "表后", _OFF_GRID + _lines(after=SPARE // 2, exactly=TABLE_END) + _NO_INDENT, _apart(2)),
    Style("TableSeam", "表间", _lines(exactly=SEAM), based="TableEnd"),
    Style("Picture", "图片", _WHOLE + _OFF_GRID + _own(after=120) + _NO_INDENT + _CENTRE),
    Style("PictureName", "图题", _OFF_GRID + _lines(0, 120, 320) + _NO_INDENT + _CENTRE, _apart(24, HEI)),
    Style("PictureTitle", "图上题", _KEPT + _lines(120, 0, 320), based="PictureName"),
    Style("Formula", "公式", _OFF_GRID + _own(60, 60) + _NO_INDENT + _LEFT),
    Style("Code", "代码", _SHADED + _OFF_GRID + _lines(CODE_AROUND, CODE_AROUND, CODE_LINE) + _NO_INDENT + _LEFT,
          _apart(CODE_SIZE, HEI)),
    Style("Box", "提示框", _edges("dashed", *_BOX) + _OFF_GRID + _own(60, 60) + _NO_INDENT + _LEFT,
          _apart(19, HEI)),
    Style("FailedBox", "出错框", _edges("single", *_BOX), based="Box"),
    Style("Rule", "分隔线", _edges("single", "bottom") + _OFF_GRID + _lines(0, LINE - 290, 290) + _NO_INDENT, _apart(2)),
    Style("FolioOdd", "单页码", _OFF_GRID + _lines(exactly=280) + '<w:ind w:right="280" w:firstLine="0"/>' + _RIGHT,
          _apart(28, SONG)),
    Style("FolioEven", "双页码", '<w:ind w:left="280" w:right="0" w:firstLine="0"/>' + _LEFT, based="FolioOdd"),
    Style("Stamp", "草稿标记", _OFF_GRID + _own() + _NO_INDENT + _RIGHT, _apart(28, HEI, '<w:color w:val="A8201A"/>')),
    Style("RunIn", "段首标题", "", _font(KAI), "", kind="character"),
    Style("AttachmentName", "附件名称", "", _apart(44, TITLE), "", kind="character"),
    Style("Unseen", "不印", "", "<w:vanish/>", "", kind="character"),
    Style("Strong", "加粗", "", "<w:b/>", "", kind="character"),
    Style("Emphasis", "Emphasis", "", _font(KAI), "", kind="character"),  # no Chinese character leans
    Style("Underlined", "下划线", "", '<w:u w:val="single"/>', "", kind="character"),
    Style("Struck", "删除线", "", "<w:strike/>", "", kind="character"),
    Style("Superscript", "上标", "", '<w:vertAlign w:val="superscript"/>', "", kind="character"),
    Style("Subscript", "下标", "", '<w:vertAlign w:val="subscript"/>', "", kind="character"),
    Style("CodeText", "行内代码", "", _font(HEI) + _size(28) + _SHADED, "", kind="character"),
    Style("CodeSmall", "小字代码", "", _font(HEI) + _SHADED, "", kind="character"),
    Style("Hyperlink", "Hyperlink", "", "", "", kind="character"),
)  # fmt: skip
_OF_FINDINGS = (
    Style(FINDINGS, NAMES[FINDINGS], "<w:pageBreakBefore/>", based="Heading1", then=FINDING_LINE),
    Style(FINDING_LINE, NAMES[FINDING_LINE], _OFF_GRID + _own(40) + _NO_INDENT + _LEFT, _apart(19)),
    Style(FINDING, NAMES[FINDING], f'{_KEPT}<w:spacing w:before="160"/>', _font(HEI) + "<w:b/>", FINDING_LINE, FINDING_LINE),
)
# Those that Word brings, and calls 正文, 列表段落, 强调 and 超链接 where it speaks Chinese.
_WORDS_OWN = {"Normal", "List Paragraph", "Emphasis", "Hyperlink"}
# A page that is not Chinese is no form of a Chinese authority.
_PLAIN = {
    "Title": (_KEPT + _lines(after=240) + _CENTRE + _level(0), _font(TITLE) + _size(40)),
    "Heading1": (_KEPT + _lines(280, 140) + _level(1), _font(HEI) + _size(28)),
    "Heading2": (_KEPT + _lines(240, 120) + _level(2), _font(HEI) + _size(24)),
    "Heading3": (_KEPT + _lines(200, 100) + _level(3), _font(HEI) + _size(22)),
    "Heading4": (_KEPT + _lines(200, 100) + _level(4), _font(HEI) + _size(22)),
    "Base": (_lines(), ""),
    "Listed": (_lines(after=60), ""),
    "Emphasis": ("", "<w:i/>"),
    "CodeText": ("", _font(HEI) + _size(19) + _SHADED),
}
_TABLE_STYLE = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>'
    '<w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
    '<w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar>'
    "</w:tblPr></w:style>"
    '<w:style w:type="table" w:customStyle="1" w:styleId="Grid"><w:name w:val="表格"/>'
    '<w:basedOn w:val="TableNormal"/><w:qFormat/>'
    "<w:tblPr><w:tblBorders>"
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + f'</w:tblBorders><w:tblCellMar><w:top w:w="{ABOVE_TEXT}" w:type="dxa"/><w:left w:w="{SIDE}" w:type="dxa"/>'
    f'<w:bottom w:w="{ABOVE_TEXT}" w:type="dxa"/><w:right w:w="{SIDE}" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    '<w:tcPr><w:vAlign w:val="center"/></w:tcPr></w:style>'
    # How tall the rows of a statutory table are is said of each; two characters have room in its narrowest column.
    '<w:style w:type="table" w:customStyle="1" w:styleId="Form"><w:name w:val="法定表格"/><w:basedOn w:val="Grid"/>'
    '<w:qFormat/><w:tblPr><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="36" w:type="dxa"/>'
    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="36" w:type="dxa"/></w:tblCellMar>'
    "</w:tblPr></w:style>"
)
WORDPROCESSING = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@lru_cache
def line_of(style: str, text: int) -> int:
    """How tall each line of a paragraph style is, whatever stands in it, as of the text; 0 where it is as tall as that."""
    known = {one.id: one for one in _STYLES}
    found = known.get(style.partition("-")[0])
    while found:
        if line := _LINE.search(found.paragraph):
            return int(line[1]) if line[2] == "exact" else 0
        found = known.get(found.based)
    return text


def sized(style: str, size: int) -> str:
    """The id of a table's paragraph style in which text has a size, in half points."""
    return style if size == TABLE_SIZE else f"{style}-{size}"


def _smaller(id: str) -> Style:
    style, _, size = id.partition("-")
    [known] = (one for one in _STYLES if one.id == style)
    return Style(id, f"{known.name} {int(size) / 2:g} 磅", run=_apart(int(size)), based=style)


@lru_cache
def sheet(language: str, smaller: tuple[str, ...] = (), has_findings: bool = False) -> str:
    """The document's styles, for a page in a language as BCP 47 names it, with those of smaller text in tables."""
    listed = (*_STYLES, *(_OF_FINDINGS if has_findings else ()), *map(_smaller, smaller))
    is_chinese = language.startswith("zh")
    size = SIZE if is_chinese else 22
    shape = _LINES + _INDENT if is_chinese else '<w:spacing w:after="160" w:line="264" w:lineRule="auto"/>'
    side = "both" if is_chinese else "left"
    made = (
        f'{DECLARATION}<w:styles xmlns:w="{WORDPROCESSING}"><w:docDefaults><w:rPrDefault><w:rPr>{_font(BODY)}'
        '<w:kern w:val="0"/>'
        # Latin letters in a Chinese text are names, which no dictionary of Word's has: it would underline them.
        f'{_size(size)}<w:lang w:val="{value(language)}" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        # That marks may hang is Word's default too; LibreOffice takes it for the opposite, and loses marks that hang.
        f'<w:pPr><w:widowControl w:val="0"/><w:overflowPunct w:val="1"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
        f'{shape}<w:jc w:val="{side}"/>'
        # LibreOffice takes the grid's characters for those of this style.
        f"</w:pPr><w:rPr>{_font(BODY)}{_size(size)}</w:rPr></w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/>'
        '<w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
        + "".join(_style(one if is_chinese else _plain(one)) for one in listed)
        + f"{_TABLE_STYLE}</w:styles>"
    )
    # Quotation marks and dashes are Chinese ones: Word takes “ ” and — for Latin, and breaks lines as beside those.
    return made.replace("<w:rFonts ", '<w:rFonts w:hint="eastAsia" ') if is_chinese else made


def _plain(style: Style) -> Style:
    paragraph, run = _PLAIN.get(style.id, (style.paragraph.replace(_INDENT, ""), style.run))
    return replace(style, paragraph=paragraph, run=run)


def _style(style: Style) -> str:
    based = style.based if style.kind == "paragraph" else "DefaultParagraphFont"
    own = "" if style.name in _WORDS_OWN else ' w:customStyle="1"'
    then = f'<w:next w:val="{style.then}"/>' if style.then else ""
    paragraph = f"<w:pPr>{style.paragraph}</w:pPr>" if style.paragraph else ""
    run = f"<w:rPr>{style.run}</w:rPr>" if style.run else ""
    return (
        f'<w:style w:type="{style.kind}"{own} w:styleId="{style.id}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="{based}"/>{then}<w:qFormat/>{paragraph}{run}</w:style>'
    )


@lru_cache
def fonts() -> str:
    """The document's fonts, each with the one that stands for it where a machine lacks it."""
    listed = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/>{shape and _PANOSE.format(shape)}'
        f'<w:charset w:val="86"/><w:family w:val="{kind}"/><w:pitch w:val="default"/></w:font>'
        for name, (other, kind, shape) in _FAMILIES.items()
    )
    return f'{DECLARATION}<w:fonts xmlns:w="{WORDPROCESSING}">{listed}</w:fonts>'


def section(language: str, references: str) -> str:
    """The page of the whole document: paper, margins and, where it is Chinese, the grid of 28 characters and 22 lines."""
    grid = f'<w:docGrid w:type="linesAndChars" w:linePitch="{LINE}" w:charSpace="{_SPACING}"/>'
    width, height = PAPER
    return (
        f'<w:sectPr>{references}<w:pgSz w:w="{width}" w:h="{height}"/><w:pgMar w:top="{TOP}" w:right="{RIGHT}" '
        f'w:bottom="{BOTTOM}" w:left="{LEFT}" w:header="851" w:footer="{_FOLIO}" w:gutter="0"/>'
        f"{grid if language.startswith('zh') else ''}</w:sectPr>"
    )
