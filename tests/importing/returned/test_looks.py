"""Bold type and links that a reviewer has changed are not taken, and asked about."""

from docx.opc.constants import RELATIONSHIP_TYPE

from nianbao.importing.returned import looks
from reviewed import began, found, lines, merged


def test_words_that_a_reviewer_has_set_in_bold_and_a_link_are_asked_about(paths):
    text = paths.narrative_file.read_text("utf-8")

    def edit(document):
        one = found(document, "对应的安排")
        for run in one.runs:
            run.bold = True
        document.part.relate_to("https://www.example.gov.cn/new", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)

    begun = began(paths, edit)
    [(question, [about])] = begun.made.questions.items()
    assert (question, "对应的安排" in about) == (looks.LOOKS, True)
    assert about.endswith("，印的没有加粗")
    assert merged(begun) == lines(paths) == text.split("\n")
