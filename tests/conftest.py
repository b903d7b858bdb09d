"""Shared by all tests: golden files, and small reports made to measure."""

from pathlib import Path

import pytest

TESTS = Path(__file__).parent
PARAMS = TESTS.parent / "params"


def pytest_addoption(parser):
    parser.addoption("--regenerate", action="store_true", help="write the golden files anew instead of comparing with them")


@pytest.fixture
def golden(request):
    """``golden("name.html", text)``: the text is what tests/golden/name.html holds, byte for byte."""

    def compare(name, text):
        path = TESTS / "golden" / name
        if request.config.getoption("--regenerate"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8", newline="")
        assert path.read_bytes().decode() == text

    return compare
