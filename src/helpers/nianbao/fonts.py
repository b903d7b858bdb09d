"""The fonts of the PDF and the characters they have, so that no character prints as an empty box."""

from __future__ import annotations

import json
import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import pylopdf_fonts_zh_cn
from fontTools.ttLib import TTCollection, TTFont, TTLibError

from nianbao.errors import RenderError
from nianbao.inputfiles import FACES, NotRead, opened
from nianbao.language import say
from nianbao.paths import PACKAGE

if TYPE_CHECKING:
    from collections.abc import Iterator

PINNED = Path(pylopdf_fonts_zh_cn.__file__).parent
_NUMBER = re.compile("〔U\\+([0-9A-F]{4,6})〕")
KIT = PACKAGE / "faces"
# The scripts of which Typst's own fonts have most letters, as Unicode names them, and where its pictures (🚀) begin.
SCRIPTS = {
    "LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "GEORGIAN", "CHEROKEE", "COPTIC", "DEVANAGARI", "MODIFIER", "MATHEMATICAL",
    "DOUBLE-STRUCK", "SCRIPT", "BLACK-LETTER", "FEMININE", "MASCULINE", "MICRO",
}  # fmt: skip
PICTURES = 0x1F300
_WIDE = 0x2E80  # where the wide scripts begin
# The scripts of letters as Unicode and OpenType name them, that of all others in Chinese text, what stands for one that a
# font does not name, the language of the text, and the features with which every shaper sets it.
_SCRIPTS, _SCRIPT, _ANY, _LANGUAGE = {"LATIN": "latn", "GREEK": "grek", "CYRILLIC": "cyrl"}, "hani", ("DFLT", "latn"), "ZHS "
_ALWAYS, _SINGLE = frozenset({"ccmp", "locl", "rlig", "rclt", "calt", "clig", "liga"}), 1


def folders(official: Path | None) -> list[Path]:
    """The folders where Typst looks for fonts; that of the official fonts comes first."""
    return ([official] if official else []) + [PINNED]


@lru_cache
def covered(folder: Path) -> frozenset[int]:
    """The code points for which the fonts in a folder and its subfolders have glyphs.

    Raises
    ------
    RenderError
        When a file is not a font; the message names it.
    """
    points: set[int] = set()
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in FACES:
            try:
                with opened(path) as file:
                    for font in _faces(file, path.suffix):
                        # Only the characters matter. With made-up glyph names fontTools need not read the real ones.
                        font.setGlyphOrder([str(index) for index in range(font["maxp"].numGlyphs)])
                        points |= (font.getBestCmap() or {}).keys()
            except (TTLibError, NotRead, OSError, KeyError) as error:
                said = "{path} (--fonts) cannot be read as a font: {error}; remove or replace it"
                raise RenderError(say(said, path=path, error=error)) from error
    return frozenset(points)


def _faces(file: BinaryIO, suffix: str) -> Iterator[TTFont]:
    """The fonts in one file; they must be read while it is open."""
    if suffix.lower() in {".ttc", ".otc"}:
        yield from TTCollection(file, lazy=True).fonts
    else:
        yield TTFont(file, lazy=True)


# The faces of a page and their official families, as report.typ names them.
_FAMILIES = {
    "title": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05"),
    "body": ("FangSong_GB2312", "FangSong", "STFangsong"),
    "hei": ("SimHei", "STHeiti"),
    "kai": ("KaiTi_GB2312", "KaiTi", "STKaiti"),
}
# Code is in the face of 黑体 with letters half as wide as an ideograph, as report.typ sets it.
CODE, _CODE_FACE, HALF_WIDE = "code", "hei", frozenset({"hwid"})
# How wide the letters of the fonts are that stand in for these: characters by thousandths of an em, as tools/widths.py
# writes them. To read them from the fonts takes 0.1 s.
_WIDTHS = KIT / "widths.json"


@lru_cache
def _official(official: Path | None) -> dict[str, tuple[Path, int]]:
    """The file of each face's official font, and which font in it."""
    found: dict[str | None, tuple[Path, int]] = {}
    if official:
        covered(official)  # all of them can be read
    for path in sorted(official.rglob("*")) if official else ():
        if path.suffix.lower() in FACES:
            with opened(path) as file:
                for number, font in enumerate(_faces(file, path.suffix)):
                    found.setdefault(font["name"].getDebugName(1), (path, number))
    chosen = {face: next((found[name] for name in families if name in found), None) for face, families in _FAMILIES.items()}
    return {face: place for face, place in chosen.items() if place}


def stand_ins(official: Path | None) -> list[str]:
    """The faces of which there is no official font: other fonts stand in for them."""
    return [face for face in _FAMILIES if face not in _official(official)]


@lru_cache
def widths(official: Path | None) -> dict[str, dict[str, float]]:
    """How wide the letters of running text are on paper, by face and character, in em; of all scripts but the wide ones."""
    found: dict[str, dict[str, float]] = {}
    for face, listed in json.loads(_WIDTHS.read_text("utf-8")).items():
        stand_in = {char: int(width) / 1000 for width, chars in listed.items() for char in chars}
        is_code = face == CODE
        place = _official(official).get(_CODE_FACE if is_code else face)
        own = advances(*place, HALF_WIDE if is_code else frozenset()) if place else {}
        found[face] = {**({} if is_code else found.get("body", {})), **stand_in, **own}
    return found


def advances(path: Path, number: int = 0, more: frozenset[str] = frozenset()) -> dict[str, float]:
    """How wide a font's letters are in Chinese text, in em; some have other glyphs there, and with ``more`` features."""
    with opened(path) as file:
        font = TTFont(file, fontNumber=number, lazy=True)
        font.setGlyphOrder([f"glyph{index}" for index in range(font["maxp"].numGlyphs)])
        points = font.getBestCmap() or {}
        glyphs = {chr(point): name for point, name in points.items() if 0x20 <= point < _WIDE and _is_letter(chr(point))}
        local = {script: _local(font, script, _ALWAYS | more) for script in (_SCRIPT, *_SCRIPTS.values())}
        em, widths = font["head"].unitsPerEm, font["hmtx"]
        return {char: widths[local[_script(char)].get(name, name)][0] / em for char, name in glyphs.items()}


def _script(char: str) -> str:
    return _SCRIPTS.get(unicodedata.name(char, "").split(" ")[0], _SCRIPT)


def _is_letter(char: str) -> bool:
    """Whether a character stands for itself, and does not join another one."""
    return char == " " or unicodedata.category(char)[0] in "LNPS"


def _local(font: TTFont, script: str, on: frozenset[str]) -> dict[str, str]:
    """The glyphs that stand in the place of others of a script in Chinese text, by the features that are on.

    A font for several regions holds other glyphs for each of them: those count that a shaper takes for the script and the
    language of the text, and where the font has none of that name, for its own default. Source: OpenType, GSUB.
    """
    if "GSUB" not in font:
        return {}
    table = font["GSUB"].table
    scripts = {one.ScriptTag: one.Script for one in table.ScriptList.ScriptRecord}
    found_in = next((scripts[tag] for tag in (script, *_ANY) if tag in scripts), None)
    spoken = {one.LangSysTag: one.LangSys for one in found_in.LangSysRecord} if found_in else {}
    chosen = spoken.get(_LANGUAGE) or (found_in and found_in.DefaultLangSys)
    features = [table.FeatureList.FeatureRecord[at] for at in chosen.FeatureIndex] if chosen else []
    numbers = {at for one in features if one.FeatureTag in on for at in one.Feature.LookupListIndex}
    found: dict[str, str] = {}
    for number in sorted(numbers):
        steps: dict[str, str] = {}
        for lookup in table.LookupList.Lookup[number].SubTable:
            one = getattr(lookup, "ExtSubTable", lookup)
            steps |= one.mapping if one.LookupType == _SINGLE else {}
        found = {**steps, **{before: steps.get(after, after) for before, after in found.items()}}
    return found


def missing(text: str, official: Path | None = None) -> list[str]:
    """The characters of a text that no font of the PDF has, sorted. Invisible characters are left out."""
    known = [covered(folder) for folder in folders(official)]
    return sorted(char for char in set(text) if not any(ord(char) in points for points in known) and not _is_invisible(char))


def foreign(text: str) -> list[str]:
    """The letters of scripts, and the pictures among characters, that neither the kit's fonts nor Typst's own have."""
    return [one for one in missing(text) if _is_foreign(one)]


def _is_foreign(char: str) -> bool:
    if unicodedata.category(char) == "So":
        return ord(char) >= PICTURES
    return unicodedata.category(char)[0] == "L" and unicodedata.name(char, "").split(" ")[0] not in SCRIPTS


def check(characters: list[str], text: str) -> None:
    """Refuse a text that contains any of the characters.

    Raises
    ------
    RenderError
        When it contains one; the message names each such character and the text around it.
    """
    if found := [char for char in characters if char in text]:
        raise RenderError("\n".join(_tofu(char, text) for char in found))


def numbered(char: str) -> str:
    """What stands in a draft for a character that no font has."""
    return f"〔U+{ord(char):04X}〕"


def lettered(text: str) -> str:
    """A text of a draft with the characters for which numbers stand there."""
    return _NUMBER.sub(lambda number: chr(int(number[1], 16)), text)


def _is_invisible(char: str) -> bool:
    is_selector = "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"
    return char.isspace() or unicodedata.category(char) == "Cf" or is_selector


def _tofu(char: str, text: str) -> str:
    at = text.index(char)
    near = " ".join(text[max(0, at - 12) : at + 13].split())
    name = unicodedata.name(char, "unnamed")
    return f"字体缺字：“{char}”（U+{ord(char):04X} {name}），见“{near}”。换一个字，或用 --fonts 指定含有该字的字体文件夹。"
