"""``python -m helpers``: the same as the command ``nianbao``."""

import sys

from helpers.cli import main

if __name__ == "__main__":
    sys.exit(main())
