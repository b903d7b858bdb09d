"""Three reviewers in a row: which change of an earlier file a later one may have withdrawn, and which nobody has.

A build is what a reviewer is given. What the folder prints is the last merge, or an edit of one's own since.
"""

from cases import each
from nianbao.importing.flow import Paragraph
from nianbao.importing.returned import withdrawn
from nianbao.importing.returned.matching import item_of

HEAD, END = "全年工作按计划推进，各科室分工办理。", "来年继续办好群众关心的事项。"
TEN, FIVE, THREE = (f"景区余票每{one}分钟刷新一次，公众可以随时查询。" for one in ("十", "五", "三"))
ASKED, REASKED = "所办申请都在法定期限内答复，没有逾期。", "所办申请都在期限内答复，没有一件逾期。"
NEW, RENEWED = "新设的专窗由两名工作人员值守，周末照常接待。", "新设的专窗由三名工作人员值守，周末照常开放。"
WEEKLY, DAILY = "政策问答按周更新，由办公室负责。", "政策问答按日更新，由办公室负责。"


def items(*texts, chapter="一、总体情况"):
    return [item_of(Paragraph(one, ""), chapter) for one in (HEAD, *texts, END)]


class Folder:
    """What has been merged of it; a text is the paragraphs of a chapter."""

    def __init__(self):
        self.merged = []

    def merge(self, given, file, prints=None):
        """A file is merged: of one that nobody else has changed, the folder prints what it has."""
        prints = file if prints is None else prints
        self.merged.append(withdrawn.touched(items(*given), items(*file), items(*prints), self.merged))

    def asks(self, given, file, now):
        return [*withdrawn.withdrawn(self.merged, items(*given), items(*file), items(*now))]


FIRST = [TEN, ASKED, WEEKLY]


@each(
    ("file", "own", "told"),
    [
        ([FIVE, ASKED, WEEKLY], None, f"现在印“{FIVE}”，这一稿是“{TEN}”"),
        ([FIVE, ASKED, WEEKLY], [THREE, ASKED, WEEKLY], f"现在印“{THREE}”（文件夹里也改过），这一稿是“{TEN}”"),
        ([FIVE, ASKED, WEEKLY], [ASKED, WEEKLY], f"现在没有印“{TEN}”（文件夹里也改过），这一稿有"),
        ([FIVE, ASKED, WEEKLY], FIRST, None),
        ([TEN, WEEKLY], None, f"现在没有印“{ASKED}”，这一稿有"),
        ([TEN, WEEKLY], FIRST, None),
        ([TEN, WEEKLY], [TEN, REASKED, WEEKLY], None),  # put back, then reworded
        ([*FIRST, NEW], None, f"现在印“{NEW}”，这一稿没有"),
        ([*FIRST, NEW], [*FIRST, RENEWED], f"现在印“{RENEWED}”（文件夹里也改过），这一稿没有"),
        ([*FIRST, NEW], FIRST, None),
        ([*FIRST, NEW], [*FIRST, NEW, RENEWED], f"现在印“{NEW}”，这一稿没有"),
        ([ASKED, TEN, WEEKLY], None, "移了位置"),
        ([ASKED, TEN, WEEKLY], FIRST, None),
        ([WEEKLY, TEN, ASKED], [TEN, WEEKLY, ASKED], "移了位置"),
    ],
)
def test_of_two_files_of_one_build_the_second_may_have_withdrawn_what_the_first_changed(file, own, told):
    folder = Folder()
    folder.merge(FIRST, file)
    asked = folder.asks(FIRST, FIRST, own or file)
    assert [told in one for one in asked] == [True] * bool(told)
    assert folder.asks(FIRST, file, own or file) == []  # it has not been withdrawn


LONG = "严格执行三审三校，修订《示例市信息发布办法》，全年检查四次，结果在网站通报。"
CUT, MENDED = LONG.replace("严格执行三审三校，", ""), LONG.replace("网站", "门户网站")


@each(
    ("file", "now", "told"),
    [
        (MENDED, CUT, ["现在印“修订《示例市信息…”，这一稿是“严格执行三审三校，修订《示例市信息…”"]),
        (LONG.replace("四次", "五次"), CUT, ["现在印“修订《示例市信息…”，这一稿是“严格执行三审三校，修订《示例市信息…”"]),
        (CUT.replace("四次", "五次"), CUT, []),  # it has left that out too
        (MENDED, LONG, []),  # the folder has put it back
        (MENDED, CUT.replace("四次", "六次"), ["（文件夹里也改过），这一稿是“严格执行三审三校，"]),
    ],
)
def test_what_the_first_took_out_and_the_second_has_is_asked_also_where_it_changed_other_words_of_the_paragraph(
    file, now, told
):
    folder = Folder()
    folder.merge([LONG], [CUT])
    asked = folder.asks([LONG], [file], [now])
    assert len(asked) == len(told)
    assert all(words in one for words, one in zip(told, asked, strict=True))


@each("file", [[FIVE, ASKED, WEEKLY], [TEN, WEEKLY], [*FIRST, NEW], [ASKED, TEN, WEEKLY], [WEEKLY, TEN, ASKED]])
@each(
    "own",
    [[THREE, WEEKLY, ASKED], [THREE], [DAILY, ASKED, NEW], [REASKED, WEEKLY, TEN, RENEWED], FIRST, [WEEKLY, TEN, ASKED]],
)
def test_of_what_was_built_after_a_merge_nobody_has_withdrawn_anything_whatever_ones_own_edits(file, own):
    folder = Folder()
    folder.merge(FIRST, file)
    assert folder.asks(file, file, own) == []
    assert folder.asks(file, [*file, "另有一段由下一位校对人补写。"], own) == []


def test_three_reviewers_of_one_build_are_each_asked_about_what_the_others_changed():
    folder = Folder()
    folder.merge(FIRST, [FIVE, ASKED, WEEKLY])
    assert len(folder.asks(FIRST, [TEN, ASKED, DAILY], [FIVE, ASKED, WEEKLY])) == 1
    folder.merge(FIRST, [TEN, ASKED, DAILY], [FIVE, ASKED, DAILY])
    asked = folder.asks(FIRST, [TEN, WEEKLY], [FIVE, ASKED, DAILY])
    assert [(TEN in one, FIVE in one) for one in asked] == [(True, True), (False, False)]
    folder.merge(FIRST, [TEN, WEEKLY], [FIVE, DAILY])
    assert len(folder.asks(FIRST, FIRST, [FIVE, DAILY])) == 3
    assert len(folder.asks(FIRST, [TEN, WEEKLY], [FIVE, DAILY])) == 2


def test_three_reviewers_of_three_builds_withdraw_nothing_and_the_first_one_still_may():
    folder, second, third = Folder(), [FIVE, ASKED, WEEKLY], [FIVE, ASKED, DAILY]
    folder.merge(FIRST, second)
    assert folder.asks(second, third, second) == []
    folder.merge(second, third)
    for own in (third, [THREE, ASKED, DAILY], [THREE, REASKED, DAILY, NEW]):
        assert folder.asks(third, third, own) == []
        assert [DAILY in one for one in folder.asks(second, second, own)] == [True]
        assert [FIVE in one or THREE in one for one in folder.asks(FIRST, [TEN, ASKED, DAILY], own)] == [True]


def test_what_a_later_file_or_the_folder_has_made_as_it_was_is_nobodys_change_any_more():
    for given, file, prints in (
        ([FIVE, ASKED, WEEKLY], FIRST, None),  # a reviewer has taken it back in a later build
        (FIRST, [TEN, ASKED, DAILY], None),  # the folder had, before another one's file was merged
    ):
        folder = Folder()
        folder.merge(FIRST, [FIVE, ASKED, WEEKLY])
        folder.merge(given, file, prints)
        assert folder.asks(file, file, [THREE, *file[1:]]) == []
    # Once more as the first reviewer had it: that is what the last file has not.
    assert len(folder.asks(FIRST, FIRST, [FIVE, ASKED, DAILY])) == 2
    folder = Folder()
    folder.merge(FIRST, [ASKED, TEN, WEEKLY])
    folder.merge([ASKED, TEN, WEEKLY], FIRST)
    assert folder.asks(FIRST, FIRST, [ASKED, TEN, WEEKLY]) == []


def test_where_a_part_was_put_back_by_hand_before_a_build_that_build_withdraws_nothing():
    folder, second = Folder(), [TEN, ASKED, DAILY]
    folder.merge(FIRST, [FIVE, ASKED, DAILY])
    assert folder.asks(second, second, [THREE, ASKED, DAILY]) == []
    assert len(folder.asks(FIRST, FIRST, [THREE, ASKED, DAILY])) == 2


def test_a_text_that_stands_in_two_chapters_is_asked_about_in_the_one_that_was_changed():
    def both(one, other):
        return items(one) + items(other, chapter="六、其他需要报告的事项")

    merged = withdrawn.touched(both("无。", "无。"), both("本年没有。", "无。"), both("本年没有。", "无。"), [])
    asked = [*withdrawn.withdrawn([merged], *[both("无。", "无。")] * 2, both("本年没有。", "没有要报告的。"))]
    assert {one.partition("：")[0] for one in asked} == {"一、总体情况"}
