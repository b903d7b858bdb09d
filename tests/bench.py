"""``make bench``: nianbao beside the loop anyone can write, on the same notebook, the same reports and as many processes.

The loop is papermill.execute_notebook with the standard kernel, nbconvert's HTML, and nbconvert's webpdf where Debian's
chromium is there. Each report has data and text of its own; both sides run in this one run, in turn.
"""

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parent.parent
BASES = ["shili-jyj", "shili-wlj", "shili-zrzyj"]
YEARS = ["2019", "2020", "2021", "2022", "2023", "2024"]
CHROMIUM = shutil.which("chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


def make_reports(root, count):
    """A province of bureaus, six years each, ``count`` reports in all: 18 texts in both formats, no two alike in names or data."""
    shutil.copytree(ROOT / "notebooks", root / "notebooks")
    reports = []
    for number in range(-(-count // len(YEARS))):
        base = ROOT / "params" / BASES[number % len(BASES)]
        bureau = root / "params" / f"bench-b{number:05d}"
        names = {known: f"示例市第{number + 1}局" for known in re.findall(r"^(?:name|short): (\S+)", (base / "bureau.yaml").read_text("utf-8"), re.M)}
        for path in [base / "bureau.yaml", *(path for year in YEARS for path in (base / year).iterdir())]:
            text = path.read_text("utf-8-sig").replace("我局", f"我局（第{number + 1}局）")
            for known, name in names.items():
                text = text.replace(known, name)
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


def build(root, jobs, *words):
    """Run the command; its wall seconds and what it says as JSON."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "helpers", "build", "--format", "json", "--jobs", str(jobs), *words]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    return time.perf_counter() - start, json.loads(done.stdout)


def memory(root, jobs):
    """The most memory, in MiB, that a process of a report and a press, each with its children, took in a short build."""
    peaks = {"report": 0.0, "press": 0.0}
    command = [sys.executable, "-m", "helpers", "build", "--force", "--jobs", str(jobs), "--bureau", "bench-b00000", "bench-b00001", "bench-b00002"]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        while running.poll() is None:
            for process in children(running.pid):
                family = [process, *children(process.pid)]
                kind = "press" if any("pandoc" in name(one) for one in family) else "report"
                peaks[kind] = max(peaks[kind], sum(map(proportional, family)))
            time.sleep(0.03)
    return peaks


def peer_job(job):
    """One report the plain way, in this process and the kernel's."""
    import nbformat
    import papermill
    from nbconvert import HTMLExporter, WebPDFExporter

    from helpers.usage import Meter

    root, bureau, year = job
    out = root / "peer" / bureau / year
    out.mkdir(parents=True)
    before, spent, start = Meter().spent(), {}, time.perf_counter()

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
    after = Meter().spent()
    return spent | {"cpu": after["cpu"] - before["cpu"], "peak": after["peak"]}


def use_chromium():
    """nbconvert's webpdf with the system's chromium: playwright's own download is not to be had everywhere."""
    from playwright.async_api import BrowserType

    launch = BrowserType.launch

    async def with_system_chromium(self, **options):
        return await launch(
            self, executable_path=CHROMIUM, args=FLAGS, **{"handle_sigint": options.get("handle_sigint", True)}
        )

    BrowserType.launch = with_system_chromium


def peer(root, jobs, count):
    start = time.perf_counter()
    with ProcessPoolExecutor(jobs, initializer=use_chromium if CHROMIUM else None) as pool:
        spent = list(pool.map(peer_job, [(root, f"bench-b{number:05d}") for number in range(count)]))
    return time.perf_counter() - start, spent


def show(name, wall, spent):
    mean = {key: statistics.mean(one.get(key, 0.0) for one in spent) for key in ("execution", "html", "pdf", "cpu")}
    peak = max(one["peak"] for one in spent)
    print(
        f"{name:<28}{wall / len(spent):>8.3f}{mean['cpu']:>8.3f}{peak:>8.0f}   "
        f"{mean['execution']:>8.3f}{mean['html']:>8.3f}{mean['pdf']:>8.3f}   ({len(spent)} reports in {wall:.1f} s)"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=60, help="reports nianbao builds")
    parser.add_argument("--peer", type=int, default=8, help="of these, how many the plain loop builds")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="processes on either side")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        make_reports(root, options.reports)
        print(f"{options.jobs} processes; seconds a report, peak MiB of a report's process with children\n")
        print(f"{'':<28}{'wall':>8}{'CPU':>8}{'peak':>8}   {'execute':>8}{'HTML':>8}{'PDF':>8}")
        wall, spent = ours(root, options.jobs)
        show("nianbao, HTML + PDF", wall, spent)
        if options.peer:
            peer_wall, peer_spent = peer(root, options.jobs, min(options.peer, options.reports))
            show(f"papermill + nbconvert{' + webpdf' if CHROMIUM else ', no PDF'}", peer_wall, peer_spent)
            print(f"\nthroughput: {(peer_wall / len(peer_spent)) / (wall / len(spent)):.1f} times the plain loop's")
            if not CHROMIUM:
                print("no chromium here: the plain loop made no PDF")


if __name__ == "__main__":
    main()
