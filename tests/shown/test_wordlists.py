"""What Word's lists put before a paragraph, by its own properties and by its style's, is part of its text."""

import words
from nianbao.importing import docxfile

P = words.paragraph


def level(at, text, more="", form="chineseCounting"):
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def shape(name, *inside):
    return f'<w:abstractNum w:abstractNumId="{name}">{"".join(inside)}</w:abstractNum>'


def listed(name, of, *changes):
    return f'<w:num w:numId="{name}"><w:abstractNumId w:val="{of}"/>{"".join(changes)}</w:num>'


def in_list(name="", at="", more=""):
    number = f'<w:numId w:val="{name}"/>' if name else ""
    return f'{more}<w:numPr>{f"""<w:ilvl w:val="{at}"/>""" if at else ""}{number}</w:numPr>'


def styled(name, number="", based="", kind="paragraph"):
    base = f'<w:basedOn w:val="{based}"/>' if based else ""
    return f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>{base}<w:pPr>{number}</w:pPr></w:style>'


def texts(*lines, numbering, styles=""):
    """The texts of (text, properties) in a document with these lists and styles."""
    made = words.document(
        *(P(text, properties=properties) for text, properties in lines),
        numbering=f"<w:numbering {words.W}>{''.join(numbering)}</w:numbering>",
        styles=f"<w:styles {words.W}>{styles}</w:styles>",
    )
    return [one.text for one in docxfile.read(made).blocks]


def of_style(name):
    return f'<w:pStyle w:val="{name}"/>'


TWO = shape(1, level(0, "%1、", '<w:pStyle w:val="One"/>'), level(1, "（%2）", '<w:pStyle w:val="Two"/>'))


def test_a_style_has_the_number_of_the_style_that_it_is_based_on():
    styles = (
        styled("One", in_list("3")) + styled("Two", in_list("", "1"), "One") + styled("Two+", "", "Two")
        + styled("Linked", in_list("3")) + styled("Plain", in_list("0"), "Two")
    )  # fmt: skip
    lines = [(name, of_style(name)) for name in ("One", "Two", "Two+", "Plain", "Two", "One", "Two+")]
    assert texts(*lines, numbering=[TWO, listed(3, 1)], styles=styles) == [
        "一、One", "（一）Two", "（二）Two+", "Plain", "（三）Two", "二、One", "（一）Two+",
    ]  # fmt: skip


def test_the_level_of_a_style_is_the_one_that_its_list_has_for_it():
    styles = styled("One", in_list("3")) + styled("Two", in_list("3"))
    lines = [(name, of_style(name)) for name in ("One", "Two", "Two")]
    assert texts(*lines, numbering=[TWO, listed(3, 1)], styles=styles) == ["一、One", "（一）Two", "（二）Two"]


def test_a_list_may_have_the_shape_of_a_list_style():
    numbering = [
        shape(1, '<w:styleLink w:val="Lists"/>', level(0, "%1、")), shape(2, '<w:numStyleLink w:val="Lists"/>'),
        listed(3, 1), listed(4, 2),
    ]  # fmt: skip
    styles = styled("Lists", in_list("3"), kind="numbering")
    lines = [("甲", in_list("4", "0")), ("乙", in_list("4", "0"))]
    assert texts(*lines, numbering=numbering, styles=styles) == ["一、甲", "二、乙"]


def test_a_list_may_have_a_level_of_its_own():
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "第%1条　")}</w:lvlOverride>'
    lines = [("甲", in_list("3", "0")), ("乙", in_list("4", "0"))]
    assert texts(*lines, numbering=[TWO, listed(3, 1), listed(4, 1, own)]) == ["一、甲", "第二条　乙"]


def test_the_levels_of_a_list_count_as_word_counts_them():
    numbering = [
        shape(
            1, level(0, "第%1章　"), level(1, "%1.%2", "<w:isLgl/>", "decimal"),
            level(2, "（%3）", '<w:lvlRestart w:val="0"/>'),
        ),
        listed(3, 1),
    ]  # fmt: skip
    lines = [
        (one, in_list("3", at)) for one, at in (("甲", "0"), ("乙", "1"), ("丙", "2"), ("丁", "0"), ("戊", "1"), ("己", "2"))
    ]
    assert texts(*lines, numbering=numbering) == ["第一章　甲", "1.1 乙", "（一）丙", "第二章　丁", "2.1 戊", "（二）己"]
