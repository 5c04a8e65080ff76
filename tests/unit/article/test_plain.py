"""Plain text is what a reader sees."""

from __future__ import annotations

from service.article.plain import excerpt, plain
from service.article.types import Text, Variant


def test_what_is_no_text_for_a_reader_is_left_out() -> None:
    html = "<p>In the city.<script>alert(1)</script><style>p { color: red }</style> The <b>road</b>.</p>"
    assert plain(Text("html", html)) == "In the city. The road."


def test_an_excerpt_passes_over_pictures_and_galleries() -> None:
    pier = '<p>[caption id="attachment_51" width="600"]<img src="/a.jpg" alt=""> Running on the pier[/caption]</p>'
    body = f"{pier}<p>[gallery]</p><p>[Jakarta] The harbour reopened.</p>"
    variant = Variant("en-US", "source", {"body": Text("html", body)}, ())
    assert excerpt(variant) == "[Jakarta] The harbour reopened."
