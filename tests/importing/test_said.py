"""What stands beside a table, or names its sheet, and may say of its figures what nobody knows: one question a file."""

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import openpyxl.styles
import pytest

import forms
import imports
import words
from cases import each
from imports import TITLE, rows
from making import FORMATS
from nianbao import reading
from nianbao.checks import disowned, roles, whose
from nianbao.checks.wordings import wordings
from nianbao.errors import UsageError
from nianbao.importing import around, outline, reports
from nianbao.importing.around import FILE, REMARK, SHEET
from nianbao.importing.choosing import OF_ANOTHER, SEVERAL, UNSURE
from nianbao.importing.copies import Copy, Line, Wanted
from nianbao.importing.said import leftout, notes, sentences, slots, stated
from nianbao.importing.said.harmless import known_in
from nianbao.importing.said.harmless import words as said_words
from nianbao.importing.workbooks import sheets
from nianbao.statute import formats
from nianbao.statute.formats import library
from reportbooks import HEADINGS, book

BODY = "示例市测试局"
KNOWN = known_in(FORMATS["2021"], library(), 2023, BODY)
CHAPTER, HEAD = HEADINGS["三"], TITLE.format(2023)
OF_PDF = (
    "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） 申请人情况\n自然人 法人或其他组织 总计\n"
    "商业企业 科研机构 社会公益组织 法律服务机构 其他"
)
TABLES = FORMATS["2021"].tables
PAGE = f"<h1>{HEAD}</h1><p>一、总体情况</p><p>平稳。</p>"
# Each is said of a table in a way of its own: of its years, whose it is, how it was counted, whether it is valid, its unit.
ODD = [
    "历年", "近三年情况", "2022—2023年", "2022-2023年度", "2023年（上）", "去岁", "FY2022", "十三五期间合计",
    "本届政府以来情况", "以下数据为累计数（2019年以来）", "合计数为三年之和", "乡镇汇总", "全市合计", "县级以下汇总",
    "表中数字为局属单位数据", "数据口径：含下属事业单位，不含机关本级", "目标值", "按比例折算", "抽样调查",
    "下表数据按月平均", "以下数据仅供测试", "与实际不符", "以下各数均为十位", "本表单位为“打”", "单位：打",
    "数据来源：去岁报告", "单位：10件", "以10件为单位", "历年，单位：件", "2022—2023年，单位：件", "数年合计",
    "数据统计中",
    "请核对数据", "本表已废止", "参照数", "其他单位数据", "系统汇总", "以户为单位", "我市汇总", "本中心数据",
    "2024年3月情况", "单位：十", "单位：W", "填报单位：乡镇汇总", "来源：示例市教育局", "来源：去年报告",
    "数据提供：历年台账",
    "填表人：甲　按比例折算", "填表人：市教育局 某某", "填报单位（盖章）：历年　填表人：甲",
]  # fmt: skip
# The figures are off, in words of their own: known words of which together nobody knows what they mean, too.
OFF = [
    "以上数据暂未扣除重复件", "表中第三行应为5", "数字有出入", "最终以省平台数据为准", "比实际多2件", "其中含上年3件",
    "实际为5件", "实际收到5件", "真实数为5件", "第三项为5件", "一般为3件", "平台显示5件", "系统为5件", "重复统计1件",
    "多次统计", "含重复申请2件", "另有3件未列入", "有2件未录入系统", "2件尚未统计在内", "漏1件", "减2件",
    "扣除2件后为1件", "加上2件共5件", "商业企业1件应计入科研机构", "行政处罚与行政强制两行填反了", "约3件", "近3件",
    "3件以上", "不少于3件", "平均每月3件", "3→5", "3件？", "含2022年12月数据3件", "其中2件系去年结转重复计算",
    "3件属于区局办理", "含乡镇2件", "包括代市政府办理的3件", "没有审核", "部分科室未报", "信函申请未计", "仅统计网上申请",
    "现行有效件数含已失效文件2件", "以上件数为人数", "按事项统计", "以上报数为准", "参照上报数", "与平台数据不一致",
    "以上为上年结转的申请", "数据存疑", "不完全统计", "1,113件为估算", "统计口径变更", "以上数据撤回",
    "行政许可含乡镇办理的登记", "行政许可含上年登记", "数据来源：去年平台", "来源：去岁报告",
    "数据来源：2022年省政务公开平台",
    "来源：各县（区）上报", "数据来源：各县区", "来源：县级", "数据来源：区县执法科室", "来源：各市县区综合执法",
    "来源于各县执法监管平台", "数据来源：市县政务服务平台", "数据来源：全国各级平台",
]  # fmt: skip
# Of a part of the rows or channels only, which no statutory table has by itself.
PARTS = [
    "统计口径：网上申请",
    "注：以上为网上申请", "注：本表为信函申请", "以上为现场申请", "本表申请人为企业", "注：表中为信访件",
    "注：本表含结转件",
    "注：总计含结转件", "以上为未受理的申请", "以上为一审案件", "注：以上均按简易程序办理", "表中为主动撤回的申请",
    "注：本表为门户网站受理的申请", "本表不涉及信函", "以上未公开", "注：本表为年末数", "受理渠道：网上",
    "注：行政许可为准予数", "注：以上为同意公开的申请", "注：本表覆盖网上办件", "注：使用平台数据",
    "注：行政许可为食品经营许可", "注：行政许可是食品经营许可、排水许可", "表中为准予的许可", "行政许可数为准予件数",
    "采用平台统计口径", "以上从平台数据看", "以上为同意的申请", "本表反映网上办件", "以上采用线上申请",
    "注：以上显示线上数据", "以上来自网上", "注：本表为已公开的申请", "以上为受理数", "以上数据为已办结件",
    "本表主要为网上办件", "以上均来源于网上申请", "以上包括网上申请", "统计口径为网上办件", "注：反映网上办件",
    "注：本表统计网上办件", "（网上办件）", "（以上为网上申请）",
    "（受理数）", "行政许可仅为准予数", "行政许可按受理数统计",
    "筛选：已办结", "筛选条件：自然人", "显示：前100条", "过滤：已审结", "查询条件：已办结", "视图：已办结",
    "条件：不予公开",
    "办理状态：已办结", "统计范围：已办结", "申请人：自然人", "办理结果：予以公开", "筛选：养老服务类事项", "分组：按乡镇",
    "年度：46", "填报日期：12", "电话：320", "填表人：甲某　电话：320", "时限：20",
    "平台数据显示",
]  # fmt: skip
# Behind whoever filled in the table, or checked it: that the figures are wrong, or not checked.
REVIEWED = [
    "审核意见：请核实后重报", "审核意见：数据有误，退回重报", "审批意见：不同意", "领导签字：同意，第三行改为5",
    "审核意见：第一项应为20件", "密级：内部（草稿）", "联系人：甲某（只报了一季度）", "填表人：甲某（代填，数未核）",
    "复核人：未复核", "审核人：（未审）",
    "公章：作废", "联系电话：0123-4567890 表中第三行应为5", "负责人：乙某（仅老龄股）",
    "分管领导：请按去年数填", "审核意见：有不实数据", "审核意见：请办公室核对", "表号：政公开3表（漏报2件）",
    "行业代码：S9210（漏报2件）", "QQ：12345678（数未核）", "审核意见：同意，以上为网上申请",
    "填表人：甲某，同意公开的申请",
]  # fmt: skip
PUBLISHED_BY = ["承办单位：示例市殡仪馆", "主办：示例市教育局", "发布机构：示例市教育局", "发布单位：大同镇人民政府"]
BELOW = [
    "以上申请均为上半年受理，按时答复率100%。", "结转下年度的申请未统计。",
    "结转下年度的申请已于2024年1月8日答复并计入。",
    "1件行政复议未计入，原因是漏报。", "上述诉讼案件均由下属单位一人提起。", "行政许可数量较上年增加，主要是含乡镇数据。",
    "行政许可数量较上年增加，主要是重复统计。", "上述申请均由县教育局统一登记、统一答复。",
    "（本年度行政许可含乡镇办件登记。）",
    "注：行政事业性收费为殡仪馆管理费。", "注：行政事业性收费为去年管理费。", "主要是网上申请。",
    "以上为局属单位数据。", "以上数据为任期累计。", "（按比例折算）", "注：抽样调查", "备注：含下属单位",
    "上表含各乡镇。",
]  # fmt: skip
PLAIN = [
    "单位：件", "（单位：件）", "计量单位：件（次）、万元", "（2023年度）", "2023年1月1日—12月31日",
    "统计时间：2023年1-12月", "附件1", "附表3：2023年度收到和处理政府信息公开申请情况统计表",
    "示例市测试局2023年政府信息公开情况表", "市测试局", "我局有关情况如下：", "具体情况见下表：",
    "2023年，我局收到政府信息公开申请3件，具体办理情况如下表：", "我局严格落实《条例》，具体数据见下表。",
    "为方便查阅，现将有关情况公布如下：", "填报单位（盖章）：示例市测试局", "填表人：甲 审核人：乙",
    "填报日期：2024年1月10日", "表号：政公开3表", "制定机关：国务院办公厅", "数据来源：依申请公开系统",
    "各类办理结果的数量见下表。", "（一）总体办理情况", "我局加强数据统计分析，提升工作水平。",
    "推进政府数据开放共享。",
    "坚持做到以上率下、层层压实责任。", "以下简称《条例》。", "建立数据汇总机制，明确专人负责。",
    "数据来源：示例市政务服务网", "来源：本机关台账", "来源：依申请公开系统",
    "填报单位：市测试局　审核：甲某　签发：乙某某",
    "填报单位：局办公室　填表人：甲乙　联系电话：0123-4567890　填报日期：2024年1月10日",
    "单位负责人：甲某 统计负责人：乙某 填表人：丙某",
    "填报科室：办公室", "填报单位（章）：市测试局", "机关名称：示例市测试局", "主管领导签字：甲某", "领导审签：甲某",
    "填报日期：2024年 1 月 10 日", "数据来源：业务科室台账", "审核意见：同意", "有效期至：2025年12月",
    "经办人甲某（签字）  复核人：乙某  2024.1.10", "填表人：甲某，13900000000",
    "来源：示例市测试局　发布时间：2024-01-10 09:00",
    "密级：公开（未经批准不得转载）", "地址：示例路1号（需审批进入）",
    "审核意见：请办公室审核后公开", "领导签字：请王主任审定", "审核意见：无不实数据", "审核意见：没有问题",
    "审核意见：未发现错漏", "审核意见：同意，请上报", "审核意见：情况属实",
    "审核意见：已阅，同意报送", "审核意见：数据真实准确，准予公开",
    "填表人：甲某（办公室）", "联系人：甲某（代）", "负责人：乙某（副局长）",
    "发布机构：示例市人民政府", "主办单位：示例市人民政府办公室", "承办：示例市大数据中心", "发布机构：示例市测试局",
    "2023年报", "（加盖公章）", "2024年1月", "二〇二四年一月", "二〇二三年度",
    "邮政编码：836200", "QQ：12345678", "行业代码：S9210", "制表机关：示例市人民政府办公室",
]  # fmt: skip
PLAIN_BELOW = [
    "注：本机关无规章制定权。", "注：“/”表示不适用。", "备注：金额保留两位小数。", "以上数据均真实准确。",
    "以上数据截至2023年12月31日。", "说明：本表按照国务院办公厅2021年印发的格式填报。", "主办：示例市测试局",
    "注：空格为0。", "注：“0”代表该项无数据。", "注：以上数据由各科室提供。", "从上表可以看出，自然人申请占比最大。",
    "技术支持：示例市大数据中心", "所属部门：示例市人民政府",
    "以上申请均已办结。", "注：申请均予以公开。", "注：行政许可、行政处罚均为办结件数。", "本表显示，自然人申请3件。",
    "分类看，情况如下。", "所列数据自1月1日起算，至12月31日截止。", "注：数据取自依申请公开系统。",
]  # fmt: skip
# Ordinary notes of real reports.
NOTES = [
    "数据来源：省政务信息公开平台", "数据来源：全国政府信息公开工作年度报告系统",
    "数据来源：市政府信息公开管理系统、各科室台账", "来源：国家政务服务平台",
    "来源：省级执法监管数据库", "注：数据截至2023年底", "注：以上数据截至2023年底。",
    "注：统计数据截止2023年12月31日。", "注：同一申请人多次申请按件计。", "注：一份申请涉及多个事项的，按一件统计。",
    "注：行政诉讼均为一审。", "注：行政诉讼案件按一审统计。", "注：以上数据由市测试局办公室统计。",
    "注：“其他”包括信访类申请。", "注：其他处理中3件为申请人主动撤回。", "注：3件均为自然人申请。",
    "注：1,113件均在法定期限内答复。", "注：本局不具有行政强制权。", "备注：本年度未收取费用。",
    "说明：本单位无规章制定权，不制发行政规范性文件。", "注：行政处罚包括简易程序和普通程序。",
    "注：行政许可含变更、延续、注销。", "注：行政处罚决定均已在信用中国网站公示。",
    "注：1.“本年新收”指2023年1月1日至12月31日收到的申请。", "注：复议机关为示例市人民政府。",
    "注：复议后起诉的案件为1件，尚未审结。", "注：本表由政务公开科负责填报。", "注：如无特别说明，单位为件。",
    "本表反映本机关2023年度办理政府信息公开申请情况。", "注：本表为国务院办公厅统一制发的格式。",
    "注：申请均通过网络方式提交。", "备注：全部申请均在法定期限内答复", "其中，网络申请2件，信函申请1件。",
    "全年收到申请3件，同比增长50%", "一是主动公开方面，公开信息63条。", "表2-1 主动公开情况", "注：收费12万元。",
    "注：上年结转的申请均已办结。", "注：行政许可含食品经营许可、特种设备使用登记。", "注：复议案件由市政府统一受理。",
    "以上申请均在法定期限内答复，按时答复率100%。", "结转下年度的申请已于2024年1月8日答复。",
    "本年度办理申请未收取任何费用。", "1件行政复议被纠正，原因是答复内容不全面。", "上述诉讼案件均由李某一人提起。",
    "行政许可数量较上年增加，主要是下放事项收回。", "注：行政事业性收费为公墓管理费。",
    "注：行政事业性收费为普通高中学费、住宿费。", "上述申请均由局办公室统一登记、统一答复。",
    "（本年度行政许可含医师、护士执业注册。）",
    "校验：本年新收+上年结转=总计+结转下年度", "注：请核对勾稽关系后报送。", "注：行政许可主要为排水许可等。",
]  # fmt: skip
# What tells how a table was made, what its cases are, and what became of its paper; and the same words of figures.
OF_MAKING = [
    "数据来源：县政务服务管理系统、局机关台账", "数据来源：市场监管执法办案系统导出", "根据依申请公开平台导出整理",
    "数据由行政审批系统自动生成", "本表由局办公室负责解释", "表中“其他”指个体工商户和农民专业合作社",
    "“上年结转”指上一年度未办结、转入本年度办理的申请", "“现行有效件数”指截至统计期末仍然有效的件数。",
    "行政强制包括查封、扣押", "表内空白处表示无此类情况", "注：行政事业性收费为殡葬服务费，已按规定上缴财政",
    "行政诉讼案件均以我局胜诉结案", "结转的3件已于2024年1月15日前全部办结", "上年结转2件均已办结",
    "其中1件行政诉讼原告已撤诉",
    "申请方式以网络为主，共收到网上申请15件、信函申请3件",
    "注：不予公开的1件为内部会议纪要",
    "1件诉讼案件由人民法院审理", "1件复议案件将于2024年2月审结",
    "备注：规章栏填0，因本级无规章制定权", "无法提供的4件均因本机关未制作该信息", "以上申请已全部办结，无延期答复",
    "注：行政许可128件中，社会团体登记21件、民办非企业登记32件、养老机构备案75件", "平均办理时限为12个工作日",
    "本年度没有因信息公开被纠错的情形", "结转下年度继续办理的4件，均因需征求第三方意见。",
]  # fmt: skip
OF_PAPER = [
    "本表一式三份，报县政府办、县司法局各一份，自留一份", "此表留存备查", "本表纸质件存县政府信息公开查阅点",
    "（填报说明见附页）",
    "本表报送县政务公开领导小组办公室", "以上数据经局党组会议审定", "经局主要负责同志审定后报送",
    "本表由办公室填报，经分管领导审签",
    "上述文件均已在县政府网站公开", "行政处罚案件均已在“信用中国”公示", "相关文件可登录县人民政府网站查阅", "（本页无正文）",
    "各科室分项数据见附表", "本表格式由国务院办公厅政府信息与政务公开办公室制定", "统计员（签字）",
    "受理机构：县民政局办公室",
    "规范性文件全文见县政府信息公开目录", "行政事业性收费已于2017年取消",
    "监督电话：12345", "保存期限：永久", "表内逻辑关系已校验通过",
]  # fmt: skip
OF_WEIGHT = [
    "数据来源：县教育局台账", "数据由乡镇台账汇总", "本表由县教育局负责填报", "“其他”指乡镇受理的申请",
    "行政处罚包括上年立案的",
    "原因是漏报", "因系统升级部分数据丢失", "结转的3件已于2023年6月前办结", "申请以乡镇受理的为主",
    "不予公开的1件为重复统计",
    "行政处罚5件为下属单位作出", "真实数为5件", "此外办理来信3件", "3件为估计数", "部分数据已在网站公示",
    "更正后的数据见附表",
    "本表数据未经局党组会议审定", "2022年数据见附表", "行政许可128件中，乡镇办理21件、县级办理107件", "上半年的已存档",
    "年报之后又收到2件未补", "不予公开的没填", "以财政决算为准", "等主任签字后生效", "单位：人次", "行政许可实为132件",
    "还差3个科室没报", "自然人与企业数填混了", "许可数按窗口收件统计", "城管大队的处罚数不在内", "收费金额为概数",
    "以正式公布的为准",
]  # fmt: skip
# What tells of no figure, but in words that no list can have all of: asked about, as nobody can know what they say.
OF_CASES = [
    "申请人主要咨询低保政策和婚姻登记档案", "其中复议维持1件系低保待遇认定",
    "2023年新收申请中，涉及殡葬管理的8件、社会救助的10件", "申请内容主要集中在社会救助资金发放、养老机构补贴标准两个方面",
]  # fmt: skip
# What casts doubt on figures, or tells in words of its own how they were come by; none of it has a word for wrong figures.
DOUBTS = [
    "正式数据将在网站公布", "最新数据请登录平台查询", "修正数见附件", "处罚数由系统导出后人工调整汇总",
    "许可数经调整后由系统生成", "案件数按立案数由台账导出", "本表作废后存档", "处罚案件均已移交市局公示", "2件处罚均已撤销",
    "5件为虚报", "以上数据取自试用系统导出", "因系统故障未导出", "处罚案件系凭记忆填写", "处罚案件里有凑份子的",
    "处罚案件照抄旧档", "行政处罚案件随意填写", "许可案件张冠李戴", "许可案件待领导点头", "行政处罚案件尚待法制科把关",
    "许可事项照搬同行", "系统升级许可案件丢了几件",
    # Words that are all known, but say together that figures are off, or elsewhere.
    "全部数据见附件", "没有准确统计", "系统没有生成", "以上为一般程序数",
    "处罚数以领导意见为准", "数据见市政府网站", "本表为办公室数据", "受理数即办结数", "办结数按受理数填写", "按答复日期统计",
    "均已按期答复的申请", "以上为在政府网站公示的处罚",
    # What stands in the place of a name, and is none.
    "强制案件由经办人回忆得出", "经办人漏报", "处罚数经办人没填",
    # Any words in the place of a kind, a fee, a body, a reason, a meaning.
    "行政许可含重复登记", "行政许可含代办许可", "行政事业性收费为估摸着的费", "以去年登记数为准", "以正式公布为准",
    "主要是凭空增加", "“其他”指张冠李戴的", "5件系凭空认定", "报县里凑出来的数一份", "数据与去年核对一致",
    # What is told of the paper, and is not so or says more.
    "处罚数经局党组研究后改小", "没有经局党组会议审定", "上述数据未在网站公示", "本表一式三份数字不一",
]  # fmt: skip
# Other ordinary lines beside tables.
ORDINARY = [
    "（截止时间：2023年12月31日）", "各股室报送，办公室汇总", "经办人：张三　2024年1月5日", "空格表示该项为零",
    "1件申请转至下年度继续办理", "无行政强制事项", "复核：李四（签字）", "单位：件 次",
    "备注：规章栏填0，因本级无规章制定权",
    "行政处罚案件均已结案并归档", "以上申请均已按期答复", "本表已报市政府办公室备案", "本表数据由台账整理",
    "本表经局长办公会审议通过", "1件行政复议正在审理", "2件申请正在办理，结转下年度", "无法提供的申请为本机关不掌握",
    "不予公开的为过程性信息", "数据从省一体化平台导出", "数据与政务服务中心核对一致", "详见市政府网站政府信息公开专栏",
    "复议维持1件", "诉讼结果均为维持", "本表经分管领导审核",
]  # fmt: skip
# How the text of a chapter ends above its table, and what only looks like that.
OF_THE_TEXT = [
    "2023年共收到信息公开申请6件，结转下年度1件。", "共受理公民申请3件，主要涉及学籍查询。", "教师资格认定230件。",
    "我局2023年收到书面申请5件，办结率100%。", "今年以来共接待咨询20人次。", "共收到群众来信3件，均已答复。",
    "2023年，全局共办理行政处罚案件4件，罚没款2万元。", "发生行政复议1起，维持原决定。",
    "2023年我局共收到申请18件，去年同期为8件。",
]  # fmt: skip
OF_OTHERS = [
    "2022年共收到信息公开申请6件。", "去年收到群众来信3件。", "历年受理公民来信30件。", "十三五期间办理来信30件。",
    "截至目前办理来信30件。", "上半年办理来信30件。", "1-6月办理来信30件。", "各乡镇收到来信30件。",
    "县公安局办理来信30件。", "共受理来信3件，均为县教育局办理。", "城关镇办理来信3件。", "执法大队作出处罚3件。",
    "累计办理来信30件。", "上年结转来信3件。",
    "比实际多2件。", "其中含上年3件。", "平均每月3件。", "重复统计1件。", "约3件。", "2件尚未统计在内。", "不少于3件。",
    "3→5。", "另有教师资格认定3件。", "行政许可多2件。", "行政许可还差2件。", "此外办理来信3件。",
    "商业企业1件应计入科研机构。", "实际收到5件。", "现行有效件数含已失效文件2件。",
]  # fmt: skip
NAMES = [
    "表三 审核不通过", "表三（退回）", "表三 城关", "表三-财政", "表三 (局属)", "表三 累计", "全县表三", "表三初",
    "表三_202206", "表三2023-06", "draft表三", "table3_draft", "表三 Q1", "表三1稿", "表三 请核对",
    "表三 测", "待审表三", "表三 近三年", "表三 老李", "表三1-6", "表三22", "表三 (22)", "表三v1", "表三 1", "表三_22",
    "表三2022-12-31", "表三2023-06-30", "表三6月30日", "表三0630", "表三0930", "表三630", "表三1031", "表三6.30",
    "网上申请", "信函", "未受理", "自然人", "二审", "未公开", "问题", "简易程序", "网上申请统计表", "信访申请统计表",
    "表三（会签）", "表三09.30", "表三1.6", "表三1.9", "表三230630", "表三2306",
]  # fmt: skip
PLAIN_NAMES = [
    "表三", "表3", "附表3", "Sheet1", "2.表三", "02表三", "附件2-1表三", "表三1-12月", "表三23", "表三1.10",
    "工作表1", "2023年表三", "表三2023", "年报附表2024.1.15", "表三2024年1月", "测局函〔2024〕3号附件", "表3.15",
    "表三1月15日", "年报表格 测试", "工作簿1", "新建文本文档", "art_1789_56789", "2024年报送2023年表三", "2023.12.31表三",
    "收到和处理政府信息公开申请情况", "依申请公开", "三、申请情况", "市测试局", "测试局表三", "表三（定稿）",
    "2023年报", "测试局23年报", "2023年报附表", "表三-0110", "表三新", "年报（改）", "表三1231", "表三12.31", "表三0320",
    "表三110", "表三240115", "表三1.12", "表三2.28",
    "表三终稿", "正式", "示例市测试局2023年政府信息公开年报附表", "table3", "汇总",
]  # fmt: skip


def made_in(kind, root, *parts):
    """An import of a report of one kind of file, whose third chapter has these parts, lines and table three."""
    cells = [row for part in parts for row in ([[part]] if isinstance(part, str) else part)]
    if kind == "html":
        return imports.of_page(root, *parts, chapter=CHAPTER)
    if kind == "csv":
        lines = [f'"{one}"' if len(row) == 1 else ",".join(row) for row in cells for one in row[:1]]
        return imports.begin(root, ("a.csv", "\r\n".join([HEAD, CHAPTER, *lines]))).made
    if kind == "xlsx":
        return imports.begin(root, ("a.xlsx", book((CHAPTER, [[HEAD], [CHAPTER], *cells])))).made
    if kind == "docx":
        blocks = [words.paragraph(one) if isinstance(one, str) else words.table(one) for one in (HEAD, CHAPTER, *parts)]
        return imports.begin(root, ("a.docx", words.document(*blocks))).made
    lines = [part if isinstance(part, str) else "\n".join([OF_PDF, *map(of_pdf, part[3:])]) for part in parts]
    return imports.begin(
        root, ("a.txt", "\n".join([HEAD, CHAPTER, *lines, "五、存在的主要问题及改进情况", "解读不够。"]))
    ).made


def of_pdf(row):
    """A row of table three as it is copied from a PDF."""
    return " ".join(filter(None, row))


def is_heard(text, where):
    """Whether a line beside a table is asked about, or says that the table is none of this report's."""
    copy = Copy("table3", Wanted(2023, BODY), around=(Line(text, where, is_note=reading.is_note(text)),))
    return bool(stated.otherwise(copy)) or any(notes.asks(KNOWN, line, said) for line, said in stated.said_of(copy))


def values(made):
    return {cell.value for cell in made.taken["table3"].cells.values()}


def test_what_may_say_anything_of_a_table_is_heard():
    labelled = [*PARTS, *REVIEWED, *PUBLISHED_BY]
    assert [line for line in [*ODD, *OFF, *labelled] if not is_heard(line, around.ABOVE)] == []
    assert [line for line in labelled if not is_heard(line, around.BELOW)] == []
    said = [*BELOW, *OFF, *(f"{line}。" for line in OFF), *(f"注：{line}。" for line in OFF)]
    assert [line for line in said if not is_heard(line, around.BELOW)] == []
    assert [line for line in said if line.startswith("注") and not is_heard(line, around.INSIDE)] == []


def test_a_line_and_a_name_of_many_words_for_counts_take_no_longer_than_others():
    counts = "件数" * 60  # each as one word or as two: 2 to the power of 60 ways
    assert is_heard(f"注：以上为网上{counts}甲", around.ABOVE)
    assert is_heard(f"注：行政许可为准予{counts}甲", around.ABOVE)
    assert is_heard(f"网上{counts}甲", around.SHEET)


def test_what_is_known_to_say_nothing_of_figures_is_not_heard():
    assert [line for line in [*PLAIN, *NOTES] if is_heard(line, around.ABOVE)] == []
    assert [line for line in [*PLAIN_BELOW, *NOTES] if is_heard(line, around.BELOW)] == []


def test_what_tells_how_a_table_was_made_or_of_its_cases_or_its_paper_is_not_heard_and_the_same_of_figures_is():
    for where in (around.ABOVE, around.BELOW):
        assert [line for line in [*OF_MAKING, *OF_PAPER] if is_heard(line, where)] == []
        assert [line for line in OF_WEIGHT if not is_heard(line, where)] == []
        assert [line for line in ORDINARY if is_heard(line, where)] == []
        assert [line for line in OF_CASES if not is_heard(line, where)] == []
    assert [line for line in [*OF_MAKING, *OF_PAPER] if is_odd_in(line)] == []


def test_a_remark_that_casts_doubt_on_figures_in_whatever_words_is_heard():
    for where in (around.ABOVE, around.BELOW, around.INSIDE):
        assert [line for line in DOUBTS if not is_heard(f"备注：{line}", where)] == []
    for where in (around.ABOVE, around.BELOW):
        assert [line for line in DOUBTS if not is_heard(line, where)] == []
    made = imports.made_of([*rows("table2"), *([f"备注：{line}"] for line in DOUBTS)])
    asked = "".join(about for some in made.questions.values() for about in some)
    assert [line for line in DOUBTS if line not in asked] == []


def test_no_pattern_of_what_is_known_lets_any_words_through():
    told = [one for value in said_words().values() for one in (value.values() if isinstance(value, dict) else value)]
    assert [one for one in told if re.search(r"(?<!\\)\.[*+{?]", one)] == []


# What whoever checked or filled in a form remarks there: each is one question, and none costs a cell.
OBJECTED = [
    "审核意见：数据有误", "审核意见：请核实后重报", "审核意见：此表为2022年数据", "审核意见：这是示例市教育局的数",
    "审核意见：处罚数为去年的", "审批意见：草稿，不作数", "领导批示：按去年数填", "填表人：甲某　备注：数未核",
    "填表人，甲某（数未核）",
    "填表人甲某（代填，数未核）", "分管领导：乙某　作废",
]  # fmt: skip


def test_a_remark_of_whoever_checked_a_form_is_a_question_and_costs_no_cell():
    for where in (around.ABOVE, around.BELOW, around.INSIDE):
        copies = {one: Copy("table3", Wanted(2023, BODY), around=(Line(one, where),)) for one in OBJECTED}
        assert [one for one, copy in copies.items() if stated.otherwise(copy)] == []
        assert [one for one in OBJECTED if not is_heard(one, where)] == []
    assert stated.otherwise(
        Copy("table3", Wanted(2023, BODY), around=(Line("填表人：甲某　填报单位：示例市教育局", around.BELOW),))
    )


def test_a_sentence_of_the_text_above_a_table_is_heard_where_it_tells_more_than_how_many():
    assert [line for line in OF_THE_TEXT if is_heard(line, around.ABOVE)] == []
    assert [line for line in OF_OTHERS if not is_heard(line, around.ABOVE)] == []


@pytest.mark.by_turns(4)
@pytest.mark.parametrize("kind", ["html", "csv", "xlsx", "docx", "txt"])
def test_in_each_kind_of_file_such_lines_are_one_question_and_known_ones_are_none(kind, tmp_path):
    made = made_in(kind, tmp_path / "odd", "乡镇汇总", rows("table3"), "比实际多2件。")
    assert made.questions[UNSURE] == ["乡镇汇总：表三", "比实际多2件。：表三"]
    assert values(made) == {3}
    made = made_in(kind, tmp_path / "plain", "（2023年度）", "具体情况见下表：", rows("table3"), NOTES[0], NOTES[4])
    assert not {UNSURE, OF_ANOTHER} & made.questions.keys()
    assert values(made) == {3}


@pytest.mark.by_turns(3)
@pytest.mark.parametrize("kind", ["html", "csv", "txt"])
@pytest.mark.parametrize(
    "note",
    [
        ["注：1.以上数据真实。", "2.比实际多2件。"],
        ["注：", "1.以上数据真实。", "2.比实际多2件。"],
        [f"注：{'本表按照国务院办公厅统一制发的格式填报。' * 3}比实际多2件。"],
    ],
)
def test_each_sentence_of_a_note_and_what_is_counted_below_one_are_heard(note, kind, tmp_path):
    asked = made_in(kind, tmp_path, rows("table3"), *note).questions[UNSURE]
    assert [one.endswith("比实际多2件。：表三") for one in asked] == [True]


@pytest.mark.parametrize(
    "line",
    [
        "需要说明的是，由于系统升级，行政许可数据中有2件未能录入，相应的件数比实际少2件。",
        "数据说明：比实际多2件。",
        "表中申请有2件重复。",
    ],
)
def test_a_line_that_explains_the_figures_is_heard_below_another_one(line):
    asked = imports.made_of(rows("table3"), "注：以上数据真实。", line, chapter=CHAPTER).questions[UNSURE]
    assert asked == [f"{line}：表三"]


@pytest.mark.parametrize("line", ["注：比实际多2件。", "备注：数字有出入"])
def test_a_note_in_a_row_of_its_table_is_heard(line):
    made = imports.made_of([*rows("table3"), [line]], chapter=CHAPTER)
    assert made.questions[UNSURE] == [f"{line}：表三"]


def test_a_remark_beside_a_row_that_says_that_its_figure_is_off_is_asked_about_and_others_are_not():
    asked = {}
    odd = ["比实际多2件", "数字有出入", "含上年3件", "漏报1件", "估"]
    for at, remark in enumerate([*odd, "含2件联合发文", "据台账", "仅一项"]):
        table = [[*row, "备注" if at == 2 else remark if "一、" in row[0] else ""] for at, row in enumerate(rows("table3"))]
        made = imports.made_of(table, chapter=CHAPTER)
        asked[remark] = made.questions.get(UNSURE, [])
        assert values(made) == {3}
    assert [remark for remark, about in asked.items() if about] == odd


def test_a_remark_of_one_sign_or_of_a_part_of_the_row_is_heard_and_a_short_one_of_something_else_is_not():
    odd = ["估", "?", "？", "×", "已改", "人次", "网上", "简易程序", "未审结", "撤回", "含殡仪馆"]
    plain = ["无", "婚姻登记", "含食品经营许可", "较上年增加", "已公开", "结案", "同上", "见附件", "已网上公示"]
    assert [one for one in [*odd, *plain] if notes.asks(KNOWN, Line(one, REMARK), one)] == odd


def beside(root, sheet_or_file, is_file):
    """A page without tables, and table three beside it: in a workbook with a sheet of this name, or in a CSV."""
    csv = "\r\n".join(",".join(row) for row in rows("table3"))
    other = (f"{sheet_or_file}.csv", csv) if is_file else ("b.xlsx", book((sheet_or_file, rows("table3"))))
    return imports.begin(root, ("a.html", PAGE), other).made


def test_more_in_a_name_than_the_tables_own_is_heard():
    assert [name for name in NAMES if not is_heard(name, around.SHEET)] == []
    assert [name for name in PLAIN_NAMES if is_heard(name, around.SHEET)] == []


@pytest.mark.parametrize("is_file", [False, True])
def test_a_number_in_brackets_is_that_of_a_copied_sheet_or_of_a_file_that_was_loaded_again(is_file, tmp_path):
    made = beside(tmp_path, "表三 (2)", is_file)
    assert (UNSURE in made.questions) is not is_file
    assert values(made) == {3}


@pytest.mark.parametrize(("is_file", "what"), [(False, "工作表"), (True, "文件")])
def test_more_in_the_name_of_a_sheet_or_file_is_one_question(is_file, what, tmp_path):
    assert beside(tmp_path / "odd", "表三 城关", is_file).questions[UNSURE] == [f"{what}“表三 城关”：表三"]
    for name in ("表三-0110", "测试局23年报"):
        made = beside(tmp_path / name, name, is_file)
        assert not {UNSURE, OF_ANOTHER} & made.questions.keys()
        assert values(made) == {3}


RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def with_margin(line, kind="header", shown="default", first=False, behind=False):
    """A document with table three whose header or footer says a line, on all pages or the first; as a watermark too."""
    section = (
        f'<w:sectPr><w:{kind}Reference w:type="{shown}" xmlns:r="{RELATION}" r:id="r1"/>'
        f"{'<w:titlePg/>' if first else ''}</w:sectPr>"
    )
    mark = f'<w:p><w:r><w:pict><v:textpath xmlns:v="urn:schemas-microsoft-com:vml" string="{line}"/></w:pict></w:r></w:p>'
    margin = f"<w:hdr {words.W}>{mark if behind else words.paragraph(line)}</w:hdr>"
    blocks = [words.paragraph(HEAD), words.paragraph(CHAPTER), words.table(rows("table3")), section]
    raw = io.BytesIO(words.document(*blocks, **{f"{kind}1": margin}))
    with zipfile.ZipFile(raw, "a") as package:
        package.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships><Relationship Id="r1" Type="{RELATION}/{kind}" Target="{kind}1.xml"/></Relationships>',
        )
    return raw.getvalue()


@pytest.mark.by_turns(5)
@pytest.mark.parametrize(
    ("kind", "shown", "first"), [("header", "default", False), ("footer", "default", False), ("header", "first", True)]
)
@pytest.mark.parametrize("line", ["2022年年报", "草稿", "示例市教育局", "历年"])
def test_what_a_word_document_prints_around_its_pages_is_said_of_its_tables(kind, shown, first, line, tmp_path):
    question = UNSURE if line == "历年" else OF_ANOTHER
    made = imports.begin(tmp_path, ("a.docx", with_margin(line, kind, shown, first))).made
    assert [line in one for one in made.questions[question]] == [True]
    assert [text for _, text, _ in made.left_out if text == line]


def test_a_watermark_is_said_of_the_tables_above_it(tmp_path):
    made = imports.begin(tmp_path, ("a.docx", with_margin("草稿", behind=True))).made
    assert made.questions[OF_ANOTHER] == ["表三（第1个表格）：草稿"]


@pytest.mark.by_turns(2)
@pytest.mark.parametrize(
    ("line", "shown"),
    [("草稿", "first"), ("草稿", "even"), (HEAD, "default"), ("示例市测试局", "default"), ("第1页", "default")],
)
def test_a_header_that_is_not_printed_or_says_nothing_of_figures_is_no_question(line, shown, tmp_path):
    made = imports.begin(tmp_path, ("a.docx", with_margin(line, shown=shown))).made
    assert not {UNSURE, OF_ANOTHER} & made.questions.keys()
    assert values(made) == {3}


@pytest.mark.parametrize(
    "styles",
    [
        "<w:docDefaults><w:rPrDefault><w:rPr><w:strike/></w:rPr></w:rPrDefault></w:docDefaults>",
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:rPr><w:strike/></w:rPr></w:style>',
    ],
)
def test_figures_that_a_documents_usual_style_strikes_are_not_taken(styles, tmp_path):
    blocks = [words.paragraph(HEAD), words.paragraph(CHAPTER), words.table(rows("table3"))]
    raw = words.document(*blocks, styles=f"<w:styles {words.W}>{styles}</w:styles>")
    assert values(imports.begin(tmp_path, ("a.docx", raw)).made) == {None}


@pytest.mark.parametrize("line", ["示例市教育局统计数据：", "（教育局）", "下表数据来自示例市教育局。"])
def test_a_copy_that_only_a_caption_calls_another_bodys_is_asked_about_beside_the_one_that_is_taken(line):
    fours = [[cell.replace("3", "4") if cell == "3" else cell for cell in row] for row in rows("table3")]
    made = imports.made_of(line, rows("table3"), "全年平稳。", fours, chapter=CHAPTER)
    assert values(made) == {4}
    assert [line in one for one in made.questions[OF_ANOTHER]] == [True]


@pytest.mark.by_turns(3)
@pytest.mark.parametrize("line", ["填报单位：示例市教育局", "2022年", "2022年示例市教育局情况", "作废"])
def test_a_copy_that_is_surely_another_bodys_or_years_is_no_question_beside_the_one_that_is_taken(line):
    fours = [[cell.replace("3", "4") if cell == "3" else cell for cell in row] for row in rows("table3")]
    made = imports.made_of(line, rows("table3"), "全年平稳。", fours, chapter=CHAPTER)
    assert values(made) == {4}
    assert not {OF_ANOTHER, SEVERAL} & made.questions.keys()
    same = imports.made_of("（教育局）", rows("table3"), "全年平稳。", rows("table3"), chapter=CHAPTER)
    assert OF_ANOTHER not in same.questions


@pytest.mark.parametrize(
    "line",
    [
        "注：以上数据含示例市农业综合行政执法大队",
        "注：原示例市畜牧局数据并入。",
        "其中示例市农机中心2件",
        "上述事项由市农机中心承办",
    ],
)
def test_a_note_that_names_a_part_of_the_table_leaves_it_the_bodys_own(line):
    made = imports.made_of(rows("table3"), line, chapter=CHAPTER)
    assert values(made) == {3}
    assert OF_ANOTHER not in made.questions


def at_the_right_top(said, key, number, right):
    """A table with a text on its right, in one of its first rows, one or two columns behind it."""
    made = [[str(at) if cell == "3" else cell for cell in row] for at, row in enumerate(rows(key))]
    width = max(map(len, made)) + right
    return [[*row, *[""] * (width - len(row)), said if at == number else ""] for at, row in enumerate(made)]


@pytest.mark.by_turns(3)
@pytest.mark.parametrize(("key", "number", "right"), [("table2", 0, 0), ("table3", 0, 1), ("table2", 1, 1)])
def test_what_stands_at_the_right_top_of_a_table_is_a_line_above_it(key, number, right):
    wrong = {}
    plain = ["2023年", "（2023年）", "单位：件", "市测试局", "填报单位：示例市测试局", "表号：政公开3表", "附件3"]
    for said in [*plain, "历年", "草稿", "示例市教育局", "单位：百件"]:
        head = [[HEAD], [HEADINGS["二" if key == "table2" else "三"]]]
        made = imports.read(imports.flow([*head, *at_the_right_top(said, key, number, right)], sheet="表"))
        unfilled = key not in made.taken or None in {cell.value for cell in made.taken[key].cells.values()}
        asked = [about for some in made.questions.values() for about in some if said in about]
        if (unfilled, bool(asked)) != (said in {"草稿", "示例市教育局", "单位：百件"}, said not in plain):
            wrong[said] = made.questions
    assert wrong == {}


@pytest.mark.parametrize(
    "struck", ["<s>行政许可</s>", "行政<s>许可</s>", '<b style="text-decoration: line-through">行政许可</b>']
)
def test_a_row_whose_label_is_struck_is_not_taken(struck, tmp_path):
    made = imports.of_page(tmp_path, rows("table2", 行政许可=struck))
    assert [row[-1] for row, _ in made.taken["table2"].doubtful] == ["行政许可"]
    plain = imports.of_page(tmp_path / "plain", rows("table2", 行政许可="<b>行政许可</b>"))
    assert not plain.taken["table2"].doubtful


@pytest.mark.parametrize("is_struck", [True, False])
def test_a_row_of_a_workbook_whose_label_is_struck_is_not_taken(is_struck, tmp_path):
    made = openpyxl.load_workbook(io.BytesIO(book((HEADINGS["二"], [[HEAD], [HEADINGS["二"]], *rows("table2")]))))
    cell = next(cell for row in made.active.iter_rows() for cell in row if cell.value == "行政许可")
    cell.font = openpyxl.styles.Font(strike=is_struck)
    into = io.BytesIO()
    made.save(into)
    taken = imports.begin(tmp_path, ("a.xlsx", into.getvalue())).made.taken["table2"]
    assert [row[-1] for row, _ in taken.doubtful] == ["行政许可"] * is_struck


OWN_FILES = {
    "青河县民政局": "附件：统计表（县民政局）|2023年政府信息公开工作统计表（县民政局）|民政局报县政府办|统计表报送市政府"
    "|县民政局2023年统计表报县政府办|统计表（报政务公开办）|附件2 县民政局|统计表（县民政局报）|统计表（县民政）"
    "|县民政局关于报送2023年政府信息公开统计表的函|民政局-统计表-报国务院办公厅|统计表县民政局|县民政局上报市政府信息公开办统计表",
    "青河县人民政府": "附件：统计表（县政府）|统计表（青河县）|统计表（县政府办）|统计表报市政府办公室",
    "示例县城关镇人民政府": "城关镇统计表|城关镇政府统计表|统计表（镇政府）|统计表-党政办|镇政府报县政务公开办",
    "示例市东关区数据局": "区数据局统计表|统计表（东关区数据局）|区局统计表",
    "示例市公安局交通警察支队": "示例市公安局交通警察支队统计表",
    "青河县残疾人联合会": "统计表（县残联）|2023年年报（县残联）|县残联统计表报县政府办",
    "示例市测试局": "附件：统计表（市测试局）|附件1：统计表（测试局）",
}
OTHER_FILES = {
    "青河县民政局": "附件：统计表（县教育局）|统计表（市民政局）|教育局报县政府办|统计表-城关镇",
    "青河县人民政府": "附件：统计表（县民政局）|民政局报县政府办",
    "示例县城关镇人民政府": "县政府统计表|东关镇统计表",
    "示例市东关区数据局": "市数据局统计表|西关区数据局统计表",
    "示例市公安局交通警察支队": "教育局统计表",
    "青河县残疾人联合会": "统计表（县民政局）|统计表（青河县妇联）",
    "示例市测试局": "示例市数据局|2023年报教育局|2023年政府信息公开年报县政府",
}


def known(name):
    library = formats.library(Path("没有"))
    return known_in(library.default(2023), library, 2023, name)


@pytest.mark.by_turns(3)
@pytest.mark.parametrize("where", [FILE, SHEET])
@pytest.mark.parametrize("name", OWN_FILES)
def test_a_name_may_name_the_body_itself_and_to_whom_it_is_sent(name, where):
    own, other = OWN_FILES[name].split("|"), OTHER_FILES[name].split("|")
    assert [one for one in (*own, *other) if whose.is_anothers(one, name, True)] == other
    assert [one for one in own if notes.asks(known(name), Line(one, where), one)] == []


def test_signs_in_the_name_of_a_body_are_no_pattern():
    body = "示例市市场监督管理局（示例市知识产权局）"
    assert notes.asks(known(body), Line(body, SHEET), body) is False
    assert notes.asks(known("示例市测试局*+[?"), Line("示例市测试局*+[?去年", SHEET), "示例市测试局*+[?去年")


def test_the_name_of_the_body_above_is_not_the_bodys_own_in_short():
    assert notes.asks(known("示例市公安局交通警察支队"), Line("市公安局统计表", FILE), "市公安局统计表")


@each("name", ["副本表三", "表三 - 副本", "表三的副本", "复件 表三", "表三-copy", "副本2023年统计表"])
def test_a_copy_is_one_question_at_most(name):
    assert not disowned.is_no_whole_year(name, 2023, True)
    assert notes.asks(known("示例市测试局"), Line(name, FILE), name)


PLAIN_FILES = [
    "2023年年报", "市测试局2023年年报", "2023年年报统计表",
    "2023年度报告", "市测试局2023年年度报告", "统计表（v2）", "统计表v2",
    "统计表-终", "三张表", "政府信息公开年报附表20240110", "附件：年报统计表（市测试局）", "统计表20240112",
    "统计表最终版",
]  # fmt: skip


def test_a_file_of_tables_may_be_called_a_report_and_have_a_version():
    assert [name for name in PLAIN_FILES if is_heard(name, FILE)] == []
    assert [name for name in ("2022年年报", "统计表（v2草稿）", "统计表（历年）") if not is_heard(name, FILE)] == []


@pytest.mark.parametrize("name", ["政府信息公开统计表填报模板", "附件2 统计表（样表）"])
def test_a_file_that_kept_the_name_of_its_template_is_one_question(name, tmp_path):
    made = imports.begin(tmp_path, ("a.html", PAGE), (f"{name}.xlsx", book(("Sheet1", rows("table3"))))).made
    assert made.questions[UNSURE] == [f"文件“{name}”：表三"]
    assert values(made) == {3}


@pytest.mark.parametrize("name", ["2022年政府信息公开工作统计表（市测试局）", "表三2022"])
def test_a_file_is_asked_about_by_its_name_where_it_is_the_only_one(name, tmp_path):
    with pytest.raises(UsageError, match=re.escape(name)):
        imports.imported(tmp_path, (f"{name}.xlsx", book(("Sheet1", rows("table3")))))
    made = imports.begin(tmp_path, ("历年.xlsx", book(("Sheet1", rows("table3"))))).made
    assert made.questions[UNSURE] == ["文件“历年”：表三"]


def form(sheet="表三", **typed):
    """A form with 3 in each cell, whose sheet of table three has another name; and some cells of that typed anew."""
    raw = forms.filled(forms.blank(year=2023), values={key: dict.fromkeys(one.cells, 3) for key, one in TABLES.items()})
    opened = openpyxl.load_workbook(io.BytesIO(raw))
    opened["表三"].title = sheet
    for cell, text in typed.items():
        opened[sheet][cell] = text
    return forms.saved(opened)


@pytest.mark.by_turns(2)
@pytest.mark.parametrize("name", ["表三2022", "表三1-6"])
def test_the_name_that_someone_gave_a_sheet_of_a_form_is_one_question(name, tmp_path):
    made = imports.begin(tmp_path, ("a.xlsx", form(name))).made
    assert made.questions == {UNSURE: [f"工作表“{name}”：表三"]}
    assert values(made) == {3}


@pytest.mark.slow
def test_what_the_notes_of_a_form_say_is_one_question(tmp_path):
    opened = openpyxl.load_workbook(io.BytesIO(form()))["表三"]
    heads = next(cell for row in opened.iter_rows() for cell in row if cell.value == "备注")
    for remark in ("本年未收取", "含网上申请", "包含变更件", "含当场办结", "含双公示", "由行政审批局办理", "因职能划出"):
        assert not notes.asks(known("示例市测试局"), Line(remark, REMARK), remark)
    beside, below = f"{heads.column_letter}{heads.row + 3}", f"A{opened.max_row + 1}"
    made = imports.begin(tmp_path, ("a.xlsx", form(**{beside: "含县公安局", below: "注：含县教育局"}))).made
    assert made.questions == {UNSURE: ["注：含县教育局：表三", "含县公安局：表三"]}
    assert values(made) == {3}
    plain = imports.begin(tmp_path / "plain", ("a.xlsx", form(**{beside: "无", below: "注：无规章制定权"}))).made
    assert plain.questions == {}


DISOWNING = [
    "示例市教育局", "2022年统计表", "征求意见稿", "作废", "草稿", "2022年表二", "填报单位：示例市教育局", "1—6月",
    "（征求意见稿）", "本工作簿为模拟数据", "示例市教育局政府信息公开工作统计表", "仅供参考", "填报单位：县公安局",
    "上半年", "二〇二二年度",
]  # fmt: skip
OF_COVERS = [
    "示例市测试局", "示例市测试局2023年度政府信息公开工作统计表", "2023年度", "2024年1月10日", "二〇二四年一月",
    "附件2", "市测试局编制", "填报单位（盖章）：示例市测试局", "填表人：甲　联系电话：0123-4567890",
    "报送：示例市政务公开办", "国务院办公厅制", "封面", "目录", "示例市人民政府办公室监制", "表二",
    "主动公开政府信息情况", "按照国务院办公厅2021年印发的格式填报", "密级：公开", "共3张",
    "示例市人民政府办公室　2024年1月印发", "有效期至2024年6月", "填报日期：2024年1月", "测局函〔2024〕1号",
    "示例市政务公开办编",
]  # fmt: skip


def test_what_is_left_out_and_disowns_the_tables_is_asked_about():
    lines = [("某处", text, why) for text in (*DISOWNING, *OF_COVERS) for why in (sheets.LOOSE, reports.ABOVE, "链接")]
    asked = leftout.of_others(lines, set(), KNOWN, [])
    assert asked == [f"某处：{text}" for text in DISOWNING]


@each("why", [sheets.GUIDE, sheets.LOOSE, outline.BARE, outline.AFTER])
@each(
    ("line", "is_asked"),
    [
        ("表三暂按上年数填写，待核实后更正。", True),
        ("1.统计时间为2022年10月1日至2023年9月30日。", True),
        ("表三合计不对，请改", True),
        ("张主任：表三是上半年的，请查收。", True),
        ("1.表二数量以百件计。", True),
        ("2.金额以元为单位。", True),
        ("2.收费金额以万元为单位，保留两位小数。", False),
        ("表三按件统计。", False),
        ("（共印20份）", False),
        ("共3张", False),
        ("填报请于1月10日前完成。", False),
    ],
)
def test_what_is_left_out_and_says_more_of_the_tables_is_asked_about(line, is_asked, why):
    assert leftout.of_others([("第1行", line, why)], set(), KNOWN, []) == [f"第1行：{line}"] * is_asked


# Sentences of any chapter that say that the tables are off; what reports say of their figures, and of much else.
OFF_IN_TEXT = [
    "本报告表格数据为1—11月数据。", "需要说明的是，表三数据未包括示例市养老中心受理的申请。",
    "本报告所列数据统计截至2023年10月31日。", "因系统故障，依申请公开数据未统计完。", "表二处罚决定数以百件为单位。",
    "报告中的统计数据暂未核定。", "（此表数据待定）", "上述申请统计有误，应为20件。",
    "本报告为征求意见稿，请于1月10日前反馈。", "第三章表格数据为初步统计，最终以省厅反馈为准。", "表三为上年数据。",
    "本年报数据不含下属单位。", "本报告数据为预计数。", "统计数据截至11月底。", "本报告所列数据包括所属事业单位。",
    "表四中的行政诉讼数含上年未结案件。", "以上申请数暂按去年数填报。", "数据未经核实。", "本报告尚未审定。",
    "报告所列数据含各乡镇。", "下表数据为估算。", "附表数据以更正后为准。", "以上统计数字不含下属事业单位。",
    "需要说明的是，行政许可数量未包含乡镇代办件。", "上述申请中有3件重复统计。", "本年度数据统计不完整。",
    "表格中数据为系统导出，未经核对。", "报告数据尚在核对中。", "本章数据为2022年数据。", "本章所列为上半年数据。",
    "报告期为2023年1月至10月。", "数据统计周期为2022年11月至2023年10月。", "统计截止日期：2023年11月30日。",
    "表二所列许可数量，暂按上年数填报。",
    "从表三看，其中3件为重复统计。", "具体见下表，数据待核。",
    "以上数据来自去年报告。", "主动公开数据尚未统计完。", "上述文件漏报2件。", "以上文件待核实。",
    "我局统计数据暂未核定。", "以上数据来自网上。", "统计数据漏报3件。",
    "此为征求意见稿，请勿外传。", "（草稿）", "以上数据由各乡镇汇总而成。", "本年度行政许可数量按上年数填列。",
    # The table is called otherwise, what is counted has no 数据 behind it, the year before stands in digits.
    "行政许可数沿用2022年。", "处罚件数统计到11月底。",
    "行政处罚件数统计至11月底。", "行政处罚数量系按10月份以前系统导出。",
    "申请受理量取自前三季度。", "受理量取自前三季度。",
    "11月以后的申请未统计在内。", "因系统升级，11月、12月的申请未能录入。",
    "以上各表未含二级单位。", "乡镇的受理数未并入。",
    "各乡镇的申请数据未并入。", "报表数据系估算。", "表格中的件数均以百为单位。",
    "收费金额单位应为元。", "第三张表总计一栏算错了，应为20。", "统计表里的自然人和企业两栏填反了。",
    "此稿仅供内部讨论。",
    "我局2023年数据待上级核准后更新。", "表三统计口径为线上受理件。", "表三统计口径为各股室线上受理件。",
    "处罚数量中有2件为示例市殡仪馆作出。", "表中许可数用的是去年的。", "表二收费一栏填的是元。",
    # What is said of figures has no end: it is asked about in whatever words.
    "处罚一栏待法规股核准后替换。", "上面三张表是用去年的底子改的。", "本报告表格是在去年表格基础上改的。",
    "四季度数据尚未报来。",
    "四季度各股室尚未交数。", "殡仪馆的申请不在统计之列。", "所属殡仪馆的申请另册登记，不在其内。",
    "行政处罚5件为上半年的数。",
    "本报告所附表格尚需领导审定。", "收费以千元列示。", "表格里的数还得再核一遍。", "行政许可办件量系照抄往年。",
    "行政强制数误记在行政处罚里。", "许可件数为2023年头十个月的。", "未收齐的件数用估的补齐。",
    "结转数与上年报告对不上。",
    "自然人一栏的数里含重复提交的3件。", "行政许可数未经审批股确认。", "附表数据由系统自动导出，还未人工校验。",
    "行政许可一栏少加了养老机构备案。", "上面的数是随便填的，先占个位置。", "规范性文件件数等办公室清理完再填。",
    "行政处罚数与司法局口径不一致。", "处罚件数科里还没给。", "许可件数是从叫号机上抄下来的。",
    "行政强制数把查封和扣押算成了一件。",
    "收费栏按收据存根加的。", "上年结转数在去年报告里是另一个数。", "四张表的数字都没有对过账。",
    "处罚数是口头报的，没有台账。", "下属单位市救助站、市福利院的数据已一并统计在内。",
]  # fmt: skip
PLAIN_IN_TEXT = [
    "共受理政府信息公开申请1件，申请数量与2022年持平；", "申请数量与上年基本持平。",
    "新收件数较2022年增加3件，处罚数量比2021年度下降5%。",
    "本报告中所列数据的统计期限自2023年1月1日起至2023年12月31日止。",
    "本年报中所列数据统计时间为2023年1月1日至12月31日。",
    "报告采用数据为2023年1月1日至2023年12月31日。", "本报告统计数据从2023年1月1日至2023年12月31日止。",
    "本报告全文包括概述、主动公开政府信息情况与附表共七部分。", "本年度报告电子版可在市政府网站下载，如有疑问，请联系。",
    "主动公开的内容涉及规划信息、预算决算、统计数据、公告公示。", "全年公开统计数据信息6条。", "详见附表。",
    "数据由三个科室汇总，金额单位除注明外为万元。", "报告的结构遵循国办文件，各项数据已与业务台账核对。",
    "上述申请均已在法定期限内答复。", "上述申请主要涉及土地征收、房屋拆迁等方面。",
    "从上表可以看出，自然人申请占比最大。",
    "本年度行政许可数量比上年增加，主要是新增了食品经营许可。", "行政处罚数据已在信用中国网站公示。",
    "一是统计数据发布不够及时；二是数据开放程度不高。", "数据不全、更新不及时的问题仍然存在。",
    "年度报告数据填报不够规范。", "我局上半年公开数据50条。", "表三数据显示，自然人申请占90%。",
    "具体见下表，其中上半年公开12条。", "由表三可见，申请量较去年同期增长。",
    "数据统计时间段为2023年1月1日至2023年12月31日。", "截止目前，我局已公开政府信息504条，报告统计2条。",
    "上述数据表明，群众关注度持续上升。", "数据未能及时更新的问题仍然存在。", "（试点）",
    "此表一式两份，由申请人填写。", "所列数据自1月1日起算，至12月31日截止。",
    "申请表中应当载明申请人的姓名。", "依申请公开数量逐年上升，历年累计受理300件。", "部门预决算在3个总表中公示。",
    "一是政务公开数据质量有待完善。", "二是部分单位公开数据统计不完整，存在漏报现象。", "公开了2023年一季度统计数据。",
    "以上数据来自政务公开平台。", "按月公开了12期，1—11月统计数据已公开。", "以上文件待修订后重新发布。",
    "部分统计数据未及时更新。", "统计数据核对不及时。",
    "本年度报告已经局党组会议审定。", "经查，2022年收到，结转至2023年作出答复的申请12件。",
    "以上三张表格的数据均已与市司法局核对一致。", "上述数据以市政府信息公开管理系统为准。", "数据统计口径与上年一致。",
    "表格中的“行政强制”为0，是因为该项职能已划转。",
    "附表数据已由审核人签字确认。",
    "规范性文件数量以市司法局备案数为准。", "2023年7月5日，召开半年工作推进会，通报上半年公开情况。",
    "对3份文件草案公开征求意见30日。",
    "全年发布解读材料12篇，其中初稿均由业务股室起草。", "个别单位报送数据不准确、不及时，需要反复核对。",
    "统计报表报送及时。", "截至12月底，全局共有政务新媒体账号2个。",
    "上年结转的2件申请已于2023年1月办结。", "各乡镇收到的申请未收费。",
    "1件申请尚未办结，结转下年度继续办理。", "申请数量较去年回落12.3%。", "申请数量较前一年度回落12.3%。",
    "收费金额36.5万元，为公墓管理费。",
    "公开数量有待增加。",
    "申请内容主要集中在社会救助资金发放等方面。", "全年行政处罚件数保持稳定。", "信息处理费的收取件数和金额都为零。",
    "电话咨询不属于政府信息公开申请，没有计入本报告表格。", "2起行政诉讼案件尚未审结。", "数据开放平台建设有待加强。",
    "按季度公布救助人数，四季度数据已公开。", "规章3件（含新制定1件，修改2件）。", "公开信息的数量和质量有待提高。",
]  # fmt: skip


# What a form tells whoever fills it in, and what only looks like that.
DIRECTIONS = [
    "本表由各部门填报。", "说明：本表由各单位填报。",
    "由市直各部门、各乡镇人民政府填报。", "表内数据应与上年度报告的结转数衔接一致。",
    "一、本表由各市直部门、各乡镇填报，统计时限为2023年1月1日至12月31日。",
    "本表数据须经主要领导签字后报送。", "本表一式两份。",
    "与上年数据相差50%以上的应说明原因。", "数据有误的，退回重报。",
    "请先填写表二，再填写表三。", "填表前请阅读填表说明", "（盖章处）",
    "没有发生的填0。", "没有的填0。", "注：未发生的填0。", "没有发生的不填。", "请对照台账填写。", "数据应与台账一致。",
    "不公开的说明理由。",
    "本表须于1月10日前报送。", "本表数据由各单位办公室汇总后填报。", "统计时限为自然年度（1月1日至12月31日）。",
    "数字用阿拉伯数字，不得空格", "填报单位不得漏报、错报。",
    "如数据有误，请联系办公室。", "如发现数据未经核实，请与办公室联系。", "若表中数据有误，请致电办公室。",
]  # fmt: skip
NO_DIRECTIONS = [
    "请按去年数填报。", "第一项应为20件。", "本表由教育局等部门填报。",
    "本表由各乡镇填报。", "数据有误，退回重报。", "第三行应填5。",
    "行政处罚的应为5件。", "张主任：表三是上半年的，请查收。",
    "含乡镇的数应剔除。", "本表数据须由市教育局核实后公开。", "表中有2件重复的，应说明原因。",
    "本表估算的应说明。", "不含下属单位的另附表说明。", "以上数据有误，请联系办公室。", "如有出入，以省平台数据为准。",
    "如表三所示，以上数据为估算。", "若干科室的数据为上年数据。",
    # What is not filled in is left out.
    "乡镇的不报。", "乡镇受理的不填。", "简易程序的一律不填。", "12月份的不报。", "注：当面申请的未填。",
]  # fmt: skip
# What says of a table that it is none, or not all, of this report's, wherever it stands.
DRAFTS = [
    "本表数据未经审核", "本表数据不含下属单位", "本表数据为初稿", "表中数据为估算数", "本表数据沿用2022年",
    "以上数据仅为上半年", "本表应为5件", "下表为草稿", "表三数据为初步统计数",
]  # fmt: skip


def test_directions_to_whoever_fills_in_a_form_say_nothing_of_its_figures():
    for where in (around.ABOVE, around.BELOW):
        assert [line for line in DIRECTIONS if is_heard(line, where)] == []
        assert [line for line in NO_DIRECTIONS if not is_heard(line, where)] == []
    lines = [("第1行", line, sheets.GUIDE) for line in (*DIRECTIONS, *NO_DIRECTIONS)]
    asked = [one.removeprefix("第1行：") for one in leftout.of_others(lines, set(), KNOWN, [])]
    assert not {*asked} & {*DIRECTIONS}
    assert {"张主任：表三是上半年的，请查收。", "乡镇受理的不填。", "12月份的不报。"} <= {*asked}


@pytest.mark.slow
def test_a_direction_takes_nothing_from_what_stands_before_or_behind_it_in_its_sentence():
    pairs = [(draft, one.strip("。")) for draft in DRAFTS for one in DIRECTIONS]
    lines = [f"{line}。" for draft, one in pairs for line in (f"{one}，{draft}", f"{draft}，{one}", f"{one}。{draft}")]
    assert [line for line in lines if not is_heard(line, around.ABOVE)] == []
    below = [line for line in lines if not re.search("下表|表三数据", line)]  # of the table that follows, or of one named
    assert [line for line in below if not is_heard(line, around.BELOW)] == []
    assert [line for line in lines if not is_odd_in(line)] == []
    guide = [("第1行", line, sheets.GUIDE) for line in lines if len(line) <= 60]
    assert leftout.of_others(guide, set(), KNOWN, []) == [f"第1行：{line}" for _, line, _ in guide]


def is_odd_in(text):
    """Whether one of the sentences of a paragraph of a chapter is asked about."""
    return any(sentences.is_odd(KNOWN, one) for one in re.split("(?<=。)", text) if one)


NOT_FINAL = [
    "表三为草稿", "本表数据为初稿", "下表数据暂估", "表三数据为估算", "统计表数据尚未审核", "处罚件数为预计数",
    "表三（草稿）",
]  # fmt: skip
COUNTS = ["较上年增加3件", "含结转申请", "共3件", "申请较上年减少", "结转下年度1件"]
COUNTS_ONLY = [
    "以上申请3件，其中1件待审批。", "上述申请中1件尚在审核中。", "公开统计数据12条，其中待完善的3条。",
    "上表中1件待补正。",
    "由表三可见，申请较上年增加3件，预计明年继续上升。", "《办法（征求意见稿）》收到意见3条。",
    "表三含上年结转的申请1件。",
]  # fmt: skip


def test_what_is_not_final_is_not_whatever_is_counted_in_its_sentence():
    pairs = [(one, count) for one in NOT_FINAL for count in COUNTS]
    lines = [line for one, count in pairs for line in (f"{one}，{count}。", f"{count}，{one}。")]
    lines += ["行政处罚件数暂估3件。", "表三数据为估算3件。"]
    assert [line for line in lines if not disowned.is_no_whole_year(line, 2023)] == []
    assert [line for line in COUNTS_ONLY if disowned.is_no_whole_year(line, 2023)] == []


NAMING = {roles.Role(one) for one in ("table", "form", "report", "pointed", "figures", "counted", "matter", "direction")}
NAMING |= {roles.Role.TO_DO}  # which is said of anything, with whatever verb
NOT_ALL_COUNTED = {roles.Role.REACH, roles.Role.UNSETTLED}  # of 尚未统计, 未统计完: some are missing, as nobody is done


def sampled(parsed, most=40):
    """Words that a parsed pattern may mean: each way in turn, what may be left out once and not at all."""
    made = [""]
    for op, of in parsed:
        made = [begun + more for begun in made for more in ways(str(op), of)][:most]
    return made


def ways(op, of):
    if op == "LITERAL":
        return [chr(of)]
    if op == "IN":
        return [chr(one if str(kind) == "LITERAL" else one[0]) for kind, one in of if str(kind) in {"LITERAL", "RANGE"}]
    if op == "BRANCH":
        return [word for branch in of[1] for word in sampled(branch)]
    if op == "SUBPATTERN":
        return sampled(of[3])
    if op in {"MAX_REPEAT", "MIN_REPEAT"}:
        least, _, some = of
        return [""] * (not least) + [word * max(least, 1) for word in sampled(some)]
    return ["甲"] if op in {"ANY", "NOT_LITERAL"} else [""]


def test_each_word_of_what_is_said_of_figures_has_one_role():
    more, tried = {}, 0
    for role in set(roles.Role) - NAMING:
        kinds = wordings("roles")[role]
        for pattern in map(roles._filled, (*kinds["anywhere"], *kinds.get("alone", ()))):
            for word in sampled(re._parser.parse(pattern)):
                said = (roles.roles(word, 2023) | roles.alone(word)) - NAMING
                tried += bool(re.search(pattern, word))
                if re.search(pattern, word) and said not in ({role}, NOT_ALL_COUNTED):
                    more[word] = said
    assert more == {}
    assert tried > 1000
    assert {*wordings("roles")} - {"pieces"} == {*roles.Role}


UNSETTLED = [
    "未核实", "未核", "还没核实", "没有核对", "尚未复核", "未经审核", "没有经过审核", "没能核实", "未作核实", "审核中",
    "核实中", "未审",
]  # fmt: skip
UNFINISHED = ["底稿", "报批稿", "会签稿", "过程稿", "未定稿", "草稿", "送审稿", "修改稿"]


def test_what_is_not_settled_and_each_kind_of_draft_is_none_of_the_reports():
    lines = [f"本表数据{one}。" for one in UNSETTLED] + [f"本表为{one}。" for one in UNFINISHED]
    assert [line for line in lines if not disowned.is_no_whole_year(line, 2023)] == []
    plain = ["表三许可未核发。", "表三中1件未审结。", "表三由市审核中心填报。", "由县政务公开办起草稿件。"]
    assert [line for line in plain if disowned.is_no_whole_year(line, 2023)] == []


@pytest.mark.parametrize(
    "line", ["表四的数尚未审定。", "表2为上半年数。", "收费金额是暂估数。", "表二、表四数据为2022年数据。"]
)
def test_a_sentence_that_names_another_table_is_a_question_and_costs_the_one_beside_it_nothing(line):
    for _where, parts in (("above", (line, rows("table3"))), ("below", (rows("table3"), line))):
        made = imports.made_of(*parts, chapter=CHAPTER)
        assert OF_ANOTHER not in made.questions
        assert any(line in one for some in made.questions.values() for one in some)
        assert values(made) == {3}


@pytest.mark.parametrize(
    "line", ["表三、表四的数尚未审定。", "表二至表四数据为上半年数据。", "表2（2022年）", "本表同表二，均为草稿。"]
)
def test_one_that_names_this_table_too_or_heads_it_is_said_of_it(line):
    made = imports.made_of(line, rows("table3"), chapter=CHAPTER)
    assert [line in one for one in made.questions[OF_ANOTHER]] == [True]


def test_a_label_with_a_figure_in_a_row_of_a_bare_table_is_heard_and_a_count_is_compared():
    assert is_heard("显示：前100条", around.INSIDE)
    assert not is_heard("填表人：甲某　联系电话：0123-4567890", around.INSIDE)
    assert not is_heard("共3件", around.INSIDE)


# Sentences beside a table that name another year, state or body, and none of its figures; such as do, or say whose it is.
PROSE = [
    "申请人要求公开2022年的低保数据。", "2022年的数据见上一年度报告。", "申请表样表见附件。",
    "部分申请要求获取尚未审定的数据，依法不予公开。", "上半年数据已在季报中公开。", "往年数据可在网站查询。",
    "示例市教育局的申请由其自行办理。", "涉及示例市自然资源局的申请3件，已告知向其申请。",
    "示例市财政局的复议决定维持了原答复。",
    "上表中涉及示例市自然资源局的3件，已告知。", "以上申请均已答复，涉及示例市财政局的3件已告知。",
    "示例市财政局办理的1件，由其公开", "示例市中级人民法院判决驳回1件。",
]  # fmt: skip
OF_THE_TABLE = [
    "数据为上半年数。", "以上为示例市教育局的数据。", "2022年数据。", "统计表为样表。", "2022年的数据为下列各数。",
    "数据暂按上年填列。", "下表为示例市教育局的数据。", "这是示例市财政局的受理情况。", "此为示例市财政局受理情况。",
    "示例市财政局2022年情况。", "示例市财政局政府信息公开申请情况。", "填报单位：示例市教育局。",
    "以上数据，示例市教育局提供。", "本表由示例市教育局填报。", "示例市教育局。",
]  # fmt: skip


def test_a_sentence_of_the_text_that_names_another_year_or_body_costs_no_table_unless_it_says_so_of_the_table():
    def is_refused(line, where=around.BELOW):
        copy = Copy("table3", Wanted(2023, BODY), around=(Line(line, where),))
        return bool(stated.otherwise(copy))

    assert [line for line in PROSE if is_refused(line) or is_refused(line, around.ABOVE)] == []
    assert [line for line in PROSE if not (is_heard(line, around.BELOW) and is_heard(line, around.ABOVE))] == []
    assert [line for line in OF_THE_TABLE if not is_refused(line, around.ABOVE)] == []
    assert not is_refused("上述事项属于示例市财政局职责。")


# Leads and lines below that say whose the table is, by the subject of what points at it; {} is the body.
OF_ITS_SUBJECT = [
    "{}收到和处理政府信息公开申请情况如下表所示。", "{}受理申请情况见下表。", "上面这张是{}的表。", "{}收到申请如下。",
    "{}的申请，详见上表。", "{}的情况是这样的。", "2023年{}受理申请情况见表三。", "2023年，{}收到的申请，办理情况见下表。",
    "{}申请办理情况列于下表。", "下面的表格是{}的。", "下表反映{}收到申请的情况。", "{}的申请情况，如附表所列。",
    "全年{}收到申请的办理情况在下表中列出。", "下表列出{}收到的申请。", "收到和处理{}政府信息公开申请情况见下表。",
    "平稳有序，{}收到申请5件，情况如上。",
]  # fmt: skip
# What points at the report's own table and names another body, as what it deals with.
OF_OUR_SUBJECT = [
    "示例市财政局移送的申请情况见下表。", "向示例市财政局移交的申请，详见上表。", "涉及示例市财政局的申请3件，情况见下表。",
    "示例市教育局的申请由其自行办理，我局情况如下表所示。", "示例市财政局的申请，本机关的办理情况见下表。",
    "示例市财政局转来的申请3件，办理情况见下表。", "经商示例市财政局，受理申请情况如下。",
    "示例市教育局的申请由其办理，本年情况如下。",
    "按照示例市财政局要求，收到申请如下。", "会同示例市财政局办理的申请见下表。",
]  # fmt: skip


def test_whose_table_it_is_follows_from_the_subject_of_what_points_at_it():
    def is_refused(line, where):
        return bool(stated.otherwise(Copy("table3", Wanted(2023, BODY), around=(Line(line, where),))))

    for where in (around.ABOVE, around.BELOW):
        assert [one for one in OF_ITS_SUBJECT if not is_refused(one.format("示例市财政局"), where)] == []
        own = [one.format(name) for one in OF_ITS_SUBJECT for name in ("我局", BODY, "本机关")]
        assert [one for one in own + OF_OUR_SUBJECT if is_refused(one, where)] == []


def test_a_lead_of_another_body_costs_its_table_with_a_question():
    lead = OF_ITS_SUBJECT[0].format("示例市财政局")
    made = imports.made_of(lead, rows("table3"), chapter=CHAPTER)
    assert "table3" not in made.taken
    assert [lead.rstrip("。") in one for one in made.questions[OF_ANOTHER]] == [True]


# For which part of the year figures are counted: a span or an end, in whatever words, with commas or without.
OF_A_PERIOD = [
    "统计期限自2023年1月1日起，至2023年6月30日止。", "数据统计至2023年11月30日。", "本报告统计期为2022年12月至2023年11月。",
    "统计数据只到10月。", "10月以后的数据没有统计。", "本报告所列数据的统计期限自2022年1月1日起，至2022年12月31日止。",
    "报告期自2023年1月1日起至2023年12月1日。", "统计区间：2023.1.1—2023.11.30。", "数据的时间范围为2022年1月至2023年12月。",
    "统计截至十一月底。", "数据更新至2023年12月15日。", "统计数据仅到三季度末。",
]  # fmt: skip
OF_THE_YEAR = [
    "统计期限自2023年1月1日起，至2023年12月31日止。", "数据统计至2023年12月31日。", "统计期为2023年1月至12月。",
    "数据的统计期限为2023年1月1日0时至12月31日24时。", "统计数据截至12月底。", "数据统计期限为2023全年。",
    "统计期限自2023年1月1日起。", "统计截至十二月底。", "2023年6月至9月，开展政务数据专项整治。",
    "数据开放工作自2023年6月起，至9月底完成。", "统计年报于2023年3月至4月报送。", "截至11月底，公众号发布信息320条。",
    "每月5日前报送数据，至12月5日共报送12次。",
]  # fmt: skip


def test_a_period_of_figures_that_is_not_the_whole_year_is_heard_and_the_times_of_other_things_are_not():
    for is_of_problems in (False, True):
        assert [one for one in OF_A_PERIOD[:4] if not sentences.is_odd(KNOWN, one, is_of_problems)] == []
        assert [one for one in OF_THE_YEAR if sentences.is_odd(KNOWN, one, is_of_problems)] == []
    assert [one for one in OF_A_PERIOD if not sentences.is_odd(KNOWN, one)] == []


# What is said of the report's figures, however few words name them; and the same words of data that are none of them.
OF_FIGURES = [
    "数据还需核对。", "行政强制数据正在补录中。", "部分许可数据丢失，未能计入。", "许可数据不完整。",
    "个别数据与上报口径不一致。", "部分数据丢失。", "最终数字请等待补充公告。", "数据有变动。",
    "相关数据仍待确认。", "数字正在汇总。",
    "12月下旬收到的申请将计入下一年度报告。", "12月份的处罚案件列入下年统计。", "年底的许可计入2024年年报。",
    "先按上年数据填列，待核准后更换。", "表格先用去年数占位。", "沿用去年数据。", "暂用2022年数据代替。",
    "本报告不含所属事业单位数据。", "本报告涵盖县民政局和县残联的数据。",
]  # fmt: skip
OF_DATA = [
    "部分数据需向业务股室收集，汇总周期较长。", "数据共享有待加强。", "个别数据更新不及时。", "数据质量不高。",
    "未发生数据丢失事件。", "防范数据丢失、泄露风险。", "补录历史数据120条。",
    "2件未办结的申请将计入下一年度报告。", "将培训列入下年度工作计划。",
    "引用去年数据进行对比。", "统计报表按上年格式填报。", "本报告不含涉密内容。", "本报告涵盖全年数据。",
    "本报告包括总体情况、主动公开等六个部分。", "行政许可含社会团体登记和民办非企业单位登记。", "数字政府建设有待加强。",
    "数据资源目录正在汇总编制。", "相关数据已在网站公布。",
]  # fmt: skip

# What the figures are, where from, of when: the verb tells it, in whatever words; whose are counted, and whose are not.
TOLD = [
    "数据按信访台账来的。", "数据口径是窗口收件。", "这些数字来自电话摸底。", "统计含派出机构。",
    "统计只做到国庆前。", "数据源为旧年鉴。", "全部数据由机器人抓取。", "表格由前任填写，未交接。",
    "行政许可为窗口叫号数。", "行政处罚按罚单张数计。", "收费为含税数。", "办结率按收件计算。",
    "本报告为合并口径。", "数据晚一个月更新。", "以上系试点三个股室的情况。", "以上由代办点报来。",
    "表格按去年的填。", "数据同去年。",
    "与上报数据不一致，以本报告为准。", "第四季度数据另行补报。", "最终数字另行公布。", "12月最后一周没有纳入。",
    "划入的执法队数据不在本报告中。", "原旅游局的申请另报。", "春节前收到的算在上一年。",
    "乡镇办理的许可也计入其中。", "12月20日以后的申请转入2024年统计。", "信访转来的申请重复登记，尚未剔除。",
    "收到申请9件，网上的没有录入。", "另有2件未纳入统计。", "学校信息公开也统计在内。",
    # Whatever is left out may be what the tables count, whoever has it and whatever it is called.
    "城区窗口的没有计入。", "下属单位的没有纳入。", "局属三家单位未纳入统计。", "街道办收的未统计进来。",
    "分局办理的未计入。",
    "不动产中心的未统计在内。", "信访件没有录入系统。", "网上渠道的未汇总。", "电话受理的未登记。", "代办点收的没有算。",
    "殡仪馆的未纳入范围。", "公众号收到的未录入系统。", "平台上的没有计入。", "培训中心的没有计入。", "目录外的没有列入。",
    "未纳入考核的没有计入。", "有两个乡镇的数没有报上来。",
    # What tells of figures is no publishing of them, though it ends so.
    "统计数据按期报送但只含城区。", "数据按时报送城区部分。", "数据由财政局代填并公开。", "数据以审计前口径公布。",
    "报表以乡镇上报为准统一。", "数据由下属单位报送前的统一。", "数据不大。", "数据由各乡镇上报后公布。",
    "数据通过抽样得出并公开。", "数据为乡镇办理情况。", "统计未含殡仪馆情况。", "附表供参考。",
]  # fmt: skip
NOT_TOLD = [
    "根据网站统计，全年访问量达12万人次。", "统计数据在网站“数据发布”栏目公开。", "用数据图表解读政策12次。",
    "统计报表由专人填报。", "统计数据由办公室归口管理。", "数据由三个科室汇总。", "口径统一，解读准确。",
    "数据来源可追溯。", "推进平台融合，实现数据同源、服务同根。", "办理数量与表三一致。",
    "答复申请805件（含上年度结转申请18件）。", "以上是我局2023年政务公开工作情况。", "行政处罚信息计入信用档案。",
    "申请登记、审核、办理、归档流程规范。", "未纳入试点范围的单位也公开了目录。", "月度数据次月10日前发布。",
    "公开的数据包括低保、特困、孤儿等。",
    "2个乡镇尚未纳入统一平台管理。", "3所学校没有登记账号。", "政务新媒体未列入考核。", "全年另报信息12条。",
    "培训情况一并列入。",
    "有12个单位没有录入信息。", "重大决策事项未纳入年度预算。", "每月另行统计通报。", "数目不少。",
    "表格由办公室统一印制。", "报表按时报送市政府办公室。", "台账按季度归档。", "口径由县政府办统一。", "数据按季度公开。",
    "网站统计数据均按月公布。", "附件表格见文末。",
    "部分直属单位公众号尚未纳入统一监管。", "历史信息未纳入本次栏目改版迁移范围。", "县级融媒体账号未列入检查名单。",
    "网站用户注册信息没有登记。", "监督检查结果已并入。", "网站未统计独立访客。", "另报送县档案馆2份。",
    "数据不全的情况时有发生。", "统计数据按规定在政府网站“统计数据”栏目公布。", "报表由县政府办统一印制。",
    "数据供公众查阅。",
]  # fmt: skip


def test_what_tells_where_figures_are_from_or_whose_they_are_is_heard_in_whatever_words_and_other_work_with_data_is_not():
    assert [one for one in TOLD if not sentences.is_odd(KNOWN, one)] == []
    assert [one for one in NOT_TOLD if sentences.is_odd(KNOWN, one) or sentences.is_odd(KNOWN, one, True)] == []
    # A chapter on problems tells of defects in general; whatever else it says of figures is heard as in any other.
    assert [one for one in TOLD if not sentences.is_odd(KNOWN, one, True)] == ["与上报数据不一致，以本报告为准。"]


def test_what_is_said_of_the_reports_figures_is_heard_and_the_same_of_other_data_is_not():
    assert [one for one in OF_FIGURES if not sentences.is_odd(KNOWN, one)] == []
    assert [one for one in OF_DATA if sentences.is_odd(KNOWN, one) or sentences.is_odd(KNOWN, one, True)] == []
    of_problems = ["数字有待进一步核准。", "数据还需核对。", "12月下旬收到的申请将计入下一年度报告。", "沿用去年数据。"]
    assert [one for one in of_problems if not sentences.is_odd(KNOWN, one, True)] == []
    general = ["个别数据与平台不一致。", "一是部分数据不完整。", "许可数据不完整。"]
    assert [one for one in general if sentences.is_odd(KNOWN, one, True)] == []


def test_a_sentence_of_any_chapter_that_says_that_the_tables_are_off_is_heard():
    assert [line for line in OFF_IN_TEXT if not sentences.is_odd(KNOWN, line)] == []
    assert [line for line in PLAIN_IN_TEXT if sentences.is_odd(KNOWN, line)] == []


@pytest.mark.parametrize(
    "above",
    ["本年办理申请的流程进一步规范，答复文书统一了格式，办理质量有所提高，群众满意度上升。", "五、存在的主要问题及改进情况"],
)
def test_it_is_one_question_wherever_in_the_text_it_stands_and_the_table_is_taken(above):
    said = ["表三数据未包括示例市养老中心受理的申请。", "收费金额以元为单位。"]
    made = imports.made_of(rows("table3"), above, f"今年加强了培训。{''.join(said)}", chapter=CHAPTER)
    assert [one.partition("：")[2] for one in made.questions[leftout.IN_TEXT]] == said
    assert values(made) == {3}
    assert not {UNSURE, OF_ANOTHER} & made.questions.keys()


def test_what_a_chapter_on_problems_says_of_statistics_is_asked_about_where_it_points_at_figures_or_counts():
    general = ["部分单位申请数据统计不完整。", "行政许可数据存在漏报的问题。", "有的科室处罚件数未核实。"]
    exact = ["行政许可件数漏报2件。", "上述申请有重复统计。", "表三数据不含下属单位。"]
    said = "".join([*general, *exact])
    below = "五、存在的主要问题及改进情况", f"不足是：{said}"
    made = imports.made_of(rows("table3"), said, *below, chapter=CHAPTER)
    asked = [one.rpartition("：")[2] for one in made.questions[leftout.IN_TEXT]]
    assert asked == [*general, *exact, *exact]


@each(
    ("place", "line", "is_asked"),
    [
        ("工作表“审核意见”第1行", "请核实后重报", True),
        ("工作表“修改记录”第1行", "甲某：第一行漏了2件", True),
        ("工作表“审核意见”第1行", "同意", False),
        ("第1段", "请各股室于1月10日前核对数据后反馈办公室。", True),
        ("第1段", "待审核", True),
        ("第1段", "数据开放", False),
    ],
)
def test_so_is_what_a_sheet_of_reviews_says_and_a_sentence_above_the_title_of_a_page(place, line, is_asked):
    why = sheets.LOOSE if "工作表" in place else reports.ABOVE
    assert leftout.of_others([(place, line, why)], {"第1段"}, KNOWN, []) == [f"{place}：{line}"] * is_asked


def test_so_is_what_stands_in_a_box_of_another_chapter():
    said = "表三数据为1—11月数据。"
    box = [["需要说明的情况", said]]
    made = imports.made_of(rows("table3"), "五、存在的主要问题及改进情况", box, chapter=CHAPTER)
    assert [one.partition("：")[2] for one in made.questions[leftout.IN_TEXT]] == [said]


def test_what_is_left_out_is_asked_about_though_another_question_has_its_words_among_others():
    def of_others(*asked):
        return leftout.of_others([("封面第1行", "2022年度", sheets.LOOSE)], set(), KNOWN, asked)

    assert of_others("注：2022年度新修订规章未计：表二", "第3段：不是2022年度的") == ["封面第1行：2022年度"]
    for same in ("2022年度：表二", "表二（第1个表格）：2022年度", "2022年度"):
        assert of_others(same) == []


@each(
    ("line", "is_asked"),
    [
        ("数字未最终敲定", True),
        ("（内部征求意见）", True),
        ("征求意见", False),
        ("数据开放", False),
        ("（公开）", False),
        ("备注：数据来源于上年报告", True),
    ],
)
def test_below_the_signature_of_a_page_what_is_not_done_is_asked_about_and_no_menu(line, is_asked):
    assert leftout.of_others([("第9段", line, outline.AFTER)], {"第9段"}, KNOWN, []) == [f"第9段：{line}"] * is_asked


@pytest.mark.parametrize(
    ("line", "is_asked"), [("内部资料　待审", True), ("（讨论稿）", True), ("现将有关情况报告如下", False)]
)
def test_a_short_line_below_the_title_may_say_that_the_report_is_a_draft(line, is_asked, tmp_path):
    made = imports.begin(tmp_path, ("a.html", PAGE.replace("</h1>", f"</h1><p>{line}</p>"))).made
    asked = [one.partition("：")[2] for one in made.questions.get(leftout.IN_TEXT, ())]
    assert asked == [line] * is_asked


OF_SLOTS = {
    "number": ("示测函〔2023〕3号|示测函〔2024〕3号", "示测函〔2022〕3号|示测函(2025)3号"),
    "editor": ("甲某|甲某、乙某|甲某（局办公室）|甲某（签字）", "甲某（先用去年数）|甲某（数据未核）|甲某（试）"),
    "signature": ("示例市测试局|示例市测试局（盖章）", "示例市测试局（会前）"),
}


def test_what_stands_in_a_slot_of_its_own_and_is_not_of_its_form_is_heard():
    for key, (plain, odd) in OF_SLOTS.items():
        assert [one for one in plain.split("|") if slots.is_odd_value(KNOWN, key, one)] == []
        assert [one for one in odd.split("|") if not slots.is_odd_value(KNOWN, key, one)] == []
    lines = ["示例市测试局办公室", "（2024年1月18日）", "现将有关情况报告如下：", "市测试局　2024年1月", "另有一句。"]
    assert [one for one in lines if slots.is_odd_line(KNOWN, one)] == []
    odd = ["状态：待发布", "内部资料　待审", "（讨论稿）", "第二次上会", "勿外传"]
    assert [one for one in odd if not slots.is_odd_line(KNOWN, one)] == []


def test_each_slot_of_a_page_is_asked_about_and_its_table_is_taken(tmp_path):
    end = "<p>示例市测试局</p><p>2024年1月18日</p><p>责任编辑：甲某某（先用去年数）</p>"
    page = PAGE.replace("</h1>", "</h1><p>示测函〔2022〕3号</p><p>状态：待发布</p><svg><text>草稿</text></svg>")
    page = f"{page}<p>{CHAPTER}</p>{imports._as_html(rows('table3'))}<p>六、其他需要报告的事项</p><p>无。</p>{end}"
    made = imports.begin(tmp_path, ("a.html", f"{page}<footer>本站为测试环境</footer>")).made
    asked = [one.partition("：")[2] for one in made.questions[leftout.IN_TEXT]]
    assert sorted(asked) == sorted(["示测函〔2022〕3号", "状态：待发布", "责任编辑：甲某某（先用去年数）"])
    assert {one.partition("：")[2] for one in made.questions[leftout.OF_OTHERS]} == {"草稿", "本站为测试环境"}
    assert values(made) == {3}


def test_what_stands_beside_the_text_on_a_web_page_may_name_other_years_and_bodies():
    lines = [("某处", text, reports.ABOVE) for text in ("示例市人民政府", "2022年", "草稿")]
    assert leftout.of_others(lines, {"某处"}, KNOWN, []) == ["某处：草稿"]


@pytest.mark.parametrize("said", ["表三数据为上半年数。", "本站数据为测试数据"])
def test_what_a_page_shows_in_its_footer_is_one_question_where_it_says_of_figures_that_they_are_off(said, tmp_path):
    end = "<p>示例市测试局</p><p>2024年1月18日</p>"
    footer = f"<footer>2022年报<p>{said}</p><p>示例市教育局主办</p></footer>"
    page = f"{PAGE}<p>{CHAPTER}</p>{imports._as_html(rows('table3'))}{end}{footer}"
    made = imports.begin(tmp_path, ("a.html", page)).made
    assert [one.partition("：")[2] for one in made.questions[leftout.OF_OTHERS]] == [said]


@pytest.mark.parametrize(
    ("end", "asked"),
    [
        (["示例市测试局（初稿）", "2024年1月18日"], outline.UNSIGNED),
        (["示例市测试局", "2024年1月18日", "责任编辑：甲某某（数据未核）"], leftout.IN_TEXT),
    ],
)
def test_a_draft_in_brackets_behind_the_signature_or_the_editor_is_one_question(end, asked, tmp_path):
    page = f"{PAGE}<p>{CHAPTER}</p>{imports._as_html(rows('table3'))}" + "".join(f"<p>{one}</p>" for one in end)
    made = imports.begin(
        tmp_path, ("a.html", page.replace("</table>", "</table><p>六、其他需要报告的事项</p><p>无。</p>"))
    ).made
    assert len(made.questions[asked]) == 1


@pytest.mark.slow
def test_a_sheet_without_a_table_or_a_first_page_that_disowns_the_tables_is_one_question(tmp_path):
    table, chapter = rows("table3"), [words.paragraph(HEAD), words.paragraph(CHAPTER)]
    for at, (name, line) in enumerate([("封面", "示例市教育局"), ("目录", "2022年表三"), ("Sheet9", "草稿")]):
        sheet = "b.xlsx", book((name, [[line], ["共3张"]]), ("表三", table))
        made = imports.begin(tmp_path / str(at), ("a.html", PAGE), sheet).made
        assert made.questions[leftout.OF_OTHERS] == [f"b.xlsx 工作表“{name}”第1行：{line}"]
        assert values(made) == {3}
    alone = imports.begin(tmp_path / "alone", ("b.xlsx", book(("封面", [["2022年统计表"]]), ("表三", table)))).made
    assert alone.questions == {leftout.OF_OTHERS: ["工作表“封面”第1行：2022年统计表"]}
    paged = words.document(words.paragraph("征求意见稿"), *chapter, words.table(table))
    assert leftout.OF_OTHERS in imports.begin(tmp_path / "word", ("a.docx", paged)).made.questions
    untitled = [words.paragraph(one) for one in ("征求意见稿", *["政府信息公开"] * 7)]
    made = imports.begin(tmp_path / "untitled", ("a.docx", words.document(*untitled, words.table(table)))).made
    assert made.questions[leftout.OF_OTHERS] == ["第1段：征求意见稿"]
    shown = f"<p>草稿</p>{PAGE}<p>{CHAPTER}</p>{imports._as_html(table)}"
    assert leftout.OF_OTHERS in imports.begin(tmp_path / "page", ("a.html", shown)).made.questions


FRONT = [
    "附件2", "示例市测试局", "2023年度政府信息公开工作统计表", "填报单位（盖章）：示例市测试局", "2024年1月10日",
    "单位负责人：甲某　填表人：乙某　联系电话：0123-4567890",
]  # fmt: skip
LIST = [["序号", "表名", "页码"], ["1", "表一 主动公开政府信息情况", "2"], ["2", "表二 行政复议、行政诉讼情况", "3"]]


@pytest.mark.parametrize("name", ["封面", "Sheet1"])
@pytest.mark.parametrize("is_alone", [True, False])
def test_a_cover_and_a_list_of_the_tables_are_listed_and_no_text(name, is_alone, tmp_path):
    front = name, [[one] for one in FRONT]
    of_body = "首页", [["机关名称", "示例市测试局"], ["年度", "2023"]]
    raw = book(front, of_body, ("目录", LIST), ("表三", rows("table3")))
    files = [("b.xlsx", raw)] if is_alone else [("a.html", PAGE), ("b.xlsx", raw)]
    made = imports.begin(tmp_path, *files).made
    assert [one for one in made.questions if "没有找到" not in one] == []
    assert values(made) == {3}
    assert "乙某" not in made.files.get("narrative.md", "")
    assert [one for one in (*FRONT, LIST[1][1], "机关名称") if not any(one in text for _, text, _ in made.left_out)] == []


def test_a_cover_whose_cells_disown_the_tables_is_one_question(tmp_path):
    cells = "首页", [["机关名称", "示例市教育局"], ["年度", "2022年"]]
    made = imports.begin(tmp_path, ("a.html", PAGE), ("b.xlsx", book(cells, ("表三", rows("table3"))))).made
    assert [one.rpartition("：")[2] for one in made.questions[leftout.OF_OTHERS]] == [
        "示例市教育局",
        "2022年",
    ]


@pytest.mark.parametrize("key", ["table3", "table4"])
def test_a_line_in_a_row_below_its_table_is_no_row_that_the_format_lacks(key, tmp_path):
    said = {"以上为现场申请": 1, "审批意见：不同意": 1, "校验：本年新收+上年结转=总计+结转下年度": 0, "责任编辑：甲某": 0}
    for at, (line, count) in enumerate(said.items()):
        csv = "\r\n".join([*(",".join(row) for row in rows(key)), line])
        made = imports.begin(tmp_path / str(at), (f"{key}.csv", csv)).made
        asked = [about for some in made.questions.values() for about in some if line in about]
        assert len(asked) == count, made.questions
        assert any(line in text for _, text, _ in made.left_out)
        assert {cell.value for cell in made.taken[key].cells.values()} == {3}
    lost = "\r\n".join([*(",".join(row) for row in rows("table2")), "地方性法规"])
    made = imports.begin(tmp_path / "lost", ("table2.csv", lost)).made
    assert [about for some in made.questions.values() for about in some if "地方性法规" in about] != []


@pytest.mark.parametrize(
    ("key", "agree", "differ"),
    [
        (
            "table3",
            ["全年新收申请3件，其中自然人3件", "上年结转3件已办结"],
            ["2件申请转至下年度继续办理", "上年结转2件已办结"],
        ),
        (
            "table2",
            ["行政许可3件中，社会团体登记1件、养老机构备案2件", "处罚案件3件，均为社会团体未按期年检"],
            ["行政许可3件中，社会团体登记2件、养老机构备案2件", "处罚案件6件，均为社会团体未按期年检"],
        ),
    ],
)
def test_a_line_beside_a_table_is_asked_about_where_its_figures_are_others(key, agree, differ, tmp_path):
    table = rows(key)
    for at, lines in enumerate([[*agree, *differ, *table], [*table, *agree, *differ]]):
        raw = book((TABLES[key].name, [[one] if isinstance(one, str) else one for one in lines]))
        made = imports.begin(tmp_path / str(at), ("a.xlsx", raw)).made
        asked = [about for some in made.questions.values() for about in some]
        assert [one for one in differ if sum(one in about for about in asked) != 1] == []
        assert [about for about in asked if any(one in about for one in agree)] == []
        assert None not in {cell.value for cell in made.taken[key].cells.values()}


def test_a_long_line_alone_below_all_figures_is_no_row_but_one_that_ends_with_a_figure_is(tmp_path):
    lines = [
        "数据来源于局办公室依申请公开登记台账",
        "处罚案件已全部移送归档",
        "统计员（签字）",
        "法规规章以外的文件公开了3件",
    ]
    raw = book(("表二", [*rows("table2"), *([one] for one in lines)]))
    made = imports.begin(tmp_path, ("a.xlsx", raw)).made
    asked = [about for some in made.questions.values() for about in some]
    assert [sum(one in about for about in asked) for one in lines] == [0, 0, 0, 1]
    assert [one for one in lines[:3] if not any(one in text for _, text, _ in made.left_out)] == []
