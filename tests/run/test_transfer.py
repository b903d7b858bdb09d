"""A value in pieces: it arrives as it was, and nobody waits for the rest of it."""

import multiprocessing
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.run import transfer
from nianbao.run.message import Refused
from nianbao.run.transfer import SIZE, Incoming

SIZES = st.sampled_from([0, 1, SIZE - 1, SIZE, SIZE + 1, 3 * SIZE]) | st.integers(0, 200_000)


@pytest.mark.slow
@given(SIZES, st.binary(min_size=1, max_size=3))
def test_a_value_of_any_size_arrives_as_it_was(size, unit):
    value = unit * size
    ours, theirs = multiprocessing.Pipe(duplex=False)
    with ours, theirs:
        sender = threading.Thread(target=transfer.send, args=(theirs, value))
        sender.start()
        incoming = Incoming(ours)
        while not incoming.is_whole():
            ours.poll(1)
        sender.join()
        assert incoming.value() == value


def test_what_is_only_begun_is_not_waited_for_and_not_taken_for_whole():
    ours, theirs = multiprocessing.Pipe(duplex=False)
    incoming = Incoming(ours)
    assert not incoming.is_whole()
    theirs.send_bytes(b"+half")
    assert not incoming.is_whole()
    theirs.close()
    with pytest.raises(EOFError):
        incoming.is_whole()


def test_more_than_any_result_is_refused_while_it_comes(monkeypatch):
    monkeypatch.setattr(transfer, "LARGEST", 10)
    ours, theirs = multiprocessing.Pipe(duplex=False)
    with ours, theirs:
        theirs.send_bytes(b"+12345678")
        theirs.send_bytes(b"+12345678")
        with pytest.raises(Refused, match="10 bytes"):
            Incoming(ours).is_whole()
