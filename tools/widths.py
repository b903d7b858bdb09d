"""Write how wide the letters of the kit's stand-ins are, by face, as `nianbao.fonts.widths` reads it.

python tools/widths.py > src/helpers/nianbao/faces/widths.json
"""

import json
from collections import defaultdict

from nianbao.fonts import CODE, HALF_WIDE, KIT, PINNED, advances

STAND_INS = {
    "body": (PINNED / "NotoSerifSC-Regular.otf",),
    "kai": (KIT / "NianbaoKai.ttf",),
    CODE: (PINNED / "NotoSansSC-Regular.otf", 0, HALF_WIDE),
}


def main() -> None:
    """Print the characters of each width, in thousandths of an em."""
    made: dict[str, dict[int, str]] = {}
    for face, about in STAND_INS.items():
        listed = defaultdict(str)
        for char, width in sorted(advances(*about).items()):
            listed[round(1000 * width)] += char
        made[face] = dict(sorted(listed.items()))
    print(json.dumps(made, ensure_ascii=False, indent=0))


if __name__ == "__main__":
    main()
