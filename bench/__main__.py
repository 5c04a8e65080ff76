"""`python -m bench` (or `make bench`): everything in a few minutes, into bench/RESULTS.md and the README's table."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from bench import report, rounds
from bench.worker import ROOT


def main() -> None:
    """Measure and write, or only print."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="how often everything is measured (default: 5)")
    parser.add_argument("--corpus", type=Path, help="lines of English<TAB>Indonesian, 1,320 or more, instead of ours")
    parser.add_argument("--print", action="store_true", help="print the results and write nothing")
    parser.add_argument("--quick", action="store_true", help="a few sentences without Argos, to see that it works")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        if options.quick:
            found = rounds.quick(Path(scratch))
        else:
            found = rounds.run(Path(scratch), rounds=options.rounds, corpus=options.corpus)
    text = report.results(found)
    print(text)
    if not (options.quick or options.print):
        (ROOT / "bench" / "RESULTS.md").write_text(text, encoding="utf-8")
        readme = ROOT / "README.md"
        readme.write_text(report.with_summary(readme.read_text(encoding="utf-8"), text), encoding="utf-8")


if __name__ == "__main__":
    main()
