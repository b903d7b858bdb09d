"""What stands on a page beside the report: print and share buttons, counters, where it comes from, hints of templates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao import reading
from nianbao.hanzi import simplified
from nianbao.importing.pagenumbers import is_folio
from nianbao.wording import HAN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nianbao.importing.flow import Grid

_DAY = r"[12][0-9]{3}\s*[-/.年]\s*[0-9]{1,2}\s*[-/.月]\s*[0-9]{1,2}\s*日?"
_WHOSE_DAY = rf"[\u4e00-\u9fff]{{0,6}}(?:时间|日期)\s*[:：]\s*{_DAY}"
_SIGNS = r"[>»|/、·•:：+【】\[\]（）()\s-]"
_TOOLS = (
    r"(?:我要)?(?:打印(?:本页|此页|页面|文章|正文|内容)?|关闭(?:本页|窗口|页面|此页)?|(?:返回|回到)(?:顶部|首页|列表|上一页)?|收藏(?:本页)?|纠错|(?:附件)?下载(?:本页|正文|全文)?"
    r"|朗读|分享|字体|字号|放大|缩小|A[+-]?|繁[体體版]+|简体|长者(?:模式|助手|版|专区)|关怀版|适老化?(?:模式|版)?"
    r"|友情链接|上一[篇页条]|下一[篇页条]|(?:相关|关联)(?:链接|阅读|新闻|文章|稿件|文档|信息|附件)"
    r"|网站地图|联系我们|关于我们|版权声明|(?:隐私|网站)声明|当前位置|您(?:现)?在的位置|扫一扫.{0,20}|手机(?:阅读|浏览|扫码).{0,12}|(?:保护)?视力(?:保护)?色?|背景色?)"
)
# What a report says too: where it is published, what people think of it.
_WORDS = (
    r"(?:我要)?(?:(?:您?的?满意度|文章)评价|是否有用|[有没]用|(?:非常|不|比较)?满意|一般|默认|[超特加]?大|中|小|微信|微博|朋友圈|空间|正文|内容|目\s*录"
    r"|(?:网站)?首页|登\s*录|注\s*册|(?:高级|热门)?搜\s*索|智能(?:机器人|问答|客服)|无障碍(?:浏览|阅读)?)"
)
_WHOLE = re.compile(rf"(?:{_TOOLS}|{_WORDS}|{_SIGNS})+")
_SAID_TOO = re.compile(
    rf"[+>»·•\s]*(?:(?:政府)?信息公开(?:指南|制度|年报|目录|专栏|专区)|法定主动公开内容|依申请公开)|(?:{_WORDS}|{_SIGNS})+"
    rf"|(?!(?:发布|更新|生成|公开|发文|成文|录入|编辑|撰写)?(?:时间|日期)){_WHOSE_DAY}"
)
_GREETING = re.compile("(?:您?好[,，!！]?)?欢迎您?(?:访问|光临|来到|浏览).{0,30}")  # with its stop
_PART = re.compile(
    rf"^(?!.*(?:统计|截[止至])){_WHOSE_DAY}$|^(?:Produced|Powered)\sby|(?:^|[\s|│/日0-9])(?:信息|文章|稿件|新闻|内容)?(?:来源|来自|稿源|出处)\s*[:：]|^(?:信息|文章|稿件)?来源\s+\S+$|^(?:发布|更新|生成|公开|发文|成文|录入)(?:时间|日期)\s*{_DAY}"
    rf"|\s(?:发布|更新|生成|公开|发文|成文|录入)?(?:时间|日期)\s*[:：]\s*{_DAY}|{_DAY}\s*(?:(?:星期|周)[一二三四五六日天]|[0-9]{{1,2}}[:：][0-9]{{2}}(?![0-9]))"
    r"|(?:浏览|阅读|点击|访问)(?:次数|量|数|人数|人次)?\s*[:：]|^(?:发布|更新|生成|公开|发文|成文|录入|编辑|撰写)?(?:时间|日期)\s*[:：]|^(?:信息)?(?:来源|作者|发布机构|发布者|发布人|发布单位|供稿)\s*[:：]"
    r"|字体\s*[:：]|字号\s*[:：]|分享(?:到|至)|扫(?:一扫|码)|^上一[篇页条]\s*[:：]?|^下一[篇页条]\s*[:：]?|打印本页|关闭窗口|【打印】|版权所有|主办(?:单位)?\s*[:：]|承办(?:单位)?\s*[:：]|技术支持\s*[:：]|ICP备|公安备|公网安备"
    r"|网站标识码|Copyright|©|您(?:现)?在的位置|当前位置\s*[:：]|^首页\s*[>»/]|^(?:索引号|索\s*引\s*号|信息分类|主题分类|主题词|有效性|关键词|信息名称|公开方式|公开范围|发布文号|内容概述)\s*[:：]|网站支持IPv6|违法和不良信息",
    re.I,
)
_HINT = re.compile(
    r"^[（(【\[]?(?:请(?:在此)?(?:填写|输入|填报|按|根据|参照)|此处(?:填写|填|输入|插入)|填写(?:说明|要求|提示|：)|填报(?:说明|要求)|模板(?:说明|提示)|提示[:：]|单击此处|点击此处|示例[:：]|XX|xx|××)"
)
_GUIDE = re.compile(
    "(?:填[表报写]|使用|指标|编[制报]|报表|表格)(?:说明|解释|要求)[:：]?|(?:填[表报写])?(?:须知|指南|注意事项)[:：]?"
)
_OPEN = re.compile(r"(?:信息)?公开(?:方式|范围|属性|形式)\s*[:：]")
_NO_FIGURE = re.compile(
    rf"{_DAY}(?:\s*[0-2]?[0-9](?:时|[:：][0-5][0-9](?:[:：][0-5][0-9])?))?|[12][0-9]{{3}}\s*年度?\s*(?:[0-9]{{1,2}}\s*月)?|[0-9]{{1,2}}月(?:[0-9]{{1,2}}日)?|[\w.+-]+@[\w.-]+"
    r"|(?<![0-9])(?:\(?0[0-9]{2,3}\)?\s*[-—－]?\s*|\+?86[-\s]?)?(?:1[0-9]{10}|1[0-9]{2}[-\s][0-9]{4}[-\s][0-9]{4}|[2-9][0-9]{6,7})(?![0-9])"
    r"|(?:(?<!结)转|分机|内线|短号|电话|手机|传真|QQ|微信|邮编|邮政编码)\s*(?:号码?)?\s*[:：]?\s*[0-9][0-9()—－-]*"
    r"|(?:(?:[表文编单批]|流水|索引)\s*号|代码|编码)\s*[:：]\s*[^\s，,；;。]+|(?:年度|年份|报告期)\s*[:：]\s*20[0-9]{2}(?![0-9])|(?:日期|时间)\s*[:：]\s*20[0-9]{2}[./-][0-9]{1,2}(?![0-9./-])|政公开\s*[0-9]+\s*表|(?<![0-9])[12][0-9]年度"
    r"|(?:ICP[备证](?:案?号?)|安备(?:案号)?|备案[编序]?号|标识码)\s*[:：]?\s*[0-9]+\s*(?:号\s*(?:[-—－]\s*[0-9]{1,3}(?![0-9.,件条次个万]))?)?"
    r"|[0-9]{1,5}\s*[-—－]?\s*[0-9]*\s*(?:号|室|楼|层|栋|幢|单元|弄|房)|(?:附件|附表|表|图|第|共|国办)\s*[:：]?\s*[0-9]{1,3}(?![0-9.,件万亿人个次])",
    re.I,
)
_FIGURE, _LENGTH = re.compile(r"[0-9０-９]"), re.compile("[0-9０-９]+个?字")
_LABELLED = re.compile("(?:填写|填报|模板)(?:说明|要求|提示)[:：]")
_COMMAND = re.compile(
    r"[【\[（(]?\s*(?:(?:打印|关闭|返回)(?:本页|此页|页面|文章|窗口|顶部|首页|列表|上一页|目录)[\s|/、]*)+[】\]）)]?"
)
_FILE = re.compile(
    r"附件下载\s*[:：].{1,80}|[^。；，]{1,80}\.(?:pdf|docx?|xlsx?|pptx?|wps|et|ofd|zip|rar)\s*(?:[（(]?点击?下载[）)]?)?",
    re.I,
)
_UNFILLED = re.compile(r"(?:\s*(?:\{\{\s*[A-Za-z_$][^{}]*\}\}|\$\{[^{}]*\}|<%[^%]*%>))+")  # what a script has not filled in
_SENTENCE = re.compile(rf"[。；！？;]|^(?:[（(]?[{HAN}0-9]{{1,2}}[）)、.．]|[{HAN}]是)")
_ABOUT = {
    "索引号", "发布机构", "信息名称", "主题分类", "组配分类", "发文日期", "发布日期", "公开日期", "成文日期", "生成日期",
    "信息来源", "发布文号", "文号", "有效性", "内容概述", "关键词", "体裁分类", "服务对象分类", "公开方式", "公开时限",
    "主题词", "发文机关", "发文字号", "公开形式", "时效性", "是否有效", "所属机构", "所属主题", "生效日期", "废止日期",
    "来源", "文章来源", "稿件来源", "发布时间", "更新时间", "更新日期", "作者", "发布人", "发布者", "浏览次数",
    "浏览量", "阅读次数", "点击数", "访问量", "信息分类", "公开范围",
}  # fmt: skip
# The same beside its value, with no colon between; 名称 and 责任部门 are a page's only beside another label.
_LABELS = "|".join(map(r"\s*".join, sorted({*_ABOUT, "名称", "责任部门"}, key=len, reverse=True)))
_PAIR = re.compile(rf"(?:^|(?<=\s))({_LABELS})\s+(?=\S)")
LONGEST = 120  # characters of a line that can be furniture
_LONGEST_WORDS = 40  # of one that is nothing but words of the page's


def is_furniture(text: str) -> bool:
    """Whether a line belongs to the page and not to the report."""
    text = simplified(text)
    if _GREETING.fullmatch(text):
        return True
    if len(text) > LONGEST or (_SENTENCE.search(text) and not _FILE.fullmatch(text)):
        return False
    if _UNFILLED.fullmatch(text):
        return True
    return bool(is_among_text(text) or (len(text) <= _LONGEST_WORDS and _WHOLE.fullmatch(text)) or _PART.search(text))


def is_below_text(text: str) -> bool:
    """Whether a line below all sentences may belong to the page; there a column's name may, which ends titles elsewhere."""
    return is_furniture(text) or is_said_too(text)


def is_said_too(text: str) -> bool:
    """Whether a line may be the page's as well as a report's own: a column, 微信, 满意; what stands below it decides."""
    return len(text) <= _LONGEST_WORDS and bool(_SAID_TOO.fullmatch(simplified(text)))


def labels_in(line: str) -> list[str]:
    """The labels of a line that a page says of itself with no colon between label and value: 索引号 123 发文字号 无."""
    text = simplified(line)
    is_one = len(text) <= LONGEST and not _SENTENCE.search(text) and _PAIR.match(text)
    return [_tight(one) for one in _PAIR.findall(text)] if is_one else []


def is_pair(line: str, around: Iterable[str]) -> bool:
    """Whether a line is a label and its value: beside others, in it or in the lines around, or alone and with no figure."""
    labels = labels_in(line)
    is_alone = len(labels) == 1 and not any(map(labels_in, around))
    return bool(labels) and not (is_alone and (labels[0] not in _ABOUT or re.search("[:：]", line) or has_figure(line)))


def is_among_text(text: str) -> bool:
    """Whether a line belongs to the page wherever it stands: a page's number, a button, a file; other furniture may not."""
    text = simplified(text)
    return is_folio(text) or any(one.fullmatch(text) for one in (_COMMAND, _FILE))


def is_of_the_text(text: str) -> bool:
    """Whether a line says how a text is open to the public, as one does above its date: no page begins there."""
    return bool(_OPEN.match(simplified(text)))


def has_figure(text: str) -> bool:
    """Whether a line has a figure that is no day, no telephone, no address and no number of a table or page."""
    return bool(_FIGURE.search(_NO_FIGURE.sub("", reading.narrow(simplified(text)))))


def is_about_the_page(grid: Grid) -> bool:
    """Whether a table says what a page is: its index number, who published it and when."""
    filled = [cell for row in grid.rows for cell in row if cell]
    return len({_tight(cell) for cell in filled} & _ABOUT) > 1 or all(map(is_furniture, filled))


def is_label(text: str) -> bool:
    """Whether a line is what stands before a value that says what a page is, or who published it and when."""
    return _tight(text) in _ABOUT


def _tight(text: str) -> str:
    return re.sub(r"[\s:：【】\[\]]+", "", simplified(text))


def may_be_text(hint: str) -> bool:
    """Whether what reads as a hint may be the report's own: it has a figure, or is a sentence without brackets or label."""
    is_labelled = bool(_LABELLED.match(simplified(hint)))
    return bool(_FIGURE.search(_LENGTH.sub("", simplified(hint)))) or (
        hint[-1] in "。！" and hint[0] not in "（([【" and not is_labelled
    )


def is_hint(text: str) -> bool:
    """Whether a line is what a template tells whoever fills it in."""
    return bool(_HINT.match(simplified(text)))


def is_guide(text: str) -> bool:
    """Whether a line, or the name of a sheet, heads directions to whoever fills in a form: 填表说明：."""
    return bool(_GUIDE.fullmatch(simplified(text)))
