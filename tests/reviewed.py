"""What tests of a report that came back share: a document with edits, and what an import makes of it."""

import io
import shutil

import docx

import imports
from nianbao.document import pieces
from nianbao.document.document import Document
from nianbao.importing import session
from nianbao.importing.returned import comeback
from nianbao.narrative.passages import compose
from nianbao.render import docx as word
from nianbao.render.page import Page

BUREAU, YEAR = "shili-wlj", 2024


FIRST = "**（一）文物普查进展。**"


NOTE = "<!-- 数由文物科报 -->"


def outputs(paths):
    return paths.params.parent / "outputs" / BUREAU / str(YEAR)


def shown(paths):
    """The folder's report, and its pieces as HTML, as the kit's notebook shows them."""
    report = imports.report(paths)
    document = Document(report, compose(report), ())
    passages = (pieces.passage(report, one) for one in (document.narrative.preamble, *document.narrative.sections))
    return document, sum((document.title, *passages, document.signature), pieces.NOTHING)._repr_html_()


def printed(paths):
    """The folder's report is published anew, as a Word document: as a build would have it, with what the folder says now."""
    document, html = shown(paths)
    (outputs(paths) / "report.docx").write_bytes(word.make(Page.of([document.bundle], html)))


def edited(paths, *edits, name="report.docx"):
    """The published document with edits, each of which gets it; where it lies."""
    document = docx.Document(io.BytesIO((outputs(paths) / name).read_bytes()))
    for edit in edits:
        edit(document)
    made = paths.params.parent / "reviewed.docx"
    document.save(made)
    return made


def said(old, new):
    """An edit: other words in the paragraph that has the old ones."""

    def edit(document):
        [one] = [one for one in document.paragraphs if old in one.text]
        text = one.text.replace(old, new)
        for run in one.runs[1:]:
            run.text = ""
        one.runs[0].text = text

    return edit


def forgotten(document):
    """An edit: the document has no properties of its own, as some programs save it."""
    for name, one in [*document.part.package.rels.items()]:
        if one.reltype.endswith("custom-properties"):
            document.part.package.rels.pop(name)


def found(document, words):
    return next(one for one in document.paragraphs if words in one.text)


def began(paths, *edits, **options):
    return session.begin(paths, [edited(paths, *edits, **options)])


def lines(paths):
    return paths.narrative_file.read_text("utf-8").split("\n")


def merged(begun):
    """The lines of narrative.md as it would be written; as it is where it would not."""
    paths = begun.paths
    return begun.files.get(paths.narrative_file, paths.narrative_file.read_bytes()).decode().split("\n")


def changed(begun):
    """The lines that go, and those that come, in their order."""
    old, new = lines(begun.paths), merged(begun)
    return [one for one in old if one not in new], [one for one in new if one not in old]


def came_back(paths, text, *changes):
    """The report that a folder prints with another text in narrative.md, as a page with other words."""
    paths.narrative_file.write_text(text, "utf-8")
    shutil.rmtree(outputs(paths), ignore_errors=True)
    _, html = shown(paths)
    for old, new in changes:
        assert html.count(old) == 1
        html = html.replace(old, new)
    page = paths.params.parent / "back.html"
    page.write_text(f"<body>{html}</body>", "utf-8")
    begun = session.begin(paths, [page])
    begun.made.questions.pop(comeback.UNSURE, None)  # A page does not say of which build it is.
    return begun


def with_lines(paths, block):
    """The folder's text with lines at the end of its first chapter."""
    return paths.narrative_file.read_text("utf-8").replace("## 五、", f"{block}## 五、")


FIRST_WITHIN = "直连的景区另行公告，公告期三十天。"


IF = f"""{{% if 事实.直连景区 %}}
{FIRST_WITHIN}

公告期满后由景区办理票务。
{{% endif %}}

票务由专人维护，每周核对一次。

"""
