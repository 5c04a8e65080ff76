"""What is translated: articles of our own with the markup of a newsroom, or sentences from a file.

Each edition of our two articles names another town, person and ware in every sentence, so that no two are alike and
the service's translation memory knows none of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from service.article import markup, sentences

HERE = Path(__file__).parent / "articles"

_TOWNS = """
Ambon Bandung Batam Bengkulu Bima Binjai Bitung Blitar Bogor Bontang Cilegon Cimahi Cirebon Depok Dumai Ende Gorontalo
Jambi Jayapura Kediri Kendari Kupang Langsa Madiun Magelang Makassar Malang Manado Mataram Medan Metro Padang Palopo
Palu Parepare Pontianak Salatiga Semarang Sorong Ternate
""".split()
_PEOPLE = """
Adi Ayu Bagus Bima Budi Citra Dedi Dewi Dian Eka Endang Fajar Farida Gita Hadi Hendra Indah Irfan Joko Kartika Laila
Lestari Mega Nanda Ningsih Nur Putri Rahmat Ratna Rini Rudi Sari Siti Slamet Sri Tono Utami Wahyu Wati Yusuf
""".split()
_WARES = {
    "en": """
rice/coffee/tea/sugar/salt/maize/cassava/pepper/cloves/nutmeg/vanilla/cocoa/tuna/squid/shrimp/crabs/mackerel/seaweed/
bananas/mangoes/papayas/oranges/coconuts/pineapples/tomatoes/onions/garlic/chillies/spinach/cabbage/potatoes/beans/eggs/
chickens/ducks/honey/flowers/baskets/mats/cloth
""",
    "id": """
beras/kopi/teh/gula/garam/jagung/singkong/lada/cengkih/pala/vanili/kakao/tuna/cumi-cumi/udang/kepiting/tenggiri/
rumput laut/pisang/mangga/pepaya/jeruk/kelapa/nanas/tomat/bawang merah/bawang putih/cabai/bayam/kubis/kentang/kacang/
telur/ayam/bebek/madu/bunga/keranjang/tikar/kain
""",
}
EDITIONS = len(_TOWNS)


@dataclass(frozen=True)
class Piece:
    """A text to translate, as HTML that begins with its title and as plain text with a line for each block."""

    name: str
    source: str
    target: str
    html: str
    text: str

    @property
    def words(self) -> int:
        """Words of the text."""
        return len(self.text.split())

    def article(self) -> dict[str, str]:
        """What a plugin posts: the language is for the service to tell."""
        return {"title": self.text.partition("\n")[0], "body": self.html.partition("</h1>")[2]}

    def short(self) -> Piece:
        """Its first three blocks."""
        return replace(self, html="\n".join(self.html.splitlines()[:3]), text="\n".join(self.text.splitlines()[:3]))


def articles(count: int, corpus: Path | None = None) -> list[Piece]:
    """That many articles of 60 sentences, English and Indonesian in turn. Raises ValueError where there are too few."""
    pieces = _from_file(corpus) if corpus else _own()
    if len(pieces) < count:
        raise ValueError(f"{count} articles are needed, and there are {len(pieces)}")
    return pieces[:count]


def joined(pieces: list[Piece], language: str) -> Piece:
    """All that is in a language as one text."""
    own = [piece for piece in pieces if piece.source == language]
    return replace(own[0], html="\n".join(one.html for one in own), text="\n".join(one.text for one in own))


def edited(piece: Piece, number: int) -> Piece:
    """The article with one sentence of it changed: the last one of a paragraph, another one for each number."""
    added = {"en": ", it was confirmed", "id": ", demikian dipastikan"}[piece.source]
    ends = [found.start() for found in re.finditer(r"\.</p>", piece.html)]
    end = ends[number % len(ends)]
    html = piece.html[:end] + added + piece.html[end:]
    return replace(piece, html=html, text=_text(html))


def by_line(piece: Piece) -> dict[str, list[str]]:
    """The sentences of each line of the text, as our segmenter cuts them."""
    part = markup.lines_part("text", piece.text)
    blocks = sentences.segmented([part], piece.source)[0].blocks
    made = {block.content.text: [block.content.text[one.start : one.end] for one in block.segments] for block in blocks}
    return {line: made.get(line, [line]) for line in piece.text.splitlines()}


def _own() -> list[Piece]:
    both = (("en", "id"), ("id", "en"))
    return [_edition(number, source, target) for number in range(EDITIONS) for source, target in both]


def _edition(number: int, source: str, target: str) -> Piece:
    wares = _WARES[source].replace("\n", "").split("/")
    slots = {"city": _TOWNS[number], "person": _PEOPLE[number], "good": wares[number]}
    html = (HERE / f"{source}.html").read_text(encoding="utf-8")
    for name, value in slots.items():
        html = html.replace(f"{{{name}}}", value)
    return Piece(f"{source}-{number}", source, target, html, _text(html))


def _text(html: str) -> str:
    return "\n".join(
        " ".join(line.split())
        for line in markup.visible_text(markup.html_part("body", html)).splitlines()
        if line.strip()
    )


def _from_file(file: Path) -> list[Piece]:
    """Articles from lines of `English<TAB>Indonesian`: paragraphs of three sentences, a link in every second one."""
    rows = [line.split("\t")[:2] for line in file.read_text(encoding="utf-8").splitlines() if "\t" in line]
    pieces: list[Piece] = []
    for begin in range(0, len(rows) - 59, 60):
        for column, (source, target) in enumerate((("en", "id"), ("id", "en"))):
            own = [row[column].strip() for row in rows[begin : begin + 60]]
            linked = [_linked(one) if number % 2 else _escaped(one) for number, one in enumerate(own)]
            paragraphs = [f"<p>{' '.join(linked[at : at + 3])}</p>" for at in range(1, len(own), 3)]
            html = "\n".join([f"<h1>{linked[0]}</h1>", *paragraphs])
            pieces.append(Piece(f"{source}-{begin}", source, target, html, _text(html)))
    return pieces


def _linked(sentence: str) -> str:
    words = _escaped(sentence).split()
    return " ".join([*words[:2], f'<a href="https://example.org/">{" ".join(words[2:4])}</a>', *words[4:]])


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
