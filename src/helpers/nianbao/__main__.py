"""``python -m nianbao``: the same as the command ``nianbao``."""

import sys

from nianbao.command.main import main

if __name__ == "__main__":
    sys.exit(main())
