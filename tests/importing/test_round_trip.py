"""What the kit has made comes back as it was: every cell, every paragraph."""

import pytest

