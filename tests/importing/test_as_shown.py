"""A figure of a web page is taken only where a reader sees it so; Chromium tells what a reader sees."""

import base64
import io
import re
from functools import lru_cache
from html import escape
from math import ceil
from pathlib import Path
from typing import NamedTuple

import matplotlib as mpl
import numpy as np
import pytest
from fontTools import subset
from fontTools.ttLib import TTFont
from PIL import Image

from cases import each
from looking import DESK
from nianbao.importing.flow import Unreadable
from nianbao.importing.html import looks, properties, webpage

ASKED = "asked"
TITLE = "示例市测试局2023年政府信息公开工作年度报告"
GIF = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
BLACK_GIF = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAAAAACwAAAAAAQABAAACAkQBADs="


class Case(NamedTuple):
    """A page with one figure.

    Parameters
    ----------
    shown : str or None
        The figure that a reader sees; '' for none, ``None`` for something else than plain digits.
    taken : str
        What the import takes; `ASKED` where it asks.
    """

    cell: str
    shown: str | None
    taken: str = ASKED
    style: str = ""
    page: str = "{}"
    head: str = ""

    @property
    def html(self):
        cell = self.cell if self.cell.startswith("<td") else f"<td>{self.cell}</td>"
        around = self.page if "<body" in self.page else f"<body>{self.page}</body>"
        table = around if "<table" in around else around.replace("{}", "<table>{}</table>")
        row = f"<tr><td>格</td>{cell}</tr>"
        style = "body{margin:20px;font:20px serif} " + self.style
        head = f"<meta charset=utf-8>{self.head}<style>{style}</style>"
        return f"<!doctype html><html><head>{head}</head>{table.replace('{}', row)}"


FACE = "@font-face{{font-family:{};src:url(data:font/ttf;base64,{}){}}} td{{font-family:{}}}"


@lru_cache
def scrambled_font():
    """A font in which 6 looks as 1, and 1 as 6."""
    font = TTFont(Path(mpl.get_data_path(), "fonts", "ttf", "DejaVuSerif.ttf"))
    cut = subset.Subsetter()
    cut.populate(text="0123456789")
    cut.subset(font)
    for table in font["cmap"].tables:
        table.cmap[ord("1")], table.cmap[ord("6")] = table.cmap[ord("6")], table.cmap[ord("1")]
    raw = io.BytesIO()
    font.save(raw)
    return base64.b64encode(raw.getvalue()).decode()


def in_font(name, more="", used=""):
    return FACE.format(name, scrambled_font(), more, used or name)


X = '6<span class="x">12</span>7'  # figures of which the middle ones have a class
TD = '<td class="x">6127</td>'
HIDES = [
    "display:none", "visibility:hidden", "opacity:0", "font-size:0", "color:transparent", "color:white",
    "-webkit-text-fill-color:transparent", "-webkit-opacity:0", "font:0/0 a", "color:rgb(255 255 255 / 100%)",
    "color:hsl(0 0% 100%)", "color:rgba(0,0,0,0)", "color:var(--w)", "all:unset;color:white",
    "color:color-mix(in srgb,white,white)", "color:oklch(1 0 0)", "color:#fefefe", "color:#fff8", "opacity:calc(0)",
    "font-size:calc(0px)", "font-size:.01em", "display:inline-block;width:0;height:0;overflow:hidden",
    "display:inline-block;width:0;overflow-x:clip;white-space:nowrap", "position:absolute;left:-9999px",
    "position:absolute;clip:rect(0,0,0,0)", "position:absolute;clip-path:inset(50%)",
    "position:absolute;inset:-999px auto auto -999px", "display:inline-block;transform:scale(0)",
    "display:inline-block;scale:0", "display:inline-block;transform:translateX(-9999px)",
    "display:inline-block;text-indent:-9999px;width:0", "clip-path:inset(100%)", "filter:opacity(0)", "filter:blur(20px)",
    "mask:url(#none)", "-webkit-mask-image:linear-gradient(transparent,transparent)", "display:table-column",
    "content-visibility:hidden;display:inline-block", "position:fixed;top:-999px", "zoom:0.01", "font-size-adjust:0",
    "background:black",
]  # fmt: skip
CHANGES = [
    "text-decoration:line-through", "float:right", "direction:rtl;unicode-bidi:bidi-override",
    "display:inline-block;rotate:180deg", "display:inline-block;transform:scaleX(-1)",
    "writing-mode:vertical-rl;display:inline-block", "display:block", "display:list-item", "-webkit-text-security:disc",
    "letter-spacing:-1em", "text-emphasis:'9'", "position:relative;left:40px", "margin-left:-22px",
    "vertical-align:super", "vertical-align:-20px",
    "text-decoration:underline 5px;text-underline-offset:-.5em;text-decoration-skip-ink:none", "content:url(#)",
    "position:relative;top:-14px", "display:inline-block;overflow:hidden;width:10px",
    "display:inline-block;filter:invert(1)", "animation:gone 1ms forwards", "margin-inline-end:-40px", "all:inherit",
    "display:inherit", "margin-left:calc(-40px)", "display:inline-block;contain:strict", "letter-spacing:calc(-99px)",
    "vertical-align:calc(-20px)", "box-shadow:inset 0 0 0 20px #000", "outline:10px solid #000;outline-offset:-10px",
    "-webkit-text-stroke:8px", "mix-blend-mode:difference;color:white", "text-shadow:10px 0 #000",
    "text-decoration:overline 30px #000", "columns:2;display:inline-block;width:1px",
    "color:white;background:linear-gradient(#000,#000) 0 0/0 0", "color:white;background:#000;background-clip:text",
    "transition:opacity 9999s", "border-left-width:9px;border-left-style:solid", "border-width:0 9px;border-style:solid",
]  # fmt: skip
HARMLESS = [
    "color:#333", "color:red", "color:windowtext", "font-weight:normal", "line-height:1.5", "mso-spacerun:yes",
    "position:relative", "letter-spacing:0", "text-decoration:none", "filter:grayscale(1)", "display:inline",
    "opacity:.9", "word-break:break-all", "display:foo", "color:blak", "letter-spacing:-.1pt", "overflow:hidden",
    "text-indent:0", "background:#eee", "opacity:1", "visibility:visible", "content:normal", "transform:none", "margin:0",
    "z-index:3", "box-shadow:inset 0 1px 2px #ccc", "outline-offset:2px", "box-shadow:0 0 9px #999",
    "background-color:transparent", "text-shadow:0 1px 0 #fff", "text-decoration:none 2px", "z-index:-1", "line-height:1",
    "border-style:solid;border-width:0", "quotes:none", "background-clip:padding-box", "color-scheme:light dark",
    "word-spacing:2px", "hyphenate-character:auto", "column-count:auto", "text-align:justify",
    "-moz-transform:none", "transition:all .3s", "scrollbar-face-color:red", "-ms-word-break:break-all",
]  # fmt: skip
SIZES = ["small", "medium", "large", "x-large", "xxx-large"]
# What hides or changes, and behind it a value that a browser passes over.
PASSED_OVER = [
    "text-decoration:line-through;text-decoration:foo", "display:inline-block;width:0;overflow:hidden;width:9foo",
    "display:inline-block;width:0;overflow:hidden;overflow:foo", "display:inline-block;text-indent:-999px;text-indent:foo",
    "margin-left:-22px;margin-left:5", "margin-left:-22px;margin:foo", "font-size:0;font:foo", "font-size:0;font:20px",
    "font-size:0;font-size:20foo", "background:black;background:foo", "letter-spacing:-1em;letter-spacing:1",
    "vertical-align:super;vertical-align:foo", "display:inline-block;transform:scaleX(-1);transform:foo",
    "display:inline-block;filter:invert(1);filter:alpha(opacity=9)", "position:relative;left:40px;left:foo",
    "border-width:0 9px;border-style:solid;border-width:foo", "text-shadow:10px 0 #000;text-shadow:foo",
    "box-shadow:inset 0 0 0 20px #000;box-shadow:foo", "display:none;display:block block",
    "outline:10px solid #000;outline-offset:-10px;outline-style:foo",
]  # fmt: skip
# Where a style may stand: each hides the class x.
SHEETS = [
    ":where(.x){color:white}", ":is(.x,.y){color:white}", "td .x:not(.y){color:white}", "td :nth-child(1){color:white}",
    "td{& .x{color:white}}", "td{.x{color:white}}", "table{tr{td{.x{color:white}}}}",
    "td{span&{color:red} & span{color:white}}", "@media screen{.x{color:white}}",
    "@media screen and (min-width:600px){.x{color:white}}", "@media all{td{.x{color:white}}}",
    "@media (width >= 600px){.x{color:white}}", "@media (max-width:5000px){.x{color:white}}",
    "@supports (color:red){.x{color:white}}", "@layer a{.x{color:white}}",
    "@layer a,b;@layer b{.x{color:white}} @layer a{.x{color:black}}", "td:has(.x) .x{color:white}",
    "span[class|=x]{color:white}", "span:first-of-type{color:white}", "td{color:white;span{display:inline}}",
    ".x:lang(zh),span:not(:hover){color:white}", "span:not(:lang(fr)){color:white}", "td::first-letter{color:white}",
    "td::first-line{color:white}", "@scope (td){.x{color:white}}", ".x{color:white} .x{color:blak}",
    ".x{display:none} .x{display:foo}", "td:nth-child(2 of td) .x{color:white}",
    ".x{color:white!important} td .x{color:black}", ":root{--c:white} .x{color:var(--c)}", ".x{color:var(--no,white)}",
    "#no .x{color:black} .x{color:white}", ":is(#no,td) .x{color:white} td td.x,td span.x{color:black}",
    "span:only-child{color:white}", "@container (min-width:1px){.x{color:white}} body{container-type:inline-size}",
    "@media (hover:hover){.x{color:white}}", "@media not print{.x{color:white}}", "@media print,screen{.x{color:white}}",
    "a:link,span{color:white}", "td>.x{background:#000}", ":where(td) .x{color:white} span{color:black}",
    "@media (prefers-color-scheme:light){.x{color:white}}",
    "@property --q{syntax:'<number>';inherits:true;initial-value:0} .x{opacity:var(--q)}",
    "@property --q{syntax:'<number>';inherits:false;initial-value:0} body{--q:1} .x{opacity:var(--q)}",
    "@property --q{syntax:'<color>';inherits:true;initial-value:white} .x{color:var(--q,black)}",
    ".x{color:currentcolor;background:currentcolor}", ".x{background:linear-gradient(currentcolor,currentcolor)}",
    ".x{color:highlighttext}", ".x{color:Window}", ".x{background:WindowText}", ".x{color:buttonhighlight;background:white}",
    ".x{-webkit-text-fill-color:currentcolor;color:white}", ".x{display:if(else:none)}", ".x{visibility:if(else:hidden)}",
    "@function --f(){result:none} .x{display:--f()}", ".x{display:env(--no,none)}",
    ".x{position:if(else:absolute);left:-50px}",
]  # fmt: skip
# Sheets that stand in the address of another one; whether a browser takes them.
IMPORTS = {
    "@import url('data:text/css,.x{color:white}');": True, "@import 'data:text/css,.x{opacity:0}';": True,
    "@charset 'utf-8';@import url(data:text/css;base64,LnhbaWRde30ueHtjb2xvcjp3aGl0ZX0=);": True,
    "@import url('data:text/css,.x{color:white}') screen;": True, "@import 'data:text/css,.x{color:white}' layer(a);": True,
    "@import 'data:text/css,.x{color:white}' supports(color:red);": True,
    "@import 'data:text/css,@import \"data:text/css,.x{color:white}\";';": True,
    "@layer a; @import 'data:text/css,.x{color:white}';": True,
    "@import 'data:text/css,.x{color:white}' print;": False, "p{} @import 'data:text/css,.x{color:white}';": False,
    "@import 'data:text/css,.x{color:white}'; .x{color:black}": False,
}  # fmt: skip
# Of several rules of which nobody knows here whether a browser takes them, and in lists of selectors.
SHEETS += [
    "@scope(tr){.x{color:white}} @scope(table){.x{color:black}}",
    "@layer a{.x{color:white}} @layer b{.x{color:revert-layer}}",
    "@container (width>1px){.x{color:white}} @container (width<1px){.x{color:black}} body{container-type:inline-size}",
    "@supports (color:red){.x{color:white}} @supports (foo:bar){.x{color:black}}",
    ":is(:hover,.x){color:white}", ":where(::before,.x){color:white}", "span:not(.y,:hover){color:white}",
    ":root{--f:0/0 a} .x{font:var(--f)}", ":root{--m:0 0 0 -40px} .x{margin:var(--m)}", ".x{overflow:hidden;"
    "display:inline-block;width:env(safe-area-inset-left)}", ".x{--a:var(--b);--b:var(--a);color:var(--a,white)}",
    ":root{--o: ;} .x{opacity:var(--o)0}", "@media screen{@property --q{syntax:'<number>';inherits:true;initial-value:0}}"
    ".x{opacity:var(--q)}", ".x{filter:drop-shadow(20px 0 0 #000)}",
]  # fmt: skip
# What else hides or covers a figure: the cell, a style, what stands around the row.
ATTACKS = {
    "marker of what is folded": ("<details open><summary>6127</summary></details>", "summary::marker{content:'9'}", "{}"),
    "content of what is folded": (
        "6127", "::details-content{opacity:0}", "<details open><summary>看</summary><table>{}</table></details>"
    ),
    "second of one name": (
        "6127", "", "<details open name=a><summary>a</summary>1</details>"
        "<details open name=a><summary>看</summary><table>{}</table></details>"
    ),
    "highlight": (
        X, "::highlight(h){color:white}", "<table>{}</table><script>const r=new Range();"
        "r.selectNodeContents(document.querySelector('.x'));CSS.highlights.set('h',new Highlight(r))</script>"
    ),
    "moved by all of it": ("6127", "table{translate:-200%}", "{}"),
    "patch at an anchor": (
        "6127", "td:last-child{anchor-name:--a} i{position:absolute;position-anchor:--a;position-area:center;"
        "background:#fff;width:60px;height:30px}", "<table>{}</table><i></i>"
    ),
    "filter of a cover": ("6127", "i{position:fixed;inset:0;backdrop-filter:blur(30px)}", "<table>{}</table><i></i>"),
    "name of a table": (
        "6127", "caption{caption-side:bottom;margin-top:-28px;background:#fff}", "<table><caption>甲</caption>{}</table>"
    ),
    "indent of lines": ("<p>6127</p>", "p{text-indent:-99px each-line}", "{}"),
    "box beside a table": (X, "input:placeholder-shown~table .x{display:none}", "<input placeholder=a><table>{}</table>"),
    "first of several looks": (X, "", "<style title=a>.x{color:white}</style><style title=b>.x{color:black}</style>"
                               "<table>{}</table>"),
    "look that is not off": (X, "", "<style disabled>.x{color:white}</style><table>{}</table>"),
    "small in small": ("6127", "main{zoom:.5} table{zoom:.4} td{font-size:60%}", "<main><table>{}</table></main>"),
    "pale in pale": ("6127", "main,div,table{opacity:.5}", "<main><div><table>{}</table></div></main>"),
    "out of the page": ("6127", "table{margin-left:-99px}", "{}"),
    "out of the page, by translate": ("6127", "main{translate:-99px}", "<main><table>{}</table></main>"),
    "above the page": ("6127", "main{position:absolute;top:-99px}", "<main><table>{}</table></main>"),
    "behind what is around": ("6127", "div{background:#fff} main{position:relative;z-index:-1}",
                              "<div><main><table>{}</table></main></div>"),
    "words thrown over it": ("6127", "td:first-child{text-shadow:45px 0 0 #000}", "{}"),
    "picture of a border over it": (
        "6127", "td:first-child{border:1px solid;border-image:linear-gradient(#000,#000) 1 / 90px / 90px}", "{}"
    ),
    "white by an old rule": ("<font color=ffffffff>6127</font>", "", "{}"),
    "black by an old rule": ("<td bgcolor=zzz>6127</td>", "", "{}"),
    "column with a ground": ("6127", "", "<table><col><col bgcolor=black>{}</table>"),
    "columns with a ground": ("6127", "colgroup{background:black}", "<table><colgroup><col><col></colgroup>{}</table>"),
}  # fmt: skip
SHEETS_THAT_MEAN_OTHERS = [
    "@media (max-width:600px){.x{color:white}}", ".x:hover{color:white}", "@layer a{.x{color:white}} .x{color:black}",
    "@media (prefers-color-scheme:dark){.x{color:white}}", ":is(.y,.z){color:white}", "td{.y{color:white}}",
    "table .x::selection{color:white}", ".x{color:white} td .x{color:black}", "@media tv{.x{color:white}}",
    ".x::before{content:''}", ".x:not(span){color:white}", "@media (pointer:coarse){.x{display:none}}",
    "@property --q{syntax:'<number>';inherits:true;initial-value:0} td{--q:1} .x{opacity:var(--q)}",
    ".x{color:currentcolor}", ".x{color:canvastext;background:canvas}", "body{padding:0 env(safe-area-inset-right)}",
    ".x{-webkit-text-fill-color:currentcolor}",
    "@keyframes a{from{opacity:0}}", "@font-face{font-family:a;src:url(a)}", ".x:visited{color:white}",
    ".x:-moz-any(td){color:white}", "@-moz-document url-prefix(){.x{color:white}}", ".x{display:none} .x{display:inline}",
]  # fmt: skip
# What is shown beside digits by an element without words: a rule of a sheet, or a script, for the class x.
EMPTY = {
    **{
        f"empty {tag}": (f"612<{tag} class=x></{tag}>", ".x::after{content:'7'}")
        for tag in ("i", "b", "a", "font", "label", "em")
    },
    **{f"empty {tag}": (f"612<{tag} class=x></{tag}>", ".x{display:inline} .x::after{content:'7'}") for tag in ("p", "div")},
    "empty before": ("<i class=x></i>127", ".x::before{content:'6'}"),
    "empty within": ("6<i class=x></i>27", ".x::before{content:'1'}"),
    "empty, of blanks": ("612<i class=x>&nbsp;</i>", ".x::after{content:'7'} .x{font-size:0} .x::after{font-size:20px}"),
    "empty in an empty one": ("612<b><i class=x></i></b>", "b .x:after{content:'7'}"),
    "empty beside an empty one": ("<i></i>612<b></b><i class='fa x'></i>", ".fa.x:before{content:'7'}"),
    "empty by an attribute": ("612<i class=x data-n=7></i>", ".x::after{content:attr(data-n)}"),
    "empty by a counter": ("612<i class=x></i>", ".x{counter-reset:n 7} .x::after{content:counter(n)}"),
    "empty by a property": ("612<i class=x></i>", ".x{--n:'7'} .x::after{content:var(--n)}"),
    "empty by :empty": ("612<i></i>", "i:empty::after{content:'7'}"),
    "empty by :is": ("612<i class=x></i>", ":is(.x,.y)::after{content:'7'}"),
    "empty by nesting": ("612<i class=x></i>", "td{.x{&::after{content:'7'}}}"),
    "empty by @supports": ("612<i class=x></i>", "@supports (color:red){.x::after{content:'7'}}"),
    "empty by @layer": ("612<i class=x></i>", "@layer a{.x::after{content:'7'}}"),
}
CLEAN_ICONS = {
    "icon that is hidden": ("<i class='fa' hidden></i>6127", ".fa:before{content:'\\f095'}"),
    "icon of a class that no sheet has": ("<i class='fa fa-phone'></i>6127", ".fa-home:before{content:'\\f095'}"),
    "icon without a sign": ("<i class=fa></i>6127", ".fa:before{content:''}"),
}


def after(script):
    return f"<table>{{}}</table><script>{script}</script>"


# What a script does to the element with the id z and the class x, in 6<…>12</…>7.
SCRIPTS = [
    "document.getElementById('z').style.display='none'", "document.getElementById('z').remove()",
    "document.querySelector('.x').classList.add('gone')", "var a = document.getElementById('z'); a.className = 'gone'",
    "document.querySelectorAll('td span').forEach(function (one) { var a = 1; one.hidden = true })",
    "for (const one of document.getElementsByTagName('span')) one.style.visibility = 'hidden'",
    "document.body.className = 'quiet'", "document.documentElement.classList.add('quiet')",
    "z.style.display = 'none'", "const a = document.querySelector('#z'); a.parentNode.removeChild(a)",
    "document.querySelector('[data-n]').textContent = 9",
    "document.getElementById('z').setAttribute('style', 'display:none')",
]  # fmt: skip
SCRIPTS_OF_OTHERS = [
    "document.getElementById('y').style.display='none'", "document.getElementById('z').style.fontSize='20px'",
    "document.querySelectorAll('tr').forEach(function (one) { one.classList.add('odd') })",
    "document.querySelector('.y').remove()", "document.body.className = 'odd'",
]  # fmt: skip
# What sheets have stand before and after a table, its parts and its rows.
BEFORE_PARTS = [
    f"{part}::before{{content:'{words}'{more}}}"
    for part in ("table", "tbody", "tr")
    for words, more in (("单位：百件", ""), ("9", ";display:table-cell"))
] + [
    "tr::before{content:'';display:table-cell}", "tr:before{content:''}", "table::after{content:'以上为上年数'}"
]  # fmt: skip
# What means nothing for what it is said of: sizes of the parts of a table and of a line, places of what is not moved.
UNMEANT = [
    f"{part}{{{size};overflow:hidden}}"
    for part in ("td", "tr", "tbody", "table")
    for size in ("width:1px;white-space:nowrap", "width:0", "height:1px", "height:0", "max-height:0")
] + [
    f"td{{{one}}}"
    for one in ("left:-999px", "clip:rect(0,0,0,0)", "margin-left:-999px", "position:relative;clip:rect(0,0,0,0)")
] + ["span{left:-999px}", "span{clip:rect(0,0,0,0)}", "span{top:-999px}"]  # fmt: skip
# What means something there: what is seen then, '' for nothing.
MEANT = {
    "td{display:block;width:0;overflow:hidden}": None,
    "td{max-width:1px;overflow:hidden;white-space:nowrap}": None,
    "table{table-layout:fixed;width:90px} td{width:0;overflow:hidden}": None,
    "table{display:block;height:0;overflow:hidden}": "",
    "tbody{display:block;height:0;overflow:hidden}": "",
    "tr{display:block;height:0;overflow:hidden}": "",
    "td{display:flex} span{width:0;overflow:hidden}": "",
    "span{float:left;width:0;overflow:hidden}": "",
}
BESIDE_PARTS = [
    "tbody::before{content:'';display:block;height:9px}", "table::before{content:' ';display:table}",
    "tr::before{content:none}",
    "table::after{content:'';clear:both}", "tr:hover::before{content:'看'}", "tr::before{content:'看';display:none}",
    "tr::after{content:'';position:absolute;bottom:0;left:0}",
]  # fmt: skip
LINE = "content:'';position:absolute;left:0;right:0;border-top:3px solid"
# What lies over a figure, in a table of two rows; what does not.
COVERS = {
    "outline": ("6127<i></i>", "i{outline:40px solid #fff}"),
    "outline of a cell": ("6127", "td{outline:9px solid;outline-offset:-2px}"),
    "hr": ("6127<hr>", "hr{margin:-14px 0 0;border:1px solid #000}"),
    "hr, by its block": ("6127<hr>", "hr{margin-block:-14px 0;border:1px solid #000}"),
    "shadow": ("6127<i></i>", "i{box-shadow:0 0 0 40px #fff}"),
    "row": ("6127", "tr:first-child{position:relative;top:26px;background:#fff}"),
    "row, by transform": ("6127", "tr:first-child{transform:translateY(26px)}"),
    "row, by translate": ("6127", "tr:first-child{translate:0 26px}"),
    "cell": ("6127", "tr:first-child td{position:relative;top:26px;background:#fff}"),
    "cell that grows": ("6127", "td:first-child{transform:scale(5);background:#fff}"),
    "words of another cell": ("6127", "tr:first-child td{position:absolute;left:60px;top:44px;background:#fff}"),
    "patch": ("<b></b>6127", "td{position:relative} b{position:absolute;inset:0;background:#fff}"),
    "patch of a picture": (
        f"<img src='{BLACK_GIF}'>6127", "td{position:relative} img{position:absolute;inset:0;width:99px;height:99px}"
    ),
    "patch of a sheet": ("6127", ".x{position:relative} .x::after{content:'';position:absolute;inset:0;background:#fff}"),
    "patch of a sheet, in its line": (
        "6127", ".x::after{content:'';display:block;height:26px;margin-top:-26px;background:#fff;position:relative}"
    ),
    "line of a sheet": ("6127", ".x::after{content:'';outline:30px solid}"),
    "words that grow by a share": ("6127", "td.y{scale:300%;background:#fff}"),
    "words that grow by a share, by transform": ("6127", "td.y{transform:scale(300%);background:#fff}"),
    "words that grow, counted": ("6127", "td.y{scale:calc(3);background:#fff}"),
    "words that grow, in powers of ten": ("6127", "td.y{scale:3e0;background:#fff}"),
    "patch of a sheet, by several rules": (
        "6127", ".x{position:relative} .x::after{content:''} .x::after{position:absolute;inset:0} .x::after{background:#fff}"
    ),
    "patch of a sheet, by properties": (
        "6127", ".x{position:relative} .x::after{--a:absolute;content:'';position:var(--a);inset:0;background:red}"
    ),
    "behind its table": ("6127", "table{background:#fff} td{position:relative;z-index:-1}"),
}  # fmt: skip
# Rows that no longer stand below each other, and cells that stand in no column of their own.
LOOSE = {
    "tr:last-child td{display:block}": "6127", "tr:last-child{display:block}": "6127", "tr{float:left}": "6127",
    "tr:last-child{display:table-header-group}": "6127", "tbody{position:absolute;top:99px}": "6127",
    "tr:last-child{position:absolute;top:0}": None, "td{display:contents}": None,
}  # fmt: skip
UNCOVERED = {
    "row, relative": ("6127", "tr{position:relative} td{position:relative;top:1px}"),
    "head that stays": ("6127", "td{position:sticky;top:0;background:#fff}"),
    "hairline": ("6127", f".x{{position:relative}} .x::after{{{LINE};bottom:0;border-top:1px solid #eee}}"),
    "hr": ("6127<hr>", "hr{margin:2px 0;border:0}"),
    "outline": ("6127", "td{outline:1px solid #ccc}"),
    "shadow": ("6127", "table{box-shadow:0 0 20px #ccc} td{box-shadow:0 1px 2px #eee}"),
    "gone": ("6127<b></b>", "b{display:none;position:absolute;inset:0;background:#fff}"),
    "lift": ("6127", "tr{transform:translateY(0);transition:all 1s} table{transform:translateX(30px)}"),
}  # fmt: skip
# What the sheet of a browser hides, and shows otherwise than it stands; the words without it.
TAGS = {
    "popover": ("<div popover>6127</div>", ""), "popover of a line": ("6<i popover=manual>12</i>7", "67"),
    "noembed": ("<noembed>6127</noembed>", ""), "noframes": ("<noframes>6127</noframes>", ""),
    "noframes in a number": ("6<noframes>12</noframes>7", "67"), "datalist": ("<datalist open>6127</datalist>", ""),
    "datalist in a number": ("6<datalist>12</datalist>7", "67"), "fencedframe": ("<fencedframe>6127</fencedframe>", None),
    "optgroup": ("<optgroup label=9>6127</optgroup>", None), "option": ("<option label=9>6127</option>", None),
    "meter": ("<meter open>6127</meter>", None), "marquee": ("<marquee>6127</marquee>", None),
    "dialog": ("<dialog open>6127</dialog>", None), "formula": ("<math>6127</math>", ""),
    "row of a formula": ("<math><mrow>6127</mrow></math>", ""),
    "second meaning": ("<math><semantics><mn>6</mn><mn>127</mn></semantics></math>", "6"),
    "second action": ("<math><maction><mn>6</mn><mn>127</mn></maction></math>", "6"),
    "box that tells": ("<input placeholder=6127>", None), "control": ("<usermedia>6127</usermedia>", None),
    "popover that a sheet shows": ("<i class=x popover>6127</i>", None),
    "object": ("6<object>12</object>7", "6127"),
}  # fmt: skip
SEEN_TAGS = [
    "abbr", "address", "bdi", "big", "center", "cite", "code", "data", "dd", "del", "dfn", "dir", "dl", "em",
    "fieldset", "font", "h3", "header", "ins", "kbd", "label", "legend", "listing", "main", "mark", "menu", "nobr",
    "o:p", "output", "p", "pre", "q", "samp", "search", "section", "slot", "small", "span", "strong", "time", "tt",
    "u", "ucapcontent", "var", "x-content", "xmp",
]  # fmt: skip
GAPS = [
    "margin-left:40px", "padding-left:40px", "padding:0 40px", "margin:0 40px", "border-left:2px solid", "border:1px solid",
    "display:inline-block;width:80px", "letter-spacing:30px", "margin-inline:30px", "padding-right:3em",
]  # fmt: skip
NO_GAPS = ["margin-left:1px", "padding:0", "border:0 none", "border:none", "letter-spacing:1px", "padding-top:9px"]
Z = '6<span id="z" class="x" data-n="9">12</span>7'
STYLED = ".gone,.quiet .x{display:none} .odd{color:#333}"
SVG = "xmlns='http://www.w3.org/2000/svg' width='9' height='16'"
SEVEN = f"url(\"data:image/svg+xml;utf8,<svg {SVG}><text y='14'>7</text></svg>\")"


def covered(cell, style, expected):
    """A page whose figure stands below two cells with words."""
    row = "<tr><td class=y>甲乙<td class=y>丙丁</tr>"
    return Case(
        f"<td class=x>{cell}</td>", "6127" if expected != ASKED else None, expected, style, f"<table>{row}{{}}</table>"
    )


CASES = {
    **{f"script {one}": Case(Z, None, ASKED, STYLED, after(one)) for one in SCRIPTS},
    **{
        f"script of others {one}": Case(Z, "6127", "6127", STYLED, after(f"try{{{one}}}catch(e){{0}}"))
        for one in SCRIPTS_OF_OTHERS
    },
    **{f"gap {one}": Case(X, None, style=f".x{{{one}}}") for one in GAPS},
    **{f"no gap {one}": Case(X, "6127", "6127", f".x{{{one}}}") for one in NO_GAPS},
    "gap of an empty element": Case("61<span class=x></span>27", None, style=".x{padding-left:40px}"),
    "gap before words": Case("<span class=x>6127</span>件"[:-1], "6127", "6127", ".x{padding-left:40px;border:0}"),
    "custom element": Case(
        "612<x-d></x-d>",
        "6127",
        page=after("customElements.define('x-d',class extends HTMLElement{connectedCallback(){this.textContent='7'}})"),
    ),
    "hyphen": Case("<p>61&shy;27</p>", None, style="p{hyphenate-character:'5';width:1px}"),
    "parts set apart": Case(
        "<p><b>61</b><b>27</b></p>", None, style="p{display:flex;justify-content:space-between;width:9em}"
    ),
    "parts above each other": Case("<p><b>61</b><b>27</b></p>", None, style="p{display:grid}"),
    "part of a flex": Case("<p>6127</p>", "6127", "6127", "p{display:flex}"),
    "lines over each other": Case("<p>61</p><p>27</p>", None, style="p{margin:0} table{line-height:0}"),
    "lines of their own height": Case("<p>6127</p>", "6127", "6127", "table{line-height:0} p{line-height:1}"),
    "behind dark paper": Case(
        "6127", "", style=":root{color-scheme:dark} td{background:#fff;color:canvas;color:CanvasText}"
    ),
    **{f"passed over {one}": Case(X, None, style=f".x{{{one}}}") for one in PASSED_OVER},
    "onload": Case(
        "<span id=z>9</span>",
        None,
        page=f"<img src='{GIF}' onload='document.querySelector(\"#z\").textContent=1'><table>{{}}</table>",
    ),
    "script for a dash": Case(
        "<i data-v=6127>—</i>",
        "6127",
        page=after("for(const t of document.querySelectorAll('[data-v]'))t.textContent=t.dataset.v"),
        style="i{font-style:normal}",
    ),
    "picture as a digit": Case(
        "612<i class=x></i>", None, style=f".x{{display:inline-block;width:9px;height:16px;background:{SEVEN}}}"
    ),
    "picture behind a blank": Case(
        "612<i class=x>&nbsp;</i>", None, style=f".x{{display:inline-block;width:9px;background:{SEVEN}}}"
    ),
    "line across": Case(X, None, style=f".x{{position:relative}} .x::after{{{LINE};top:50%}}"),
    "line below": Case(X, "6127", "6127", f".x{{position:relative}} .x::after{{{LINE};bottom:0;opacity:0}}"),
    "row turned": Case("6127", "6127", style="tr{display:flex;flex-direction:row-reverse}"),
    "row turned by flow": Case("6127", "6127", style="tr{display:flex;flex-flow:row-reverse wrap}"),
    "cell moved down": Case("<div class=x>6127</div>", "", style=".x{position:relative;top:30px}"),
    **{
        name: Case(cell, "6127", style=f"i,em{{font-style:normal}} b{{font-weight:normal}} {style}")
        for name, (cell, style) in EMPTY.items()
    },
    **{name: Case(cell, "6127", "6127", style) for name, (cell, style) in CLEAN_ICONS.items()},
    "icon beside digits": Case("612<i class=x></i>", None, style=".x::after{content:'\\e007'}"),
    **{f"tag {name}": Case(cell, shown, style=".x{display:block}") for name, (cell, shown) in TAGS.items()},
    "cell that is a popover": Case("<td popover>6127</td>", ""),
    **{f"covered, {name}": covered(cell, style, ASKED) for name, (cell, style) in COVERS.items()},
    **{f"loose, {one}": covered("6127", one, ASKED)._replace(shown=LOOSE[one]) for one in LOOSE},
    **{
        f"not loose, {one}": covered("6127", one, "6127")
        for one in ("td.x{display:block}", "tr{display:block}", "tr{float:none}")
    },
    **{f"uncovered, {name}": covered(cell, style, "6127") for name, (cell, style) in UNCOVERED.items()},
    **{f"before a part: {one}": Case("6127", "6127", style=one) for one in BEFORE_PARTS},
    **{f"unmeant: {one}": Case("<span>6127</span>", "6127", "6127", one) for one in UNMEANT},
    **{f"meant: {one}": Case("<span>6127</span>", MEANT[one], style=one) for one in MEANT},
    **{f"beside a part: {one}": Case("6127", "6127", "6127", one) for one in BESIDE_PARTS},
    "cell of a row by a sheet": Case("6127", "6127", style="tr::before{content:'9'}"),
    "empty by a script": Case(
        "612<span id=z></span>",
        "6127",
        page="<table>{}</table><script>document.getElementById('z').textContent='7'</script>",
    ),
    "empty by a script, of a class": Case(
        "6<span class=zz></span>27",
        "6127",
        page="<table>{}</table><script>document.querySelector('.zz').innerHTML='1'</script>",
    ),
    **{f"part {one}": Case(X, None, style=f":root{{--w:white}} .x{{{one}}}") for one in HIDES},
    **{
        f"change {one}": Case(
            X, None, style=f"@keyframes gone{{to{{opacity:0}}}} @starting-style{{.x{{opacity:0}}}} .x{{{one}}}"
        )
        for one in CHANGES
    },
    **{f"harmless {one}": Case(X, "6127", "6127", f".x{{{one}}}") for one in HARMLESS},
    **{f"harmless cell {one}": Case(TD, "6127", "6127", f".x{{{one}}}") for one in HARMLESS},
    **{f"sheet {one}": Case(X, None, style=one) for one in SHEETS},
    **{
        f"imported {one}": Case(X, None if is_so else "6127", ASKED if is_so else "6127", head=f"<style>{one}</style>")
        for one, is_so in IMPORTS.items()
    },
    **{
        f"attack, {name}": Case(cell, None, ASKED, style, page if "<table" in page else "<table>{}</table>")
        for name, (cell, style, page) in ATTACKS.items()
    },
    "colour by an old rule": Case('<font color="rgb(255,255,255)">6127</font>', "6127", "6127"),
    **{f"other {one}": Case(X, "6127", "6127", one) for one in SHEETS_THAT_MEAN_OTHERS},
    "body text": Case("<b>6127</b>", "", page='<body text="white">{}</body>'),
    "body text, seen": Case("6127", "6127", "6127", page='<body text="#222222" bgcolor="#ffffff" link="red">{}</body>'),
    "body bgcolor": Case("6127", "", page='<body bgcolor="black">{}</body>'),
    "body link": Case('<a href="#">6127</a>', "", page='<body link="white">{}</body>'),
    "table bgcolor": Case("6127", "", page='<table bgcolor="#000000">{}</table>'),
    "white on bgcolor": Case('<td bgcolor="#1f4e79"><font color="white">6127</font></td>', "6127", "6127"),
    "bgcolor that a style undoes": Case('<td bgcolor="black" style="background:white">6127</td>', "6127", "6127"),
    **{f"{one} in nothing": Case("<b>6127</b>", "6127", "6127", f"td{{font-size:0}} b{{font-size:{one}}}") for one in SIZES},
    "picture of a cell": Case(f'<td background="{BLACK_GIF}">6127</td>', ""),
    "picture behind white words": Case("6127", "6127", style=f"body{{background:url({BLACK_GIF});color:white}}"),
    "black picture behind words": Case("6127", "", style=f"td{{background:url({BLACK_GIF})}}"),
    "gradient": Case("6127", "", style="td{background:linear-gradient(black,black)}"),
    "gradient, seen": Case("6127", "6127", "6127", "td{background:linear-gradient(#fff,#eee)}"),
    "gradient that strikes": Case(
        "<span>6127</span>", None, style="span{background:linear-gradient(transparent 45%,red 45%,red 60%,transparent 60%)}"
    ),
    "ground seen through": Case("6127", None, style="table{background:black} td{background:rgba(255,255,255,.1)}"),
    "cleared ground": Case("6127", "6127", "6127", "table{background:black} td{background:white}"),
    "words before": Case('<td class="x">6127</td>', None, style=".x::before{content:'1'}"),
    "words before by an escape": Case('<td class="x">6127</td>', None, style=".x::before{content:'\\31'}"),
    "words before by a nested rule": Case('<td class="x">6127</td>', None, style="tr{.x{&::before{content:'1'}}}"),
    "words before by an attribute": Case(
        '<td class="x" data-a="1">6127</td>', None, style=".x::before{content:attr(data-a)}"
    ),
    "Chinese words after": Case('<td class="x">6127</td>', None, style=".x:after{content:'万'}"),
    "a slash after": Case('<td class="x">6127</td>', None, style=".x:after{content:'/'}"),
    "a number of a list": Case("<span>6127</span>", None, style="span{display:list-item;list-style:decimal inside}"),
    "script": Case("6127<script>document.write(1)</script>", None),
    "script by id": Case(
        '<span id="n">6127</span>',
        "9",
        page="<table>{}</table><script>document.getElementById('n').textContent = 9</script>",
    ),
    "script by class": Case(
        '<span class="n">6127</span>',
        "9",
        page="<table>{}</table><script>document.querySelector('.n').innerHTML = '9'</script>",
    ),
    "script by tag": Case(
        "6127", "9", page="<table>{}</table><script>document.querySelectorAll('td')[1].innerText = '9'</script>"
    ),
    "script elsewhere": Case(
        '<span id="n">6127</span>',
        "6127",
        "6127",
        page="<p id=m></p><table>{}</table><script>document.getElementById('m').innerText = 9</script>",
    ),
    "input": Case('<input value="6127" size=4>', None),
    "button": Case('<input type="button" value="1">6127', None),
    "noscript": Case("<noscript>1</noscript>6127", "6127", "6127"),
    "template": Case("<template>1</template>6127", "6127", "6127"),
    "shadow": Case('<div><template shadowrootmode="open">9</template>6127</div>', "9"),
    "folded": Case("<details><summary>看</summary>6127</details>", None),
    "folded words alone": Case("<details>6127</details>", None),
    "unfolded": Case("<details open><summary></summary>6127</details>", "6127", "6127", "summary{display:none}"),
    "parenthesis of a ruby": Case("<ruby>6<rp>1</rp>27</ruby>", "627", "627"),
    "hidden": Case("<span hidden>1</span>6127", "6127"),
    "aria-hidden": Case('<span aria-hidden="true">61</span>27', "6127", "6127"),
    "dialog": Case("<dialog>1</dialog>6127", "6127"),
    "progress": Case("<progress>1</progress>6127", None),
    "rtl": Case('<td dir="rtl">-61</td>', None),
    "bdo": Case('<bdo dir="rtl">6127</bdo>', "7216"),
    "ruby": Case("<ruby>61<rt>27</rt></ruby>", None),
    "struck": Case("<s>6</s>127", None),
    "turned table": Case("6127", None, style="table{transform:rotate(180deg)}"),
    "turned page": Case("6127", None, style="body{writing-mode:vertical-rl}"),
    "faint": Case("6127", "", style="td{color:#f4f4f4}"),
    "words of a table, moved away": Case("6127", "", style="table{transform:translate(-999px)}"),
    "words of a table, moved away anew": Case("6127", "", style="table{translate:0 -999px}"),
    "words of a table on a path": Case("6127", None, style="table{offset-path:circle(3px)}"),
    "table as a column": Case("6127", "", style="table{display:table-column}"),
    "words of a table, tiny": Case("6127", "", style="table{font-size:1.5px}"),
    "words of a table, all but clear": Case("6127", "", style="table{opacity:.12}"),
    "opacity of a table": Case("6127", "", style="table{opacity:.04}"),
    "collapsed column": Case("6127", "", page='<table><col><col style="visibility:collapse">{}</table>'),
    "cell too narrow": Case(
        '<td class="x">6127</td>',
        None,
        style="table{table-layout:fixed;width:30px} .x{width:10px;overflow:hidden;white-space:nowrap}",
    ),
    "moved page": Case(
        "6127",
        "6127",
        "6127",
        "body>div{float:left;transform:translateX(3px);position:relative}",
        "<div><table>{}</table></div>",
    ),
    "grey page": Case("6127", "6127", "6127", "html{filter:grayscale(1)}"),
    "sheet in a comment": Case(X, "6127", "6127", head="<!-- <style>.x{color:white}</style> -->"),
    "sheet for another medium": Case(X, "6127", "6127", head="<style media='(max-width:300px)'>.x{color:white}</style>"),
    "sheet of an address": Case(X, None, head="<link rel=stylesheet href='data:text/css,.x{color:white}'>"),
    "sheet of noscript": Case(X, "6127", "6127", head="<noscript><style>.x{color:white}</style></noscript>"),
    "font of the page's own": Case("6127", None, style=in_font("'kx9'")),
    "font of the page's own, all at once": Case("6127", None, style=f"{in_font('kx9', used='serif')} td{{font:20px/1 kx9}}"),
    "font of the page's own, around": Case("6127", None, style=f"{in_font('kx9', used='inherit')} body{{font-family:kx9}}"),
    "font of the page's own, of a tag": Case('<font face="kx9">6127</font>', None, style=in_font("kx9", used="serif")),
    "font of the page's own, undone": Case(
        "6127", "6127", "6127", f"{in_font('kx9', used='serif')} body{{font-family:kx9}}"
    ),
    "font of the page's own, not used": Case("6127", "6127", "6127", in_font("kx9", used="serif, kx9")),
    "font of the page's own, without digits": Case("6127", "6127", "6127", in_font("kx9", ";unicode-range:u+4e00-9fff")),
    **{
        f"font of the page's own called {one}": Case("6127", None, style=in_font(f"'{one}'"))
        for one in ("宋体", "Arial", "Times New Roman", "SimSun", "仿宋_GB2312", "sans-serif", "iconfont")
    },
    "font of the page's own, for digits only": Case("6127", None, style=in_font("SimSun", ";unicode-range:U+30-39")),
    "font of the page's own, of a property": Case("6127", None, style=f":root{{--f:kx9}} {in_font('kx9', used='var(--f)')}"),
    "font of the page's own, a generic word": Case("6127", "6127", "6127", in_font("'sans-serif'", used="sans-serif")),
    "font of the reader's, made small": Case(
        "6127", None, style="@font-face{font-family:kx9;src:local('DejaVu Serif');size-adjust:2%} td{font-family:kx9}"
    ),
    "font of the reader's": Case(
        "6127", "6127", "6127", "@font-face{font-family:kx9;src:local(Arial);size-adjust:99%} td{font-family:kx9,serif}"
    ),
    "font of the page's own, by a script": Case(
        "6127",
        None,
        style="td{font-family:Arial}",
        page=after(f"document.fonts.add(new FontFace('Arial','url(data:font/ttf;base64,{scrambled_font()})'))"),
    ),
    "Wingdings": Case('<font face="Wingdings">6127</font>', "6127"),  # where the font is not there; else signs
}


def taken(case):
    """The text of the cell, or `ASKED`."""
    flow = webpage.read(case.html.encode())
    grids = [one for one in flow.blocks if hasattr(one, "rows")]
    if not grids or any(one.kind in {"可能盖住表格的内容", "可能截去表格的内容", "脚本写的样式"} for one in flow.remarks):
        return ASKED
    [grid] = grids
    doubts = [why for place, why in grid.doubtful.items() if place == (len(grid.rows) - 1, 1) and why]
    return ASKED if doubts or not grid.rows[-1][1].isdecimal() else grid.rows[-1][1]


@pytest.mark.slow
def test_a_figure_is_taken_only_where_a_reader_sees_it_so():
    found = {name: (taken(case), case.taken) for name, case in CASES.items()}
    assert {name: both for name, both in found.items() if both[0] != both[1]} == {}


@pytest.fixture(scope="module")
def page(browser):
    with browser.new_page(viewport=DESK | {"height": 200}) as page:
        yield page


@pytest.mark.slow
@pytest.mark.browser
def test_chromium_shows_what_the_cases_say(browser):
    assert [name for name, case in CASES.items() if case.taken not in {ASKED, case.shown}] == []
    seen = _shapes(browser, [case.html for case in CASES.values()])
    figures = sorted({"6127", *(case.shown for case in CASES.values() if case.shown)})
    plain = dict(zip(figures, _shapes(browser, [Case(one, one).html for one in figures]), strict=True))
    assert [name for (name, case), one in zip(CASES.items(), seen, strict=True) if not _is_shown(case, one, plain)] == []


def _is_shown(case, seen, plain):
    """Whether a case says what was seen of it; ``plain`` are the shapes of figures without any style."""
    if case.shown == "":
        return seen is None
    if case.shown:
        return _likeness(seen, plain[case.shown]) > 0.7
    return seen is None or _likeness(seen, plain["6127"]) < 0.9


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("style", [*BEFORE_PARTS, *LOOSE])
def test_chromium_shows_more_around_a_figure(style, page):
    assert _around(page, style) != _around(page)


@lru_cache
def _around(page, style=""):
    page.set_content(covered("6127", f"td{{border:1px solid}} {style}", ASKED).html)
    return page.screenshot()


HIGH = 200  # pixels of a page
AT_ONCE = 40  # pages that are looked at together


def _shapes(browser, pages):
    """What is printed in the second cell of each page, cut out and of one size; ``None`` for nothing."""
    shapes = []
    with browser.new_page() as page:
        for at in range(0, len(pages), AT_ONCE):
            some = pages[at : at + AT_ONCE]
            framed = "".join(f'<iframe srcdoc="{escape(one)}"></iframe>' for one in some)
            style = f"body{{margin:0}} iframe{{display:block;border:0;width:100%;height:{HIGH}px}}"
            page.set_viewport_size(DESK | {"height": HIGH * len(some)})
            page.set_content(f"<!doctype html><style>{style}</style>{framed}")
            boxes = page.evaluate(BOXES)
            assert len(boxes) == len(some)
            wide = min(DESK["width"], max(1, *(ceil(right) for _, _, right, _ in boxes)))
            seen = page.screenshot(clip={"x": 0, "y": 0, "width": wide, "height": HIGH * len(some)})
            seen = Image.open(io.BytesIO(seen)).convert("RGB")
            sheets = [seen.crop((0, HIGH * one, seen.width, HIGH * (one + 1))) for one in range(len(some))]
            shapes += map(_shape, sheets, boxes)
    return shapes


BOXES = """() => [...document.querySelectorAll("iframe")].map(one => {
    const r = [...one.contentDocument.querySelectorAll("td")].pop().getBoundingClientRect();
    return [r.left, r.top, r.left + Math.max(r.width, 1), r.top + Math.max(r.height, 1)];
})"""


def _shape(sheet, box):
    left, top, right, bottom = max(int(box[0]), 0), max(int(box[1]), 0), *map(ceil, box[2:])
    box = left, top, min(right, sheet.width), min(bottom, sheet.height)
    if box[2] <= box[0] or box[3] <= box[1]:
        return None
    pixels = np.asarray(sheet.crop(box)).astype(int)
    colours, counts = np.unique(pixels.reshape(-1, 3), axis=0, return_counts=True)
    printed = np.abs(pixels - colours[counts.argmax()]).max(axis=2) > 60
    down, across = np.where(printed)
    if len(down) < 4:
        return None
    cut = printed[down.min() : down.max() + 1, across.min() : across.max() + 1]
    return np.asarray(Image.fromarray((cut * 255).astype("uint8")).resize((48, 20))).astype(float)


def _likeness(one, other):
    if one is None or other is None:
        return 0
    one, other = one - one.mean(), other - other.mean()
    return (one * other).sum() / (np.linalg.norm(one) * np.linalg.norm(other) or 1)


def test_a_figure_in_an_element_of_the_text_is_taken_or_doubted_for_its_looks():
    found = {tag: taken(Case(f"<{tag}>6127</{tag}>", "6127")) for tag in SEEN_TAGS}
    assert found == {tag: ASKED if tag in {"del", "q"} else "6127" for tag in SEEN_TAGS}


# Those that browsers draw in a way of their own stand in TAGS, in CASES or among the pictures; the others as SEEN_TAGS.
INTERFACES = set(
    re.findall(
        r"\w+",
        """
Anchor Area Audio BR Base Body Button Camera Canvas DList Data DataList Details Dialog Directory Div Embed
FencedFrame FieldSet Font Form Frame FrameSet Geolocation HR Head Heading Html IFrame Image Input Install LI Label
Legend Link Map Marquee Media Menu Meta Meter Microphone Mod OList Object OptGroup Option Output Paragraph Param
Permission Picture Pre Progress Quote Script Select SelectedContent Slot Source Span Style Table TableCaption
TableCell TableCol TableRow TableSection Template TextArea Time Title Track UList Unknown UserMedia Video
""",
    )
)


@pytest.mark.browser
def test_every_kind_of_element_of_chromium_is_known(page):
    names = page.evaluate("() => Object.getOwnPropertyNames(window).filter(name => /^HTML.+Element$/.test(name))")
    assert "HTMLTableCellElement" in names
    assert {name[4:-7] for name in names} - INTERFACES == set()


def test_a_property_that_nobody_knows_is_asked_about_once_a_file():
    rows = "<tr><td class=x>61</td><td style='shrink-signs: 9; text-align: center'>27</td></tr>"
    style = (
        "table{shrink-signs:all;mso-number-format:General} .x{turn-digits:yes} p{bend:9} td{shrink-more:none;-moz-bind:1}"
    )
    page = f"<style>{style}</style><body><h1>{TITLE}</h1><p>公开12条。</p><table>{rows}</table>"
    flow = webpage.read(page.encode())
    assert [(one.kind, one.said) for one in flow.remarks] == [("不认识的样式", "shrink-signs、turn-digits")]


@pytest.mark.browser
def test_every_property_of_chromium_is_known(page):
    names = page.evaluate(
        "() => { const found = []; for (const name in document.body.style) found.push(name); return found }"
    )
    written = ["".join(f"-{char.lower()}" if char.isupper() else char for char in name) for name in names]
    written = [f"-{name}" if name.startswith("webkit-") else name for name in written]
    methods = {"get-property-priority", "get-property-value", "set-property", "remove-property", "parent-rule"}
    assert "hyphenate-character" in written
    assert properties.unknown([";".join(f"{name}:0" for name in written)], looks.ASKED) - methods == set()


OVER = [
    ("<div class=x></div>", ".x{position:absolute;top:0;left:0;width:100%;height:9999px;background:#fff}"),
    ("<div class=x></div>", ".x{position:fixed;inset:0;background:#fff}"),
    ("<div class=x></div>", ".x{position:fixed;top:0;left:0;width:100vw;height:100dvh;background:#fff}"),
    ("<div class=x></div>", ".x{position:fixed;top:0;left:0;width:9999px;min-height:120%;background:#fff}"),
    ("<div class=x></div>", ".x{position:fixed;top:0;left:0;width:calc(100%);height:calc(100%);background:#fff}"),
    ("<i class=x></i>", ".x{position:absolute;top:300px;left:9px;width:90px;height:30px;background:#fff}"),
    ("<p class=x>说明</p>", ".x{margin-top:-28px;background:#fff}"),
    ("<p class=x>说明</p>", ".x{position:relative;top:-60px}"),
    ("<p class=x>说明</p>", ".x{outline:99px solid #fff}"),
    ("", "main{position:relative} main::after{content:'';position:absolute;inset:0;background:#fff}"),
    ("<table class=x><tr><td>乙</td><td>8888</td></tr></table>", ".x{margin-top:-28px;background:#fff;position:relative}"),
]
BESIDE = [
    ("<div class=x></div>", ".x{position:absolute;top:0;left:0;width:100%;height:90px;background:#fff}"),
    ("<div class=x></div>", ".x{position:fixed;right:0;bottom:9px;width:40px;height:90px;background:#fff}"),
    ("<div class=x></div>", ".x{position:absolute;top:300px;background:#fff;display:none}"),
    ("<div class=x></div>", ".x{position:absolute;top:0;height:999px;z-index:-1;background:#fff}"),
    ("<div class=y><i class=x></i></div>", ".y{position:relative} .x{position:absolute;top:0;background:#fff}"),
    ("<p class=x>说明</p>", ".x{margin-top:-6px} main{position:relative;top:-60px}"),
    ("<p class=x>说明</p>", ".x::after{content:'';display:table;clear:both}"),
]


def over(more, style):
    table = "<table><tr><td>甲</td><td>6127</td></tr></table>"
    page = f"<body><h1>{TITLE}</h1><p style='height:200px'>公开12条。</p><main>{table}{more}</main>"
    return f"<!doctype html><meta charset=utf-8><style>body{{margin:9px}} {style}</style>{page}"


@each(("more", "style", "is_over"), [
    *((more, style, True) for more, style in OVER), *((more, style, False) for more, style in BESIDE)
])  # fmt: skip
def test_what_may_lie_over_a_table_is_asked_about_once(more, style, is_over):
    flow = webpage.read(over(more, style).encode())
    assert [one.kind for one in flow.remarks] == ["可能盖住表格的内容"] * is_over
    assert not [one for one in flow.blocks if getattr(one, "doubtful", None)]


STYLING = {
    "const s=document.createElement('style');s.textContent='td{opacity:0}';document.head.append(s)": True,
    "document.styleSheets[0].insertRule('td{color:white}')": True,
    "const s=new CSSStyleSheet;s.replaceSync('table{display:none}');document.adoptedStyleSheets=[s]": True,
    "document.createElement('div')": False, "document.createElement('style')": False,
}  # fmt: skip


@each("script", STYLING)
def test_a_style_sheet_that_a_script_makes_is_asked_about_once(script):
    flow = webpage.read(f"{over('', '')}<script>{script}</script>".encode())
    assert [one.kind for one in flow.remarks] == ["脚本写的样式"] * STYLING[script]


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("script", [script for script in STYLING if STYLING[script]])
def test_chromium_takes_a_style_sheet_of_a_script(script, page):
    page.set_content(f"{over('', '')}<script>{{{script}}}</script>")
    look = "() => { const s = getComputedStyle(document.querySelector('td')); return [s.opacity, s.color, s.display] }"
    hidden, seen = page.evaluate("() => !document.querySelector('td').offsetWidth"), page.evaluate(look)
    page.goto("about:blank")  # what a script has adopted stays otherwise
    assert hidden or seen != ["1", "rgb(0, 0, 0)", "table-cell"]


CUTS = {
    "main{max-height:calc(9px);overflow:hidden}": True, "main{height:1vh;overflow:hidden}": True,
    "main{height:1dvh;overflow:hidden}": True, "main{height:9Q;overflow:hidden}": True,
    "main{height:1e1px;overflow:clip}": True,
    "main{height:9px;contain:paint}": True, "main{height:9px;clip-path:inset(0)}": True,
    "main{display:grid;grid-template-rows:9px;overflow:hidden}": True, "main{aspect-ratio:999/1;overflow:hidden}": True,
    "main{max-width:calc(20px);overflow:hidden} table{width:400px}": True, "main{width:9px;overflow:hidden}": True,
    "main{position:absolute;top:0;bottom:899px;overflow:hidden}": True,
    "main{height:calc(100% - 9px);overflow:hidden}": False, "main{height:fit-content;overflow:hidden}": False,
    "main{max-height:calc(100vh - 50px);overflow:hidden}": False, "main{height:9px}": False,
    "main{height:9px;overflow:hidden}": True, "main{max-height:9px;overflow:clip}": True,
    "main{width:90px;overflow:hidden} table{width:400px}": True,
    "main{height:9px;overflow:auto}": False, "main{height:100%;overflow:hidden}": False,
    "main{width:390px;overflow:hidden} table{width:400px}": False, "main{max-height:99px;overflow:hidden}": False,
}  # fmt: skip


@each("style", CUTS)
def test_what_may_cut_a_table_is_asked_about(style):
    flow = webpage.read(over("", style).encode())
    assert [(one.kind, one.said) for one in flow.remarks] == [("可能截去表格的内容", "main")] * CUTS[style]


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("style", [style for style in CUTS if CUTS[style]])
def test_chromium_cuts_the_table(style, page):
    seen = []
    for one in (style, f"{style} main{{overflow:visible!important;contain:none!important;clip-path:none!important}}"):
        page.set_content(over("", f"td{{background:#000}} {one}"))
        seen.append(page.screenshot(full_page=True))
    assert seen[0] != seen[1]


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize(("more", "sheet"), OVER)
def test_chromium_lays_it_over_the_table(more, sheet, page):
    seen = []
    for style in ("", sheet):
        page.set_content(over("", ""))
        page.set_content(over(more if style else "", style))
        box = page.evaluate("() => { const r = document.querySelector('table').getBoundingClientRect(); return r.toJSON() }")
        page.set_viewport_size(DESK)
        seen.append(page.screenshot(clip={name: box[name] for name in ("x", "y", "width", "height")}))
    page.set_viewport_size(DESK | {"height": 200})
    assert seen[0] != seen[1]


IN_TEXT = {
    "<span style='letter-spacing:-1em'>12</span>": "被样式改了样子的文字",
    "<bdo dir=rtl>12</bdo>": "被样式改了样子的文字",
    "1<span style='float:right'>2</span>": "被样式挪动的文字",
    "<span style='color:#f0f0f0'>12</span>": "几乎看不见的文字",
    "<span style='font-size:3px'>12</span>": "字号极小的文字",
    "<span class='x'>12</span>": "样式不明的文字",
    "<script>document.write(12)</script>": "脚本写的字",
    "<input value='12'>": "输入框",
    "1<span style='display:none'>2</span>3": "隐藏的文字",
    "<span style='visibility:hidden'>1</span>2": "不可见的文字",
    "<span style='display:none'>12（旧）</span>3": "",
    "1<span style='margin-left:60px'>2</span>": "被样式隔开的文字",
    "1<span style='display:inline-block;width:90px;text-align:right'>2</span>": "被样式隔开的文字",
    "<span style='margin-left:60px'>12</span>": "",
    "<span style='font-size:calc(0px)'>12</span>": "字号极小的文字",
    "1<span style='display:inline-block;text-indent:-9px'>2</span>": "被样式挪动的文字",
    "<span style='outline:10px solid;outline-offset:-10px'>12</span>": "被样式改了样子的文字",
    "<span style='box-shadow:inset 0 0 0 20px'>12</span>": "被样式改了样子的文字",
    "<span style='box-shadow:inset 0 1px 2px #ccc;outline-offset:2px'>12</span>": "",
    "12<script>document.write(1)</script>（浏览次数）": "",
    "<span style='float:right'>12</span>": "",
    "<span style='color:#888;font-size:12px'>12</span>": "",
}


@each("words", IN_TEXT)
def test_a_figure_in_the_text_is_asked_about_where_a_reader_may_see_another_one(words):
    style = "<style>@supports (color: red) { .x { color: white } }</style>"
    flow = webpage.read(f"{style}<body><h1>{TITLE}</h1><p>全年公开{words}条。</p></body>".encode())
    assert [one.kind for one in flow.remarks] == ([IN_TEXT[words]] if IN_TEXT[words] else [])


@each("cell", ["<td class='x'></td>", "<td><i class='x'></i></td>", "<td><script>document.write(12)</script></td>"])
def test_a_cell_that_shows_only_what_stands_elsewhere_is_no_blank_one(cell):
    [grid] = webpage.read(Case(cell, "12", style=".x::before{content:'12'}").html.encode()).blocks
    assert list(grid.doubtful) == [(0, 1)]


LABEL = "<tr><td class=x>甲类</td><td>61</td></tr><tr><td>乙类</td><td>27</td></tr>"


@each(
    ("style", "rows", "doubtful"),
    [
        (".x{font-size:0} .x::after{content:'乙类';font-size:16px}", LABEL, [(0, 1)]),
        (".x::before{content:'非'}", LABEL, [(0, 1)]),
        (
            ".x::before{content:'非'}",
            LABEL.replace("<td class=x", "<td rowspan=2 class=x").replace("<td>乙类</td>", ""),
            [(0, 1), (1, 1)],
        ),
        (
            ".x{font-size:0} .x::after{content:'丙';font-size:16px}",
            f"<tr><th>项目</th><th class=x>数量</th></tr>{LABEL.replace('=x', '=y')}",
            [(1, 1), (2, 1)],
        ),
        (".x::before{content:'•'}", LABEL, []),
        (".x:hover::before{content:'非'}", LABEL, []),
    ],
)
def test_a_figure_is_doubtful_where_its_label_is(style, rows, doubtful):
    [grid] = webpage.read(f"<style>{style}</style><table>{rows}</table>".encode()).blocks
    assert [(row, column) for row, column in grid.doubtful if any(map(str.isdigit, grid.rows[row][column]))] == doubtful


ORDINARY = """
function doZoom(size) { document.getElementById('zoom').style.fontSize = size + 'px'; }
$(function () {
  $('#zoom table').css('width', '100%'); $('#zoom p').css('text-indent', '2em'); $('.MsoNormal').css('font-size', '16px');
  $('table tr:odd').addClass('odd'); $('table tr').hover(function () { $(this).addClass('over'); });
  $('.nav li').hover(function () { $(this).find('ul').show(); }, function () { $(this).find('ul').hide(); });
  $('.share').remove(); var top = $('#top'); top.hide(); $('body').addClass('pc'); $('td').attr('width', '');
});
"""


def test_a_page_with_the_usual_scripts_has_no_doubtful_cell():
    cells = "<td class=xl65><p class=MsoNormal><span lang=EN-US style='padding:0;border:none'>61</span></p></td>"
    data = f"<table class=MsoNormalTable><tr class=over><td><p class=MsoNormal>甲</p></td>{cells}</tr></table>"
    page = f"<table><tr><td id=zoom><p>2023年公开12条。</p>{data}</td></tr></table>"
    style = ".over td,.pc td{background:#eee} .odd{color:#333} td{border:1px solid #000;padding:0 5px}"
    flow = webpage.read(f"<style>{style}</style><body>{page}<script>{ORDINARY}</script>".encode())
    assert [one.text for one in flow.blocks if not hasattr(one, "rows")] == ["2023年公开12条。"]
    assert not flow.remarks
    assert not [one for one in flow.blocks if getattr(one, "doubtful", None)]


def test_icons_without_words_make_nothing_else_doubtful():
    icon = "<i class='fa'></i>"
    furniture = (
        f"<table><tr><td>{icon}</td><td>{icon} 首页</td></tr></table><p>{icon} 2023年公开12条。</p>"
        f"<ul><li>{icon}<p>1条</p></ul>"
    )
    flow = webpage.read(f"<style>.fa:before{{content:'\\f015'}}</style><body>{furniture}".encode())
    assert [one.text for one in flow.blocks[1:]] == ["2023年公开12条。", "1条"]
    assert not flow.remarks
    assert not flow.blocks[0].doubtful
    assert flow.blocks[2].mark == "-"


FONTS = {
    "@font-face{font-family:iconfont;src:url(data:font/ttf;base64,AAEAAA)} .fa{font-family:iconfont!important}": [],
    "@font-face{font-family:iconfont;src:url(//at.alicdn.com/t/font_1_2ab3.woff2)} i{font-family:iconfont}": [],
    "@font-face{font-family:'Source Han Sans';src:url(fonts/s.woff2)} h1{font-family:'Source Han Sans'}": [],
    "@font-face{font-family:'Source Han Sans';src:url(fonts/s.woff2)} body{font-family:'Source Han Sans'}": [
        "source han sans"
    ],
    "@font-face{font-family:宋体;src:local('SimSun')} td{font-family:宋体}": [],
}


@each("style", FONTS)
def test_fonts_as_pages_have_them_are_at_most_said(style):
    page = f"<h1><i class='fa'>\ue601</i>{TITLE}</h1><table><tr><td>甲</td><td>61<i class=fa></i></td></tr></table>"
    flow = webpage.read(f"<style>{style}</style><body>{page}".encode())
    assert not flow.remarks
    assert not [one for one in flow.blocks if getattr(one, "doubtful", None)]
    assert [names for names, _, _ in flow.said] == FONTS[style]


@each("sheet", ["td{" * 20, "td{& & & & & & & & &{" * 4, f"td{',td' * 99}{{" * 2 + "color:red"])
def test_a_sheet_of_rules_in_rules_without_end_is_refused(sheet):
    with pytest.raises(Unreadable):
        webpage.read(f"<style>{sheet}</style><p>一</p>".encode())


ADDS = {
    "全年公开612<i class=x></i>条": "全年公开612【】条",
    "全年公开<b class=x>612</b>条": "全年公开【612】条",
    "<p class=x>全年公开612条</p>": "【全年公开612条】",
    "全年公开<i class=x></i>": "全年公开【】",
}


@each("words", ADDS)
@each("adds", ["content:'7'", "content:'\\37'", "content:attr(data-n)", "content:counter(n)", "content:'共7条'"])
def test_a_digit_that_a_sheet_adds_to_the_text_is_asked_about(words, adds):
    style = f"<style>.x::after{{{adds}}}</style>"
    page = words if words.startswith("<p") else f"<p>{words}</p>"
    flow = webpage.read(f"{style}<body><h1>{TITLE}</h1>{page.replace('class=x', 'class=x data-n=7')}</body>".encode())
    is_asked = "counter" not in adds or "<p class" not in page  # numbers of paragraphs are none of a line
    assert [(one.kind, one.said) for one in flow.remarks] == [("样式表加上的数字", ADDS[words])] * is_asked


@each(
    "style",
    [
        ".x::after{content:'。'}", ".x::after{content:'\\e601'}", ".x::after{content:attr(data-n)}",
        "body::before{content:'2023'}", ".y::after{content:'7'}",
    ],
)  # fmt: skip
def test_what_a_sheet_adds_without_a_digit_or_beside_no_words_is_not_asked_about(style):
    words = "<p>全年公开<i class=x></i>612条。</p>"
    flow = webpage.read(f"<style>{style}</style><body><h1>{TITLE}</h1>{words}</body>".encode())
    assert not flow.remarks


TELLS = {
    ".x::after{content:'去年数据'}": True, ".x::before{content:'另有'}": True, "div::before{content:'以下为上年数据'}": True,
    "body::before{content:'以下为上年数据'}": True, ".x::after{content:'年';display:none}": False,
    ".x:hover::after{content:'年'}": False, "a::after{content:'更多'}": False,
    ".from::before{content:'来源：'}": False, ".x::before{content:'■'}": False,
    "@media print{.x::after{content:'年'}}": False, "h1::before{content:''}": False,
}  # fmt: skip


@each("style", TELLS)
def test_words_that_a_sheet_adds_to_the_text_are_asked_about(style):
    table = "<div><table><tr><td>甲</td><td>61</td></tr></table></div>"
    page = f"<h1>{TITLE}</h1><p class=from>市局网站（来源）</p><p class=x>全年公开612条。</p>{table}<a href='#'>首页</a>"
    flow = webpage.read(f"<style>{style}</style><body>{page}".encode())
    assert [one.kind for one in flow.remarks] == ["样式表加上的文字"] * TELLS[style]


SHIFTS = {
    "margin-left:-40px": True, "text-indent:-3em": True, "margin:0 0 0 -60pt": True, "position:relative;left:-50px": True,
    "transform:translateX(-60px)": True, "position:absolute;left:-40px": True,
    "margin-left:-5.25pt": False, "text-indent:-2em;margin-left:2em": False, "text-indent:-21pt;padding-left:21pt": False,
    "text-indent:2em": False, "left:-50px": False,
}  # fmt: skip
FRAMES = {
    "{}": True,
    "<div style='padding-left:200px'>{}</div>": False,
    "<div style='width:600px;margin:0 auto'>{}</div>": False,
}


def shifted(style, frame):
    framed = frame.replace("{}", f"<p id=w style='{style}'>6127件申请</p>")
    return f"<!doctype html><meta charset=utf-8><body style='font:16px serif'><h1>{TITLE}</h1>{framed}</body>"


@each("style", SHIFTS)
@each("frame", FRAMES)
def test_a_paragraph_that_begins_outside_of_its_page_is_asked_about(style, frame):
    flow = webpage.read(shifted(style, frame).encode())
    is_out = SHIFTS[style] and (FRAMES[frame] or "absolute" in style)
    assert [one.kind for one in flow.remarks] == ["被样式截去的文字"] * is_out


@pytest.mark.slow
@pytest.mark.browser
def test_chromium_shows_where_paragraphs_begin(page):
    pages = [(style, frame) for style in SHIFTS for frame in FRAMES]
    framed = "".join(f'<iframe srcdoc="{escape(shifted(*one))}"></iframe>' for one in pages)
    page.set_content(f"<!doctype html><style>iframe{{width:100%}}</style>{framed}")
    lefts = page.evaluate(
        "() => [...document.querySelectorAll('iframe')].map(one => { const d = one.contentDocument, r = d.createRange();"
        " r.selectNodeContents(d.getElementById('w')); return r.getBoundingClientRect().left })"
    )
    assert len(lefts) == len(pages)
    out = [(style, frame) for style, frame in pages if SHIFTS[style] and (FRAMES[frame] or "absolute" in style)]
    assert [one for one, left in zip(pages, lefts, strict=True) if left < -10] == out
