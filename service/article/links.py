"""Links to pages that a publisher has in several locales: a variant's lead to those of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from service.article.inline import escape_attribute

_TAG: Final = re.compile(
    r"""<!--.*?-->
    | <(script|style|template|textarea|xmp|iframe|noembed|noframes|noscript|svg)\b.*?</\1>
    | <(?:a|area)(?:\s[^\s=>]+="[^"]*")+>""",
    re.VERBOSE | re.DOTALL,
)
"""A link's start tag, as we write it; what looks like one in a comment or a script is none."""

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

    def tag(match: re.Match[str]) -> str:
        own = not match[0].startswith(("<a ", "<area ")) or _OWN.search(match[0])
        return match[0] if own else _HREF.sub(address, match[0])

    return _TAG.sub(tag, html)
