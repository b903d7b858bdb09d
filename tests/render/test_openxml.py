"""Microsoft's own validator (of the Open XML SDK) finds nothing in the Office files that the kit writes."""

import base64
import io
import json
import re
import subprocess
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

import pandas as pd
import pytest
from PIL import Image

from making import BUREAU, FORMATS, make
from nianbao.inputs.form import book
from nianbao.render import docx
from nianbao.render.clean import clean
from nianbao.render.exporters import NianbaoDOCXExporter
from nianbao.render.outputs import page_of
from nianbao.render.page import Page
from nianbao.state import State
from pictures import HOSTILE, SVG, png
from project import NPM
from published import documents, notebook, printed, shown

VALIDATOR = NPM / ".bin" / "ooxml-validator"
# What offices have, and the newest.
VERSIONS = ("Office2010", "Microsoft365")


def simple(body, **about):
    return Page("标题", "示例市", "2025-01-20", about.pop("state", State.PUBLISHED), clean(body), **about)


def found_in(version, file):
    """What the validator finds in a file; it takes a link that is no URI out of it, and then goes on."""
    before = file.read_bytes()
    words = [VALIDATOR, file, "--officeVersion", version]
    said = json.loads(subprocess.run(words, capture_output=True, text=True, check=False).stdout)
    faults = [f"{one['path']} {one['xPath']}: {one['description']}" for one in said["errors"]]
    faults += [] if said["ok"] or faults else ["not valid"]
    return faults + ([] if file.read_bytes() == before else ["a link is no URI"])


def faults(folder, made, version):
    """What the validator finds in files, by their names."""
    files = [folder / name for name in made]
    for file in files:
        file.write_bytes(made[file.name])
    with ThreadPoolExecutor(2) as pool:
        told = zip(files, pool.map(partial(found_in, version), files), strict=True)
        return {file.name: found for file, found in told if found}


def picture(kind, mode="RGB"):
    packed = io.BytesIO()
    Image.new(mode, (40, 20)).save(packed, kind)
    return f'<img src="data:image/{kind};base64,{base64.b64encode(packed.getvalue()).decode()}" alt="&quot;&lt;图&gt;&amp;">'


MATHS = (
    r"\frac{a}{b} \sqrt{x} \sqrt[3]{x} \binom{n}{k} x_1^2 x'' {}_a^b X",
    r"\sum_{i=1}^{n} \iint \prod_k \lim_{x\to 0} \oiint",
    r"\overbrace{x+y}^{n} \underbrace{x}_m \widehat{xyz} \vec v \dot x \dddot x \mathring x \bar a",
    r"\overline{ab} \underline{ab} \xcancel x \cancel x \boxed x \phantom x \color{red}{x} \smash x",
    r"\mathfrak A \mathscr A \mathbb R \mathbf x \mathtt b",
    r"\begin{pmatrix}a&b\\c&d\end{pmatrix} \begin{cases}a&b\\c&d\end{cases} \sum_{\substack{a\\b}}",
    r"\begin{aligned}a&=b\\c&=d\end{aligned} \left.\frac{a}{b}\right|_0 \bigg\{x \xrightarrow[b]{abc} \stackrel a=",
    r"\text{公开率}=\frac{\text{主动公开}}{\text{应公开}}\times100\% \sideset{_a^b}{_c^d}\sum \frac{}{} \sqrt{} x^{}",
)  # fmt: skip
# Addresses, and those that a document's links have: none for what can be no URI.
ADDRESSES = {
    "https://[::1]:80/a": "https://[::1]:80/a", "https://政务.测试/路": "https://xn--zfr164b.xn--0zwm56d/%E8%B7%AF",
    "https://a。test/": "https://a.test/", "mailto:a@政务.测试": "mailto:a@xn--zfr164b.xn--0zwm56d", "mailto:": "mailto:",
    "mailto:?subject=甲": "mailto:?subject=%E7%94%B2", "https://a.test:/?a[0]=1#a#b": "https://a.test:/?a%5B0%5D=1#a#b",
    "https://u:p@a.test?甲@": "https://u:p@a.test?%E7%94%B2@", "HTTPS://A.TEST": "HTTPS://A.TEST",
    "mailto:a@b.test?cc=c@d.test": "mailto:a@b.test?cc=c@d.test", f"https://a/{'x' * 3000}": f"https://a/{'x' * 3000}",
} | dict.fromkeys((
    "mailto:a@b.test;c@d.test", "mailto:a@b.test,c@d.test", "mailto:甲<a@b.test>", "mailto:@", "mailto:a@[1.2.3.4]",
    "https://a..b/", "https://*.test/", "https://a,b.test/", "https://u@v@a.test/", "https://a+b.test",
), "")  # fmt: skip
LINKS = "".join(f'<p><a href="{one}">字</a></p>' for one in (*ADDRESSES, "#甲")) + '<h2 id="甲">乙</h2>'
TABLES = (
    "<table><caption>甲<b>乙</b></caption><tr><td colspan=3 rowspan=2>1</td><td>2</td></tr><tr><td rowspan=9>3</td></tr><tr>"
    "<td>4</td><td colspan=9>5</td></tr><tr></tr><tr><td><ul><li>6</li></ul></td><td><table><tr><td>7</td></tr></table></td>"
    f"</tr></table><table></table><table><tr>{'<td>1.2345</td>' * 200}</tr></table><table><tr><td>{'长' * 2000}</td></tr>"
    '</table><table><tr><td style="background: red; color: #fff; text-align: right; font-weight: bold">1</td></tr></table>'
)
WORDS = (
    "# 𠮷𬭚𬬻\n\n𠀀𪚥𰻝 ẼãÇ Ω Ж あ 한 עברית 🚀👨‍👩‍👧 e\u0301 〇㈠① \u200d\ufe0f \ue000 \U000f0000 \uffff \x85 ]]> &amp;lt;"
)
MARKS = (
    "- [ ] 甲\n- [x] 乙\n\n脚注[^1]。\n\n[^1]: 一**重**。\n\n> [!NOTE]\n> 提示\n\n> 引\n>> 再引\n\n---\n\n~~删~~ <u>线</u> "
    "H<sub>2</sub>O <ruby>汉<rt>han</rt></ruby> <mark>m</mark> <kbd>k</kbd>\n\n```python\nprint(1)\n\tx = '表 1'\n```\n"
)
SIGNED = (
    '<p>文。</p><div class="attached"><p>附件：1. 甲</p><p>2. 乙</p></div><div class="signature"><p>甲局</p><p>乙局</p>'
    '<p>2025年1月2日</p></div><div class="editor"><p>责任编辑：甲</p></div><div class="attachment"><h2>附件1：'
    '<span class="title-part">统计</span><span class="title-part">表</span></h2><p>甲。</p></div>'
)
LONG = (
    f"<h1>{'很长的名' * 300}</h1><h2>{'标题' * 300}</h2><p>{'x' * 5000}</p><table><caption>{'名' * 900}</caption><tr><th>"
    f'{"x" * 900}</th></tr></table><p><img alt="{"说" * 3000}" src="data:image/png;base64,{png()}"></p>'
)


def test_the_words_of_a_link_stay_where_its_address_can_be_no_uri():
    """What is made with the SDK opens no document that holds such a one."""
    packed = zipfile.ZipFile(io.BytesIO(docx.make(simple(LINKS))))
    targets = re.findall('Target="([^"]*)" TargetMode="External"', packed.read("word/_rels/document.xml.rels").decode())
    assert targets == [one for one in ADDRESSES.values() if one]
    document = packed.read("word/document.xml").decode()
    assert (document.count(">字<"), document.count("w:anchor=")) == (len(ADDRESSES) + 1, 1)


def awkward():
    """Documents of every shape that a notebook can give them, by the names of their files."""
    drawing = f"data:image/svg+xml;base64,{base64.b64encode(SVG.encode()).decode()}"
    kinds = [picture(kind) for kind in ("png", "jpeg", "gif", "webp")] + [picture("jpeg", "CMYK"), f'<img src="{drawing}">']
    deep = 14
    nested = "".join(f"<p>{one}</p>" for one in kinds)
    lists = "".join(f"<{tag}><li>甲" * deep + f"</li></{tag}>" * deep for tag in ("ul", "ol"))
    frame = pd.DataFrame({"甲": [1.5, None], "乙": ["x", "y"]})
    outputs = [shown(html=frame.to_html()), shown(html=frame.style.set_caption("表1 甲").background_gradient().to_html())]
    outputs += [printed("x\x1b[31mred\x1b[0m\ny\tz"), printed("err", "stderr"), shown(png=png(300, 200)), shown(svg=SVG)]
    lists += '<ol start="0"><li></li></ol><ol start="40000"><li>甲</li></ol><ol start="-3"><li>甲</li></ol>'
    shapes = f"<p>行{nested[3:-4]}内</p>{nested}<ul><li>{nested}</li></ul><table><td>{nested}</td></table>{lists}{LINKS}"
    maths = "\n\n".join(f"行内 ${one}$ 与\n\n$${one}$$" for one in MATHS)
    pages = {
        "texts": page_of(notebook(WORDS, maths, MARKS)),
        "shapes": simple(f"{shapes}{TABLES * 2}{''.join(HOSTILE.values())}{SIGNED}", state=State.DRAFT),
        "english": simple(f"{SIGNED}{TABLES}<h3>甲</h3><h6>乙</h6><pre>丙</pre><hr>", language="en-GB"),
        "long": Page("很长" * 300, "市" * 200, "2025-01-20", State.DRAFT, clean(LONG)),
        "empty": Page("", "", None, None, ""),
    }
    made = {f"{name}.docx": docx.make(page) for name, page in pages.items()}
    return made | {"nbconvert.docx": NianbaoDOCXExporter().from_notebook_node(notebook(*outputs))[0]}


@pytest.mark.browser
@pytest.mark.parametrize("version", [VERSIONS[0], pytest.param(VERSIONS[1], marks=pytest.mark.slow)])
def test_word_opens_documents_of_every_shape(version, tmp_path):
    assert faults(tmp_path, awkward(), version) == {}


@pytest.mark.browser
def test_excel_opens_the_forms(tmp_path):
    """Of the first format an empty one, of the second a full one, with last year's figures."""
    values = {table.id: dict.fromkeys(table.cells, 1) for table in FORMATS["2021"].tables.values()}
    made = {
        "2019.xlsx": book.made(FORMATS["2019"], '"<&>', 2019, None, {}),
        "2021.xlsx": book.made(FORMATS["2021"], BUREAU, 2024, make(2023), values),
    }
    assert faults(tmp_path, made, VERSIONS[0]) == {}


@pytest.mark.slow
@pytest.mark.browser
def test_word_opens_every_third_sample(once, tmp_path):
    """And the first as a draft."""
    folder, pages = once("documents", documents)
    made = {file.name: file.read_bytes() for file in sorted(folder.glob("*.docx"))[::3]}
    made["draft.docx"] = docx.make(replace(next(iter(pages.values())), state=State.DRAFT))
    assert faults(tmp_path, made, VERSIONS[0]) == {}
