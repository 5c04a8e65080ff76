"""Random articles as CMSs make them, for property tests: conforming HTML, whole and balanced."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

WORDS = """The harbour opened on Monday after a long storm Ships sailed again and nobody was hurt said Mr. Smith “We are
glad” he added (twice) U.S. officials e.g. 3.5% of 1,200 boats; don't ask — really? Yes! A&amp;B x&lt;y 5&nbsp;km
caf&eacute; İstanbul X1 Z2 H2O CO-2 100-year a/b … 'quoted' first-class govern&shy;ment non&#8209;profit Wait...
&lt;b&gt; Kompas™ 20 m² 5½ © • &amp;amp;""".split()
PROTECTED = """[embed]x[/embed] 🇮🇩 1️⃣ [caption&#32;id="a"]The&#32;boat[/caption]
https://example.org/a?b=1&amp;c=2 www.example.org {name} {{user.name}} %s %(count)d @reporter #Breaking
desk@example.org [gallery&#32;id=1] 😀 👍🏽""".split()
_GAPS = [" ", " ", " ", "\n  ", "&nbsp;", ". ", ", ", "  ", ") ", "&shy;", "\n\n", "&#x200E; ", "&#8209;"]
_ATTRIBUTES = [
    "", ' class="x y"', ' id="a1"', ' style="color: red"', ' data-k="&quot;v&quot; &lt;"', " hidden",
    ' title="The &quot;old&quot; harbour &amp; x&lt;y. Two boats, see https://example.org/t?a=1&amp;b=2 and {name}!"',
    ' aria-label=" Open it&nbsp;now "', ' title="IMG_0042.jpg" aria-label=""',
]  # fmt: skip


@cache
def words() -> SearchStrategy[str]:
    """A few words, some of them protected, with white space of all kinds between."""
    common = st.tuples(st.sampled_from([*WORDS, "."]), st.sampled_from([*_GAPS, ""]))
    pieces = st.one_of(common, common, st.tuples(st.sampled_from(PROTECTED), st.sampled_from(_GAPS)))
    return st.lists(pieces, min_size=1, max_size=6).map(lambda pairs: "".join(w + g for w, g in pairs))


@cache
def leaves(*, link: bool) -> SearchStrategy[str]:
    """Inline things without children of ours."""
    fixed = [
        "<br>", '<img src="a.jpg?x=1&amp;y=2" alt="A boat">', "<!-- a comment & <b> -->", "<code>x &lt; 1; Y</code>",
        '<span translate="no">Kapal Api</span>', '<b class="notranslate z">Bank Mandiri</b>', "<wbr>", "<b></b>",
        "<i> </i>", '<i class="icon"></i>', "<kbd>Ctrl</kbd>", "<script>if (a < b) { c(\"</p>\"); }</script>",
        "<!---->",
        '<svg viewBox="0 0 1 1"><path d="M0 0"></path></svg>', "<span><img src=\"b.jpg\"></span>",
        '<svg viewBox="0 0 1 1" aria-label="Prices of fish"></svg>', '<math title="A sum"><mi>x</mi></math>',
        '<textarea placeholder="Your name">\n\nNote</textarea>', '<input type="text" placeholder="Two boats? Three.">',
        '<span translate="no" title="Kapal"><img src="k.jpg" alt="Kapal Api"></span>',
    ]  # fmt: skip
    if not link:
        fixed += ['<a translate="no" href="/n?a=1&amp;b=2">Kompas</a>', '<a href="/i"><img src="i.png" alt="Go"></a>']
        fixed += ['<sup class="fn"><a href="#f1">1</a></sup>', '<a href="#f2" title="A note"><sup>[2]</sup></a>']
    return st.one_of(words(), words(), st.sampled_from(fixed))


@cache
def inline(depth: int = 3, *, link: bool = False) -> SearchStrategy[str]:
    """A run of inline content; no link inside a link."""
    if depth == 0:
        return leaves(link=link)
    names = ["b", "i", "em", "strong", "span", "sup", "mark"]
    element = st.builds(
        lambda name, attributes, inner: f"<{name}{attributes}>{inner}</{name}>",
        st.sampled_from(names), st.sampled_from(_ATTRIBUTES), inline(depth - 1, link=link),
    )  # fmt: skip
    choices = [leaves(link=link), leaves(link=link), element]
    if not link:
        anchor = st.builds(
            lambda number, inner: f'<a href="https://example.org/{number}?a=1&amp;b=2" rel="x">{inner}</a>',
            st.integers(1, 3), inline(depth - 1, link=True),
        )  # fmt: skip
        choices.append(anchor)
    return st.lists(st.one_of(choices), min_size=1, max_size=4).map("".join)


def _wrapped(name: str, inner: SearchStrategy[str]) -> SearchStrategy[str]:
    attributes = st.sampled_from(_ATTRIBUTES)
    return st.builds(lambda chosen, html: f"<{name}{chosen}>{html}</{name}>", attributes, inner)


@cache
def block(depth: int = 2) -> SearchStrategy[str]:
    """A block-level element."""
    text = inline()
    simple = [
        _wrapped("p", text), _wrapped("p", text), _wrapped("h2", text),
        st.lists(_wrapped("li", text), min_size=1, max_size=3).map(lambda items: f"<ul>{''.join(items)}</ul>"),
        st.lists(_wrapped("td", text), min_size=1, max_size=3).map(
            lambda cells: f"<table><tbody><tr>{''.join(cells)}</tr></tbody></table>"
        ),
        text.map(lambda html: f'<figure><img src="f.jpg" alt="A boat"><figcaption>{html}</figcaption></figure>'),
        text.map(lambda html: f'<!-- wp:paragraph {{"align":"left"}} -->\n<p>{html}</p>\n<!-- /wp:paragraph -->'),
        st.sampled_from([
            "<pre>\n\n  if a &lt; b:\n    c()\n</pre>", "<hr>", '<iframe src="https://v.example/1?a=1&amp;b=2"></iframe>',
            '<p translate="no">Bhinneka Tunggal Ika</p>', "<p></p>", "<dl><dt>Term</dt><dd>A long word.</dd></dl>",
            '<blockquote class="embed"><p>Words.</p></blockquote>', "<template><p>Kept.</p></template>",
        ]),
    ]  # fmt: skip
    if depth == 0:
        return st.one_of(simple)
    nested = st.one_of(_wrapped(name, document(depth - 1)) for name in ("div", "blockquote", "section"))
    return st.one_of(*simple, nested)


@cache
def document(depth: int = 2) -> SearchStrategy[str]:
    """A run of blocks, with loose inline content between some."""
    piece = st.one_of(block(depth), block(depth), block(depth), inline(1), st.just("\n\n"))
    return st.lists(piece, min_size=1, max_size=4).map("".join)
