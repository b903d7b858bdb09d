"""manifest.json: a typed record, the same bytes for the same record, and the schema that ships is made from its fields."""

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.run import manifest as room
from nianbao.run import seal
from nianbao.run.manifest import Manifest
from nianbao.state import State
from records import manifest

SCHEMA = Path(room.__file__).with_name("manifest.schema.json")


def test_the_schema_that_ships_is_made_from_the_fields():
    assert room.schema() == SCHEMA.read_text("utf-8")
    jsonschema.Draft202012Validator.check_schema(json.loads(room.schema()))


def test_a_record_comes_back_from_its_text_and_follows_the_schema():
    draft = manifest("shili-jyj/2020", ["E301"], draft=True, date=None)
    for one in (manifest("shili-jyj/2020", ["W201", "I104"]), draft, manifest("shili-jyj/2020", beside=draft)):
        text = one.to_json()
        assert one == Manifest.from_json(text) == Manifest.from_json(text.encode())
        jsonschema.Draft202012Validator(json.loads(room.schema())).validate(json.loads(text))
        assert text == Manifest.from_json(text).to_json()
        assert ("beside" in json.loads(text)) == (one.beside is not None)


def test_state_and_latest_draft_are_told_by_the_record():
    draft = manifest("shili-jyj/2020", draft=True)
    assert (State.DRAFT, draft) == (draft.state, draft.latest_draft)
    published = manifest("shili-jyj/2020")
    assert (State.PUBLISHED, None) == (published.state, published.latest_draft)
    assert draft == manifest("shili-jyj/2020", beside=draft).latest_draft


def test_what_is_no_manifest_of_this_version_is_none():
    text = manifest("shili-jyj/2020").to_json()
    for spoilt in ("", "{}", "[]", text.replace('"schema": 3', '"schema": 2'), text[:-3], text.replace("draft", "drat")):
        assert Manifest.from_json(spoilt) is None


@pytest.mark.slow
@given(st.one_of(st.binary(max_size=400), st.text(max_size=400).map(str.encode)), st.integers(0, 2000), st.booleans())
def test_a_manifest_is_read_or_is_none(junk, at, sealed):
    """Whatever a file holds, also a manifest with junk in it, and also when that was sealed."""
    whole = manifest("shili-jyj/2020", ["W201"]).to_json().encode()
    sealed_with = whole.decode().split('"seal": "')[1][:64]
    for raw in (junk, whole[:at] + junk + whole[at:], whole[:at] + junk):
        text = raw.decode("utf-8", "replace").replace(sealed_with, seal.BLANK)
        found = Manifest.from_json(seal.sealed(text, seal.JSON) if sealed else raw)
        assert found is None or found.to_json()
