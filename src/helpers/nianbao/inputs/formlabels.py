"""The labels that a form has around its tables, such as 填表人：, by the kind of what stands behind them.

What reads them: who filled a table in, the lines in cells, whose a table is, when it was filled in, and what is said behind
labels. All are patterns, without the colon and what stands in brackets before it.
"""

from __future__ import annotations

from functools import lru_cache

PERSON, TELEPHONE, ADDRESS, DAY, YEAR, TERM = "person", "telephone", "address", "day", "year", "term"
BODY, FORM, AUTHORITY, PUBLISHER = "body", "form", "authority", "publisher"
CODE, COUNT, PAGE, OTHER = "code", "count", "page", "other"
NUMBERED = (TELEPHONE, ADDRESS, DAY, YEAR, TERM, CODE, COUNT, PAGE)
"""The kinds of which a number may stand behind a label."""
SILENT = (PERSON, TELEPHONE, ADDRESS, DAY, FORM, AUTHORITY, PUBLISHER, CODE, COUNT, OTHER)
"""The kinds of which nothing is said of figures behind a label, unless it says that they are off."""

NOTES = "备注"
"""What heads the column of the bureau's own notes, which are not printed."""

# What stands before 人, 单位 or 日期 in a label.
HANDLES = "填表|制表|填报|报送|审核|复核|负责|联系|经办|统计|报表|编报|分管"
"""What those do who fill a form in and check it."""
MAKES = "填[报表写制]|制表|编[制报]|报[送出]|上报|提交|打印|导出|录入"
"""What is done to a form on a day."""
SETS = (
    "制定|制发|批准|审批|备案|审[核定查]|主管|监[管督制]|指导|接收|主送|抄[送报]|印[发制]|复议|审理|受理|上级|综合|牵头|归口|发布"
    "|主办|承办|协办|技术|运[行营维]|维护|开发|建设|所属|隶属"
)
"""What a body does that has to do with a table that is another's: it sets the form, checks it, or gets it."""
GETS = "报送|上报|汇总|制表|编制"
"""What a body does that may collect the tables of others."""

PERIOD = (
    "报告期间?|所属期间?|期间|周期|(?<!任期)年[度份]"
    "|(?:统计|数据|填报|报[告送表]|起止)(?:的|数据)?(?:所属|起止|截[止至])?(?:期限?|时限|时段|年|区间|时间段)"
    "|(?:统计|数据)起止|(?:统计|数据|起止)(?:的|数据)?(?:所属|起止|截[止至])?(?:时间|日期|时点)|截[止至](?:时间|日期)"
)
"""What tells of which period figures are; not 填报时间 and 报告日期, which are days, nor 有效期限."""

_LABELS = {
    PERSON: (
        "填表人", "制表人", "制表", "填报人", "统计员", "录入人", "校对人", "审核人", "复核人", "负责人", "联系人",
        "统计负责人", "单位负责人", "分管领导",
        "盖章", "签章", "公章", "签字", "签名", "领导审签", "领导签字", "主管领导签字",
    ),
    TELEPHONE: ("(?:联系|办公|咨询|固定|移动)?(?:电话|手机|传真|座机)(?:号码?)?",),
    ADDRESS: ("联系方式", "(?:电子)?邮箱", "E-?mail", "微信号?", "QQ号?码?", "邮编", "邮政编码"),
    DAY: (f"(?:{MAKES})(?:日期|时间|日)",),
    BODY: ("(?:单位|机关|部门)名称", "编制单位"),
    FORM: (r"表\s*号", "制表号", "制[定表]机关", "批准机关", "批准文号", "备案机关", "备案文号", "有效期至?"),
    AUTHORITY: (
        "复议机关", "复议机构", "审批机关", "承办科室", "责任科室", "主管部门", "主管单位", "审核单位", "建设单位",
        "所属部门", "技术支持", "运行维护", "运维单位", "维护单位", "开发单位",
    ),
    PUBLISHER: ("(?:发布|承办|主办|协办)(?:单位|机关|部门|机构|者)?",),
    CODE: ("文号", "[一-鿿]{0,8}(?:代码|编码)", "索引号", "编号", "工号", "分机"),
    COUNT: ("单位人数", "(?:从业|在编|在职|工作)人员(?:总?数)?"),
    OTHER: (
        "主送", "抄送", "抄报", "印发", "发送", "发布日期", "发布时间", "责任编辑", "编辑", "作者", "地址", "网址", "密级",
        "(?:监督|投诉|举报|咨询|服务|值班)(?:电话|热线)", "(?:受理|咨询)(?:机构|单位|部门|科室|地址|时间)", "保[存管]期限",
    ),
}  # fmt: skip
_ENDS = {
    PERSON: "人员?|者|领导|盖章|签[名字章]",
    TELEPHONE: "电话|手机|传真|座机|号码",
    ADDRESS: "QQ|邮编|邮政编码",
    DAY: "日期|时间",
    YEAR: "年[度份]|报告期",
    TERM: "[期时]限|有效期至?",
    BODY: "单位|机关|部门|科室",
    CODE: "[号编]码|代码|编号|[文表编批工]号",
    COUNT: "(?:单位|机关|在编|在职|职工|编制)人?数|(?:从业|在编|在职|工作)人员(?:总?数)?",
    PAGE: "份数|页[码次数]|附件",
}


@lru_cache(maxsize=32)
def labels(*kinds: str) -> str:
    """A pattern of whole labels of some kinds, the longest first."""
    return "|".join(sorted((one for kind in kinds for one in _LABELS[kind]), key=len, reverse=True))


@lru_cache(maxsize=32)
def ends(*kinds: str) -> str:
    """A pattern of how labels of some kinds end; other words may stand before it: 办公电话."""
    return "|".join(_ENDS[kind] for kind in kinds)
