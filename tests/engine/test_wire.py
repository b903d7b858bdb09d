"""Messages between nbclient and the kernel in the same process."""

from datetime import UTC, datetime

from nianbao.engine.wire import LocalSession


def test_a_message_arrives_with_all_that_it_holds():
    session = LocalSession(key=b"not used")
    session.auth = None
    asked = session.msg("execute_request", {"code": "1"})
    sent = session.msg(
        "comm_msg", {"at": datetime(2026, 1, 2, tzinfo=UTC), "raw": b"\xff", "half": "a\ud800"}, asked, None, {"a": 1}
    )
    read = session.read([*session.serialize(sent, [b"frontend", b"topic"]), b"\x00\x01", b""])
    assert read["content"] == {"at": "2026-01-02T00:00:00Z", "raw": "/w==", "half": "a?"}
    assert read["header"] == sent["header"]
    assert (read["msg_type"], read["msg_id"], read["metadata"]) == ("comm_msg", sent["msg_id"], {"a": 1})
    assert read["parent_header"]["msg_id"] == asked["msg_id"]
    assert [bytes(one) for one in read["buffers"]] == [b"\x00\x01", b""]
