"""How well faults of a source are found and mended: in clean articles (false alarms) and in the same ones damaged.

`python -m bench.sources PAIRS.tsv… [PAGE.md]`, with lines of `english<TAB>indonesian`. An article is twenty sentences
in five paragraphs; each is damaged in every way below, by a generator with a fixed seed, so that the numbers are the
same on every machine. Prints Markdown; `make evaluate-source` puts it into docs/source.md, section by section.
"""

from __future__ import annotations

import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.page import put
from service.article import markup, repair, sentences, source
from service.article.inline import escape_text, to_text
from service.article.types import Part, SourceQuality

SENTENCES, PARAGRAPHS = 20, 5
LANGUAGES = ("en", "id")

Pairs = Sequence[tuple[str, str]]
Paragraphs = list[str]


@dataclass(frozen=True)
class Clean:
    """An article of a corpus, and the same one in the other language."""

    language: str
    paragraphs: Paragraphs
    other: Paragraphs


def main(files: Sequence[Path], page: Path | None = None) -> None:
    """Measure with the pairs of the files; print, and write between the two comments of a page."""
    pairs = [
        (one[0].strip(), one[1].strip())
        for file in files
        for line in file.read_text("utf-8").splitlines()
        if len(one := line.split("\t")) >= 2
    ]
    said = "\n\n".join(section(pairs) for section in SECTIONS) + "\n"
    print(said)
    if page:
        put(page, said, "evaluate-source")


def articles(pairs: Pairs) -> list[Clean]:
    """The articles that the pairs make, in both languages; headlines among the sentences stand first."""
    made: list[Clean] = []
    size = SENTENCES // PARAGRAPHS
    for at in range(0, len(pairs) - SENTENCES + 1, SENTENCES):
        group = sorted(pairs[at : at + SENTENCES], key=lambda pair: all(text.endswith(".") for text in pair))
        texts = [
            [" ".join(pair[side] for pair in group[n : n + size]) for n in range(0, SENTENCES, size)] for side in (0, 1)
        ]
        made += [Clean("en", texts[0], texts[1]), Clean("id", texts[1], texts[0])]
    return made


# --- damages ---------------------------------------------------------------------------------------------------------


def decoded_as(encoding: str) -> Callable[[Clean, random.Random], Paragraphs]:
    """UTF-8 read as something else; straight apostrophes and quotes are curled first, as newsrooms have them."""

    def damage(clean: Clean, _: random.Random) -> Paragraphs:
        return [garbled(curled(text), encoding) for text in clean.paragraphs]

    return damage


def curled(text: str) -> str:
    """Typographic quotes in place of straight ones."""
    text = re.sub(r"(?<=\w)'(?=\w)", "’", text)
    return re.sub(r'"([^"]*)"', r"“\1”", text)


def garbled(text: str, encoding: str) -> str:
    """UTF-8 read as another encoding; bytes that this does not have become C1 controls, as browsers do it."""
    return "".join(bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in text.encode())


def scanned(clean: Clean, chance: random.Random) -> Paragraphs:
    """One word in twenty misread by a scanner."""
    misread = (
        ("m", "rn"),
        ("rn", "m"),
        ("th", "tb"),
        ("l", "1"),
        ("o", "0"),
        ("w", "vv"),
        ("d", "cl"),
        ("i", "l"),
        ("u", "ii"),
    )

    def spoilt(word: str) -> str:
        fits = [pair for pair in misread if pair[0] in word[1:-1]]
        if not fits or chance.random() > 0.08:
            return word
        right, wrong = chance.choice(fits)
        return word[0] + word[1:].replace(right, wrong, 1)

    return [" ".join(map(spoilt, text.split(" "))) for text in clean.paragraphs]


def cut(clean: Clean, chance: random.Random) -> Paragraphs:
    """The last paragraph breaks off in the middle of a sentence."""
    *rest, last = clean.paragraphs
    words = last.split()
    return [*rest, " ".join(words[: chance.randrange(len(words) // 3, len(words) - 3)]).rstrip(".?!…;:\"'”’)")]


def cut_with_link(clean: Clean, chance: random.Random) -> Paragraphs:
    """The same, with what a feed says then."""
    more = " … [read more]" if clean.language == "en" else "... Baca selengkapnya"
    *rest, last = cut(clean, chance)
    return [*rest, last + more]


def doubled(clean: Clean, chance: random.Random) -> Paragraphs:
    """A paragraph stands twice."""
    again = chance.choice(clean.paragraphs)
    return [*clean.paragraphs, again]


def pressed(clean: Clean, chance: random.Random) -> Paragraphs:
    """Keys were pressed in the place of a paragraph."""
    spam = ("asdf asdf asdf", "qwertyuiop asdfghjkl", "sdfgsdfg dfghdfgh", "jkl; jkljkl fdsafdsa", "aaaaaaaa bbbbbbb")
    at = chance.randrange(len(clean.paragraphs))
    return [*clean.paragraphs[:at], chance.choice(spam), *clean.paragraphs[at:]]


def mixed(clean: Clean, chance: random.Random) -> Paragraphs:
    """Two paragraphs in the other language."""
    places = set(chance.sample(range(PARAGRAPHS), 2))
    return [clean.other[n] if n in places else text for n, text in enumerate(clean.paragraphs)]


def surrounded(clean: Clean, _: random.Random) -> Paragraphs:
    """What a page has around its article."""
    around = (
        ["Share on Facebook Twitter WhatsApp", "ADVERTISEMENT", "Read also: Prices rise again"]
        if clean.language == "en"
        else ["SCROLL TO CONTINUE WITH CONTENT", "Baca juga: Harga beras naik lagi", "Pewarta: Sari Dewi", "(rfs/jbr)"]
    )
    return [clean.paragraphs[0], *around[:2], *clean.paragraphs[1:], *around[2:]]


DAMAGES: tuple[tuple[str, str, Callable[[Clean, random.Random], Paragraphs]], ...] = (
    ("mojibake", "UTF-8 read as Windows-1252", decoded_as("cp1252")),
    ("mojibake", "UTF-8 read as Latin-1", decoded_as("latin-1")),
    ("mojibake", "UTF-8 read as Mac Roman", decoded_as("mac-roman")),
    ("ocr-noise", "a scanner's misreadings", scanned),
    ("truncated", "breaks off in a sentence", cut),
    ("truncated", "breaks off, with “read more”", cut_with_link),
    ("duplicated-paragraph", "a paragraph twice", doubled),
    ("keyboard-spam", "pressed keys", pressed),
    ("mixed-languages", "two of five paragraphs in the other language", mixed),
    ("boilerplate", "adverts, share buttons, read-also lines", surrounded),
)


def judged(paragraphs: Paragraphs, language: str) -> SourceQuality:
    """What the service says of an article of these paragraphs."""
    return source.judge(_parts(paragraphs, language), language)


def _parts(paragraphs: Paragraphs, language: str) -> tuple[Part, ...]:
    html = "".join(f"<p>{escape_text(text)}</p>" for text in paragraphs)
    return sentences.segmented([markup.html_part("body", html)], language)


# --- sections --------------------------------------------------------------------------------------------------------


def findings(pairs: Pairs) -> str:
    """Precision and recall of each finding, and the share of clean articles that it is said of."""
    clean = articles(pairs)
    alarms: dict[str, Counter[str]] = {language: Counter() for language in LANGUAGES}
    spent, unsound = 0.0, 0
    for one in clean:
        begun = time.process_time()
        quality = judged(one.paragraphs, one.language)
        spent += time.process_time() - begun
        unsound += not quality.sound
        alarms[one.language].update({finding.code for finding in quality.findings})
    found: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    damaged: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for code, name, damage in DAMAGES:
        chance = random.Random(name)
        for one in clean:
            paragraphs = damage(one, chance)
            if paragraphs == one.paragraphs:
                continue
            codes = {finding.code for finding in judged(paragraphs, one.language).findings}
            damaged[name] += 1
            found[name] += code in codes
            wrong.update(codes - {code})
            asked.update({other for other, _, _ in DAMAGES if other != code})
    count = len(clean) // len(LANGUAGES)
    lines = [
        f"In {len(clean)} clean articles ({count} in each language), and in the same ones damaged; judging one took "
        f"{1e3 * spent / len(clean):.1f} ms. Unsound by mistake: {unsound}.",
        "",
        "| finding | damage | articles | recall | precision | clean en | clean id |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for code, name, _ in DAMAGES:
        false = (wrong[code] + alarms["en"][code] + alarms["id"][code]) / max(1, asked[code] + len(clean))
        share = found[name] / max(1, damaged[name])
        precision = share / (share + false) if share else 0.0
        rates = " | ".join(f"{alarms[language][code] / max(1, count):.1%}" for language in LANGUAGES)
        lines.append(f"| {code} | {name} | {damaged[name]} | {share:.1%} | {precision:.1%} | {rates} |")
    others = {code for language in LANGUAGES for code in alarms[language]} - {code for code, _, _ in DAMAGES}
    for code in sorted(others):
        rates = " | ".join(f"{alarms[language][code] / max(1, count):.1%}" for language in LANGUAGES)
        lines.append(f"| {code} | | | | | {rates} |")
    note = (
        "Recall: of the articles that the damage changed. Precision: of as many articles with it as without; those "
        "without are the clean ones and those damaged otherwise."
    )
    return "\n".join([*lines, "", note])


def repairs(pairs: Pairs) -> str:
    """How much of what was decoded wrongly is put right, and how much of clean text is touched."""
    clean = articles(pairs)
    lines = [
        "| decoded as | paragraphs | as they were before | changes that are right |",
        "| --- | --- | --- | --- |",
    ]
    for encoding in ("cp1252", "latin-1", "mac-roman"):
        paragraphs = whole = changes = right = 0
        for one in clean:
            texts = [curled(text) for text in one.paragraphs]
            spoilt = [garbled(text, encoding) for text in texts]
            for text, bad in zip(texts, spoilt, strict=True):
                if text == bad:
                    continue
                made, mended = _mended(bad)
                paragraphs += 1
                whole += mended == text
                changes += made
                right += made if mended == text else 0
        same, good = whole / max(1, paragraphs), right / max(1, changes)
        lines.append(f"| {encoding} | {paragraphs} | {same:.1%} | {good:.1%} of {changes} |")
    touched = [text for one in clean for text in one.paragraphs if _mended(text)[0]]
    count = sum(len(one.paragraphs) for one in clean)
    lines += ["", f"Of {count} clean paragraphs {len(touched)} were touched."]
    return "\n".join(lines)


def _mended(text: str) -> tuple[int, str]:
    """How many changes are proposed in a text, and the text with them."""
    part = markup.html_part("body", f"<p>{escape_text(text)}</p>")
    changes, _ = repair.proposed(part.blocks)
    (mended,) = repair.applied([part], changes)
    return len(changes), "".join(to_text(block.content) for block in mended.blocks)


SECTIONS: tuple[Callable[[Pairs], str], ...] = (findings, repairs)
"""The sections of the page, each made of the pairs."""


if __name__ == "__main__":
    pages = [Path(name) for name in sys.argv[1:] if name.endswith(".md")]
    main([Path(name) for name in sys.argv[1:] if not name.endswith(".md")], pages[0] if pages else None)
