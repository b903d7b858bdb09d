"""Small notebooks of the project's own: one cell for each kind of cell and output that Jupyter knows."""

import pandas as pd
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output, new_raw_cell

from pictures import SVG, png
from published import printed, shown


def bundle(data, **about):
    return new_code_cell("shown", outputs=[new_output("display_data", data, metadata=about)])


def attached():
    cell = new_markdown_cell("![a plot](attachment:a.png)")
    cell["attachments"] = {"a.png": {"image/png": png(20, 10)}}
    return cell


def failed():
    lines = [
        "\x1b[31m---\x1b[0m\nTraceback (most recent call last)",
        "File \x1b[32m/home/\x1b[1mjane\x1b[0m/work/x.py:3\x1b[0m, in f",
        "ValueError: no",
    ]
    return new_code_cell("f()", outputs=[new_output("error", ename="ValueError", evalue="no", traceback=lines)])


def html(text):
    return shown(html=text, plain="<IPython.core.display.HTML object>")


FRAME = pd.DataFrame({"a": [1, 2], "b": [3, 4]}, index=pd.MultiIndex.from_tuples([("x", "y"), ("x", "z")]))
MARKDOWN = {
    "text, emphasis, links": "Some *text*, **bold**, <https://a.test>, [b](https://b.test).",
    "heading, also underlined": "# One\n\nTwo\n---",
    "list, nested": "- a\n  1. b\n- c",
    "task list": "- [x] done\n- [ ] to do",
    "strikethrough": "~~gone~~",
    "table": "| a | b |\n|---|--:|\n| 1 | 2 |",
    "footnote": "Said.[^1]\n\n[^1]: Why.",
    "reference link": "[a][r]\n\n[r]: https://a.test",
    "code span": "``a `b` c``",
    "fenced code": "```python\nx = 1  # why\n```",
    "indented code": "    x = 1",
    "quotation": "> quoted",
    "alert": "> [!NOTE]\n> Mind.",
    "HTML": "<div align='center' onclick='x()'>in the <b>middle</b></div>",
    "`$…$`": "So $x^2 < 3$.",
    "`$$…$$`": r"$$\frac{a}{b}$$",
    r"`\begin{align}` and the environments named below": "\\begin{align}\na &= b \\\\\nc &= d\n\\end{align}",
    r"`\(…\)`, `\[…\]`": r"So \(x^2 < 3\), and \[y < 4\]",
    r"`\newcommand`, `\tag`, `\label`, `\eqref`": r"$$\newcommand{\R}{\mathbb{R}} x \in \R \tag{1}\label{a}$$ By \eqref{a}.",
    r"`\begin{tabular}`, and any other environment": "\\begin{tabular}{l}\na\n\\end{tabular}",
    "a formula that pandoc does not understand": r"$\notamacro{x}$",
    "picture beside the notebook": "![a plot](plots/a%20b.png)",
    "picture that is not there, or elsewhere": "![a plot](https://a.test/b.png)",
    "`<svg>`": '<svg width="60" height="30"><title>a bar</title><rect width="60" height="30"/></svg>',
}
OUTPUTS = {
    "stdout": printed("printed \x1b[31mred\x1b[0m"),
    "stderr": printed("a warning", "stderr"),
    "error": failed(),
    "text/plain": shown(plain="{'a': 1}"),
    "text/html": html("<p>said</p>"),
    "text/html of a frame": html(FRAME.to_html()),
    "text/html of a Styler": html(FRAME.style.to_html()),
    "text/html with an inline drawing": html(f"<p>a bar</p>{SVG}"),
    "text/html that a script fills": html("<div id='x'></div><script>draw()</script>"),
    "text/html with `<iframe>`, `<video>`, `<audio>`": html("<iframe src='https://a.test/b'></iframe>"),
    "text/markdown": shown(md="**said**"),
    "text/latex": bundle({"text/latex": r"$\displaystyle \alpha$", "text/plain": "<IPython.core.display.Math object>"}),
    "text/latex without dollars": bundle(
        {"text/latex": r"f(x)=\begin{cases}1\\0\end{cases}", "text/plain": "<Latex object>"}
    ),
    "image/svg+xml": shown(svg=SVG),
    "image/png, image/jpeg, image/gif, image/webp": shown(png=png(), plain="<Figure size 640x480 with 1 Axes>"),
    "application/json": bundle({"application/json": {"a": 1}, "text/plain": "<IPython.core.display.JSON object>"}),
    "Plotly": bundle({"application/vnd.plotly.v1+json": {}, "text/html": "<div></div><script>draw()</script>"}),
    "Plotly with a picture": bundle({"application/vnd.plotly.v1+json": {}, "image/png": png()}),
    "Altair, Vega": bundle({"application/vnd.vegalite.v5+json": {}, "text/plain": "<VegaLite 5 object>"}),
    "Bokeh": bundle({"application/vnd.bokehjs_exec.v0+json": "", "text/html": "<div></div><script>draw()</script>"}),
    "ipywidgets": bundle(
        {"application/vnd.jupyter.widget-view+json": {"model_id": "a"}, "text/plain": "IntSlider(value=3)"}
    ),
    "application/javascript": bundle(
        {"application/javascript": "x()", "text/plain": "<IPython.core.display.Javascript object>"}
    ),
    "any other kind without a text": bundle({"application/x-own": "a"}),
}
CELLS = {
    "code, as it is": new_code_cell("secret = 1"),
    "raw": new_raw_cell("raw"),
    "raw, `text/html`": new_raw_cell("<p>said</p>", metadata={"raw_mimetype": "text/html"}),
    "Markdown with an attachment": attached(),
}
KINDS = {
    **{f"Markdown: {name}": new_markdown_cell(source) for name, source in MARKDOWN.items()},
    **{f"output: {name}": cell for name, cell in OUTPUTS.items()},
    **{f"cell: {name}": cell for name, cell in CELLS.items()},
}
