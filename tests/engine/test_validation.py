"""Parts of notebooks are validated by compiled code: what it accepts is what nbformat's own validator accepts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat import validator
from nbformat.json_compat import JsonSchemaValidator

from nianbao.engine.validation import PartValidator, schema

QUICK, PLAIN = PartValidator(schema()), JsonSchemaValidator(schema())
VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(max_size=3), st.lists(st.text(max_size=3), max_size=2), st.just({})
)
KEYS = st.sampled_from(
    ["output_type", "name", "text", "data", "metadata", "execution_count", "ename", "evalue", "traceback", "id", "cell_type",
     "source", "outputs", "attachments", "text/plain", "application/json"]
)  # fmt: skip
PARTS = {
    "output": [
        {"output_type": "stream", "name": "stdout", "text": "1"},
        {"output_type": "display_data", "data": {"text/plain": "1"}, "metadata": {}},
        {"output_type": "execute_result", "data": {"text/html": ["1"]}, "metadata": {}, "execution_count": 1},
        {"output_type": "error", "ename": "E", "evalue": "", "traceback": []},
    ],
    "code_cell": [{"cell_type": "code", "id": "a", "metadata": {}, "source": "", "outputs": [], "execution_count": None}],
    "markdown_cell": [{"cell_type": "markdown", "id": "a", "metadata": {}, "source": ["# 1"]}],
}


@given(st.data())
def test_a_part_is_judged_as_nbformat_judges_it(data):
    kind = data.draw(st.sampled_from([*PARTS]))
    part = data.draw(st.sampled_from(PARTS[kind])) | data.draw(st.dictionaries(KEYS, VALUES, max_size=2))
    left_out = data.draw(st.sampled_from([None, *part]))
    part = {key: value for key, value in part.items() if key != left_out}
    reference = {"$ref": f"#/definitions/{kind}"}
    said, wanted = ([str(one) for one in judge.iter_errors(part, reference)] for judge in (QUICK, PLAIN))
    assert said == wanted


@pytest.mark.parametrize("name", ["_get_schema_json", "validators"])
def test_the_members_of_nbformat_that_are_used_are_there(name):
    assert hasattr(validator, name)
