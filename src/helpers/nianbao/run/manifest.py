"""manifest.json, the record of one published folder: what it was made from, and which files are in it.

It is written last, so a folder that matches its manifest is complete. Its JSON Schema, manifest.schema.json, is made from
the fields and docstrings of these classes.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from nianbao.characters import visible
from nianbao.digests import digest
from nianbao.errors import NotebookError
from nianbao.findingdata import FindingData
from nianbao.job_id import ReportId
from nianbao.language import say
from nianbao.render import formats
from nianbao.run import seal
from nianbao.state import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from nianbao.job_id import JobId

NAME = "manifest.json"
STEMS = {State.PUBLISHED: "report", State.DRAFT: "report-draft"}  # the names of a report's files, without the suffix


def digest_of(files: Iterable[Path], root: Path) -> dict[str, str]:
    """SHA-256 of each file by its path relative to ``root``."""
    return {path.relative_to(root).as_posix(): digest(path.read_bytes()) for path in sorted(files)}


# A name without folders: what a manifest names is in its own folder.
NAMES = r"^[^./\\\x00-\x1f][^/\\\x00-\x1f]*$"
_NAMED = re.compile(NAMES)
GONE = "its notebook deleted or renamed the folder where it runs"
NOT_LISTED = "its notebook left “{name}” in its folder; only regular files with plain names can be published"
FileName = Annotated[str, Field(pattern=NAMES)]


def require_listable(folder: Path) -> None:
    """Require that a manifest can list all that lies in the folder where a notebook ran.

    Raises
    ------
    NotebookError
        When the folder is gone, or something in it is no regular file or has no plain name; the first is named.
    """
    if not folder.is_dir():
        raise NotebookError(say(GONE))
    for path in unlistable(folder):
        raise NotebookError(say(NOT_LISTED, name=visible(path.name)))


def unlistable(folder: Path) -> Iterator[Path]:
    """What lies in a folder and is no regular file, or has no plain name, in order."""
    for path in sorted(folder.iterdir()):
        name = path.name
        is_named = _NAMED.fullmatch(name) and visible(name) == name and name.lower() != NAME
        if not is_named or path.is_symlink() or not path.is_file():
            yield path


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Output(_Record):
    """One file of the folder."""

    sha256: str
    bytes: int


class Manifest(_Record):
    """What is known of one folder of outputs.

    ``name`` is its path in the store, ``notebook`` the file that was run with ``parameters``; ``bureau`` and ``year`` are
    ``null`` unless the notebook runs over reports. ``key`` is the hash of ``parts``, the hashes of all its outputs depend
    on; ``inputs`` are those of the input files. ``language`` is that of the page, as BCP 47 names it. ``beside`` is the
    record of a draft that lies beside the published files.
    ``seal`` is the SHA-256 of the file itself with 64 zeros in the seal's place.
    """

    model_config = ConfigDict(title="nianbao manifest")

    schema_: Literal[3] = Field(default=3, validation_alias="schema", serialization_alias="schema")
    name: str
    notebook: str
    parameters: dict[str, Any]
    bureau: str | None
    bureau_name: str | None
    year: int | None
    title: str
    date: str | None
    draft: bool
    key: str
    parts: dict[str, str]
    inputs: dict[str, str]
    formats: tuple[str, ...]
    language: str
    environment: dict[str, str]
    findings: tuple[FindingData, ...]
    outputs: dict[FileName, Output] = {}
    beside: Manifest | None = None
    seal: str = seal.BLANK

    def is_of(self, job: JobId) -> bool:
        """Whether it is the record of this job; that in a copy of another's folder is not."""
        about = (job.bureau, job.year) if isinstance(job, ReportId) else (self.bureau, self.year)
        return self.name == str(job) and about == (self.bureau, self.year)

    @property
    def state(self) -> State:
        return State.DRAFT if self.draft else State.PUBLISHED

    @property
    def latest_draft(self) -> Manifest | None:
        """The record of the draft that lies in the folder, if there is one."""
        return self if self.draft else self.beside

    @property
    def records(self) -> list[Manifest]:
        """The record, and that of the draft beside it."""
        return [self, self.beside] if self.beside else [self]

    @property
    def stem(self) -> str:
        """What its files are called before the dot."""
        return STEMS[self.state]

    @property
    def own_names(self) -> frozenset[str]:
        """The names of the files that a build makes for it, whatever its notebook adds."""
        suffixes = map(formats.suffix, self.formats)
        return frozenset(f"{self.stem}.{one}" for one in (*suffixes, "ipynb", *(["json"] if self.bureau else [])))

    @property
    def made(self) -> frozenset[str]:
        """The names of the files that a build makes for it and for the draft beside it."""
        return frozenset[str]().union(*(one.own_names for one in self.records))

    def with_outputs(self, folder: Path) -> Manifest:
        """A copy of the record that lists the files of a folder as its outputs.

        What it says of published files already stays: a file that is not as it was built does not become sound by being
        listed again beside a new draft.

        Raises
        ------
        NotebookError
            When it cannot list all of them.
        """
        require_listable(folder)
        outputs = {name: one for name, one in self.outputs.items() if not name.startswith(f"{STEMS[State.DRAFT]}.")}
        for path in sorted(folder.iterdir()):
            if path.name not in outputs:
                outputs[path.name] = Output(sha256=digest(path.read_bytes()), bytes=path.stat().st_size)
        return self.model_copy(update={"outputs": outputs})

    def to_json(self) -> str:
        """The text of manifest.json; equal records give equal texts."""
        plain = self.model_dump(mode="json", by_alias=True, exclude={"beside"})
        if self.beside:
            plain["beside"] = self.beside.model_dump(mode="json", by_alias=True, exclude={"beside", "seal"})
        return seal.sealed(json.dumps(plain, ensure_ascii=False, indent=1, sort_keys=True) + "\n", seal.JSON)

    @classmethod
    def from_json(cls, text: str | bytes) -> Manifest | None:
        """The record from the text of a manifest.json; ``None`` for any text that `to_json` would not give."""
        raw = text.encode() if isinstance(text, str) else text
        try:
            found = cls.model_validate_json(raw, strict=True) if seal.intact(raw, seal.JSON) else None
        except ValidationError:
            return None
        found = found and found.model_copy(update={"seal": seal.BLANK})
        return found if found and found.to_json().encode() == raw else None


def schema() -> str:
    """The JSON Schema (draft 2020-12) of manifest.json."""
    made = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Manifest.model_json_schema(mode="serialization")}
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"
