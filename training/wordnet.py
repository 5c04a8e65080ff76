"""Princeton's WordNet from its own files (Debian: wordnet-base): what is a synonym of what, and word forms."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

PARTS: Final = {"noun": "n", "verb": "v", "adj": "a", "adv": "r"}
"""The files by part of speech, and the letter for it."""

_SIMILAR: Final = "&"
_VOWELS: Final = "aeiou"
_PLAIN: Final = re.compile(r"[a-z][a-z'-]*(?: [a-z'-]+){0,2}")

Mates = dict[tuple[str, str], dict[str, float]]
"""By word and part of speech, other words with a weight: 1.0 in one set, less in a similar one."""

Irregular = Mapping[str, Mapping[str, list[str]]]
"""By part of speech, the forms of each word that no rule makes."""

SIMILAR_WEIGHT: Final = 0.3


def mates(folder: Path) -> Mates:
    """The synonyms of each word in all its senses together, as a spinner takes them."""
    found: Mates = defaultdict(dict)
    for name, part in PARTS.items():
        sets: dict[str, list[str]] = {}
        similar: list[tuple[str, str]] = []
        for place, words, near in _sets(folder / f"data.{name}"):
            sets[place] = words
            similar += [(place, other) for other in near]
        for words in sets.values():
            for word in words:
                found[word, part].update({other: 1.0 for other in words if other != word})
        for place, other in similar:
            for word in sets[place]:
                for mate in sets.get(other, ()):
                    if mate != word:
                        found[word, part].setdefault(mate, SIMILAR_WEIGHT)
    return {key: others for key, others in found.items() if others}


def _sets(file: Path) -> Iterator[tuple[str, list[str], list[str]]]:
    """The synonym sets of a file: where it stands, its words, where similar ones stand (wndb(5WN))."""
    for line in file.read_text("latin-1").splitlines():
        if line.startswith("  "):
            continue  # the licence
        fields = line.partition(" | ")[0].split()
        count = int(fields[3], 16)
        words = [re.sub(r"\(\w+\)$", "", word).replace("_", " ") for word in fields[4 : 4 + 2 * count : 2]]
        pointers = fields[5 + 2 * count :]
        near = [pointers[at + 1] for at in range(0, len(pointers) - 3, 4) if pointers[at] == _SIMILAR]
        # a name that is written like a common word is a spinner's favourite: As, the element, for "as"
        yield fields[0], [*dict.fromkeys(word.lower() for word in words if _PLAIN.fullmatch(word.lower()))], near


def irregular(folder: Path) -> Irregular:
    """By part of speech, the forms of each word that no rule makes."""
    found: dict[str, dict[str, list[str]]] = {}
    for name, part in PARTS.items():
        forms = found.setdefault(part, defaultdict(list))
        for line in (folder / f"{name}.exc").read_text("latin-1").splitlines():
            form, *words = line.replace("_", " ").split()
            for word in words:
                forms[word].append(form)
    return found


def forms(word: str, part: str, exceptions: Irregular) -> dict[str, list[str]]:
    """The forms of a word by what they are: `base`, plural or third person `s`, past or participle `ed`, `ing`,
    `er`, `est`; of several words the first is inflected.

    >>> forms("take", "v", {"v": {"take": ["taken", "took"]}})
    {'base': ['take'], 's': ['takes'], 'ing': ['taking'], 'ed': ['taken', 'took']}
    """
    head, space, rest = word.partition(" ")
    odd = [form for form in exceptions.get(part, {}).get(head, ()) if form != head]
    if part == "n":
        return {"base": [word], "s": odd or [_plural(word)]}
    if part == "v":
        continuous = [form for form in odd if form.endswith("ing")]
        third = [form for form in odd if form.endswith("s")]
        past = [form for form in odd if form not in continuous and form not in third]
        made = {
            "base": [head],
            "s": third or [_plural(head)],
            "ing": continuous or _with(head, "ing"),
            "ed": past or _with(head, "ed"),
        }
        return {kind: [one + space + rest for one in each] for kind, each in made.items()}
    if part == "a" and not space and len(word) < 9 and "-" not in word:
        return {
            "base": [word],
            "er": [form for form in odd if form.endswith("r")] or _with(word, "er"),
            "est": [form for form in odd if form.endswith("st")] or _with(word, "est"),
        }
    return {"base": [word]}


def _plural(word: str) -> str:
    if re.search(r"(?:s|x|z|ch|sh)$", word):
        return word + "es"
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + ("es" if re.search(r"[^aeiou]o$", word) and len(word) < 5 else "s")


def _with(word: str, ending: str) -> list[str]:
    """A word with an ending that begins with a vowel; both spellings of a final l."""
    if word.endswith("e") and (ending[0] == "e" or not word.endswith(("ee", "ye", "oe"))):
        return [word[:-1] + ending]
    if re.search(r"[^aeiou]y$", word) and ending[0] == "e":
        return [word[:-1] + "i" + ending]
    if re.fullmatch(r"[^aeiou]*[aeiou][bdfgklmnprtvz]", word):
        return [word + word[-1] + ending]
    return [word + ending, word + "l" + ending] if re.search(r"[^aeiou][aeiou]l$", word) else [word + ending]
