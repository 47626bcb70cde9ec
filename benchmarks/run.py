"""Measure, and write ``docs/benchmarks.md``.

    python benchmarks/run.py                          speed, growth, families and index: some minutes
    python benchmarks/run.py --only speed,hostile     these sections only; the slow ones are asked for by name
    python benchmarks/run.py --only ""                measure nothing: write the page from what was measured

Every section is what another script of this folder prints. It is kept in ``measured/`` with the machine, Python, date
and version that it was measured with, and stands where ``page.md`` names it.
"""

from __future__ import annotations

import argparse
import datetime
import os
import platform
import re
import subprocess
import sys
from pathlib import Path

from acu_lint import __version__

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent / "docs" / "benchmarks.md"
SECTIONS = {
    "speed": ("speed.py",),
    "growth": ("speed.py", "growth"),
    "families": ("families.py",),
    "index": ("index.py",),
    "hostile": ("hostile.py", "--worst", "10"),
    "pairs": ("duplicates.py", "growth"),
    "recall": ("duplicates.py", "recall", "20000"),
    "dask": ("cluster.py",),
    "visible": ("visible/measure.py",),
}
COMMON = ("speed", "growth", "families", "index")
NOTHING = "Not measured yet."
_PLACE = re.compile(r"\{\{(\w+)\}\}")


def machine() -> str:
    """What a section was measured with."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    python = f"{platform.python_implementation()} {platform.python_version()}"
    day = datetime.datetime.now(tz=datetime.UTC).date()
    return f"Measured on {cores} cores ({_processor()}), {python}, {platform.system()}, {day}, version {__version__}."


def _processor() -> str:
    """The name of the processor, where the system tells it."""
    info = Path("/proc/cpuinfo")
    names = re.findall(r"^model name\s*: (.*)$", info.read_text(), re.MULTILINE) if info.exists() else []
    return names[0] if names else platform.machine()


def measure(section: str) -> str:
    """Run the script of a section; returns what it printed, below a line about the machine."""
    script, *arguments = SECTIONS[section]
    print(f"{section} …", file=sys.stderr, flush=True)
    ran = subprocess.run([sys.executable, HERE / script, *arguments], stdout=subprocess.PIPE, text=True, check=True)
    return f"{machine()}\n\n{ran.stdout.strip()}\n"


def page(template: str, measured: dict[str, str]) -> str:
    """The page: each place of the template that names a section holds what was measured for it."""
    return _PLACE.sub(lambda place: measured[place[1]].strip(), template)


def kept() -> dict[str, str]:
    """What was measured last for each section."""
    files = {name: HERE / "measured" / f"{name}.md" for name in SECTIONS}
    return {name: file.read_text(encoding="utf-8") if file.exists() else NOTHING for name, file in files.items()}


def main() -> None:
    """Measure the sections that are asked for, keep each as soon as it is measured, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default=",".join(COMMON), metavar="NAME,…", help=f"some of: {', '.join(SECTIONS)}")
    names = [name for name in parser.parse_args().only.split(",") if name]
    if unknown := [name for name in names if name not in SECTIONS]:
        parser.error(f"no section {', '.join(unknown)}: there are {', '.join(SECTIONS)}")
    for name in names:
        (HERE / "measured" / f"{name}.md").write_text(measure(name), encoding="utf-8")
        PAGE.write_text(page((HERE / "page.md").read_text(encoding="utf-8"), kept()), encoding="utf-8")
    PAGE.write_text(page((HERE / "page.md").read_text(encoding="utf-8"), kept()), encoding="utf-8")


if __name__ == "__main__":
    main()
