#!/usr/bin/env python3
"""Compares whole processes on the same documents, on one core and in turns: the table of docs/performance.md.

    cargo build --release --workspace
    benches/compare.py [RUNS]        # default: 15

Needs xmllint (libxml2-utils), Python's lxml, and a Unix. Each figure is the minimum of all runs: other load on the
machine can only increase it.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RELEASE = ROOT / "target" / "release"
POOLS = ["se000000-1.contoso.com", "se000000-2.contoso.com"]
SIZES = [30_000, 1_000_000, 10_000_000]


def commands(document, out):
    """The measured commands by name."""
    poolpair, bare = str(RELEASE / "poolpair"), str(RELEASE / "bare")
    return {
        "check": [poolpair, "check", document, "--quiet"],
        "xmllint --sax": [shutil.which("xmllint"), "--sax", "--noout", "--huge", document],
        "quick-xml": [bare, document],
        "read": [bare, "--read", document],
        "apply": [poolpair, "apply", document, "--pool", POOLS[0], "--backup", POOLS[1], "--quiet",
                  "--out-dir", f"{out}/bundle"],
        "lxml script": [sys.executable, str(ROOT / "benches" / "pair.py"), document, *POOLS, f"{out}/written.xml"],
    }


def run(command, quiet):
    """Processor time and wall clock in milliseconds, and peak memory in bytes."""
    actions = [(os.POSIX_SPAWN_DUP2, quiet, 1), (os.POSIX_SPAWN_DUP2, quiet, 2)]
    start = time.perf_counter()
    child = os.posix_spawn(command[0], command, os.environ, file_actions=actions)
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        sys.exit(f"failed: {' '.join(command)}")
    return (usage.ru_utime + usage.ru_stime) * 1000, wall * 1000, usage.ru_maxrss * 1024


def measure(document, out, runs):
    """The minimum of each figure, by the name of the command."""
    best = {}
    with open(os.devnull, "w") as null:
        for _ in range(runs):
            shutil.rmtree(f"{out}/bundle", ignore_errors=True)
            for name, command in commands(document, out).items():
                found = run(command, null.fileno())
                best[name] = tuple(map(min, zip(best.get(name, found), found)))
    return best


def report(size, best):
    """Prints one table per document."""
    print(f"\n### {size:,} bytes\n".replace(",", " "))
    print("| | processor time | wall clock | memory |\n| --- | ---: | ---: | ---: |")
    for name, (busy, wall, memory) in best.items():
        print(f"| {name} | {busy:.1f} ms | {wall:.1f} ms | {memory / 2**20:.1f} MiB |")
    ratio = lambda one, other: best[one][0] / best[other][0]
    print(f"\n`check`: {ratio('check', 'xmllint --sax'):.2f} times xmllint, {best['check'][2] / size:.1f} times the document"
          f" in memory. `apply`: {1 / ratio('apply', 'lxml script'):.2f} times as fast as the script,"
          f" {best['apply'][2] / size:.1f} times the document in memory.")


def main():
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    os.sched_setaffinity(0, {0})
    with tempfile.TemporaryDirectory() as out:
        for size in SIZES:
            document = f"{out}/topology.xml"
            subprocess.run([RELEASE / "topogen", "unpaired", str(size), document], check=True)
            report(os.path.getsize(document), measure(document, out, runs))


main()
