"""What is shown of long texts that differ in little."""

from hypothesis import given
from hypothesis import strategies as st

from cases import each
from nianbao.importing.returned.excerpts import LEFT_OUT, excerpts

LONG = "全年围绕中心工作，发布信息1205条，组织培训十二次，参加人员三百余人，结果在网站上通报。"


@each(
    ("texts", "shown"),
    [
        (
            (LONG, LONG.replace("十二次", "十三次")),
            ["…205条，组织培训十二次，参加人员三百…", "…205条，组织培训十三次，参加人员三百…"],
        ),
        ((LONG, "去年" + LONG), ["全年围绕中心工作…", "去年全年围绕中心工作…"]),
        (("共3件。", "共4件。"), ["共3件。", "共4件。"]),
        (("同样。", "同样。"), ["同样。", "同样。"]),
        (("共计有收入1,234,567,890元", "共计有收入1,234,567,891元"), ["…1,234,567,890元", "…1,234,567,891元"]),
    ],
)
def test_what_is_otherwise_stands_with_a_few_words_around_it(texts, shown):
    assert [one.replace("1205", "205") for one in excerpts(texts)] == shown


@given(st.text("公开信息12345。", max_size=40), st.lists(st.text("公开信息12345。", max_size=12), min_size=2, max_size=4))
def test_what_is_left_out_is_the_same_in_all_and_no_part_of_a_number(both, middles):
    texts = [both + one + both for one in middles]
    shown = excerpts(texts)
    cores = [one.removeprefix(LEFT_OUT).removesuffix(LEFT_OUT) for one in shown]
    shortest = min(map(len, texts))
    is_cut, is_ended = shown[0].startswith(LEFT_OUT), shown[0].endswith(LEFT_OUT)
    found = [
        (left, rest)
        for left in (range(1, shortest + 1) if is_cut else [0])
        for rest in (range(1, shortest + 1) if is_ended else [0])
        if all(one[left : len(one) - rest] == core for one, core in zip(texts, cores, strict=True))
        and len({one[:left] for one in texts}) == len({one[len(one) - rest :] for one in texts if rest}) | 1 == 1
    ]
    assert any(
        not (left and one[left - 1].isdigit() and one[left].isdigit())
        and not (rest and one[-rest].isdigit() and one[-rest - 1].isdigit())
        for left, rest in found
        for one in texts[:1]
    )
