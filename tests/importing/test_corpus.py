"""Small messy files, one for each thing that is seen in published reports: what each becomes, to the letter.

corpus/<name>.txt beside corpus/<name>.html and so on holds what is expected: the files, what has to be decided, what was
written otherwise than it stood, what was left out. ``pytest --regenerate`` writes it anew, to be read before it is kept.
"""

from pathlib import Path

import pytest

from imports import imported
from nianbao.errors import UsageError

CORPUS = Path(__file__).parent / "corpus"
FILES = sorted(path for path in CORPUS.iterdir() if path.suffix != ".expected")
OPTIONS = {"half-width.html": {"full_width": True}}
# An empty table says nothing.
BLANK = "没有找到，各格未填"


def told(begun):
    """An import as text: each file, then what import.md says of it."""
    made = begun.made
    blank = [key for key, table in made.form.tables.items() if key not in made.taken]
    parts = [(name, text) for name, text in sorted(made.files.items()) if name.removesuffix(".csv") not in blank]
    asked = {question: about for question, about in made.questions.items() if BLANK not in question}
    parts.append(("待决定", "\n".join(f"{question}\n  " + "\n  ".join(about) for question, about in asked.items())))
    changes = [change for taken in made.taken.values() for change in taken.changes]
    wide = [f"{place}：{before} → {after}" for place, before, after in made.written.widened]
    lines = [f"{one.cell}（{one.place}）：{one.found} → {one.taken}（{one.rule}）" for one in changes]
    parts.append(("改写", "\n".join([*lines, *wide])))
    parts.append(("没有取用", "\n".join(f"{place}：{text}（{why}）" for place, text, why in made.left_out)))
    return "\n".join(f"== {name}\n{text.strip()}\n" for name, text in parts if text.strip()).replace("\r\n", "\n")


@pytest.mark.by_turns(12)
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_each_file_becomes_what_it_is_known_to_mean(path, tmp_path, request):
    try:
        said = told(imported(tmp_path, path, **OPTIONS.get(path.name, {})))
    except UsageError as error:
        said = f"== refused\n{error}\n"
        assert not list(tmp_path.glob("params/*"))
    expected = path.with_name(f"{path.name}.expected")
    if request.config.getoption("--regenerate"):
        expected.write_text(said, "utf-8")
    assert said == expected.read_text("utf-8")
