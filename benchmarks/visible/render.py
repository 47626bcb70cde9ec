"""Make the reference texts anew: build the sample sites, and ask a browser what readers see of each page.

    python benchmarks/visible/render.py FOLDER [SITE …]

FOLDER is where the sites are built; what npm installs there is kept for the next time. Needs the generators and
Chromium (README.md says which, and what counts as visible); writes ``sites/SITE/visible.json``.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
SITES = HERE / "sites"
BROWSER = (
    "chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
).split()
SECONDS = 600  # for one site to be read


class Site(NamedTuple):
    """How a site is built (into ``out/``) and where its articles stand in the pages."""

    build: tuple[str, ...]
    article: str  # selector of the article; the first match counts
    sources: tuple[str, str]  # a pattern for the paths of its sources, and the addresses of their pages
    left_out: str = ".included"  # selectors of what the generator makes itself, or takes from other files
    titles: str = ""  # selectors of titles that a generator makes of the type of a box where none is given
    settle: int = 300  # milliseconds that the page's own scripts are given


NPM = "npm install --no-audit --no-fund --silent"
FOOTNOTES = ".footnote-ref, .footnote-backref, .footnotes > .sr-only, [data-footnote-ref], [data-footnote-backref]"
GENERATORS = {
    "mkdocs": Site(
        ("mkdocs build --quiet --site-dir out",),
        "article.md-content__inner",
        (r"docs/(.*)\.md", r"/\1.html"),
        f".included, .highlight, .headerlink, .toc, .md-content__button, .md-tags, h1:not([id]), {FOOTNOTES}",
        ".admonition-title, summary",
    ),
    "docusaurus": Site(
        (NPM, "npx docusaurus build --out-dir out"),
        ".theme-doc-markdown",
        (r"docs/([^_].*)\.mdx?", r"/\1"),
        f".included, .hash-link, .theme-code-block, {FOOTNOTES}",
        "[class*=admonitionHeading], summary",
        1500,
    ),
    "github": Site(
        (NPM, "node build.js"),
        "main",
        (r"([^/]+)\.md", r"/\1.html"),
        f".included, {FOOTNOTES}",
        ".markdown-alert-title, summary",
    ),
    "html": Site(
        (),
        "main, article",
        (r"([^/]+)\.html", r"/\1.html"),
    ),
    "hugo": Site(
        ("hugo --quiet --destination out",),
        "main",
        (r"content/(.*)\.md", r"/\1.html"),
        f".included, {FOOTNOTES}",
    ),
    "jekyll": Site(
        ("jekyll build --quiet --destination out",),
        "main",
        (r"(?:_posts/[\d-]+)?([^_/]+)\.md", r"/\1.html"),
        f".included, #markdown-toc, {FOOTNOTES}, .footnote, .reversefootnote",
    ),
    "pandoc": Site(
        ("sh build.sh",),
        "body",
        (r"(.*)\.md", r"/\1.html"),
        f".included, #title-block-header, .citation, .footnote-back, #refs, {FOOTNOTES}",
    ),
    "vitepress": Site(
        (NPM, "npx vitepress build"),
        ".vp-doc",
        (r"([^/]+)\.md", r"/\1.html"),
        f".included, .header-anchor, .table-of-contents, .vp-code-group .tabs, div[class*=language-], {FOOTNOTES}",
        ".custom-block-title, summary",
        1000,
    ),
}


class _Handler(SimpleHTTPRequestHandler):
    """Serves a built site, the reader's page at ``/read``, and takes what it has read at ``/done``."""

    server: _Server

    def do_GET(self) -> None:
        if self.path == "/read":
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(self.server.page.encode())
            return
        super().do_GET()

    def do_POST(self) -> None:
        self.server.answer = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(204)
        self.end_headers()
        self.server.done.set()

    def translate_path(self, path: str) -> str:
        file = super().translate_path(path)
        return f"{file}.html" if not Path(file).exists() and Path(f"{file}.html").exists() else file

    def log_message(self, format: str, *args: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, folder: Path, page: str) -> None:
        super().__init__(("127.0.0.1", 0), partial(_Handler, directory=str(folder)))
        self.page = page
        self.answer: dict[str, list[str] | None] = {}
        self.done = threading.Event()


def pages(name: str) -> dict[str, str]:
    """The sources of a site, and the addresses of the pages that are made of them."""
    source, address = GENERATORS[name].sources
    paths = sorted(path.relative_to(SITES / name).as_posix() for path in (SITES / name).rglob("*"))
    return {path: match.expand(address) for path in paths if (match := re.fullmatch(source, path))}


def build(name: str, work: Path) -> Path:
    """Build a copy of a site; returns the folder with its pages. Pages in HTML are served as they are."""
    folder = work / name
    shutil.rmtree(folder / "out", ignore_errors=True)
    shutil.copytree(SITES / name, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("visible.json"))
    for command in GENERATORS[name].build:
        subprocess.run(command.split(), cwd=folder, check=True)
    return folder / "out" if GENERATORS[name].build else folder


def read(name: str, folder: Path) -> dict[str, list[str] | None]:
    """What readers see of each page of a built site: one string for each block of its article."""
    site = GENERATORS[name]
    task = {
        "pages": pages(name), "article": site.article, "leftOut": site.left_out, "titles": site.titles,
        "settle": site.settle,
    }  # fmt: skip
    script = (HERE / "reader.js").read_text(encoding="utf-8")
    server = _Server(folder, f"<body><script>const SITE = {json.dumps(task)};\n{script}</script>")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        address = f"http://127.0.0.1:{server.server_address[1]}/read"
        options = [f"--user-data-dir={profile}", "--remote-debugging-port=0", address]
        browser = subprocess.Popen([*BROWSER, *options], stderr=subprocess.DEVNULL)
        server.done.wait(SECONDS)
        browser.terminate()
        browser.wait()
    server.shutdown()
    return server.answer


def main() -> None:
    """Build and read the sites that are named, or all."""
    work = Path(sys.argv[1]).resolve()
    for name in sys.argv[2:] or GENERATORS:
        texts = read(name, build(name, work))
        missing = [page for page in pages(name) if not texts.get(page)]
        if missing:
            raise SystemExit(f"{name}: no article was found in {', '.join(missing)}")
        text = json.dumps(texts, indent=1, ensure_ascii=False, sort_keys=True)
        (SITES / name / "visible.json").write_text(text + "\n", encoding="utf-8")
        print(f"{name}: {len(texts)} pages")


if __name__ == "__main__":
    main()
