"""The save hook of ``make lab``: JupyterLab saves the notebook without outputs and counters."""

from __future__ import annotations

from typing import Any


def without_outputs(model: dict[str, Any], **_: Any) -> None:
    """Jupyter server's ``pre_save_hook``: drop outputs, counters and run-time metadata of code cells in place."""
    if model["type"] != "notebook" or model["content"]["nbformat"] != 4:
        return
    for cell in model["content"]["cells"]:
        if cell["cell_type"] == "code":
            tags = cell["metadata"].get("tags")
            cell |= {"outputs": [], "execution_count": None, "metadata": {"tags": tags} if tags else {}}
    metadata = model["content"]["metadata"]
    metadata["language_info"] = {"name": metadata.get("language_info", {}).get("name", "python")}
