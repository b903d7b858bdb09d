"""Small notebooks as other people write them: kinds of cells × places they come from, with words that may not be lost."""

import json

from nbformat.v4 import new_code_cell, new_markdown_cell, new_output, new_raw_cell

from kinds import KINDS as TYPICAL
from pictures import SVG, png

SHOW = "from IPython.display import *\n"
PANDAS = "import pandas as pd\n"
NESTED = "<table><tr><td>wordouter<table><tr><td>wordin</table></table>"
# What a cell does, and words of what it shows. What stands behind - is not shown.
RUN = {
    "print": ("print('wordone')", "wordone"),
    "several prints": ("for n in 'abc':\n    print('word' + n)", "worda wordb wordc"),
    "a progress bar": ("for n in range(9):\n    print(f'\\rword{n}', end='')", "word8 -word7"),
    "ANSI colours": ("print('\\x1b[1;31mwordred\\x1b[0m \\x1b[38;5;200mwordpink\\x1b[0m')", "wordred wordpink -38;5"),
    "warnings on stderr": ("import sys\nprint('wordout'); print('wordwarned', file=sys.stderr)", "wordout -wordwarned"),
    "a value": ("{'wordkey': ['wordvalue'] * 3}", "wordkey wordvalue"),
    "a long line": ("'wordlong' * 60", "wordlong" * 60),
    "many lines": ("print('\\n'.join(f'word{n}' for n in range(300)))", "word0 word150 word299"),
    "HTML": (SHOW + "HTML('<p>word<b>bold</b> &amp; wordlast</p>')", "word bold wordlast"),
    "HTML that is broken": (SHOW + "HTML('<div><p>wordone<table><tr><td>wordcell<b>wordbold')", "wordone wordcell wordbold"),
    "nested HTML tables": (SHOW + f"HTML('{NESTED}')", "wordouter wordin"),
    "Markdown": (SHOW + "Markdown('**wordbold** and `wordcode`')", "wordbold wordcode"),
    "TeX": (SHOW + "Math(r'\\text{wordtext} = \\frac{a}{b}')", "wordtext"),
    "LaTeX": (SHOW + "Latex(r'wordbefore $a^2$ wordafter')", "wordbefore wordafter"),
    "JSON": (SHOW + "JSON({'wordkey': 1})", "wordkey"),
    "SVG": (SHOW + f"SVG({SVG!r})", "<img"),
    "JavaScript": (SHOW + "Javascript('1')", "notshownhere"),
    "a frame around a page": (SHOW + "IFrame('https://a.test/word', 9, 9)", "notshownhere a.test/word"),
    "a display that is updated": (
        SHOW + "handle = display('wordbefore', display_id='a'); handle.update('wordafter')", "wordafter -wordbefore"
    ),
    "output that is cleared": (SHOW + "print('wordgone')\nclear_output()\nprint('wordkept')", "wordkept -wordgone"),
    "several results": (SHOW + "display('wordone'); print('wordtwo'); 'wordthree'", "wordone wordtwo wordthree"),
    "an object of one's own": ("class A:\n    def _repr_html_(self):\n        return '<i>wordown</i>'\nA()", "wordown"),
    "a frame": (PANDAS + "pd.DataFrame({'wordhead': ['wordcell']})", "wordhead wordcell"),
    "a series": (PANDAS + "pd.Series(['wordcell'], name='wordname')", "wordcell wordname"),
    "a long frame": (
        PANDAS + "pd.set_option('display.max_rows', None)\npd.DataFrame({'wordhead': [f'word{n}' for n in range(150)]})",
        "word0 word75 word149",
    ),
    "a wide frame": (
        PANDAS + "pd.set_option('display.max_columns', None)\npd.DataFrame([[f'word{n}' for n in range(50)]])",
        "word0 word25 word49",
    ),
    "a Styler": (PANDAS + "pd.DataFrame({'wordhead': [1.5]}).style.background_gradient()", "wordhead 1.5"),
    "a Styler's bars": (PANDAS + "pd.DataFrame({'wordhead': [1, 2]}).style.bar()", "wordhead"),
    "a figure": (
        "import matplotlib.pyplot as plt\nplt.plot([1, 2]); plt.title('wordtitle'); plt.show()", "<img"
    ),
    "magics": ("%%time\nprint('wordmagic')", "wordmagic"),
    "a shell command": ("!echo wordshell", "wordshell"),
    "another language's cell": ("%%html\n<p>wordhtml</p>", "wordhtml"),
    "Chinese": ("print('年度报告：示例市')", "年度报告：示例市"),
    "letters of other scripts": ("print('Žluťoučký κόσμος мир')", "Žluťoučký κόσμος мир"),
    "characters that print nothing": ("print('word\\x00\\x07one\\u200bword')", "word"),
    "nothing": ("x = 1", ""),
    "no source": ("", ""),
}  # fmt: skip
ERROR = new_output("error", ename="WordError", evalue="wordvalue", traceback=["\x1b[31mWordError\x1b[0m: wordvalue"])
KEPT = {
    **{f"typical {name}": (cell, "") for name, cell in TYPICAL.items()},
    "an error": (new_code_cell("1/0", outputs=[ERROR]), "WordError wordvalue"),
    "raw TeX": (new_raw_cell("\\wordraw"), ""),
    "raw of a kind": (new_raw_cell("<p>wordraw</p>", metadata={"format": "text/html"}), "wordraw"),
    "Markdown of one heading": (new_markdown_cell("### wordhead"), "wordhead"),
    "Markdown with HTML in a table": (new_markdown_cell("| a |\n|--|\n| word<br>next |"), "word next"),
    "Markdown with a comment": (new_markdown_cell("wordone <!-- hidden --> wordtwo"), "wordone wordtwo"),
    "Markdown with Windows' line ends": (new_markdown_cell("# wordone\r\n\r\n- wordtwo\r\n- wordthree"), "wordone wordtwo"),
    "Markdown with deep lists": (
        new_markdown_cell("".join(f"{'  ' * n}- word{n}\n" for n in range(9))), "word0 word8"
    ),
    "Markdown of nothing": (new_markdown_cell(" \n "), ""),
    "a picture without bytes": (new_code_cell("x", outputs=[new_output("display_data", {"image/png": ""})]), ""),
    "a picture of two forms": (
        new_code_cell("x", outputs=[new_output("execute_result", {"image/png": png(), "text/html": "<p>word</p>"})]), "word"
    ),
}  # fmt: skip


def notebook(cells, minor=5, **metadata):
    """A notebook file's content, as JSON values: lines as lists, as Jupyter writes them."""
    made = json.loads(json.dumps(cells))
    for plain in made:
        if minor < 5:
            plain.pop("id", None)
        plain["source"] = plain["source"].splitlines(keepends=True)
    return {"cells": made, "metadata": metadata, "nbformat": 4, "nbformat_minor": minor}


def of_version_3(cells):
    """As IPython wrote notebooks before Jupyter."""
    sheet = {"cells": [*map(_cell_of_version_3, notebook(cells, 0)["cells"])], "metadata": {}}
    return {"worksheets": [sheet], "metadata": {"name": ""}, "nbformat": 3, "nbformat_minor": 0}


def _cell_of_version_3(plain):
    kind = plain["cell_type"]
    old = {"cell_type": kind, "metadata": plain["metadata"]}
    if kind != "code":
        old["source"] = plain["source"]
    else:
        outputs = [_of_version_3(one) for one in plain["outputs"]]
        old |= {"input": plain["source"], "language": "python", "collapsed": False, "outputs": outputs}
    return old


_OLD = {"text/html": "html", "text/plain": "text", "image/png": "png", "image/svg+xml": "svg", "text/latex": "latex"}


def _of_version_3(output):
    kind = output["output_type"]
    if kind == "stream":
        return {"output_type": "stream", "stream": output["name"], "text": output["text"]}
    if kind == "error":
        return {"output_type": "pyerr", **{name: output[name] for name in ("ename", "evalue", "traceback")}}
    data = {_OLD[one]: value for one, value in output["data"].items() if one in _OLD}
    return {"output_type": "display_data", "metadata": {}, **data}


PYTHON = {"name": "python3", "display_name": "Python 3", "language": "python"}
PLACES = {
    "JupyterLab": lambda cells: notebook(cells, kernelspec=PYTHON, language_info={"name": "python"}),
    "an older Jupyter": lambda cells: notebook(cells, 0, kernelspec={"name": "python3", "display_name": "Python 3"}),
    "Colab": lambda cells: notebook(cells, 0, colab={"provenance": []}, kernelspec=PYTHON, accelerator="GPU"),
    "nobody": lambda cells: notebook(cells, 4),
    "a kernel that is not here": lambda cells: notebook(
        cells, 2, kernelspec={"name": "ir", "display_name": "R", "language": "R"}, language_info={"name": "R"}
    ),
    "IPython": of_version_3,
}
