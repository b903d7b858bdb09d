"""Pictures, and hostile HTML, that a notebook may show."""

import base64
import struct
import zlib

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="30"><rect width="60" height="30" fill="#a8201a"/></svg>'


def png(width=60, height=30):
    """A plain grey picture, as base64."""
    chunks = ((b"IHDR", struct.pack(">2I5B", width, height, 8, 0, 0, 0, 0)),
              (b"IDAT", zlib.compress((b"\0" + b"\x88" * width) * height)), (b"IEND", b""))  # fmt: skip
    parts = [
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    ]
    return base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"".join(parts)).decode()


ACTIVE = """<svg xmlns="http://www.w3.org/2000/svg" width="60" height="30" onload="document.title = 'run'">
<script>document.title = "run"; fetch("https://x.test/a")</script>
<style>@import url(https://x.test/b.css); @font-face { font-family: a; src: url(https://x.test/c) }
rect { fill: url(//x.test/d#e) }</style><use href="https://x.test/f.svg#g"/>
<a href="javascript:x()"><rect width="60" height="30"/></a>
<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="https://x.test/h"></iframe></foreignObject></svg>"""
DRAWING = base64.b64encode(ACTIVE.encode()).decode()
HOSTILE = {
    "script": "<script src='https://x.test/a.js'></script><script>1</script>",
    "handler": "<p onclick='x()' onload='x()'>字</p><details ontoggle='x()'><summary>字</summary></details>",
    "image": "<img src='https://x.test/a.png' srcset='https://x.test/b.png 2x'><img src='//x.test/c.png'><img src='d.png'>",
    "style": "<style>@import 'https://x.test/a.css'; p { background: URL( https://x.test/b.png) }"
    " b { background: u\\72l(//x.test/c) } i { background: image-set('https://x.test/d' 1x) }"
    "@im@importport '//x.test'</style>",
    "dressed": "<div class=\"report\"><style>@import 'https://x.test/a.css';"
    " @font-face { font-family: a; src: url(//x.test/b) } p { background: \\75rl(https://x.test/c) }"
    " b { background: u/**/rl(d) url(https://x.test/d) }</style>"
    "<p style='background: \\75 rl(https://x.test/e)'>字</p></div>",
    "attribute": "<p style='background: url(https://x.test/a.png)'>字</p><td background='https://x.test/b.png'>字</td>",
    "frame": "<iframe src='https://x.test'></iframe><object data='https://x.test'></object><embed src='https://x.test'>",
    "page": "<base href='https://x.test'><link rel=stylesheet href='https://x.test/a.css'>"
    "<meta http-equiv=refresh content='0;url=https://x.test'>"
    "<form action='https://x.test'><button formaction='//x.test'>字</button></form>",
    "link": "<a href='javascript:x()'>字</a><a href='data:text/html,x'>字</a><a href=' java\tscript:x()'>字</a>",
    "drawing": f"<p><img src='data:image/svg+xml;base64,{DRAWING}'></p><p><img src='data:text/html,x'></p>",
    "svg": "<svg onload='x()'><use href='https://x.test/a.svg#b'/><image href='https://x.test/a.png'/></svg>",
    "media": "<video src='https://x.test/a.mp4' autoplay></video><audio src='https://x.test/a.mp3'></audio>",
}  # fmt: skip
