"""Texts that were made to harm who reads them, each in the place of one input of a sound report, and what becomes of them.

A text is written for a size, so that whether its cost is linear can be seen by doubling.
"""

import re
import time

from making import BODY, BUREAU, write
from nianbao.document.document import load
from nianbao.errors import DataError

CSV = "table2.csv"
HEAD = "## 一、总体情况\n\n"
TAIL = "\n\n## 五、存在的主要问题及改进情况\n\n逐项改进。\n"
YAML = "date: 2025-01-20\nsignature: 示例市测试局\n"


def _chapter(text):
    return f"{HEAD}{text}{TAIL}"


def _nested(opened, size, closed=""):
    return opened * size + closed * size


# name: the file, and its text for a size; the size is what the issue names.
NARRATIVES = {
    "a word": (60_000, lambda n: "长" * n),
    "a line of words": (100_000, lambda n: "长 " * n),
    "short words on many lines": (300_000, lambda n: ("长" * 30 + "\n") * (n // 31)),
    "comments that open": (50_000, lambda n: "<!--" * n),
    "comments that open and one that closes": (50_000, lambda n: "<!--" * n + "-->"),
    "comments": (50_000, lambda n: "<!---->" * n),
    "dashes": (20_000, lambda n: "一" + "-" * n),
    "dashes that begin a comment": (20_000, lambda n: "一" + "!--" * (n // 3)),
    "placeholders that open": (100_000, lambda n: "{{" * n),
    "placeholders that open, apart": (20_000, lambda n: "{{ " * n),
    "placeholders that open, by line": (10_000, lambda n: "{{\n" * n),
    "tags that open": (20_000, lambda n: "{% " * n),
    "tags that open, by line": (10_000, lambda n: "{% \n" * n),
    "placeholders": (20_000, lambda n: "{{ 年度 }}\n" * n),
    "placeholders of no name": (5_000, lambda n: "{{ 无此 }}\n" * n),
    "braces": (100_000, lambda n: "{" * n + "}" * n),
    "lost braces": (10_000, lambda n: "{年度}\n" * n),
    "parentheses in a placeholder": (5_000, lambda n: "{{ " + _nested("(", n, "1)"[1:]).replace("()", "(1)") + " }}"),
    "digits in a placeholder": (100_000, lambda n: "{{ " + "9" * n + " }}"),
    "signs in a placeholder": (1_500, lambda n: "{{ " + "-" * n + "1 }}"),
    "sums in a placeholder": (1_000, lambda n: "{{ 1" + "+1" * (n // 2) + " }}"),
    "filters in a placeholder": (1_500, lambda n: "{{ 1" + "|万" * (n // 2) + " }}"),
    "not in a placeholder": (1_500, lambda n: "{% if " + "not " * (n // 4) + "1 %}甲{% endif %}"),
    "braces in a placeholder": (1_000, lambda n: "{{ 列举(" + _nested("{'a':", n // 5, "}") + ") }}"),
    "elif": (3_000, lambda n: "{% if 年度 == 1 %}甲" + "{% elif 年度 == 2 %}乙" * n + "{% endif %}"),
    "if in if": (1_000, lambda n: "{% if 年度 %}" * n + "{% endif %}" * n),
    "a text that doubles": (
        36,
        lambda n: '{% set a = "甲甲甲甲甲甲甲甲甲甲" %}\n' + "{% set a = a + a %}\n" * n + "{{ a }}",
    ),
    "a text that doubles, in one expression": (
        36,
        lambda n: '{% set a = "甲甲甲甲甲甲甲甲甲甲" %}' + "".join("{% set a = a + a + a %}" for _ in range(n)),
    ),
    "a text printed many times": (900, lambda n: '{% set a = "' + "甲" * 1500 + '" %}' + "{{ a }}" * n),
    "a number that doubles": (900, lambda n: "{% set a = 9 %}\n" + "{% set a = a + a %}\n" * n + "{{ a }}"),
    "quotes in a placeholder": (50_000, lambda n: "{{ " + '"' * n + " }}"),
    "wide braces": (50_000, lambda n: "｛" * n),
    "wide signs in a placeholder": (20_000, lambda n: "{{ “" * (n // 4)),
    "stars": (100_000, lambda n: "*" * n),
    "stars, apart": (100_000, lambda n: "*甲 " * (n // 3)),
    "stars, by line": (100_000, lambda n: "*甲\n" * (n // 3)),
    "stars in pairs": (100_000, lambda n: "**甲" * (n // 3)),
    "stars, nested": (20_000, lambda n: "*甲" * (n // 4) + "乙*" * (n // 4)),
    "underscores": (100_000, lambda n: "_" * n),
    "brackets": (100_000, lambda n: "[" * n),
    "brackets, by line": (100_000, lambda n: "[\n" * (n // 2)),
    "brackets in pairs": (20_000, lambda n: _nested("[", n // 2, "]")),
    "brackets of links": (50_000, lambda n: "[甲](" * (n // 4)),
    "brackets of pictures": (50_000, lambda n: "![" * (n // 2)),
    "links in links": (10_000, lambda n: "[" * (n // 8) + "甲" + "](a.b)" * (n // 8)),
    "links": (50_000, lambda n: "[甲](a.b)\n" * (n // 9)),
    "links to parentheses": (20_000, lambda n: "[甲](" + "(" * n),
    "links with titles": (20_000, lambda n: '[甲](a.b "' * (n // 9)),
    "backticks": (100_000, lambda n: "`" * n),
    "backticks, growing": (20_000, lambda n: " ".join("`" * k for k in range(1, int((2 * n) ** 0.5)))),
    "bars": (100_000, lambda n: "|" * n),
    "bars, by line": (100_000, lambda n: "|\n" * (n // 2)),
    "a table of columns": (10_000, lambda n: "|甲" * n + "|\n" + "|-" * n + "|\n" + "|1" * n + "|"),
    "a table of rows": (10_000, lambda n: "|甲|乙|\n|-|-|\n" + "|1|2|\n" * n),
    "a table of short rows": (500, lambda n: "|甲" * n + "|\n" + "|-" * n + "|\n" + "1\n" * n * 20),
    "quotes": (100_000, lambda n: ">" * n),
    "quotes, apart": (100_000, lambda n: "> " * (n // 2) + "甲"),
    "quotes, by line": (20_000, lambda n: "> 甲\n" * (n // 4)),
    "quotes, deeper by line": (10_000, lambda n: "\n".join("> " * k + "甲" for k in range(1, int(n**0.5)))),
    "number signs": (100_000, lambda n: "#" * n),
    "number signs, apart": (100_000, lambda n: "# " * (n // 2)),
    "number signs, by line": (20_000, lambda n: "# 甲\n" * (n // 4)),
    "headings": (20_000, lambda n: "## 甲\n" * (n // 5)),
    "headings of numerals": (20_000, lambda n: "## 一、甲\n" * (n // 7)),
    "headings without signs": (20_000, lambda n: "一、总体情况\n" * (n // 7)),
    "a heading of blanks": (20_000, lambda n: "## 甲" + " " * n + "乙"),
    "a heading of number signs": (20_000, lambda n: "## 甲" + " #" * (n // 2) + " 乙"),
    "lines of blanks": (20_000, lambda n: ("甲" + " " * 18_000 + "乙\n") * (n // 1_000)),
    "list items": (100_000, lambda n: "- " * (n // 2)),
    "list items, by line": (20_000, lambda n: "- 甲\n" * (n // 4)),
    "list items of numbers": (20_000, lambda n: "- 1\n" * (n // 4)),
    "list items of numbers, each alone": (40_000, lambda n: "- 1\n* 1\n+ 1\n" * (n // 12)),
    "numbered items": (20_000, lambda n: "1. 甲\n" * (n // 5)),
    "numbered items that count": (20_000, lambda n: "".join(f"{k}. 甲\n" for k in range(1, n // 6))),
    "numbered items, interrupted": (20_000, lambda n: "1. 甲\n乙。\n" * (n // 8)),
    "list in list": (10_000, lambda n: "\n".join("  " * k + "- 甲" for k in range(int(n**0.5)))),
    "lists and quotes": (10_000, lambda n: "- > " * (n // 2) + "甲"),
    "tags of HTML": (50_000, lambda n: "<b>" * (n // 3)),
    "tags of HTML that open": (50_000, lambda n: "<a " * (n // 3)),
    "angle brackets": (100_000, lambda n: "<" * n),
    "a comment of HTML that opens": (50_000, lambda n: "<!-- 甲\n" * (n // 7)),
    "escapes": (100_000, lambda n: "\\" * n),
    "ampersands": (100_000, lambda n: "&" * n),
    "addresses": (50_000, lambda n: "<http://" * (n // 8)),
    "brackets to fill in": (50_000, lambda n: "【" * n),
    "brackets to fill in, closed": (20_000, lambda n: "【甲】" * (n // 3)),
    "lines of nothing": (200_000, lambda n: "\n" * n),
    "full stops by line": (20_000, lambda n: "。\n" * (n // 2)),
    "indented lines": (20_000, lambda n: "甲\n" + "        乙\n" * (n // 10)),
    "items set in": (20_000, lambda n: "- 甲\n" + "  乙\n" * (n // 4)),
    "a picture in the text": (500_000, lambda n: f"![图](data:image/png;base64,{'A' * n})"),
    "bold headings": (20_000, lambda n: "**（一）" * (n // 5)),
    "dates": (20_000, lambda n: "2024年1月1日\n" * (n // 10)),
    "tabs": (20_000, lambda n: "甲\t" * (n // 2)),
}
YAMLS = {
    "lists in a line": (100_000, lambda n: "facts: " + "[" * n),
    "lists in a line, closed": (100_000, lambda n: "facts: " + _nested("[", n, "]")),
    "mappings in a line": (100_000, lambda n: "facts: " + "{甲: " * n),
    "mappings in lines": (100_000, lambda n: "facts:\n" + "{\n" * n),
    "items in a line": (100_000, lambda n: "facts:\n" + "- " * n + "甲"),
    "mappings, deeper by line": (1_500, lambda n: "facts:\n" + "".join(" " * k + "a:\n" for k in range(1, n))),
    "question marks": (100_000, lambda n: "? " * n),
    "one key": (2_000_000, lambda n: "甲" * (n // 3) + ": 1"),
    "one value": (2_000_000, lambda n: "editor: " + "甲" * (n // 3)),
    "one value on many lines": (2_000_000, lambda n: "editor: |\n" + "  甲甲甲甲甲甲甲甲甲甲\n" * (n // 33)),
    "one quoted value on many lines": (500_000, lambda n: 'editor: "\n' + "  甲甲甲甲甲甲甲甲甲甲\n" * (n // 33) + '"'),
    "keys": (100_000, lambda n: "".join(f"k{k}: 1\n" for k in range(n))),
    "keys of one line": (100_000, lambda n: "facts: {" + ", ".join(f"k{k}: 1" for k in range(n)) + "}"),
    "some keys": (9_000, lambda n: "".join(f"k{k}: 1\n" for k in range(n))),
    "the same key": (9_000, lambda n: "editor: 甲\n" * n),
    "facts": (4_000, lambda n: "facts:\n" + "".join(f"  甲{k}: {{value: 1}}\n" for k in range(n))),
    "facts of no number": (4_000, lambda n: "facts:\n" + "".join(f"  甲{k}: {{value: 约}}\n" for k in range(n))),
    "local rows": (9_000, lambda n: 'extra_rows: {table3: {"": [' + ",\n".join(f"行{k}" for k in range(n)) + "]}}"),
    "marks": (9_000, lambda n: "marks:\n" + "".join(f"  记{chr(0x4E00 + k)}: 0\n" for k in range(n))),
    "acceptances": (4_000, lambda n: "accepted:\n" + "- {code: E104, reason: 甲}\n" * n),
    "anchors": (10_000, lambda n: "facts:\n" + "".join(f"  k{k}: &a{k} 1\n" for k in range(n))),
    "aliases": (10_000, lambda n: "facts: &a {甲: {value: 1}}\nmarks:\n" + "".join(f"  k{k}: *a\n" for k in range(n))),
    "a tower of aliases": (
        30,
        lambda n: "a0: &a0 [甲]\n" + "".join(f"a{k}: &a{k} [*a{k - 1}, *a{k - 1}]\n" for k in range(1, n)),
    ),
    "digits": (100_000, lambda n: f"facts: {{甲: {{value: {'9' * n}}}}}"),
    "digits in a table": (15_000, lambda n: f"table3: {{甲: {{乙: {'9' * n}}}}}"),
    "digits after the point": (15_000, lambda n: f"facts: {{甲: {{value: 0.{'9' * n}}}}}"),
    "an exponent": (9, lambda n: f"facts: {{甲: {{value: 1e{'9' * n}}}}}"),
    "full-width colons": (20_000, lambda n: "甲：乙\n" * (n // 4)),
    "full-width colons in braces": (20_000, lambda n: "facts: {" + "甲：乙，" * (n // 4)),
    "quotes that open": (40_000, lambda n: 'a: "\n' * (n // 5)),
    "braces that open": (40_000, lambda n: "a: {\n" * (n // 5)),
    "braces that open, then a slip": (40_000, lambda n: "a: {b\n" * (n // 6) + "\t x"),
    "tabs": (40_000, lambda n: "\ta: b\n" * (n // 6)),
    "number signs": (40_000, lambda n: "a: {" + "#" * n),
    "quotes": (40_000, lambda n: "a: {" + "'" * n),
    "thousands": (40_000, lambda n: "a: {b: 1" + ",234" * (n // 4) + "}"),
    "dashes": (40_000, lambda n: "-\n" * (n // 2)),
    "tables of values that are none": (4_000, lambda n: "table3:\n" + "".join(f"  行{k}: {{栏: 1}}\n" for k in range(n))),
    "tables of rows in lists": (4_000, lambda n: "table2:\n  规章:\n" + "  - {本年制发件数: 1}\n" * n),
    "notes": (9_000, lambda n: "table2:\n  notes:\n" + "  - 注\n" * n),
    "tags": (9_000, lambda n: "".join(f"k{k}: !!python/object:os.system 1\n" for k in range(n))),
    "directives": (20_000, lambda n: "%TAG ! tag:a,2000:\n" * (n // 20)),
    "documents": (20_000, lambda n: "---\na: 1\n" * (n // 9)),
    "merge keys": (9_000, lambda n: "<<: {a: 1}\n" * n),
    "escapes of control": (1, lambda n: 'editor: "甲\\u202E\\0乙"\n'),
}
CSVS = {
    "digits in a cell": (100_000, lambda n: f"甲,{'9' * n}\n"),
    "digits in cells": (1_500, lambda n: f"甲,{'9' * n}\n" * 100),
    "one line": (1 << 20, lambda n: "甲," * (n // 4)),
    "one quoted cell": (200_000, lambda n: '"' + "甲,乙\n" * (n // 8) + '"'),
    "commas": (1_000_000, lambda n: "," * n),
    "commas, by line": (1_000_000, lambda n: ",\n" * (n // 2)),
    "commas in lines": (1_000_000, lambda n: ("," * 1_000 + "\n") * (n // 1_000)),
    "semicolons and commas": (1_000_000, lambda n: ",;" * (n // 2)),
    "quotes": (100_000, lambda n: '"' * n),
    "quotes, by line": (100_000, lambda n: '"\n' * (n // 2)),
    "columns": (10_000, lambda n: ",".join(map(str, range(n))) + "\n"),
    "cells": (190_000, lambda n: ("甲," * 190 + "\n") * (n // 190)),
    "cells of numbers": (190_000, lambda n: ("1," * 190 + "\n") * (n // 190)),
    "rows": (900, lambda n: "甲,1,2,3\n" * n),
    "rows of long labels": (900, lambda n: "".join(f"{'信息' * 900}{k},1,2,3\n" for k in range(n))),
    "rows of the head": (900, lambda n: "信息内容,本年制发件数,本年废止件数,现行有效件数\n" * n),
    "rows of a row": (
        900,
        lambda n: "信息内容,本年制发件数,本年废止件数,现行有效件数\n第二十条第（一）项\n" + "规章,1,2,3\n" * n,
    ),
    "rows of notes": (900, lambda n: "注：甲\n" * n),
    "brackets in a label": (1_900, lambda n: "".join(f"{'(' * n}{k},1,2,3\n" for k in range(100))),
    "numerals in a label": (1_900, lambda n: "".join(f"{'一' * n}{k},1,2,3\n" for k in range(100))),
}
BYTES = {
    "NUL": (100_000, lambda n: b"\0" * n),
    "NUL in a text": (1_000, lambda n: "年度报告\0".encode() * n),
    "a lone surrogate in UTF-16": (1_000, lambda n: b"\xff\xfe" + b"\x00\xd8a\x00" * n),
    "a lone surrogate in UTF-8": (1_000, lambda n: b"\xed\xa0\x80" * n),
    "a lone surrogate in GB 18030": (1_000, lambda n: b"\x83\x36\xc7\x39" * n),
    "half a character": (1_000, lambda n: "年".encode()[:2] * n),
    "no text": (100_000, lambda n: bytes(range(256)) * (n // 256)),
    "a picture": (1_000, lambda n: b"\x89PNG\r\n\x1a\n" + b"\0\1" * n),
    "a workbook": (1_000, lambda n: b"PK\x03\x04" + b"\0" * n),
    "marks of direction": (1_000, lambda n: "收费\u202e元001\u202c".encode() * n),
    "isolates": (1_000, lambda n: "收费\u2066元001\u2069".encode() * n),
    "control characters": (1_000, lambda n: "甲\x1b[2J\x07".encode() * n),
    "C1": (1_000, lambda n: "甲\x9b2J".encode() * n),
    "tags of Unicode": (1_000, lambda n: ("甲" + "".join(chr(0xE0000 + ord(char)) for char in "hidden")).encode() * n),
    "zero-width": (1_000, lambda n: "甲\u200b\ufeff".encode() * n),
    "separators of lines": (1_000, lambda n: "甲\u2028乙\u2029".encode() * n),
    "no characters": (1_000, lambda n: "甲\ufdd0table2\ufdd0".encode() * n),
}


_SIGNS = re.compile(r"[*_`~\[\]<>!&\\|]")


def below_bounds(width=400, some=slice(None)):
    """Some narratives, each as long as it may be: no line, paragraph or whole beyond its bound, as (name, bytes).

    Without those of placeholders, which have narrower bounds of their own.
    """
    for name, (size, make) in [one for one in NARRATIVES.items() if "{" not in one[1][1](9)][some]:
        while len(make(size)) < 195_000 and size < 400_000:
            size *= 2
        lines = [
            line[at : at + width] for line in make(size)[:195_000].split("\n") for at in range(0, len(line) or 1, width)
        ]
        kept, signs, of_paragraph, length = [], 0, 0, 0
        for line in lines[:4_000]:
            own = len(_SIGNS.findall(line))
            if (signs := signs + own) > 19_000 or len(kept) > 4_900:
                break
            of_paragraph, length = of_paragraph + own, length + len(line)
            if of_paragraph > 490 or length > 19_000:
                kept.append("")
                of_paragraph, length = own, len(line)
            kept.append(line)
        yield f"{name}, {width} wide", _chapter("\n".join(kept)).encode()


def texts():
    """Every hostile text as (name, file, bytes). Both YAML files have one reader: in the second a third of them is tried."""
    for name, (size, make) in NARRATIVES.items():
        yield f"narrative: {name}", "narrative.md", _chapter(make(size)).encode()
    for number, (name, (size, make)) in enumerate(YAMLS.items()):
        yield f"yaml: {name}", "report.yaml", (YAML + make(size)).encode()
        if number % 3 == 0:
            yield f"bureau: {name}", "../bureau.yaml", make(size).encode()
    for name, (size, make) in CSVS.items():
        yield f"csv: {name}", CSV, make(size).encode()
    for name, (size, make) in BYTES.items():
        for file in ("narrative.md", "report.yaml", CSV, "../bureau.yaml"):
            before = {"narrative.md": BODY, "report.yaml": YAML + "editor: "}.get(file, "").encode()
            raw = make(size)
            yield f"{file}: {name}", file, raw if raw.startswith((b"\xff\xfe", b"PK", b"\x89")) else before + raw


def tried(root, file, raw):
    """The faults of a report with a hostile text, none when it is printed, and the seconds of CPU that it took."""
    paths = write(root)
    (paths.folder / file).write_bytes(raw)
    begun = time.process_time()
    try:
        load(BUREAU, 2024, root)
        faults = ()
    except DataError as error:
        faults = error.faults
    return faults, time.process_time() - begun
