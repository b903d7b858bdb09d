"""Looking at pages as a reader does: Chromium for HTML, poppler for PDF."""

import os
import shutil
import subprocess
from contextlib import contextmanager

import numpy as np
from playwright.sync_api import sync_playwright

QUIET = (
    "no-sandbox disable-gpu disable-quic no-first-run disable-background-networking disable-component-update disable-sync"
)
DPI = 72
SCREEN = {"width": 1280, "height": 720}
PHONE, DESK = {"width": 375, "height": 700}, {"width": 1280, "height": 900}
PATIENCE = 300_000  # milliseconds: for as long a machine may do something else
# The type area of GB/T 9704-2012, 28 to 184 mm across and 37 to 262 mm down, with the folio 7 mm below; 1 mm of tolerance.
LEFT, TOP, RIGHT, BOTTOM = 27, 36, 185, 276


@contextmanager
def chromium(**environment):
    with sync_playwright() as playwright, launched(playwright.chromium, **environment) as browser:
        yield browser


def launched(kind, *more, **environment):
    """The system's Chromium, which asks nobody for anything."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    words = [*(f"--{word}" for word in QUIET.split()), *more]
    browser = kind.launch(executable_path=path, args=words, env={**os.environ, **environment}, timeout=PATIENCE)
    browser.on("context", lambda context: context.set_default_timeout(PATIENCE))
    return browser


class Tabs:
    """Tabs of one browser for many tests: to open one costs more than to look at what it shows.

    A tab keeps what its page ``asked`` for, and what the browser ``said`` against it.
    """

    def __init__(self, browser, **options):
        self.context, self.open = browser.new_context(**options), []

    def show(self, path, viewport, media="null", scheme="light", beside=False):
        """The first tab with a page from a file and nothing of those before; ``beside`` it, the second tab.

        Without a medium it is on the screen, and as on paper where it is printed.
        """
        while len(self.open) < 1 + beside:
            self.open.append(_listening(self.context.new_page()))
        tab = self.open[beside]
        tab.set_viewport_size(viewport)
        tab.emulate_media(media=media, color_scheme=scheme, forced_colors="none")
        tab.asked, tab.said = [], []
        tab.goto(path.as_uri())
        return tab


def _listening(page):
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.asked, page.said = [], []
    return page


def poppler(tool, *words):
    return subprocess.run([tool, *map(str, words)], capture_output=True, check=True).stdout.decode("utf-8", "replace")


def text(pdf, *words):
    """The text of each page, in reading order."""
    return poppler("pdftotext", *words, pdf, "-").split("\f")[:-1]


def ink(pdf, folder):
    """Left, top, right and bottom edge of what is printed on each page, in mm."""
    folder.mkdir(exist_ok=True)
    subprocess.run(["pdftoppm", "-r", str(DPI), "-gray", pdf, folder / "page"], check=True)
    return [_edges(path) for path in sorted(folder.glob("page-*.pgm"))]


def _edges(path):
    kind, size, depth, pixels = path.read_bytes().split(b"\n", 3)
    assert (kind, depth) == (b"P5", b"255")
    width, height = map(int, size.split())
    dark = np.frombuffer(pixels, np.uint8).reshape(height, width) < 200
    across, down = np.flatnonzero(dark.any(axis=0)), np.flatnonzero(dark.any(axis=1))
    return tuple(float(edge) * 25.4 / DPI for edge in (across[0], down[0], across[-1] + 1, down[-1] + 1))
