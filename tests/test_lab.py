"""JupyterLab as ``make lab`` starts it: Run All shows the report, and saving it leaves the notebook as it was committed."""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from buckets import answering
from project import ROOT, make

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.long]
NOTEBOOK = Path("notebooks", "annual_report.ipynb")


def recipe():
    """The options ``make lab`` gives JupyterLab."""
    said = subprocess.run(["make", "-n", "lab"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    (line,) = [line for line in said.replace("\\\n", " ").splitlines() if "jupyter lab" in line]
    return shlex.split(line)[2:]


@pytest.fixture
def lab(tmp_path):
    """JupyterLab in a copy of the project, without anyone's settings; the copy and the address."""
    project = make(tmp_path / "project", years=("2020",), bureaus=("dingxi-nyncj",))
    shutil.rmtree(project / "notebooks" / ".ipynb_checkpoints", ignore_errors=True)
    own = {name: str(tmp_path / name) for name in ("HOME", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "IPYTHONDIR")}
    private = ["--no-browser", "--allow-root", "--ServerApp.port_retries=0", "--LabApp.news_url=None"]
    command = [sys.executable, "-m", "jupyterlab", *recipe(), *private, "--IdentityProvider.token="]
    with (tmp_path / "lab.log").open("w") as log:
        given = {"cwd": project, "env": os.environ | own, "stdout": log, "stderr": log}
        with answering(lambda port: [*command, f"--port={port}"], "api/status", **given) as port:
            yield project, f"http://127.0.0.1:{port}/"


def test_run_all_shows_the_report_and_saving_changes_no_byte(lab, browser):
    project, address = lab
    page = browser.new_page(viewport={"width": 1300, "height": 5200})
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.get_by_text("| Idle").wait_for()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    outputs = page.locator(".jp-OutputArea-output .report")
    page.locator(".jp-OutputArea-output .signature").wait_for()
    assert "核查发现" in outputs.locator(".findings summary").first.inner_text()
    assert "定西市农业农村局2020年度政务信息公开年度工作报告" == "".join(outputs.locator("h1").inner_text().split())
    assert ["table2", "table3", "table4"] == outputs.locator("table.statutory").evaluate_all("all => all.map(e => e.id)")
    boxes = outputs.evaluate_all(
        "all => all.map(e => e.getBoundingClientRect()).map(b => [b.left >= 0, b.right <= innerWidth])"
    )
    assert [[True, True]] * len(boxes) == boxes
    assert 0 == page.locator(".jp-RenderedText[data-mime-type*='stderr']").count()

    with page.expect_response(lambda answer: answer.request.method == "PUT" and NOTEBOOK.name in answer.url) as saved:
        page.keyboard.press("Control+s")
    assert saved.value.ok
    assert (ROOT / NOTEBOOK).read_bytes() == (project / NOTEBOOK).read_bytes()
    assert [] == [url for url in asked if not url.startswith((address, "data:", "blob:"))]
