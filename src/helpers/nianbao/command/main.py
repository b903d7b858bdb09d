"""The command ``nianbao``: parse, call one function, print, exit."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import time
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers import batch, findings, overview, params, site, verify
from helpers.errors import NianbaoError, UsageError
from helpers.findings import tally
from helpers.job import CURRENT, Job, Options, Verdict
from helpers.paths import NOTEBOOK, find_params
from helpers.pool import Limits
from helpers.progress import Progress, count, print_summary
from helpers.store import Store

if TYPE_CHECKING:
    from types import FrameType

    from helpers.findings import Finding


def main(argv: list[str] | None = None) -> int:
    """Run the command; returns the exit code: 0 all done, 1 a report failed or is blocked, 2 usage."""
    options = _parser().parse_args(argv)
    for name in {"SIGTERM", "SIGHUP"} & {*dir(signal)}:
        if signal.getsignal(getattr(signal, name)) is signal.SIG_DFL:  # not ignored, as SIGHUP by nohup
            signal.signal(getattr(signal, name), _interrupted)
    try:
        code: int = options.run(options)
    except NianbaoError as error:
        print(f"nianbao: {error}", file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:  # whoever read the output has closed it, as `| head` does
        sys.stdout = None
        return 1
    except KeyboardInterrupt:
        print("nianbao: stopped; what was finished is published", file=sys.stderr)
        return 130
    return code


def _interrupted(number: int, frame: FrameType | None) -> None:
    """SIGTERM and SIGHUP end the command as Ctrl-C does: running reports are dropped, finished ones stay published."""
    raise KeyboardInterrupt


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="nianbao", description="Turn params/ into published annual reports.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, run, said in (
        ("build", _build, "build the reports: HTML, PDF, executed notebook and data"),
        ("check", _check, "list faults and findings without building anything"),
        ("plan", _plan, "say what a build would do, and why"),
        ("verify", _verify, "prove published reports: against their manifests, and by rendering them again"),
    ):
        command = commands.add_parser(name, help=said, description=said.capitalize() + ".")
        command.set_defaults(run=run)
        command.add_argument(
            "--params", default="", metavar="DIR", help="the params folder (default: the nearest one above)"
        )
        command.add_argument(
            "--outputs", type=Path, default=None, metavar="DIR", help="where reports go (default: beside params)"
        )
        command.add_argument("--bureau", nargs="+", default=[], metavar="ID", help="only these bureaus")
        command.add_argument("--year", nargs="+", type=int, default=[], metavar="Y", help="only these report years")
        command.add_argument(
            "--jobs", type=_positive, default=0, metavar="N", help="reports at a time (default: one per core)"
        )
        command.add_argument("--format", choices=("text", "json"), default="text", help="how the summary is printed")
        command.add_argument(
            "--to", default="html,pdf", type=_formats, metavar="html,pdf", help="what to render (default: both)"
        )
        command.add_argument(
            "--notebook", type=Path, default=None, metavar="PATH", help=f"the notebook (default: {NOTEBOOK})"
        )
        command.add_argument("--fonts", type=Path, default=None, metavar="DIR", help="official fonts for the PDF")
        command.add_argument(
            "--timeout", type=_seconds, default=600.0, metavar="S", help="seconds a report may take (default: 600)"
        )
        command.add_argument(
            "--memory", type=_positive, default=0, metavar="MIB", help="memory a report may take (default: no limit)"
        )
        command.add_argument("--start-method", choices=("forkserver", "spawn"), default="", help="how processes start")
    for name in ("build", "plan"):
        command = commands.choices[name]
        command.add_argument("--force", action="store_true", help="build what is up to date as well")
        command.add_argument("--draft", action="store_true", help="build what has findings as a stamped draft")
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


def _seconds(text: str) -> float:
    if not 0 < (number := float(text)) < float("inf"):
        raise argparse.ArgumentTypeError("has to be more than 0")
    return number


def _formats(text: str) -> tuple[str, ...]:
    formats = tuple(dict.fromkeys(text.split(",")))
    if unknown := set(formats) - {"html", "pdf"}:
        raise argparse.ArgumentTypeError(f"unknown format {', '.join(sorted(unknown))}; there are html and pdf")
    return formats


def _options(given: argparse.Namespace) -> Options:
    root = find_params(given.params)
    notebook = given.notebook or root.parent / NOTEBOOK
    if not notebook.is_file():
        raise UsageError(f"no notebook {notebook}; name one with --notebook PATH")
    if given.fonts and not given.fonts.is_dir():
        raise UsageError(f"no folder {given.fonts} (--fonts)")
    return Options(
        params=root,
        outputs=given.outputs or root.parent / "outputs",
        notebook=notebook,
        formats=given.to,
        draft=getattr(given, "draft", False),
        force=getattr(given, "force", False),
        fonts=given.fonts,
    )


def _limits(given: argparse.Namespace) -> Limits:
    return Limits(given.jobs, given.timeout, given.memory, given.start_method)


def _selected(given: argparse.Namespace, options: Options) -> tuple[list[Job], tuple[Finding, ...]]:
    """The jobs that were asked for, and what is wrong with the folders they come from."""
    selection = params.select(options.params, given.bureau, given.year)
    return batch.plan(selection.reports, options), selection.faults


def _check(given: argparse.Namespace) -> int:
    options = _options(given)
    jobs, faults = _selected(given, options)
    verdicts = sorted(batch.check(jobs, _limits(given)), key=lambda verdict: verdict.name)
    blocked = sum(verdict.is_blocked for verdict in verdicts)
    if given.format == "json":
        _print_json({"faults": list(map(_plain, faults)), "reports": [_verdict_json(verdict) for verdict in verdicts]})
        return int(bool(faults or blocked))
    for fault in faults:
        print(fault, end="\n\n")
    for verdict in verdicts:
        print(f"── {verdict.name} {verdict.title}：{verdict.error or tally(verdict.findings) or '没有核查发现'}")
        for finding in verdict.findings:
            print(finding)
        if verdict.findings:
            print()
    print(f"核查 {len(verdicts)} 份报告：可以发布 {len(verdicts) - blocked}，不得发布 {blocked}")
    return int(bool(faults or blocked))


def _build(given: argparse.Namespace) -> int:
    start = time.monotonic()
    options = _options(given)
    jobs, faults = _selected(given, options)
    for fault in faults:
        print(fault, end="\n\n", file=sys.stderr)
    outcomes = batch.run(jobs, options, _limits(given), Progress(given.format == "json", options.draft))
    states = {one.name: one.state for one in outcomes}
    others = [one for one in _all_jobs(given, options, jobs) if one.name not in states]
    states |= {step.job.name: step.state for step in overview.steps(others)}
    index = site.write(Store(options.outputs), states, partial(overview.bureau_name, options.params))
    if given.format == "json":
        reports = [asdict(one) | {"findings": list(map(_plain, one.findings))} for one in outcomes]
        _print_json({"faults": list(map(_plain, faults)), "reports": reports, "seconds": round(time.monotonic() - start, 2)})
    else:
        print_summary(outcomes, time.monotonic() - start)
        print(f"目录：{index}")
    return int(bool(faults) or not all(outcome.is_good for outcome in outcomes))


def _all_jobs(given: argparse.Namespace, options: Options, jobs: list[Job]) -> list[Job]:
    """All reports there are params for, so that building some keeps the index of all."""
    return batch.plan(params.select(options.params).reports, options) if given.bureau or given.year else jobs


def _plan(given: argparse.Namespace) -> int:
    options = _options(given)
    jobs, faults = _selected(given, options)
    steps = overview.steps(jobs)
    orphans = overview.orphans(options) if not (given.bureau or given.year) else []
    if given.format == "json":
        reports = [{"name": step.job.name, "state": step.state, "why": step.why} for step in steps]
        _print_json({"faults": list(map(_plain, faults)), "reports": reports, "orphans": orphans})
        return 0
    for fault in faults:
        print(fault, end="\n\n")
    for step in steps:
        if step.state != CURRENT:
            print(f"{step.job.name}  {step.state}  {'、'.join(step.why)}")
    for name in orphans:
        print(f"{name}  参数已不在  已发布的报告原样保留")
    print(
        f"{len(steps)} 份报告：{count(step.state for step in steps)}" + (f"；参数已不在 {len(orphans)}" if orphans else "")
    )
    return 0


def _verify(given: argparse.Namespace) -> int:
    try:
        find_params(given.params)
    except UsageError:
        if given.params or given.outputs is None:
            raise
        store = Store(given.outputs)
        proofs = [verify.against_manifest(store, bureau, year) for bureau, year in store.all()]
        if not proofs:
            raise UsageError(f"no reports in {given.outputs}") from None
    else:
        options = _options(given)
        jobs, _ = _selected(given, options)
        proofs = sorted(verify.again(jobs, _limits(given)), key=lambda proof: proof.name)
    if given.format == "json":
        _print_json({"reports": [asdict(proof) for proof in proofs]})
    else:
        for proof in proofs:
            print(f"{proof.name}  {proof.state}", *proof.details, sep="\n  ")
        print(f"{len(proofs)} 份报告：{count(proof.state for proof in proofs)}")
    return int(not all(proof.is_good for proof in proofs))


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


def _verdict_json(verdict: Verdict) -> dict[str, Any]:
    return asdict(verdict) | {"findings": list(map(_plain, verdict.findings))}


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1))
