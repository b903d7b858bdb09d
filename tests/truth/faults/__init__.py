"""All kinds of faults, by family."""

from truth.faults import claims, copied, form, reading, sums, words
from truth.faults.base import FAMILIES, KINDS, inject

__all__ = ["FAMILIES", "KINDS", "claims", "copied", "form", "inject", "reading", "sums", "words"]
