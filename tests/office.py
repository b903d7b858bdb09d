"""LibreOffice without a window: what it makes of a workbook, and what somebody does to one in it."""

import atexit
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".xls": "MS Excel 97", ".ods": "calc8", ".pdf": "calc_pdf_Export"}
# Sheets are protected without a password. What is typed is worked out at once, as in a window.
MACRO = """
Sub Main
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  doc = StarDesktop.loadComponentFromURL("{source}", "_blank", 0, hidden())
  {does}
  doc.calculateAll()
{saves}
  doc.close(True)
End Sub
"""
SAVE = """
  Dim as{index}({last}) As New com.sun.star.beans.PropertyValue
  as{index}(0).Name = "FilterName" : as{index}(0).Value = "{filter}"
  If {last} = 1 Then as{index}({last}).Name = "Password" : as{index}({last}).Value = "{password}"
  doc.storeToURL("{target}", as{index}())
"""
MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1"
 script:language="StarBasic">{code}</script:module>
"""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Module1"/></library:library>
"""
LIBRARIES = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">
<library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink">
 <library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/script.xlb/" xlink:type="simple"
  library:link="false"/>
</library:libraries>
"""


def saved(source, folder, *suffixes, does="", password=""):
    """The workbook as LibreOffice saves it in each kind, after what a Basic text ``does`` to the document ``doc``."""
    targets = [folder / f"saved{suffix}" for suffix in suffixes]
    saves = "".join(
        SAVE.format(
            index=index, filter=FILTERS[path.suffix], target=path.as_uri(), last=int(bool(password)), password=password
        )
        for index, path in enumerate(targets)
    )
    basic = profile() / "user" / "basic"
    code = MACRO.format(source=Path(source).as_uri(), does=does.replace("\n", "\n  "), saves=saves)
    (basic / "Standard" / "Module1.xba").write_text(MODULE.format(code=escape(code)), "utf-8")
    (basic / "Standard" / "script.xlb").write_text(LIBRARY, "utf-8")
    (basic / "script.xlc").write_text(LIBRARIES, "utf-8")
    said = _soffice(profile(), "macro:///Standard.Module1.Main")
    assert all(path.is_file() for path in targets), said
    return targets


def pdfs(folder, files):
    """Files as PDF in a folder, by the names of their stems."""
    said = _soffice(profile(), "--convert-to", "pdf", "--outdir", str(folder), *map(str, files))
    made = {file.stem: folder / f"{file.stem}.pdf" for file in files}
    assert all(path.is_file() for path in made.values()), said
    return made


def resaved(folder, file):
    """A Word document as LibreOffice saves it, in another folder."""
    said = _soffice(profile(), "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder), str(file))
    assert (folder / file.name).is_file(), said
    return folder / file.name


@cache
def profile():
    """LibreOffice's own folder of this process, laid out once: that takes longer than most documents."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    _soffice(folder, "--terminate_after_init")
    return folder


def _soffice(own, *words):
    command = ("soffice", f"-env:UserInstallation={own.as_uri()}", "--headless", *words)
    done = subprocess.run(command, capture_output=True, text=True, timeout=1800, check=False)
    return done.stdout + done.stderr
