"""What tests of whole reports in workbooks and pages share: their chapters, figures that stand there once, sheets."""

import openpyxl

from forms import saved

HEADINGS = {
    "一": "一、总体情况",
    "二": "二、主动公开政府信息情况",
    "三": "三、收到和处理政府信息公开申请情况",
    "四": "四、政府信息公开行政复议、行政诉讼情况",
    "五": "五、存在的主要问题及改进情况",
    "六": "六、其他需要报告的事项",
}


def book(*sheets, merged=""):
    """A workbook of sheets, each with its name and its rows; in the sheet ``merged`` each line goes over eight cells."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, filled in sheets:
        sheet = made.create_sheet(name)
        for at, row in enumerate(filled, 1):
            for column, cell in enumerate(row, 1):
                sheet.cell(at, column).value = int(cell) if cell.isdecimal() else cell or None
            if name == merged:
                sheet.merge_cells(start_row=at, start_column=1, end_row=at, end_column=8)
    return saved(made)


class Numbered:
    """Figures, each of which stands on the page once."""

    def __init__(self):
        self.last = 10_000

    def __call__(self):
        self.last += 1
        return str(self.last)
