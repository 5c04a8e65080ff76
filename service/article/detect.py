"""Which language is this? `Detected` or `Unsure`, never a silent default.

Two opinions are weighed against each other, since neither is enough:

- **langdetect** compares character n-grams with the profiles of 55 languages. It is good on long text and useless on
  little: of the first 10 to 20 letters of a news sentence it gets one in seven wrong, most of them with a confidence
  above 0.99. It has NO PROFILE of Malay, Javanese, Sundanese, Minangkabau and calls them Indonesian, with full
  confidence.
- **The classifier** (`classifier.py`) knows those, and was trained on pieces as short as headlines; of most other
  languages it can only say that they are none of its own. langdetect then names them.

langdetect's word counts the more, the longer the text; `docs/detection.md` has what each adds. What comes out is a
probability: of the answers given with 0.9, nine in ten are right.

langdetect samples at random. We hold a factory of our own with a fixed seed, so that every process answers the same
text alike, whatever was asked before and whoever else uses the library: each detector seeds a generator of its own from
its factory, and we load the profiles in the order of their names, not of the file system.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, Final

from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory
from langdetect.lang_detect_exception import LangDetectException

from service.article import classifier
from service.article.classifier import NAMES, OTHERS
from service.article.types import ATOM, Candidate, Detected, Unsure
from service.article.words import FUNCTION_WORDS, share, tokens, without_addresses

SEED: Final = 20251104

WORDS_NEEDED: Final = 2
LETTERS_NEEDED: Final = 10
"""With less there is nothing to go by. Words of one or two letters do not count."""

CONFIDENCE_NEEDED: Final = 0.8
"""With less we are unsure: one answer in five would be wrong."""

SURE: Final = 0.99
"""What a block or a sentence is taken for another language than the article's with, since it is then left as it is."""

FOREIGN_WORDS_NEEDED: Final = 4

_PLAIN: Final = 0.25
"""Share of function words from which a text is plainly in their language: 87 % of English and 64 % of Indonesian news
sentences, and of those in other languages 0.5 % at most (Dutch for English), 5 % of Minangkabau for Indonesian."""

SURE_OF_QUOTATION: Final = 0.95
QUOTED_WORDS_NEEDED: Final = 3
"""With these, of 3,600 quotations in news, talks and an encyclopedia all that are told to be in the other language are:
titles and names, most of them. Of those of ten and more words 94 % are told."""

_PIECE, _PIECES = 400, 8
"""A long text is judged by so many pieces, from all of it, of so many characters each."""

_ALIASES: Final = {"in": "id", "iw": "he", "tl": "fil", "zh-cn": "zh", "zh-tw": "zh"}

_NOISE: Final = re.compile(rf"&#?\w+;|[\d{ATOM}_]+")

_CODE: Final = re.compile(r"[{}\[\]<>=;|\\$`~^@#]|\(\)|[-=]>|::|//|\w(?:\(|\.(?=[A-Za-z_])|_(?=\w))|[a-z](?=[A-Z])")
"""Signs of a programming language, a path, a table."""

_STATEMENT: Final = re.compile(
    r"\s*(?:SELECT|INSERT|UPDATE|DELETE|def|class|function|const|let|var|return|public|private|#include)\b.*[;{]\s*"
)

_SIGNS_OF_CODE: Final = 0.4
"""Signs a word from which a line is code and in no language."""

_MALAY: Final = (1.5, 300)
"""How much more seldom a desk meets Malay than the classifier was shown it: so much, and this over the square of the
words. What is as good in Malay is Indonesian here, a headline the more: few of its words could tell."""

_HALF_TRUST: Final = 6
"""Letters of which langdetect's answer is worth half. Of 50 it is worth 0.9."""

_BY_CHANCE: Final = 0.05
"""How probable any answer of langdetect's is where it says nothing about the text."""

_ONE_OF_OTHERS: Final = 0.05
"""How probable one language is among those that the classifier does not tell apart."""

_UNPROFILED: Final = frozenset("ms jv su min ace ban bjn bug mad nij bbc".split())
"""Languages that the classifier knows and langdetect has no profile of. It takes them for one of its own."""

_MISTAKEN_FOR: Final = frozenset({"id", "fil"})
"""The languages known to both that it takes them for."""


@cache
def _factory() -> DetectorFactory:
    """Our own langdetect factory, complete before anybody sees it: two threads would only build it twice."""
    profiles = sorted(path for path in Path(PROFILES_DIRECTORY).iterdir() if not path.name.startswith("."))
    factory = DetectorFactory()
    factory.load_json_profile([path.read_text("utf-8") for path in profiles if path.is_file()])
    factory.set_seed(SEED)
    return factory


def warm() -> None:
    """Load profiles and classifier (0.3 s), so that the first article need not wait for them."""
    _factory()
    classifier.bundled()


def normalise(language: str) -> str:
    """The first subtag of a language code, in today's spelling.

    >>> normalise("zh-cn"), normalise("in"), normalise("id_ID")
    ('zh', 'id', 'id')
    """
    code = language.strip().casefold().replace("_", "-")
    first = code.partition("-")[0]
    return _ALIASES.get(code) or _ALIASES.get(first, first)


def prose(text: str) -> str:
    """The text, as far as it is looked at, without what is in no language: code, addresses, handles, digits, atoms."""
    kept = [line for line in _sample(text).splitlines() if not _is_code(line)]
    return " ".join(_NOISE.sub(" ", without_addresses("\n".join(kept))).split())


def _is_code(line: str) -> bool:
    said = without_addresses(line)
    return bool(_STATEMENT.fullmatch(line)) or len(_CODE.findall(said)) > _SIGNS_OF_CODE * max(2, len(said.split()))


def _sample(text: str) -> str:
    if len(text) <= _PIECE * _PIECES:
        return text
    return " ".join(text[place * len(text) // _PIECES :][:_PIECE] for place in range(_PIECES))


def profiled(said: str) -> dict[str, float]:
    """What langdetect thinks of a text; empty where it finds nothing to go by. It ignores words in capitals."""
    upper = sum(map(str.isupper, said))
    detector: Any = _factory().create()
    detector.append(said.lower() if 2 * upper > sum(map(str.isalpha, said)) else said)
    try:
        found = detector.get_probabilities()
    except LangDetectException:
        return {}
    told: dict[str, float] = {}
    for language in found:
        code = normalise(language.lang)
        told[code] = told.get(code, 0.0) + language.prob
    return told


def classified(said: str) -> dict[str, float]:
    """What the classifier thinks of a text; empty where that is in no Latin letters.

    Names alone have a capital each, or none: one word that is written small among others with capitals tells that it is
    not only names.
    """
    words = tokens(said)
    plain = sum("a" <= letter <= "z" for word in words for letter in word)
    if not words or 2 * plain < sum(map(len, words)):
        return {}
    told = classifier.bundled().probabilities(words)
    seldom, in_few_words = _MALAY
    told["ms"] /= seldom + in_few_words / len(words) ** 2
    if any(map(str.isupper, said)) and re.search(r"\b[^\W\d_A-Z][^\W\d_]{3,}", said):
        del told[NAMES]
    whole = sum(told.values())
    return {language: chance / whole for language, chance in told.items()}


def weighed(ours: dict[str, float], theirs: dict[str, float], letters: int) -> dict[str, float]:
    """Both opinions as one (Bayes): the classifier's, times how probable langdetect's would be in each language.

    With the chance `trust`, langdetect's answer says something about the text, else it is any.
    """
    if not ours or not theirs:
        return ours or theirs
    trust = letters / (letters + _HALF_TRUST)
    unknown = {language: chance for language, chance in theirs.items() if language not in ours}
    mistaken = sum(unknown.values()) + sum(theirs.get(language, 0.0) for language in _MISTAKEN_FOR)
    joint: dict[str, float] = {}
    for language, chance in ours.items():
        if language == OTHERS:
            for other, share_ in unknown.items():
                joint[other] = chance * _ONE_OF_OTHERS * (trust * share_ + (1 - trust) * _BY_CHANCE)
            joint[OTHERS] = chance * (1 - trust) * _BY_CHANCE
        else:
            told = mistaken if language in _UNPROFILED else theirs.get(language, 0.0)
            joint[language] = chance * (trust * told + (1 - trust) * _BY_CHANCE)
    whole = sum(joint.values())
    return {language: chance / whole for language, chance in joint.items()}


def _ranked(said: str) -> tuple[Candidate, ...]:
    letters = sum(map(str.isalpha, said))
    told = weighed(classified(said), profiled(said), letters) if letters else {}
    ranked = sorted(told.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Candidate(code, round(chance, 4)) for code, chance in ranked if chance >= 0.01)


def detect(text: str) -> Detected | Unsure:
    """The language of a text of any length, with a confidence between 0 and 1.

    Give it the whole article where there is one: the more text, the better the answer. `Unsure.reason` is for
    a person and says what to do.
    """
    return _answer(prose(text))


def _answer(said: str) -> Detected | Unsure:
    ranked = _ranked(said)
    candidates = tuple(candidate for candidate in ranked if candidate.language not in (NAMES, OTHERS))
    reason = _doubt(said, ranked)
    if reason:
        return Unsure(candidates, f"{reason} Send more text, or name the language.")
    return Detected(candidates[0].language, candidates[0].confidence, candidates)


def _doubt(said: str, ranked: tuple[Candidate, ...]) -> str:
    """Why the best candidate cannot be believed, as a sentence; empty where it can."""
    letters = sum(map(str.isalpha, said))
    if not letters:
        return "There are no words in this text."
    if not ranked or ranked[0].language == OTHERS:
        return "No language that we know resembles this text."
    if ranked[0].language == NAMES:
        return "There seem to be only names in this text."
    spaced = any("a" <= letter <= "z" for letter in said.lower())
    if letters < LETTERS_NEEDED or (spaced and sum(len(word) > 2 for word in tokens(said)) < WORDS_NEEDED):
        return f"Its {letters} letters are too few to tell the language."
    if ranked[0].confidence < CONFIDENCE_NEEDED:
        likely = [one.language for one in ranked if one.language not in (NAMES, OTHERS) and one.confidence >= 0.05]
        return f"It may be in {' or '.join(likely)}."
    return ""


def is_doubtful(text: str, article_language: str) -> bool:
    """Whether a block or a sentence may be in another language than the article: the classifier is sure that it is not
    in the article's. Cheap, which `block_language` is not."""
    return not _plainly(text, article_language) and _is_doubtful(prose(text), article_language)


def _plainly(text: str, language: str) -> bool:
    """Whether the function words of a language tell that a text is in it: which takes no model to see, of most
    sentences. A Malay sentence is plainly Indonesian to this, and is translated as such."""
    return share(tokens(text), normalise(language)) >= _PLAIN


def _is_doubtful(said: str, article_language: str) -> bool:
    if len(tokens(said)) < FOREIGN_WORDS_NEEDED:
        return False
    told = classified(said)
    return told.get(normalise(article_language), 0.0) + told.get(NAMES, 0.0) <= 1 - SURE


def likelier(text: str, language: str, other: str) -> bool:
    """Whether a sentence, however short, is rather in the one language than in the other."""
    told = classified(prose(text))
    return told.get(normalise(language), 0.0) > told.get(normalise(other), 0.0)


def quoted_language(text: str, article_language: str) -> str | None:
    """Which of the languages that we know words of a quotation is in, where that is not the article's, else None.

    Less is asked than of a sentence: the newsroom's own words do not stand in quotation marks in another language.
    """
    said = prose(text)
    if len(tokens(said)) < QUOTED_WORDS_NEEDED:
        return None
    told = classified(said)
    found = max(FUNCTION_WORDS, key=lambda language: told.get(language, 0.0))
    return found if found != normalise(article_language) and told.get(found, 0.0) >= SURE_OF_QUOTATION else None


def block_language(text: str, article_language: str) -> str | None:
    """The language of a block, or of a sentence, where it is surely another than the article's, else None.

    langdetect takes milliseconds, so it is asked only about doubtful ones. Machine-spun English has lost many of its
    function words and must not be taken for another language: what replaces them has to be more than the few that any
    text has of another.
    """
    said = prose(text)
    if _plainly(text, article_language) or not _is_doubtful(said, article_language):
        return None
    found = _answer(said)
    if isinstance(found, Unsure) or found.language == normalise(article_language) or found.confidence < SURE:
        return None
    words = tokens(said)
    if found.language in FUNCTION_WORDS and share(words, found.language) <= share(words, normalise(article_language)):
        return None
    return found.language
