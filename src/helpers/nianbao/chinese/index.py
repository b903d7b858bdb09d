"""The words of outputs/index.html, in Chinese."""

TEXTS = {
    "Reports": "报告",
    "{count} listed": "{count} 份",
    "Find": "查找",
    "title, id or year": "机关名称、编号或年度",
    "State": "状态",
    "All": "全部",
    "{count} shown": "显示 {count} 份",
    "nothing fits": "没有符合条件的报告",
    "Year": "年度",
    "Title": "标题",
    "Findings": "核查发现",
    "Date": "成文日期",
    "Files": "文件",
    "Notebook {name}": "笔记本 {name}",
    "notebook": "笔记本",
    "data": "数据",
    "why it failed": "失败原因",
}
