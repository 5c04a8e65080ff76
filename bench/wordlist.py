"""Makes service/data/words.txt.gz, the ordinary words of English and Indonesian (see service/data/README.md).

    python -m bench.wordlist CORPUS ENGLISH…

CORPUS is a folder of `English<TAB>Indonesian` files, of which those of clear licence are read; ENGLISH are Debian's
/usr/share/dict/american-english and british-english. A word in lower case stands for itself in any case; one with a
capital was only ever written so.
"""

from __future__ import annotations

import gzip
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

FILES = (
    "tatoeba", "tico19", "docs-react", "docs-ethereum", "docs-opensource-guide", "docs-tldr", "docs-nodejs",
    "xpersona", "ui-bitcoin-org", "dictionary",
)  # fmt: skip
OUT = Path(__file__).parent.parent / "service" / "data" / "words.txt.gz"
_WORD = re.compile(r"[^\W\d_]{2,}(?:-[^\W\d_]+)*")


def words(corpus: Path, names: set[str]) -> Iterator[tuple[str, bool]]:
    """The words of both sides, and whether each begins a line (where a capital says nothing).

    The chats are written in lower case throughout: of theirs what is a name in English (`names`) is left out.
    """
    for name in FILES:
        for line in (corpus / f"{name}.tsv").read_text(encoding="utf-8").splitlines():
            for side in line.split("\t")[:2]:
                for index, match in enumerate(_WORD.finditer(side)):
                    if name != "xpersona" or match[0] not in names:
                        yield match[0], index == 0


def main(corpus: Path, *lists: Path) -> None:
    """Write the list: sorted, compressed, the same bytes each time."""
    everything = (word for file in lists for word in file.read_text(encoding="utf-8").split())
    english = {word for word in everything if "'" not in word and len(word) > 1}
    names = {word.lower() for word in english if word.istitle()} - english
    lower = {word for word in english if word.islower()}
    upper = Counter({word: 2 for word in english if word.istitle()})
    for word, first in words(corpus, names):
        lower.update([word] if word.islower() else ())
        upper.update([word] if word.istitle() and not first else ())
    listed = sorted(lower | {word for word, count in upper.items() if count > 1 and word.lower() not in lower})
    OUT.write_bytes(gzip.compress("\n".join(listed).encode(), mtime=0))
    print(f"{len(listed)} words, {len(lower)} in lower case; {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
