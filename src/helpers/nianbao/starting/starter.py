"""``nianbao new``: the folder of a new report, laid out in the right format, with last year's figures carried over."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nianbao import job_id
from nianbao.characters import in_a_line
from nianbao.errors import UsageError
from nianbao.inputs import folder
from nianbao.inputs.contract import BureauParams
from nianbao.inputs.csvlayout import to_csv
from nianbao.inputs.form import book
from nianbao.inputs.naming import id_of
from nianbao.language import reason, say
from nianbao.paths import KIT_NOTEBOOK, NOTEBOOK, TRENDS, ReportPaths
from nianbao.starting.carried import carry_over, doubted, named
from nianbao.statute.formats import TERM, library
from nianbao.textfile import encoded
from nianbao.wording import number
from nianbao.yamlfile import read_yaml
from nianbao.yamlkey import quoted
from nianbao.yamltyped import typed

if TYPE_CHECKING:
    from pathlib import Path

    from nianbao.inputs.report import Report
    from nianbao.starting.carried import Values
    from nianbao.starting.draft import Draft
    from nianbao.statute.formats import Format

UNNAMED, NO_SHORT = "【填写：机关全称】", "【填写：机关简称】"  # bureau.yaml is yet to say it
LEVEL = "市"  # of a bureau of which nobody has said it
_BUREAU = """\
# 机关信息，各年度共用。【填写：…】是待填内容。# 开头的行不起作用；写着“键: 值”的是例子，要用时删去行首的 #。
name: {name}  # 如 示例市教育局
short: {short} # 如 市教育局
level: {level}                # 国家、省、市、县、乡之一
#parent: shili-szf       # 上级机关的编号（params/ 下的文件夹名）或全称，须已存在
#term: 政务信息          # 本机关代替“政府信息”的用语
#notebook: 本局.ipynb    # 本机关自己的笔记本；不写则用 notebooks/annual_report.ipynb
issues:
  规章: 否               # 是否有权制定规章
  行政规范性文件: 是
"""

REPORT = """\
# {year}年度报告的数据（{format}）。填写后运行：nianbao build --bureau {bureau} --year {year} --draft
# # 开头的行不起作用；写着“键: 值”的是例子，要用时删去行首的 #。
date:                    # 成文日期，如 {next}-01-20
signature: {name}
#editor: 局办公室        # 责任编辑，可不写
#number: 文号〔{next}〕1号  # 印在标题下的文号，可不写
#lead: none              # 二、三、四章没有写文字时，不印自动生成的导语
{named}format: "{id}"           # 格式编号，不写则按年度默认

# 正文要引用的数字都写在这里，正文里用 {{{{ 事实.名称 }}}} 引用；写几位印几位，不改动。
{listed}
# 确属无误、本机关接受的警告和错误。编号和位置照 nianbao check 印出的写，如 [错误 E104] 正文章节未写：一、总体情况。
#accepted:
#  - code: E104          # 编号；哪些可以接受，见 nianbao explain E104
#    place: 一、总体情况 # 位置，不写则这个编号的全部接受
#    reason: 本年度按上级要求只报表格  # 原因
#    who: 局办公室       # 何人，可不写
#    when: {next}-01-20    # 何时，可不写

# 法定表格在 {files} 中：
# 没有发生的填 0，确不适用的填 不适用，无从得知的填 未知：原因。{carried}
"""

FACTS = """\
#facts:
#  网站访问量: {value: 15.67, unit: 万次}
#  权责清单: {value: 42, unit: 项, parts: {行政许可: 10, 行政处罚: 32}}   # 各分项之和须等于总数
"""

NARRATIVE = """\
<!-- {year}年度报告正文。## 是章，### 是节；以 **（一）……。** 开头的段落是段首标题。
     有法定表格的章不写，则按表格自动生成导语。 -->

【填写：引言，如编制依据】
"""


@dataclass(frozen=True, slots=True)
class Started:
    """What `create` wrote: the files, and which cells last year's report filled (``表三 二、… 7格；…``, or '').

    ``doubted`` are those cells of last year's that do not agree with their own table (``表三 四、… / 总计（E302）``, or '').
    ``draft`` is what became of last year's text, where it is carried over.
    """

    files: tuple[Path, ...]
    carried: str
    doubted: str
    draft: Draft | None


def paths_of(params: Path, bureau: str, year: int) -> ReportPaths:
    """The folder of a report, of a bureau by its id or its name.

    Raises
    ------
    UsageError
        When the id is malformed or the year is none.
    """
    bureau = id_of(params, bureau) or bureau
    if not job_id.BUREAU.fullmatch(bureau):
        said = (
            "bad bureau id “{bureau}”: small letters and digits, a letter first, in two or more parts joined by hyphens,"
            " such as dingxi-nyncj"
        )
        raise UsageError(say(said, bureau=bureau))
    if not job_id.YEAR.fullmatch(str(year)):
        raise UsageError(say("a report year lies between 1900 and 2099, such as 2024, not {years}", years=year))
    return ReportPaths(params, bureau, year)


def create(params: Path, bureau: str, year: int, workbook: bool = False, text: bool = False) -> Started:
    """Write the starting folder of one report. Nothing is ever overwritten.

    Its tables are CSV files, or one ``workbook``, and its text an outline, or last year's ``text`` as a draft with its
    pictures.

    A bureau that is there already may be called by its name.

    A project without the annual notebook gets it too, and the one of a bureau's figures over the years. The report takes the
    format that covers its year, or goes on with last year's where that is a format of the project's own, which covers no
    year.

    Raises
    ------
    UsageError
        When the folder exists already, the id is malformed, no format covers the year, or there is no text of last year.
    """
    paths = paths_of(params, bureau, year)
    if paths.folder.exists():
        raise UsageError(say("{folder} exists already; nothing was changed", folder=paths.folder))
    files, started = laid_out(paths, last_years(paths), workbook, text)
    if not paths.bureau_file.exists():
        files = {paths.bureau_file: bureau_text().encode(), **files}
    files = {**notebooks(params), **files}
    for path, raw in files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(raw)
        except OSError as error:
            raise UsageError(say("cannot write to {path}: {why}", path=path, why=reason(error))) from error
    return replace(started, files=tuple(files))


def bureau_text(name: str = "", level: str = LEVEL) -> str:
    """bureau.yaml of a new bureau; without a name it is left to fill in."""
    said = quoted(name)
    return _BUREAU.format(name=said if name else UNNAMED, short=said if name else NO_SHORT, level=level)


def last_years(paths: ReportPaths) -> Report | None:
    """The report of the year before, to carry over from; none where it is not there, or cannot be read but for its facts."""
    previous = folder.read(paths.last_year)[0] if paths.last_year.folder.is_dir() else None
    return None if previous and any(path[:1] != ("facts",) for path in previous.unread) else previous


def laid_out(
    paths: ReportPaths, previous: Report | None, workbook: bool = False, text: bool = False, has_form: bool = True
) -> tuple[dict[Path, bytes], Started]:
    """The files of a folder yet to be filled in, and what they have of last year's report.

    ``previous`` is what `last_years` gives.

    A folder of a ``workbook`` whose other files alone are wanted has no form: to make it takes longer than all of these.

    Raises
    ------
    UsageError
        When no format covers the year, or there is no ``text`` of last year.
    """
    if text and not (previous and previous.narrative.strip()):
        raise UsageError(
            say("no sound report of {year} to carry the text over from; see nianbao check", year=paths.year - 1)
        )
    known = library(paths.params)
    form = previous.format if previous and previous.format.first_year is None else known.default(paths.year)
    if form is None:
        raise UsageError(say("no statutory format covers report year {year}", year=paths.year))
    form = known.formats[form.id]
    values = {table.id: carry_over(table, previous) for table in form.tables.values()}
    carried = "；".join(named(table, values[table.id]) for table in form.tables.values() if values[table.id])
    amiss = doubted(form, previous) if previous and carried else ""
    made = None
    if text and previous:
        # Only here, as the rules that read sentences take longer to load than a folder takes to make.
        from nianbao.starting.draft import draft

        made = draft(previous, paths.year, form)
        previous = replace(previous, facts=made.facts)
    files = _files(paths, form, previous, values, (carried, amiss), workbook, text, has_form)
    if made:
        files |= {paths.narrative_file: made.text, **{paths.folder / path: data for path, data in made.pictures.items()}}
    raw = {path: encoded(path.name, one) if isinstance(one, str) else one for path, one in files.items()}
    return raw, Started(tuple(raw), carried, amiss, made)


def notebooks(params: Path) -> dict[Path, bytes]:
    """The notebooks that a new project gets; none where the annual one is there."""
    if (params.parent / NOTEBOOK).exists():
        return {}
    kit = {params.parent / one: KIT_NOTEBOOK.with_name(one.name) for one in (NOTEBOOK, TRENDS)}
    return {path: one.read_bytes() for path, one in kit.items() if not path.exists()}


def _files(
    paths: ReportPaths,
    form: Format,
    previous: Report | None,
    values: dict[str, Values],
    carried: tuple[str, str],
    workbook: bool,
    text: bool,
    has_form: bool,
) -> dict[Path, str | bytes]:
    said = f"\n# 已从{paths.year - 1}年度报告结转，请核对：{carried[0]}。" if carried[0] else ""
    said += f"\n# 其中上年报告自己就不符的，先核对上年报告：{carried[1]}。" if carried[1] else ""
    form, name = form_of(paths, previous, form)
    # The text that is carried over prints them; the form has them itself.
    listed = _facts(previous, paths.year - 1, as_comment=workbook or not text)
    facts = {
        "listed": listed,
        "year": paths.year,
        "next": paths.year + 1,
        "bureau": paths.bureau,
        "name": name or UNNAMED,
        "carried": said,
    }
    tables: dict[Path, str | bytes] = {}
    if not workbook:
        tables = {paths.table_file(table.id): to_csv(table, values[table.id]) for table in form.tables.values()}
    elif has_form:
        tables = {paths.form_file: book.made(form, name, paths.year, previous, values)}
    there = paths.form_file.name if workbook else "、".join(path.name for path in tables)
    chapters = "".join(f"\n## {section.heading}\n\n{section.start}" for section in form.sections if section.start)
    return {
        paths.report_file: REPORT.format(
            **facts, format=form.name, id=form.id, files=there, named="#" if form.first_year else ""
        ),
        paths.narrative_file: NARRATIVE.format(**facts) + chapters,
        **tables,
    }


def form_of(paths: ReportPaths, previous: Report | None, form: Format) -> tuple[Format, str]:
    """The format in a bureau's own term, and the bureau's name; '' where bureau.yaml has still to say it."""
    bureau = previous.bureau if previous else typed(BureauParams, read_yaml(paths.bureau_file))
    if bureau is None:
        return form, ""
    return form.with_term(bureau.term or TERM), "" if bureau.name == UNNAMED else bureau.name


def _facts(previous: Report | None, last: int, as_comment: bool) -> str:
    """The facts of report.yaml: last year's, still without figures and perhaps as a comment; examples where it had none."""
    if not previous or not previous.facts:
        return FACTS
    lines = [f"facts:  # {last}年有这些；填上今年的数，不用的整行删去"]
    for fact in previous.facts.values():
        parts = ", ".join(f"{quoted(name, True)}: " for name in fact.parts)
        shown = f"{number(fact.value)}{fact.unit}" if fact.value is not None else f"未知：{fact.reason}"
        shown += "".join(f"，{name}{number(value)}" for name, value in fact.parts.items() if value is not None)
        more = f", parts: {{{parts}}}" if parts else ""
        name, unit = quoted(fact.name, True), quoted(fact.unit, True)
        lines.append(f"  {name}: {{value: , unit: {unit}{more}}}  # {last}年：{in_a_line(shown)}")
    return "\n".join(f"#{line}" if as_comment else line for line in lines) + "\n"
