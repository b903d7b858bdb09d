"""Plans in the chapter of problems: those for the report's own year are over, and what was done in it is none."""

from cases import each
from making import BODY, findings, make

PLANS = [
    ("问题：解读少。改进：2021年，我局将加强培训。", True),
    ("问题：解读少。改进：2021年将加强培训，建立台账。", True),
    ("下一步，2021年重点抓好培训。", True),
    ("2021年，我局将从三个方面改进：加强培训。", True),
    ("2021年，我局计划开展培训。", True),
    ("下一步，加强培训，2021年6月底前做到全覆盖。", True),
    ("下一步，将在2021年三季度前完成目录编制。", True),
    ("今后将完善平台，力争2021年底建成。", True),
    ("下一步，加强培训，2022年6月底前做到全覆盖。", False),
    ("下一步，在2021年底前完成整改的基础上，继续完善平台。", False),
    ("下一步，对照2021年9月底前发现的问题逐项改正。", False),
    ("2021年6月底前完成了目录编制，下一步继续细化。", False),
    ("下一步，巩固2021年底建成的专栏，加强更新。", False),
    ("下一步，2022年重点抓好培训。", False),
    ("2021年，我局将政务公开纳入考核。", False),
    ("2021年存在的问题：解读少。下一步，将加强培训。", False),
    ("落实《2021年工作计划》不够。下一步加强培训。", False),
    ("对照上年下一步打算，2021年完成了平台升级。", False),
    ("上年报告提出的下一步措施，在2021年全部完成。", False),
    ("去年报告中的下一步工作，已于2021年6月底前全部完成。", False),
    ("上年的下一步工作措施，我局已于2021年完成整改。", False),
    ("上年提出的改进措施，2021年我局继续推进。", True),
    ("下一步，在巩固了成效的基础上，2021年重点抓好培训。", True),
    ("下一步，推广已建成的平台，2021年6月底前做到全覆盖。", True),
    ("下一步，为了提升质量，2021年本街道将进一步加强培训。", True),
]


@each(("text", "is_over"), PLANS)
def test_plans_are_for_the_next_year(text, is_over):
    found = findings(make(2021, narrative=BODY.replace("逐项改进。", text)), "W223")
    assert ["五、存在的主要问题及改进情况"] * is_over == [one.place for one in found]
    assert all(one.found.strip("“”") in text for one in found)
