"""Outputs at an address: the same bytes as in a folder, and nothing is trusted that is not whole."""

import pytest

from project import make, nianbao, outputs, states


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A project that has been built into a folder; to be read only."""
    folder = make(tmp_path_factory.mktemp("built"))
    nianbao("build", cwd=folder)
    return folder


def test_what_is_published_at_an_address_is_what_is_published_in_a_folder(built, bucket):
    words = ("--outputs", bucket.address())
    assert set(states("build", *words, cwd=built).values()) == {"已发布"}
    assert bucket.published() == outputs(built)
    assert set(states("plan", *words, cwd=built).values()) == {"未变"}
    assert set(states("build", *words, cwd=built).values()) == {"未变"}
    assert set(states("verify", *words, cwd=built).values()) == {"一致"}
    assert bucket.published() == outputs(built)
