"""``make bench``: nianbao beside the loop anyone can write, on the same notebook, the same reports and as many processes.

The loop is papermill.execute_notebook with the standard kernel, nbconvert's HTML, and nbconvert's webpdf where Debian's
chromium is there. Each report has data and text of its own. Both sides run in this one run and take turns: the batch stands
still while the loop builds some of its reports, so that both meet the machine as fast as it is at that time.
"""

import argparse
import contextlib
import gc
import json
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

import nbformat
import psutil

from looking import chromium
from nianbao import Limits, outcomes
from nianbao.checks.across import across
from nianbao.document.document import load
from nianbao.job_id import ReportId
from nianbao.readback.local import Machine
from nianbao.readback.readback import Made, read_back
from nianbao.render import formats
from nianbao.render.cells import View
from nianbao.render.outputs import page_of
from nianbao.review import index
from nianbao.run.store.local import LocalStore
from nianbao.state import State
from provinces import handout, province
from records import manifest

ROOT = Path(__file__).parent.parent
BASES = ["shili-jyj", "shili-wlj", "shili-zrzyj"]
YEARS = ["2019", "2020", "2021", "2022", "2023", "2024"]
CHROMIUM = shutil.which("chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


def make_reports(root, count):
    """A province of bureaus with six years each, ``count`` reports in all: 18 texts, no two alike in names or data."""
    shutil.copytree(ROOT / "notebooks", root / "notebooks")
    reports = []
    for number in range(-(-count // len(YEARS))):
        base = ROOT / "params" / BASES[number % len(BASES)]
        bureau = root / "params" / f"bench-b{number:05d}"
        names = dict.fromkeys(
            re.findall(r"^(?:name|short): (\S+)", (base / "bureau.yaml").read_text("utf-8"), re.M), f"示例市第{number + 1}局"
        )
        for path in [base / "bureau.yaml", *(path for year in YEARS for path in (base / year).iterdir())]:
            text = path.read_text("utf-8-sig").replace("我局", f"我局（第{number + 1}局）")
            for known, name in names.items():
                text = text.replace(known, name)
            if path.name == "bureau.yaml":  # every bureau for itself, and by the annual notebook
                text = re.sub("(?m)^(parent|notebook):.*\n", "", text)
            if path.name == "narrative.md":  # what is no longer so with other numbers
                text = re.sub("本年度?(?:未接到|没有收到)(?:政府信息)?公开申请", "公开申请照常受理", text)
            if path.name == "table3.csv":
                text = "\n".join(shifted(line, number) for line in text.splitlines())
            target = bureau / path.relative_to(base)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, "utf-8")
        reports += [(bureau.name, year) for year in YEARS]
    for name, year in reports[count:]:
        shutil.rmtree(root / "params" / name / year)
    return reports[:count]


def shifted(line, number):
    """The rows 一, 三（一） and 三（七） with ``number`` more natural persons: the identities still hold."""
    if not re.match(r"一、|三、.*（一）|,（七）", line):
        return line
    cells = line.split(",")
    return ",".join([*cells[:3], str(int(cells[3]) + number), *cells[4:9], str(int(cells[9]) + number)])


def busy():
    """The CPU seconds this machine has spent so far, on whatever: nothing else should run meanwhile."""
    ticks = list(map(int, Path("/proc/stat").read_text("ascii").split("\n", 1)[0].split()[1:9]))
    return (sum(ticks) - ticks[3] - ticks[4]) / os.sysconf("SC_CLK_TCK")


def build(root, jobs, *words):
    """Run the command: its wall seconds, the CPU seconds it took and what it says of each report."""
    command = [sys.executable, "-m", "nianbao", "build", "--format", "json", "--jobs", str(jobs), *map(str, words)]
    start, spent = time.perf_counter(), busy()
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    return time.perf_counter() - start, busy() - spent, json.loads(done.stdout)["reports"]


def checks(root, jobs):
    """Check all reports, and once more what is checked already: the wall seconds of both."""
    command = [sys.executable, "-m", "nianbao", "check", "--jobs", str(jobs)]
    (root / "outputs").mkdir()  # where verdicts are kept
    spent = []
    for _ in range(2):
        start = time.perf_counter()
        subprocess.run(command, cwd=root, capture_output=True, check=True)
        spent.append(time.perf_counter() - start)
    shutil.rmtree(root / "outputs")
    return spent


def memory(root, jobs):
    """The most memory, in MiB, that a report's process, a press and its pandoc, and the command itself took in a build."""
    families: dict[int, float] = {}
    presses, most = set(), 0.0
    command = [sys.executable, "-m", "nianbao", "build", "--force", "--jobs", str(jobs), "--year", "2023", "2024"]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        main = psutil.Process(running.pid)
        while running.poll() is None:
            with contextlib.suppress(psutil.Error):
                for process in (one for server in main.children() for one in server.children()):
                    family = [process, *process.children()]
                    if any(one.name() == "pandoc" for one in family):
                        presses.add(process.pid)
                    families[process.pid] = max(families.get(process.pid, 0.0), sum(map(proportional, family)))
                most = max(most, proportional(main))
            time.sleep(0.02)
    report = max((peak for pid, peak in families.items() if pid not in presses), default=0.0)
    return {"report": report, "press": max(map(families.get, presses)), "command": most}


def proportional(process):
    """A process's memory in MiB; what it shares with others is divided among them."""
    return process.memory_full_info().pss / 2**20


def peer_job(job):
    """One report the plain way, in this process and the kernel's."""
    import nbformat
    import papermill
    from nbconvert import HTMLExporter, WebPDFExporter

    root, bureau, year = job
    out = root / "peer" / bureau / year
    out.mkdir(parents=True)
    spent, start = {}, time.perf_counter()

    def lap(step):
        nonlocal start
        spent[step] = time.perf_counter() - start
        start = time.perf_counter()

    parameters = {"bureau": bureau, "year": int(year), "params_dir": str(root / "params")}
    papermill.execute_notebook(
        root / "notebooks" / "annual_report.ipynb", out / "report.ipynb", parameters, progress_bar=False
    )
    lap("execution")
    notebook = nbformat.read(out / "report.ipynb", 4)
    (out / "report.html").write_text(HTMLExporter().from_notebook_node(notebook)[0], "utf-8")
    lap("html")
    if CHROMIUM:
        (out / "report.pdf").write_bytes(WebPDFExporter().from_notebook_node(notebook)[0])
        lap("pdf")
    return spent


def use_chromium():
    """nbconvert's webpdf with the system's chromium: playwright's own download is not to be had everywhere."""
    from playwright.async_api import BrowserType

    launch = BrowserType.launch

    async def with_system_chromium(self, **options):
        return await launch(
            self, executable_path=CHROMIUM, args=FLAGS, **{"handle_sigint": options.get("handle_sigint", True)}
        )

    BrowserType.launch = with_system_chromium


class Side:
    """What one of the two sides has spent so far: wall seconds, CPU seconds, and the steps of each report."""

    def __init__(self):
        self.wall, self.cpu, self.steps = 0.0, 0.0, []

    def takes(self, make):
        """Have this side make some reports: their seconds, one beside another as they were made."""
        start, spent = time.perf_counter(), busy()
        made = make()
        self.wall, self.cpu = self.wall + time.perf_counter() - start, self.cpu + busy() - spent
        self.steps += made
        return statistics.mean(sum(steps.values()) for steps in made) if made else 0.0


def in_turns(root, jobs, reports, chosen):
    """All reports in one batch and the ``chosen`` ones in the loop: both sides, and of each turn how they compare.

    What the loop builds at a time keeps each of its processes busy twice.
    """
    ours, plain, turns = Side(), Side(), []
    size = 2 * jobs
    share = -(-len(reports) * size // len(chosen))
    batch = outcomes(root / "params", root / "outputs", force=True, limits=Limits(workers=jobs))
    with (
        contextlib.closing(batch),
        ProcessPoolExecutor(jobs, initializer=use_chromium if CHROMIUM else None) as pool,
    ):
        for at in range(0, len(chosen), size):
            own = ours.takes(lambda: [with_rest(one.to_json()) for one in islice(batch, share)])
            mine = [(root, *report) for report in chosen[at : at + size]]
            turns.append(plain.takes(lambda mine=mine: list(pool.map(peer_job, mine))) / own)
        ours.takes(lambda: [with_rest(one.to_json()) for one in batch])
    return ours, plain, turns


def warm(root, jobs, bureaus, tenth, formats):
    """A batch in some formats of three tenths of the reports, of which the first has started everything: the other two."""
    side = Side()
    batch = outcomes(root / "params", root / "outputs", bureaus=bureaus, to=formats, force=True, limits=Limits(workers=jobs))
    with contextlib.closing(batch):
        for _ in islice(batch, tenth):
            pass
        side.takes(lambda: [with_rest(one.to_json()) for one in batch])
    return side


def cold(root, report):
    """One report from the shell: the command beside the plain ones, in wall seconds each."""
    bureau, year = report
    start = time.perf_counter()
    build(root, 1, "--force", "--bureau", bureau, "--year", year)
    ours = time.perf_counter() - start
    scripts, out = Path(sys.executable).parent, root / "cold"
    out.mkdir()
    (out / "chromium.py").write_text(
        "import sys; sys.path.insert(0, sys.argv.pop(1)); from bench import use_chromium; use_chromium()\n"
        "from nbconvert.nbconvertapp import main; main()\n",
        "utf-8",
    )
    plain = [
        [scripts / "papermill", root / "notebooks" / "annual_report.ipynb", out / "report.ipynb", "-p", "bureau", bureau,
         "-p", "year", year, "-p", "params_dir", root / "params"],
        [scripts / "jupyter", "nbconvert", "--to", "html", out / "report.ipynb"],
    ]  # fmt: skip
    if CHROMIUM:
        plain.append([sys.executable, out / "chromium.py", Path(__file__).parent, "--to", "webpdf", out / "report.ipynb"])
    start = time.perf_counter()
    for command in plain:
        subprocess.run(list(map(str, command)), cwd=root, capture_output=True, check=True)
    return ours, time.perf_counter() - start


FILTER = """async words => {
    const field = document.querySelector("[type=search]"), start = performance.now();
    field.value = words;
    field.dispatchEvent(new Event("input", {bubbles: true}));
    await new Promise(requestAnimationFrame);
    await new Promise(done => setTimeout(done));
    return performance.now() - start;
}"""


def index_of(root, count):
    """The index page of so many reports: seconds to write, megabytes, ms to its first paint and to a filter at worst."""
    store, states = LocalStore(root / "many"), {}
    for number in range(count):
        report = ReportId(f"shili-b{number // 6:05d}", 2019 + number % 6)
        states[report] = State.CURRENT
        stage = store.stage(report)
        for suffix in ("html", "ipynb", "json", "pdf"):
            (stage / f"report.{suffix}").touch()
        store.publish(stage, report, manifest(str(report), bureau_name=f"示例市第{number // 6}文化和旅游局"))
    start = time.perf_counter()
    path = Path(index.write(store, states))
    spent = time.perf_counter() - start
    with chromium() as browser:
        page = browser.new_page()
        page.goto(path.as_uri())
        paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
        waits = [page.evaluate(FILTER, words) for words in ("n", "文化", "shili-b01234", "2020", "第12 2021", "zzz", "")]
    return spent, path.stat().st_size / 1e6, paint, max(waits)


def reading_back(root, reports):
    """The CPU ms in which one report's files are read back: HTML and PDF alone, and everything, comparisons included."""
    spent = {"html": 0.0, "pdf": 0.0, "all": 0.0}
    gc.collect()
    gc.freeze()  # as in the fork server, which every report is forked from

    def timed(what, function, *given):
        start = time.process_time()
        function(*given)
        spent[what] += (time.process_time() - start) * 1000 / len(reports)

    for bureau, year in reports:
        folder = root / "outputs" / bureau / year
        document = load(bureau, int(year), root / "params")
        pages = {name: (folder / f"report.{name}").read_bytes() for name in ("html", "pdf")}
        texts = [(folder / f"report.{name}").read_text("utf-8") for name in ("ipynb", "json")]
        made = Made("report", pages, *texts, page_of(nbformat.reads(texts[0], 4), View((folder,))))
        machine = Machine.here(folder, root)
        read_back(made, document, machine)  # loads the libraries
        for name, one in pages.items():
            timed(name, formats.find(name).read, one)
        timed("all", read_back, made, document, machine)
    return spent


STEPS = ("load", "execution", "page", "html", "pdf", "docx", "readback", "rest")


def across_of(count):
    """So many reports of one year compared, one in a hundred a copy.

    Seconds, seconds for one report alone, and where all have a handout; peak MiB.
    """
    known = province(count, copies=count // 100)
    start = time.perf_counter()
    found = across(known, known)
    spent, start = time.perf_counter() - start, time.perf_counter()
    across([next(iter(known))], known)
    alone = time.perf_counter() - start
    assert sum(bool(one.findings) for one in found.values()) == count // 100 * 2
    told = handout(count)
    start = time.perf_counter()
    across(told, told)
    alike = time.perf_counter() - start
    return spent, alone, alike, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def show(name, wall, cpu, steps):
    mean = {step: statistics.mean(one.get(step, 0.0) for one in steps) for step in STEPS}
    print(
        f"{name:<34}{wall / len(steps):>8.3f}{cpu / len(steps):>8.3f}   "
        + "".join(f"{seconds:>8.3f}" for seconds in mean.values())
        + f"   ({len(steps)} reports in {wall:.1f} s)"
    )


def with_rest(report):
    """The seconds of a report's steps, and those of its process besides."""
    steps = {step: seconds for step, seconds in report["spent"].items() if step in STEPS}
    return steps | {"rest": report["seconds"] - sum(steps.values())}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=1000, help="reports to build, some of them twice")
    parser.add_argument("--peer", type=int, default=12, help="of these, how many the plain loop builds")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="processes on either side")
    parser.add_argument("--across", type=int, default=10_000, help="reports of one year that are compared with each other")
    options = parser.parse_args()
    jobs = options.jobs
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        reports = make_reports(root, options.reports)
        some = dict.fromkeys(bureau for bureau, _ in reports[: max(1, len(reports) // 10)])
        first, again = checks(root, jobs)
        print(f"check                 {first:.1f} s for {len(reports)} reports, {again:.2f} s once more\n")
        print(f"{jobs} processes; seconds a report\n")
        heads = ("load", "execute", "page", "HTML", "PDF", "DOCX", "proof", "rest")
        print(f"{'':<34}{'wall':>8}{'CPU':>8}   " + "".join(f"{head:>8}" for head in heads))
        first_wall, first_cpu, tenth = build(root, jobs, "--bureau", *some)
        show("nianbao, a tenth of the reports", first_wall, first_cpu, list(map(with_rest, tenth)))
        more = dict.fromkeys(bureau for bureau, _ in reports[: 3 * max(1, len(reports) // 10)])
        with_word = warm(root, jobs, [*more], len(tenth), ["html", "pdf", "docx"])
        show("HTML + PDF + DOCX, warm", with_word.wall, with_word.cpu, with_word.steps)
        chosen = reports[:: max(1, len(reports) // options.peer)][: options.peer]
        ours, plain, turns = in_turns(root, jobs, reports, chosen)
        show("nianbao, HTML + PDF", ours.wall, ours.cpu, ours.steps)
        show(f"papermill + nbconvert{' + webpdf' if CHROMIUM else ', no PDF'}", plain.wall, plain.cpu, plain.steps)
        if not CHROMIUM:
            print("no chromium here: the plain loop made no PDF")
        times, mean = plain.wall / len(plain.steps) / (ours.wall / len(ours.steps)), statistics.mean(turns)
        spread = ", ".join(f"{(turn / mean - 1) * 100:+.0f} %" for turn in turns)
        print(f"\nthroughput            {times:.1f} times the plain loop's; turn by turn {spread}")
        cpu = ours.cpu / len(ours.steps)
        ratio = cpu / (first_cpu / len(tenth))
        print(f"CPU a report          {ratio:.2f} of what it is with {len(tenth)} reports")
        loop = plain.cpu / len(plain.steps)
        word = with_word.cpu / len(with_word.steps)
        print(f"the plain loop's CPU  {loop / cpu:.1f} times that of HTML + PDF, {loop / word:.1f} times with DOCX")
        sizes = [path.stat().st_size / 1000 for path in (root / "outputs").glob("*/*/report.pdf")]
        print(f"PDF                   {statistics.mean(sizes):.0f} KB a report, {max(sizes):.0f} at most")
        back = reading_back(root, chosen)
        print(
            f"reading back          {back['all']:.1f} ms of CPU a report, {back['all'] / cpu / 10:.1f} % of it: "
            f"HTML {back['html']:.1f}, PDF {back['pdf']:.1f}, the rest is the notebook, report.json and comparing"
        )
        ours, plain = cold(root, reports[0])
        print(f"one report, cold      {ours:.2f} s; the plain commands {plain:.2f} s, {plain / ours:.1f} times as long")
        print(f"nothing to do         {build(root, jobs)[0]:.2f} s for {len(reports)} reports")
        if CHROMIUM:
            spent, size, paint, wait = index_of(root, 10_000)
            print(
                f"index of 10,000       {spent:.2f} s to write, {size:.1f} MB, {paint:.0f} ms to show, "
                f"{wait:.0f} ms to filter"
            )
        with ProcessPoolExecutor(1, get_context("spawn")) as pool:  # for a peak of its own
            spent, alone, alike, peak = pool.submit(across_of, options.across).result()
        print(
            f"across {options.across:<7,} reports {spent:.1f} s to compare all, {alone:.1f} s for one with the others, "
            f"{alike:.1f} s where all have a handout, {peak:.0f} MiB"
        )
        peaks = memory(root, jobs)
        worker = peaks["report"] + peaks["press"]
        print(
            f"memory at most        {worker:.0f} MiB a worker: {peaks['report']:.0f} for the report, {peaks['press']:.0f} "
            f"for its press with pandoc; {peaks['command']:.0f} for the command"
        )


if __name__ == "__main__":
    main()
