"""The paths of the input files, computed from one root; this module creates nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nianbao.errors import UsageError
from nianbao.job_id import ReportId
from nianbao.language import say

PACKAGE = Path(__file__).parent
TEMPLATES = PACKAGE / "render" / "templates"
ACCOUNT = "import.md"  # how the data were read that `nianbao import` wrote; only what it still asks is read
NOTEBOOK = Path("notebooks") / "annual_report.ipynb"
TRENDS = NOTEBOOK.with_name("trends.ipynb")
# The kit's own copy: in a wheel it lies in the package, in a checkout beside src/.
KIT_NOTEBOOK = next(
    (path for path in (PACKAGE / NOTEBOOK, PACKAGE.parents[2] / NOTEBOOK) if path.is_file()), PACKAGE / NOTEBOOK
)


@dataclass(frozen=True, slots=True)
class ReportPaths:
    """The files of one report's input folder ``params/<bureau>/<year>/``."""

    params: Path
    bureau: str
    year: int

    @property
    def id(self) -> ReportId:
        return ReportId(self.bureau, self.year)

    @property
    def bureau_file(self) -> Path:
        return self.params.joinpath(self.bureau, "bureau.yaml")

    @property
    def folder(self) -> Path:
        return self.params.joinpath(self.bureau, str(self.year))

    @property
    def report_file(self) -> Path:
        return self.folder / "report.yaml"

    @property
    def narrative_file(self) -> Path:
        return self.folder / "narrative.md"

    def table_file(self, table: str) -> Path:
        """The CSV of one statutory table, such as ``table2``."""
        return self.folder / f"{table}.csv"

    @property
    def form_file(self) -> Path:
        """The workbook of all tables and facts, as `starter` writes it; as it is read it may be XLS or ODS too."""
        return self.folder / "form.xlsx"

    @property
    def last_year(self) -> ReportPaths:
        """The same bureau's folder of the year before."""
        return ReportPaths(self.params, self.bureau, self.year - 1)


def find_params(params_dir: str | Path = "", is_notebooks: bool = False) -> Path:
    """The params folder: the named one, or the nearest ``params`` in the working directory or above it.

    Where a notebook asks for it, the error names the parameter of the notebook instead of the command's option.

    Raises
    ------
    UsageError
        When there is no such folder.
    """
    if params_dir:
        named = Path(params_dir)
        if not named.is_dir():
            said = "no folder {folder} ({name}); it should hold one folder per bureau"
            raise UsageError(say(said, folder=named, name="params_dir" if is_notebooks else "--params"))
        return named
    here = Path.cwd().resolve()
    for folder in (here, *here.parents):
        if (folder / "params").is_dir():
            return folder / "params"
    if is_notebooks:
        said = "no params/ folder in {folder} or above it; name one in params_dir (papermill: -p params_dir DIR)"
        raise UsageError(say(said, folder=here))
    said = "no params/ folder in {folder} or above it; name one with --params DIR (verify also takes --outputs DIR alone)"
    raise UsageError(say(said, folder=here))
