"""Who has moved what: the order of the folder, with what the reviewer has moved."""

import itertools

from cases import each
from nianbao.importing.flow import Paragraph
from nianbao.importing.returned.matching import Item
from nianbao.importing.returned.moves import moves


def _moved(base, now, theirs):
    """The names of what goes behind what stands before it in the file, and of what is asked about; a letter an item."""
    items = [Item(one, Paragraph(one, ""), "") for one in theirs]
    of_base, of_now = ({t: some.index(one) for t, one in enumerate(theirs) if one in some} for some in (base, now))
    made = moves(items, of_base, of_now, {base.index(one): now.index(one) for one in base if one in now})
    order = [one for one in now if one not in theirs or theirs.index(one) in made.staying]
    for number, one in enumerate(theirs):
        if one not in order:
            order.insert(order.index(theirs[number - 1]) + 1 if number else 0, one)
    return "".join(order), "".join(one.key for one in made.disputed)


@each(
    ("base", "now", "theirs", "made"),
    [
        ("ABCD", "ACBD", "ABCD", "ACBD"),  # the folder
        ("ABCD", "ABCD", "ACBD", "ACBD"),  # the reviewer
        ("ABCD", "ACBD", "ACBD", "ACBD"),  # both alike
        ("ABCDEF", "BACDEF", "ABCDFE", "BACDFE"),  # each another pair
        ("ABCD", "BXCAD", "ABCD", "BXCAD"),  # with one more
    ],
)
def test_what_only_one_has_moved_is_so_and_nothing_is_asked(base, now, theirs, made):
    assert _moved(base, now, theirs) == (made, "")


def test_of_all_orders_of_four_each_exchange_of_one_alone_is_kept_or_something_is_asked():
    for now, theirs in itertools.product(map("".join, itertools.permutations("ABCD")), repeat=2):
        order, disputed = _moved("ABCD", now, theirs)
        for one, other in itertools.combinations("ABCD", 2):
            is_theirs, is_ours, is_made = (some.index(one) > some.index(other) for some in (theirs, now, order))
            assert is_made == (is_theirs or is_ours) or disputed, (now, theirs, order)
        if "ABCD" in {now, theirs} or now == theirs:
            assert (order, disputed) == (theirs if now == "ABCD" else now, ""), (now, theirs)
