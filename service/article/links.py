"""Links to pages that there are in several locales: a variant's lead to those of its own.

Two rules. The first goes by the beginnings of addresses, which the site tells (`localised`); the second by the articles
that are kept here: a link to one of them leads to its variant, where readers may see that (`led`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Final

from service.article.inline import escape_attribute

_TAG: Final = re.compile(
    r"""<!--.*?(?:-->|\Z)
    | <(script|style|template|textarea|xmp|iframe|noembed|noframes|noscript|svg)(?=[\s/>]).*?(?:</\1>|\Z)
    | <(?:a|area)(?:\s[^\s=>]+="[^"]*")+>""",
    re.VERBOSE | re.DOTALL,
)
"""A link's start tag, as we write it; what looks like one in a comment or a script, or behind
what has no end, is none."""

_HREF: Final = re.compile(r'(?<=\shref=")[^"]*')
_OWN: Final = re.compile(r'\s(?:hreflang="[^"]|translate="no"|class="[^"]*\bnotranslate\b)')
"""A link that says what language it leads to, or that nothing of it may change."""


def localised(html: str, rules: Sequence[Mapping[str, str]], source: str | None, target: str) -> str:
    """HTML as we write it, with the addresses of its links by the site's rules.

    Each rule is the beginnings of the same pages' addresses by locale. An address that begins as one of the locale
    `source` gets the beginning of `target`; the longest beginning of any locale decides whose it is, so that what
    leads to the target's page already stays.

    >>> rules = [{"en-US": "https://a.example/", "id-ID": "https://a.example/id/"}]
    >>> localised('<a href="https://a.example/fish?a=1">fish</a>', rules, "en-US", "id-ID")
    '<a href="https://a.example/id/fish?a=1">fish</a>'
    """
    begins = [
        (escape_attribute(prefix), locale, escape_attribute(rule[target]))
        for rule in rules if target in rule
        for locale, prefix in rule.items()
    ]  # fmt: skip
    if not begins or source == target:
        return html
    begins.sort(key=lambda begin: -len(begin[0]))

    def address(match: re.Match[str]) -> str:
        for prefix, locale, own in begins:
            if match[0].startswith(prefix) and (prefix.endswith("/") or match[0][len(prefix) :][:1] in ("", *"/?#")):
                return own + match[0][len(prefix) :] if locale == source else match[0]
        return match[0]

    return _TAG.sub(lambda match: _HREF.sub(address, match[0]) if _free(match[0]) else match[0], html)


@dataclass(frozen=True, slots=True)
class Way:
    """Where a link to an article leads: its address, and the language of that where it is not the page's."""

    url: str
    language: str | None = None


def addresses(html: str) -> list[str]:
    """The addresses of the links in HTML as we write it that may lead elsewhere.

    >>> addresses('<a href="/x?a=1&amp;b=2">x</a> <a href="/y" hreflang="en">y</a>')
    ['/x?a=1&b=2']
    """
    tags = (match[0] for match in _TAG.finditer(html))
    return [unescape(href[0]) for tag in tags if _free(tag) and (href := _HREF.search(tag))]


def led(html: str, ways: Mapping[str, Way]) -> str:
    """HTML as we write it, its links to these addresses leading where they should.

    >>> led('<a href="/en/x">x</a>', {"/en/x": Way("/id/x")}), led('<a href="/x">x</a>', {"/x": Way("/x", "en")})
    ('<a href="/id/x">x</a>', '<a href="/x" hreflang="en">x</a>')
    """

    def tag(match: re.Match[str]) -> str:
        href = _HREF.search(match[0]) if _free(match[0]) else None
        way = ways.get(unescape(href[0])) if href else None
        if href is None or way is None:
            return match[0]
        language = f' hreflang="{escape_attribute(way.language)}"' if way.language else ""
        before, after = match[0][: href.start()], match[0][href.end() :]
        return f'{before}{escape_attribute(way.url)}"{language}{after[1:]}'

    return _TAG.sub(tag, html)


def _free(tag: str) -> bool:
    """Whether it is a link that does not say itself where it leads."""
    return tag.startswith(("<a ", "<area ")) and not _OWN.search(tag)
