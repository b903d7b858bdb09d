"""Manifests, findings and ids made to measure."""

from nianbao.findingdata import FindingData
from nianbao.findings import Finding, Kind, Severity
from nianbao.job_id import ReportId
from nianbao.run.manifest import Manifest

LETTERS = {"F": Severity.FAULT, "E": Severity.ERROR, "W": Severity.WARNING, "I": Severity.NOTE}


def report(name):
    """``bureau/year`` as a `ReportId`."""
    bureau, _, year = name.partition("/")
    return ReportId(bureau, int(year))


def finding(code, place="", found=""):
    """A finding that has only its kind, and what is asked for."""
    return Finding(Kind(code, LETTERS[code[0]], "名称"), place, None, found)


def manifest(name, findings=(), **more):
    """A sound record of one report; ``findings`` are findings, or their codes."""
    known = {"bureau_name": "示例市测试局", "title": "年度报告", "date": "2025-01-20", "draft": False, "key": "key"}
    known |= {"name": name, "notebook": "annual_report.ipynb", "parameters": {}}
    known |= {"parts": {}, "inputs": {}, "formats": ("html", "pdf"), "language": "zh-CN", "environment": {}}
    about = {"bureau": report(name).bureau, "year": report(name).year}
    found = tuple(FindingData.of(one if isinstance(one, Finding) else finding(one)) for one in findings)
    return Manifest(**known | about | {"findings": found} | more)
