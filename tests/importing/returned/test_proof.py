"""What a merged text prints otherwise than the file that came back is asked about."""

import pytest

from nianbao.importing.returned import merge
from reviewed import IF, came_back, with_lines

ORDER = "票务由专人维护，每周核对一次。\n\n景区停车场另有通告，节前张贴。\n\n"


SWAPPED = [
    ("票务由专人维护，每周核对一次。", "甲"),
    ("景区停车场另有通告，节前张贴。", "票务由专人维护，每周核对一次。"),
    ("<p>甲</p>", "<p>景区停车场另有通告，节前张贴。</p>"),
]


@pytest.mark.parametrize(
    ("broken", "does", "changes"),
    [
        ("remove", lambda *_: None, [("<p>景区停车场另有通告，节前张贴。</p>", "")]),
        ("_keep", lambda self, *_: None, SWAPPED),
        ("_change", lambda self, *_: None, [("节前张贴", "节后张贴")]),
        ("_add", lambda self, *_: None, [("<p>景区停车场", "<p>新增的一段。</p><p>景区停车场")]),
    ],
)
def test_whatever_a_merge_does_wrong_its_print_is_unlike_the_file_and_asked_about(paths, monkeypatch, broken, does, changes):
    text = with_lines(paths, ORDER)
    assert came_back(paths, text, *changes).made.questions == {}
    monkeypatch.setattr(merge._Merging, broken, does)
    [(question, about)] = came_back(paths, text, *changes).made.questions.items()
    assert "与稿子不同" in question
    assert len(about) <= 2


def test_paragraphs_that_cannot_stand_in_the_files_order_are_asked_about(paths):
    """The last one of a condition's lines and the first one behind them have changed places."""
    begun = came_back(
        paths,
        with_lines(paths, IF),
        ("<p>公告期满后由景区办理票务。</p>", ""),
        ("每周核对一次。</p>", "每周核对一次。</p><p>公告期满后由景区办理票务。</p>"),
    )
    [(question, [about])] = begun.made.questions.items()
    assert "与稿子不同" in question
    assert "次序" in about
