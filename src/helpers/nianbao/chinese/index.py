"""The words of outputs/index.html, in Chinese."""

TEXTS: dict[str, str] = {}
