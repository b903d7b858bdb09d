"""What is measured of a process is what it takes, whatever the process that asks has had before; its faults are told."""

import pytest

from machine import POSIX, apart

pytestmark = [pytest.mark.slow, POSIX]


def held(count):
    return [b"%04d" % (one % 10_000) * 250 for one in range(count)]


def test_memory_is_counted_though_a_large_process_asks_which_has_let_go_of_more():
    kept = held(200_000)[::4000]  # A few that stay keep the memory from the system.
    with apart() as ran:
        length, seconds, mib = ran("bytes", bytes.__len__, bytes(10))
        assert (length, mib) == (10, pytest.approx(0, abs=9))
        made, seconds, mib = ran("many bytes", eval, "len([b'%04d' % (one % 10_000) * 250 for one in range(100_000)])")
    assert kept
    assert made == 100_000
    assert 90 < mib < 150
    assert 0 < seconds < 60


def test_what_is_raised_is_told_with_the_name_of_the_case():
    with apart() as ran, pytest.raises(ZeroDivisionError) as error:
        ran("the first text", eval, "1 / 0")
    assert error.value.__notes__ == ["the first text"]
    assert "_measured" in str(error.value.__cause__)
    with apart() as ran, pytest.raises(BaseException, match="terminated abruptly"):
        ran("the second text", eval, "__import__('os')._exit(0)")
