"""Negation across English and Indonesian: a lost `not` turns a sentence into its opposite and reads well all the same.

Two lists a language. The plain negations are what is looked for on one side; on the other anything that may stand
for one will do (`membantah` for *not true*, `impossible` for *tidak mungkin*), so that free translation is no alarm.
"""

from __future__ import annotations

import re
from typing import Final

_PLAIN: Final = {
    "en": re.compile(r"\b(?:not|never|cannot|without|nobody|neither)\b|n['’]t\b|\bno (?=[a-z]{3})", re.IGNORECASE),
    "id": re.compile(r"\b(?:tidak|tak|bukan|belum|tanpa|jangan|nggak|enggak|tidaklah|bukanlah)\b", re.IGNORECASE),
}
_NO_NEGATION: Final = {
    "en": re.compile(
        r"\bnot (?:only|just|merely|simply|least|to mention)\b|\bif not\b|\b(?:or|whether or) not\b"
        r"|\bno (?:longer|matter|doubt|less|more|fewer|later|other|one)\b|\bisn['’]t it\b|\bwhy not\b"
        r"|\bcannot but\b|\bnot until\b",
        re.IGNORECASE,
    ),
    "id": re.compile(
        r"\b(?:tidak|tak|bukan) (?:hanya|cuma|sekadar|sekedar|saja|lama|lain|jarang|sedikit|kurang|lebih)\b"
        r"|\b(?:tidak|tak) (?:hentinya|jauh|berawak)\b|\bbukan main\b|\bbukankah\b|\b(?:tidak|tak)kah\b"
        r"|\bbelum (?:lama|pernah)\b|\bsebelum\b|\btak (?:pelak|ayal|henti|terhingga|heran)\b|\bmau tidak mau\b"
        r"|\b(?:atau|paling|bagaimana|apakah|maupun) (?:tidak|tak|bukan|belum)\b|\b(?:tidak|belum|bukan)nya\b",
        re.IGNORECASE,
    ),
}
"""Where those words deny nothing, or what they deny is said without them as often."""

_ANY: Final = {
    "en": re.compile(
        r"\b(?:no|none|nothing|nowhere|nor|non|hardly|barely|rarely|seldom|scarcely|instead|rather|unless|yet"
        r"|except|little|few|zero|minus|anything|anyone|any"
        r"|impossible|impractical|incomplete|insufficient|inadequate|illegal|illicit|invalid|inaccurate|indirect\w*"
        r"|inappropriate|improper|inability|incapable|ineligible|inconsistent|inevitabl\w+|irregular|irrelevant|immoral"
        r"|impartial|infinite|immune|imperfect|impatien\w+|independen\w+|informal\w*|insecur\w+|instab\w+|injustice|innocent"
        r"|unlike\w*|un(?!ited|ion|ions|it|its|iversity|ivers\w+|ique|der\w*|til|less)\w{3,}|dis(?:appear|agree|allow|approv|believ|connect|continu|honest|like|miss|obey|order|prov|qualif|regard|respect|satisf)\w*|mis\w{5,}|non\w{4,}"
        r"|anti\w*|\w+less(?:ly|ness)?|lack\w*|fail\w*|den(?:y|ies|ied|ying|ial\w*)|refus\w+|reject\w*|declin\w+"
        r"|prevent\w*|avoid\w*|stop\w*|ceas\w+|ban(?:s|ned)?|forb\w+|prohibit\w*|absen\w+|miss\w*|empty|rid|lose|lost"
        r"|loss|short\w*|weak\w*|poor\w*|bad\w*|wrong\w*|false\w*|doubt\w*|difficult\w*|reluct\w+|oppos\w+"
        r"|depriv\w+|anonym\w+|adverse\w*|far from"
        r"|ignor\w+|forget\w*|forgot\w*|neglect\w*|abandon\w*|withdr\w+|cancel\w*|block\w*|restrict\w*)\b",
        re.IGNORECASE,
    ),
    "id": re.compile(
        r"\b(?:non|anti|nihil|nol|kosong|tiada|meniadakan|ketidak\w+|bebas|membebaskan|kecuali|hanya|cuma|selain|melainkan"
        r"|kurang|kekurangan|gagal|kegagalan|menggagalkan|mustahil|batal\w*|membatalkan|pembatalan|enggan|keengganan|sulit\w*|kesulitan"
        r"|sukar|susah|jarang|sedikit|hampir|nyaris|kehilangan|hilang|putus|lepas|luput|terlepas|absen|cegah|mencegah|pencegahan"
        r"|hindari|menghindar\w*|terhindar|larang|dilarang|melarang|larangan|terlarang|henti\w*|berhenti|menghentikan|dihentikan|penghentian"
        r"|tolak|tertolak|penolakan|menolak|ditolak|membantah|dibantah|bantahan|terbantahkan|menyangkal|sangkalan|memungkiri|menampik"
        r"|mengabaikan|diabaikan|lupa|melupakan|terlupakan|salah|keliru|palsu|ilegal|liar|buruk|lemah|ragu\w*|meragukan|diragukan"
        r"|ketimbang|daripada|alih-alih|bukannya|netral|mandiri|independen|asing|aneh|langka|minim|minus|sia-sia"
        r"|di luar|tanpanya|siapa pun|apa pun|siapapun|apapun|manapun|mana pun|sama sekali)(?:nya|lah)?\b",
        re.IGNORECASE,
    ),
}  # fmt: skip


_SURE: Final = re.compile(
    r"\b(?:tidak|tak|belum)(?:lah)? (?:akan|bisa|dapat|ada|boleh|perlu|mau|ingin|harus|pernah|memiliki|punya|tahu"
    r"|setuju|bersalah|benar|ikut|hadir|datang|sedang|lagi"
    r"|me(?!nentu|mungkin|madai|ngheran|muas|ncukup|nguntung|nyenang|narik)\w{3,}|di\w{3,})\b|\b(?:bukan|jangan)\b",
    re.IGNORECASE,
)
"""Indonesian that denies a deed or a fact; what it denies of a quality (`tak sedap`) is often said without."""


def plain(text: str, language: str) -> str | None:
    """The first plain negation of a text, None where there is none.

    >>> plain("They did not only come.", "en"), plain("Mereka tidak datang.", "id")
    (None, 'tidak')
    """
    if language not in _PLAIN or not _PLAIN[language].search(text):
        return None
    found = _PLAIN[language].search(_NO_NEGATION[language].sub(" ", text))
    return found[0].strip() if found else None


def lost(source: str, target: str, source_language: str, target_language: str) -> str | None:
    """The negation of `source` for which nothing in `target` can stand, None where all is well.

    >>> lost("He will not come.", "Dia akan datang.", "en", "id")
    'not'
    >>> lost("He will not come.", "Dia menolak datang.", "en", "id")
    """
    said = plain(source, source_language)
    if said is None or target_language not in _PLAIN or _PLAIN[target_language].search(target):
        return None
    return None if _ANY[target_language].search(target) else said


def sure(text: str, language: str) -> bool:
    """Whether a text that denies something does it in words for which there always is a negation in the other language.

    >>> sure("Dia tidak akan datang.", "id"), sure("Aromanya tak sedap.", "id"), sure("He will not come.", "en")
    (True, False, True)
    """
    return language == "en" or _SURE.search(_NO_NEGATION["id"].sub(" ", text)) is not None
