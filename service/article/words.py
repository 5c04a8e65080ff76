"""Words as checks see them: tokens, and the function words that betray a language cheaply.

Function words are a language's most frequent words and carry no subject matter: a sentence of eight words
without one of them is rare in running prose, and they are what is left behind when a sentence is left
untranslated. The lists were read off the frequency lists of the training corpus (news, talks,
conversation).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

WORD: Final = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
"""A word with its inner apostrophes and hyphens: `don't` and `orang-orang` are one each."""

ADDRESS: Final = re.compile(
    r"(?:https?://|www\.)\S+"
    r"|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|[@#]\w+",
    re.IGNORECASE,
)
"""What looks like words and is in no language: URLs, e-mail addresses, handles and hashtags."""

_ENGLISH: Final = """
    the of and in to a an is was are were be been it its that this these those for on with as by at from
    has have had he his him she her they their them we our us you your i my me not but or which who whom
    whose what when where why how than then there here if so because while after before between during
    about into over under against will would can could should may might must do does did more most much
    many some any other such only also no nor yet very just still until since through both each every all
    up out down off again being having it's i'm don't that's he's she's they're we're isn't didn't doesn't
    can't won't wasn't
"""
_INDONESIAN: Final = """
    yang dan di ke dari ini itu untuk dengan pada dalam tidak akan adalah oleh sebagai juga karena telah
    sudah bahwa atau dapat bisa ada saya aku anda kamu dia ia mereka kami kita tersebut lebih saat setelah
    sebelum ketika hingga sampai seperti para hanya masih lagi harus tetapi tapi namun jika kalau agar
    bagi terhadap antara secara seorang sebuah sejumlah banyak beberapa sangat saja pun kata katanya
    ujarnya menurut serta maupun sedang belum bukan menjadi merupakan kepada tentang mengenai apa siapa
    bagaimana sejak selama per sehingga sementara oleh hal tak lain semua setiap apakah kapan mana jadi
    lalu
"""

FUNCTION_WORDS: Final[dict[str, frozenset[str]]] = {
    "en": frozenset(_ENGLISH.split()),
    "id": frozenset(_INDONESIAN.split()),
}
"""Function words by language, in lower case, for the languages that the product is tuned to."""


def tokens(text: str) -> list[str]:
    """The words of a text in lower case.

    >>> tokens("Anak-anak don't eat 3 apples.")
    ['anak-anak', "don't", 'eat', 'apples']
    """
    return folded(WORD.findall(text))


def folded(words: Sequence[str]) -> list[str]:
    """Words in lower case, with straight apostrophes.

    >>> folded(["Don’t", "EAT"])
    ["don't", 'eat']
    """
    return " ".join(words).replace("’", "'").casefold().split()


def without_addresses(text: str) -> str:
    """The text with spaces for addresses: all else keeps its place.

    >>> without_addresses("See www.example.org or ask @dewi.")
    'See                 or ask      .'
    """
    if "@" in text or "#" in text or "//" in text or "www." in text.lower():
        return ADDRESS.sub(lambda match: " " * len(match[0]), text)
    return text


def share(words: Sequence[str], language: str) -> float:
    """The share of the words that are function words of the language; 0.0 where it has no list.

    >>> share(tokens("The summit was held in Madrid"), "en")
    0.5
    """
    listed = FUNCTION_WORDS.get(language)
    if not words or not listed:
        return 0.0
    return sum(word in listed for word in words) / len(words)
