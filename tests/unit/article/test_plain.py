"""Plain text is what a reader sees."""

from __future__ import annotations

from service.article.plain import plain
from service.article.types import Text


def test_what_is_no_text_for_a_reader_is_left_out() -> None:
    html = "<p>In the city.<script>alert(1)</script><style>p { color: red }</style> The <b>road</b>.</p>"
    assert plain(Text("html", html)) == "In the city. The road."
