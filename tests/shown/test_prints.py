"""What a document was printed with, in its properties."""

import json

from cases import each
from nianbao.importing.gathered import Gathered
from nianbao.shown import joined, prints
from nianbao.shown.blocks import BREAK, Cell, Looks, Paragraph, Piece, Table
from nianbao.shown.prints import PROPERTY, Printed


def table(*rows):
    return Table([[Cell([Paragraph([Piece(text)] if text else [])]) for text in row] for row in rows])


def test_what_was_printed_stands_in_properties_of_which_word_keeps_all_and_is_read_from_there_as_it_was():
    """With blanks at the ends of pieces, which some programs take away, and characters that Word counts as two."""
    wide = table(["甲", "乙"], ["1", "2"], ["丙", "3"])
    wide.rows[0][0].along, wide.rows[0][1].across, wide.rows[0][0].is_head = 2, 2, True
    wide.rows[2][0].blocks = [
        Paragraph([Piece("注", Looks(raised="sup"))]),
        Paragraph(marks=("1.",), depth=1),
        table(["内"]),
    ]
    wide.own = 7
    blocks = [
        *(Paragraph([Piece(f'第{number}段 \u3000\xa0𠮷<&"')]) for number in range(60)),
        Paragraph(
            [Piece("二"), BREAK, Piece("甲", Looks(bold=True)), Piece("乙", Looks(True, True))], 2, ("3.",), 1, own=12
        ),
        Paragraph(),
        wide,
    ]
    printed = Printed(blocks, [("图 一", 7), ("", 0)], ("核查发现", "1. 错误"))
    made = prints.properties(printed)
    assert max(len(one.encode("utf-16-le")) for one in made.values()) <= 2 * 255
    assert not any(one != one.strip() or "\n" in one for one in made.values())
    assert prints.read({"其他": "x", **made}) == printed


def test_what_nobody_sees_on_the_page_is_not_kept():
    hidden = Paragraph([Piece("看得见"), Piece("看不见", Looks(around="隐藏的文字")), Piece("也看得见")])
    assert "看不见" not in "".join(prints.properties(Printed([hidden])).values())


@each(
    "said",
    [
        "", "[", "[]", "[[]]", "[[],[],[]]", "3", '"甲乙"', "[[3],[]]", '[[{"text":3}],[]]', '[[{"text":[["x","甲"]]}],[]]',
        '[[{"rows":[[{"blocks":[],"across":99999}]]}],[]]', '[[{"text":[],"level":-1}],[]]', '[[{"text":[[]]}],[]]',
        '[[{"rows":[3]}],[]]', '[[{"rows":[[3]]}],[]]', '[[],[["图"]]]', '[[],[[3,0]]]', "[" * 100_000, "0a1b2c3d4e5f6071",
    ],
)  # fmt: skip
def test_of_properties_that_hold_anything_else_nothing_is_taken(said):
    starts = range(0, len(said), 255)
    assert prints.read({PROPERTY.format(number): said[at : at + 255] for number, at in enumerate(starts, 1)}) is None


def test_a_property_that_somebody_has_changed_or_taken_out_leaves_nothing():
    made = prints.properties(Printed([Paragraph([Piece(f"第{number}段。")]) for number in range(60)]))
    assert json.loads("".join(made.values()))
    assert prints.read({**made, PROPERTY.format(2): "被人改过"}) is None
    assert prints.read({name: said for name, said in made.items() if name != PROPERTY.format(2)}) is None


def test_a_table_with_merged_cells_is_the_rectangle_that_it_was():
    made = table(["甲", "乙"], ["1", "2"], ["丙", "3"])
    made.rows[0][0].along, made.rows[0][1].across, made.rows[2][0].across = 2, 2, 2
    seen = Gathered()
    seen.take(prints.read(prints.properties(Printed([made]))).blocks)
    [grid] = seen.blocks
    assert grid.rows == (("甲", "乙", ""), ("", "1", "2"), ("丙", "", "3"))


def test_parts_of_a_table_are_joined_however_many_of_their_rows_are_cut():
    count = 1_200
    before, made = (table(*([text] for _ in range(count))) for text in ("甲", "乙"))
    assert joined.join([before], made, joined.said_of(0, range(1, count + 1)))
    assert {(len(row), row[0].across) for row in before.rows} == {(1, 2)}
