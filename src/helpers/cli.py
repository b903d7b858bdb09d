"""The command ``nianbao``: parse, call one function, print, exit."""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers import batch, findings, params, site
from helpers.errors import NianbaoError, UsageError
from helpers.paths import NOTEBOOK, find_params
from helpers.pool import Limits
from helpers.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from helpers.findings import Finding


def main(argv: list[str] | None = None) -> int:
    """Run the command; returns the exit code: 0 all done, 1 a report failed or is blocked, 2 usage."""
    parser = _parser()
    options = parser.parse_args(argv)
    try:
        code: int = options.run(options)
    except NianbaoError as error:
        print(f"nianbao: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("nianbao: stopped", file=sys.stderr)
        return 130
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="nianbao", description="Turn params/ into published annual reports.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, run, said in (
        ("build", _build, "build the reports: HTML, PDF, executed notebook and data"),
        ("check", _check, "list faults and findings without building anything"),
    ):
        command = commands.add_parser(name, help=said, description=said.capitalize() + ".")
        command.set_defaults(run=run)
        command.add_argument(
            "--params", default="", metavar="DIR", help="the params folder (default: the nearest one above)"
        )
        command.add_argument("--bureau", nargs="+", default=[], metavar="ID", help="only these bureaus")
        command.add_argument("--year", nargs="+", type=int, default=[], metavar="Y", help="only these report years")
        command.add_argument(
            "--jobs", type=_positive, default=0, metavar="N", help="reports at a time (default: one per core)"
        )
        command.add_argument("--format", choices=("text", "json"), default="text", help="how the summary is printed")
        command.add_argument(
            "--outputs", type=Path, default=None, metavar="DIR", help="where reports go (default: beside params)"
        )
        command.add_argument(
            "--notebook", type=Path, default=None, metavar="PATH", help=f"the report's notebook (default: {NOTEBOOK})"
        )
        command.add_argument(
            "--timeout", type=float, default=600.0, metavar="S", help="seconds a report may take (default: 600)"
        )
        command.add_argument(
            "--memory", type=int, default=0, metavar="MIB", help="memory a report may take (default: no limit)"
        )
        command.add_argument("--fonts", type=Path, default=None, metavar="DIR", help="official fonts for the PDF")
    build = commands.choices["build"]
    build.add_argument("--to", default="html,pdf", type=_formats, metavar="html,pdf", help="what to render (default: both)")
    build.add_argument("--force", action="store_true", help="build what is up to date as well")
    build.add_argument("--draft", action="store_true", help="build what has findings as a stamped draft")
    new = commands.add_parser(
        "new", help="write the starting folder of a report", description="Write a starting folder; never overwrites."
    )
    new.set_defaults(run=_new)
    new.add_argument("bureau", help="bureau id, such as dingxi-nyncj")
    new.add_argument("year", type=int, help="report year")
    new.add_argument("--params", default="", metavar="DIR", help="the params folder (default: the nearest one above)")
    explain = commands.add_parser(
        "explain", help="explain a finding's code", description="Explain a finding's code, or list all."
    )
    explain.set_defaults(run=_explain)
    explain.add_argument("code", nargs="?", default="", help="a code such as E301")
    return parser


def _positive(text: str) -> int:
    if (number := int(text)) < 1:
        raise argparse.ArgumentTypeError("has to be 1 or more")
    return number


def _formats(text: str) -> tuple[str, ...]:
    formats = tuple(dict.fromkeys(text.split(",")))
    if unknown := set(formats) - {"html", "pdf"}:
        raise argparse.ArgumentTypeError(f"unknown format {', '.join(sorted(unknown))}; there are html and pdf")
    return formats


def _selected(given: argparse.Namespace) -> tuple[list[batch.Job], tuple[Finding, ...]]:
    """The jobs that were asked for, and what is wrong with the folders they come from."""
    root = find_params(given.params)
    selection = params.select(root, given.bureau, given.year)
    return batch.plan(selection.reports, _options(given, root)), selection.faults


def _options(given: argparse.Namespace, root: Path) -> batch.Options:
    notebook = given.notebook or root.parent / NOTEBOOK
    if not notebook.is_file():
        raise UsageError(f"no notebook {notebook}; name one with --notebook PATH")
    if given.fonts and not given.fonts.is_dir():
        raise UsageError(f"no folder {given.fonts} (--fonts)")
    return batch.Options(
        outputs=given.outputs or root.parent / "outputs",
        notebook=notebook,
        formats=getattr(given, "to", ()),
        draft=getattr(given, "draft", False),
        force=getattr(given, "force", False),
        fonts=given.fonts,
    )


def _limits(given: argparse.Namespace) -> Limits:
    return Limits(given.jobs, given.timeout, given.memory)


def _check(given: argparse.Namespace) -> int:
    jobs, faults = _selected(given)
    verdicts = sorted(batch.check(jobs, _limits(given)), key=lambda verdict: verdict.name)
    bad = bool(faults) or any(verdict.blocked for verdict in verdicts)
    if given.format == "json":
        _print_json({"faults": list(map(_plain, faults)), "reports": [_verdict_json(verdict) for verdict in verdicts]})
        return int(bad)
    for fault in faults:
        print(fault, end="\n\n")
    for verdict in verdicts:
        _print_verdict(verdict)
    blocked = sum(verdict.blocked for verdict in verdicts)
    print(f"核查 {len(verdicts)} 份报告：可以发布 {len(verdicts) - blocked}，不得发布 {blocked}")
    return int(bad)


def _print_verdict(verdict: batch.Verdict) -> None:
    print(f"── {verdict.name} {verdict.title}：{verdict.error or findings.tally(verdict.findings) or '没有核查发现'}")
    for finding in verdict.findings:
        print(finding)
    if verdict.findings:
        print()


def _build(given: argparse.Namespace) -> int:
    start = time.monotonic()
    jobs, faults = _selected(given)
    store = Store(jobs[0].options.outputs) if jobs else Store(Path("outputs"))
    for line in store.repair() if store.root.is_dir() else []:
        print(f"nianbao: {line}", file=sys.stderr)
    current = [job for job in jobs if batch.is_current(job)]
    due = [job for job in jobs if job not in current]
    outcomes = [batch.Outcome(job.name, batch.CURRENT) for job in current]
    verdicts = {
        verdict.name: verdict for verdict in _progress(batch.check(due, _limits(given)), len(due), "核查", lambda _: "")
    }
    for fault in faults:
        print(fault, end="\n\n", file=sys.stderr)
    sound = []
    for job in due:
        verdict = verdicts[job.name]
        faulty = any(finding.code[0] == "F" for finding in verdict.findings) or verdict.error
        if faulty or (verdict.blocked and not given.draft):
            outcomes.append(
                batch.Outcome(job.name, batch.BLOCKED, verdict.findings, message=verdict.error, title=verdict.title)
            )
            if given.format == "text":
                _print_blocked(verdict)
        else:
            sound.append(job)
    outcomes += _progress(batch.build(sound, _limits(given)), len(sound), "生成", _line)
    index = site.write(store, _states(given, outcomes)) if jobs else None
    _summary(given, outcomes, index, time.monotonic() - start, faults)
    return int(bool(faults) or not all(outcome.is_good for outcome in outcomes))


def _states(given: argparse.Namespace, outcomes: list[batch.Outcome]) -> dict[str, str]:
    """The state of every report there are params for, so that building some keeps the index of all."""
    root = find_params(given.params)
    jobs = batch.plan(params.select(root).reports, _options(given, root))
    states = {job.name: batch.CURRENT if batch.is_current(job) else batch.DUE for job in jobs}
    return states | {outcome.name: outcome.state for outcome in outcomes}


def _print_blocked(verdict: batch.Verdict) -> None:
    print(f"── {verdict.name} {verdict.title}：不得发布 {verdict.error}", file=sys.stderr)
    for finding in verdict.findings:
        if finding.code[0] in "FE":
            print(finding, file=sys.stderr)
    print(file=sys.stderr)


def _progress(results: Iterable[Any], total: int, what: str, line: Callable[[Any], str]) -> list[Any]:
    """Collect the results, with a bar on a terminal and a line for each otherwise."""
    if sys.stderr.isatty():
        from tqdm import tqdm

        return list(tqdm(results, total=total, desc=what, unit="份", leave=False, dynamic_ncols=True))
    collected = []
    for result in results:
        collected.append(result)
        if said := line(result):
            print(f"[{len(collected)}/{total}] {said}", file=sys.stderr, flush=True)
    return collected


def _line(outcome: batch.Outcome) -> str:
    return f"{outcome.name} {outcome.state} {outcome.seconds:.1f}s {outcome.message}".rstrip()


def _summary(
    given: argparse.Namespace, outcomes: list[batch.Outcome], index: Path | None, seconds: float, faults: tuple[Finding, ...]
) -> None:
    outcomes = sorted(outcomes, key=lambda outcome: (not outcome.is_good, outcome.seconds))
    counts = {
        state: sum(outcome.state == state for outcome in outcomes) for state in dict.fromkeys(o.state for o in outcomes)
    }
    if given.format == "json":
        reports = [asdict(outcome) | {"findings": list(map(_plain, outcome.findings))} for outcome in outcomes]
        _print_json(
            {"faults": list(map(_plain, faults)), "reports": reports, "counts": counts, "seconds": round(seconds, 2)}
        )
        return
    warned = [
        (o.name, [f for f in o.findings if f.code[0] == "W"]) for o in outcomes if o.state in {batch.BUILT, batch.DRAFTED}
    ]
    for name, found in warned:
        for finding in found:
            print(f"{name} {finding}")
    for outcome in outcomes:
        if outcome.state == batch.FAILED:
            print(f"{outcome.name} 失败：{outcome.message}")
        elif outcome.state == batch.BLOCKED:
            print(f"{outcome.name} 阻断：{findings.tally(outcome.findings) or outcome.message}")
    said = "，".join(f"{state} {count}" for state, count in counts.items()) or "没有报告"
    print(f"{len(outcomes)} 份报告：{said}；用时 {seconds:.1f} 秒")
    if index:
        print(f"目录：{index}")


def _new(given: argparse.Namespace) -> int:
    from helpers import starter

    files = starter.create(find_params(given.params), given.bureau, given.year)
    for path in files:
        print(path)
    print(f"填写后查看草稿：nianbao build --bureau {given.bureau} --year {given.year} --draft")
    return 0


def _explain(given: argparse.Namespace) -> int:
    if not given.code:
        for code, entry in findings.CATALOGUE.items():
            print(f"{code} {findings.SEVERITIES[code[0]]} {entry.title}")
        return 0
    if given.code.upper() not in findings.CATALOGUE:
        raise UsageError(f"no code {given.code}; nianbao explain lists them all")
    entry = findings.CATALOGUE[given.code.upper()]
    print(f"{given.code.upper()} {findings.SEVERITIES[given.code[0].upper()]} {entry.title}\n{entry.why}")
    return 0


def _plain(finding: Finding) -> dict[str, Any]:
    return asdict(finding) | {"severity": finding.severity, "title": finding.title}


def _verdict_json(verdict: batch.Verdict) -> dict[str, Any]:
    return asdict(verdict) | {"findings": list(map(_plain, verdict.findings))}


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1))
