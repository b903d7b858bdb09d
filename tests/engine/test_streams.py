"""One order for what cells print and what child processes and C code write beside them."""

import pytest

from cells import of_one_report, shown, written
from machine import POSIX

pytestmark = POSIX
WAYS = {
    "a child": "import subprocess; subprocess.run(['echo', '2'])",
    "a shell": "import os; os.system('echo 2')",
    "C's puts": "import ctypes; ctypes.CDLL(None).puts(b'2')",
    "the descriptor": "import os; os.write(1, b'2\\n')",
    "a forked child": (
        "import multiprocessing as m, warnings\nwarnings.simplefilter('ignore')\n"
        "p = m.get_context('fork').Process(target=print, args=('2',)); p.start(); p.join()"
    ),
}


@pytest.mark.by_turns(3)
@pytest.mark.parametrize("run", [shown, of_one_report], ids=["papermill", "report"])
@pytest.mark.parametrize("way", WAYS)
def test_what_others_write_stands_where_they_wrote_it(way, run, tmp_path):
    between = f"print('1')\n{WAYS[way]}\nprint('3');None"
    last = f"import sys\nprint('1')\n{WAYS[way]}\nNone"
    path = written(
        tmp_path, between, last, f"{WAYS[way]}\n'3'", "import os\nos.write(2, b'2\\n');print('3', file=sys.stderr)"
    )
    assert "".join(run(path)) == "1\n2\n3\n" + "1\n2\n" + "2\n'3'" + "2\n3\n"


def test_a_character_whose_bytes_come_one_by_one_stays_whole(tmp_path):
    cell = "import os\nfor byte in '中文'.encode():\n    os.write(1, bytes([byte])); print(end='', flush=True)\nprint()"
    assert "".join(shown(written(tmp_path, cell))) == "中文\n"


@pytest.mark.parametrize("run", [shown, of_one_report], ids=["papermill", "report"])
def test_half_a_character_stays_in_the_cell_that_wrote_it(run, tmp_path):
    half = "import os\nos.write(1, '年'.encode()[:2])"
    assert ["�", "2", "next\n", "�", "2"] == run(written(tmp_path, half, "print('next')", half))


def test_nothing_that_c_kept_back_before_a_cell_is_in_its_output(tmp_path, capfd):
    import ctypes

    ctypes.CDLL(None).puts(b"before")
    assert shown(written(tmp_path, "1")) == ["1"]
    assert "before" in capfd.readouterr().out
