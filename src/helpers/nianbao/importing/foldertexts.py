"""The texts of a report's folder, narrative.md and the YAML files, told from texts of elsewhere: no import reads them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NoReturn

from nianbao.importing.flow import Unreadable
from nianbao.inputs.contract import BureauParams, ReportParams
from nianbao.textfile import decoded

if TYPE_CHECKING:
    from nianbao.yamlfile import Contract

# What a placeholder may begin with: `narrative.names.scope`, with tables as people write them.
_NAME = r"(?:机关(?:简称)?|年度|事实|上年|表[ 　]?[0-9０-９一二三四五六七八九十]{1,2})(?!\w)"
_PLACEHOLDER = re.compile(rf"\{{\{{[-(\s]*{_NAME}|\{{%[^%\n]*?(?<!\w){_NAME}")
_HEADING = re.compile("^#{1,3} ", re.M)  # a foreign text that has a placeholder seldom is Markdown
_PAGE = re.compile(r"<\s*(?:!doctype|html|head|body)\b", re.I)
_KEY = re.compile(r"([a-z][a-z0-9_]*)[\x22']?\s*[:：](?=\s|$)")
_TABLE = re.compile(r"table[0-9]+")
_YAML: dict[str, type[Contract]] = {"report.yaml": ReportParams, "bureau.yaml": BureauParams}


def name_of(raw: bytes) -> str:
    """Which file of a folder bytes are: narrative.md, report.yaml or bureau.yaml; '' for none of them."""
    try:
        text = decoded(raw)[0]
    except UnicodeError:
        return ""
    begun = [line for line in text.splitlines() if line[:1] not in {"", " ", "\t", "#", "-", "}", "]"}]
    keys = [found.group(1) for line in begun if (found := _KEY.match(line))]
    of_each = {name: sum(key in known.model_fields for key in keys) for name, known in _YAML.items()}
    of_each["report.yaml"] += sum(_TABLE.fullmatch(key) is not None for key in keys)
    name = max(of_each, key=lambda one: of_each[one])
    if 2 * of_each[name] > len(begun):
        return name
    is_narrative = _PLACEHOLDER.search(text) and _HEADING.search(text) and not _PAGE.search(text)
    return "narrative.md" if is_narrative else ""


def is_one(raw: bytes) -> bool:
    """Whether bytes are a text of a report's folder."""
    return bool(name_of(raw))


def read(raw: bytes) -> NoReturn:
    """Refuse such a file.

    Raises
    ------
    Unreadable
        Always: what it prints stands in other files of its folder.
    """
    expected = "印好的报告（report.html、report.json 等），或别处来的网页、文档、表格"
    action = "要用它，直接复制到那份报告的文件夹里；用上年的正文起草今年的，运行 nianbao new --text"
    raise Unreadable(f"是 nianbao 的 {name_of(raw)}，不是印好的报告", expected, action)
