"""Which language is this? `Detected` or `Unsure`, never a silent default.

langdetect compares character n-grams with the profiles of 55 languages and is good on long text. What it
cannot do is kept from doing harm here:

- It samples at random. We hold a factory of our own with a fixed seed, so that every process answers the
  same text alike, whatever was asked before and whoever else uses the library: each detector seeds a
  generator of its own from its factory, and we load the profiles in the order of their names, not of the
  file system.
- It is sure of itself on far too little text: of the first 10 to 20 letters of a news sentence it gets one
  in seven wrong, most of them with a confidence above 0.99. From 50 letters on it was right in all of 482
  cases. Below that, English and Indonesian are believed only where the function words say the same.
- It ignores words in capitals, so that a text in capitals is no text to it: we lower it first.
- It has NO MALAY PROFILE and calls Malay Indonesian, with full confidence; so it does Minangkabau, Javanese
  and other neighbours. Those without Indonesian's function words are answered with `Unsure`; Malay has
  them, and is called Indonesian until the classifier of the source issue is here.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, Final

from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory
from langdetect.lang_detect_exception import LangDetectException

from service.article.types import ATOM, Candidate, Detected, Unsure
from service.article.words import FUNCTION_WORDS, share, tokens, without_addresses

SEED: Final = 20251104

LETTERS_NEEDED: Final = 50
"""From here on the n-grams alone are believed."""

LETTERS_AT_LEAST: Final = 20
"""Below this nothing is believed."""

_PIECE, _PIECES = 400, 8
"""A long text is judged by so many pieces, from all of it, of so many characters each."""

CONFIDENCE_NEEDED: Final = 0.9

BLOCK_WORDS_NEEDED: Final = 8

_SUPPORT: Final = {"en": 0.2, "id": 0.12}
"""Share of function words with which a short text bears out its language."""

_PROSE_SUPPORT: Final = 0.05
"""Share of Indonesian function words below which a long text is not Indonesian but one of its neighbours."""

_ALIASES: Final = {"in": "id", "iw": "he", "zh-cn": "zh", "zh-tw": "zh"}

_NOISE: Final = re.compile(rf"&#?\w+;|[\d{ATOM}_]+")


@cache
def _factory() -> DetectorFactory:
    """Our own langdetect factory, complete before anybody sees it: two threads would only build it twice."""
    profiles = sorted(path for path in Path(PROFILES_DIRECTORY).iterdir() if not path.name.startswith("."))
    factory = DetectorFactory()
    factory.load_json_profile([path.read_text("utf-8") for path in profiles if path.is_file()])
    factory.set_seed(SEED)
    return factory


def warm() -> None:
    """Load the profiles (0.2 s), so that the first article need not wait for them."""
    _factory()


def normalise(language: str) -> str:
    """The first subtag of a language code, in today's spelling.

    >>> normalise("zh-cn"), normalise("in"), normalise("id_ID")
    ('zh', 'id', 'id')
    """
    code = language.strip().casefold().replace("_", "-")
    first = code.partition("-")[0]
    return _ALIASES.get(code) or _ALIASES.get(first, first)


def _letters(text: str) -> str:
    """The text, as far as it is looked at, without what is in no language: addresses, handles, digits, atoms."""
    stripped = " ".join(_NOISE.sub(" ", without_addresses(_sample(text))).split())
    upper = sum(map(str.isupper, stripped))
    lower = sum(map(str.islower, stripped))
    return stripped.lower() if upper > lower else stripped


def _words(text: str) -> list[str]:
    """The words of what is looked at."""
    return tokens(_NOISE.sub(" ", without_addresses(_sample(text))))


def _sample(text: str) -> str:
    if len(text) <= _PIECE * _PIECES:
        return text
    return " ".join(text[place * len(text) // _PIECES :][:_PIECE] for place in range(_PIECES))


def _candidates(text: str) -> tuple[Candidate, ...]:
    """What langdetect thinks of a cleaned text, best first; empty where it finds nothing to go by."""
    detector: Any = _factory().create()
    detector.append(text)
    try:
        found = detector.get_probabilities()
    except LangDetectException:
        return ()
    best: dict[str, float] = {}
    for language in found:
        code = normalise(language.lang)
        best[code] = best.get(code, 0.0) + language.prob
    ranked = sorted(best.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Candidate(code, round(min(confidence, 1.0), 4)) for code, confidence in ranked)


def detect(text: str) -> Detected | Unsure:
    """The language of a text of any length, with a confidence between 0 and 1.

    Give it the whole article where there is one: the more text, the better the answer. `Unsure.reason` is for
    a person and says what to do.
    """
    cleaned = _letters(text)
    count = sum(map(str.isalpha, cleaned))
    candidates = _candidates(cleaned) if count else ()
    reason = _doubt(cleaned, count, candidates)
    if reason:
        return Unsure(candidates, f"{reason} Send more text, or name the language.")
    return Detected(candidates[0].language, candidates[0].confidence, candidates)


def _doubt(cleaned: str, letters: int, candidates: tuple[Candidate, ...]) -> str:
    """Why the best candidate cannot be believed, as a sentence; empty where it can."""
    if not letters:
        return "There are no words in this text."
    if not candidates:
        return "No language that we know resembles this text."
    if letters < LETTERS_AT_LEAST:
        return f"Its {letters} letters are too few to tell the language."
    language = candidates[0].language
    if candidates[0].confidence < CONFIDENCE_NEEDED:
        return f"It may be in {' or '.join(candidate.language for candidate in candidates)}."
    words = tokens(cleaned)
    support = share(words, language)
    if letters < LETTERS_NEEDED and support < _SUPPORT.get(language, 1.0):
        return f"It resembles {language}, but is too short to be sure."
    if language == "id" and len(words) >= BLOCK_WORDS_NEEDED and support < _PROSE_SUPPORT:
        return "It resembles Indonesian but lacks its common words: it may be a related language."
    return ""


def is_doubtful(text: str, article_language: str) -> bool:
    """Whether a block may be in another language than the article: it has eight words or more, and the article's
    function words are rare in it. Cheap, which `block_language` is not."""
    words = _words(text)
    language = normalise(article_language)
    return len(words) >= BLOCK_WORDS_NEEDED and share(words, language) < _SUPPORT.get(language, 1.0)


def block_language(text: str, article_language: str) -> str | None:
    """The language of a block where it is surely another than the article's, else None.

    langdetect takes milliseconds, so it is asked only about doubtful blocks. Machine-spun English has lost many of
    its function words and must not be taken for another language: the answer must be sure, and not merely a near
    miss.
    """
    if not is_doubtful(text, article_language):
        return None
    article_language = normalise(article_language)
    words = _words(text)
    own = share(words, article_language)
    found = detect(text)
    if isinstance(found, Unsure) or found.language == article_language or found.confidence < 0.99:
        return None
    if found.language in FUNCTION_WORDS and share(words, found.language) <= own:
        return None
    return found.language
