"""What is put right in a source: found, logged, undone, and left alone where nothing is wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service import pipeline
from service.article import protect, repair
from service.article.inline import to_html
from service.article.markup import html_part, plain_part
from service.article.types import Article, Change, Refusal, Site, Submission

NOW = datetime(2026, 11, 25, tzinfo=UTC)


def mended(html: str) -> str:
    part = html_part("body", html)
    changes, _ = repair.proposed(part.blocks)
    (made,) = repair.applied([part], changes)
    return "".join(to_html(block.content) for block in made.blocks)


def clean(text: str) -> tuple[str, tuple[Change, ...]]:
    (part,), changes = repair.cleaned([plain_part("title", text)])
    return part.blocks[0].content.text, changes


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("He said itâ€™s late", "He said it’s late"),
        ("â€œYesâ€\x9d, she said", "“Yes”, she said"),
        ("SeÃ±or MuÃ±oz", "Señor Muñoz"),
        ("GÃ¼nther and JosÃ© met", "Günther and José met"),  # ¼ and © are signs that are protected elsewhere
        ("It‚Äôs late", "It’s late"),
        ("the coalition¡s scope", "the coalition’s scope"),
        ("don¿t go", "don’t go"),
        ("they\ufffdre here", "they’re here"),
        ("the oﬃce of ﬁnance", "the office of finance"),
        ("ＡＢＣ news", "ABC news"),
    ],
)
def test_what_was_decoded_wrongly_is_put_right(text: str, right: str) -> None:
    assert mended(text) == right


@pytest.mark.parametrize(
    "text",
    [
        "L’été à Paris, “œuvre” – 5 °C, ½ litre, © 2025, naïve café",
        "¿Qué? ¡No! À la carte, São Tomé is right",
        "Jum’at, Rp100.000, m², €5, 👩‍👩‍👧",
        "Straight 'quotes' and \"these\" stay, and so do three dots...",
    ],
)
def test_what_is_right_stays(text: str) -> None:
    assert mended(text) == text


def test_elements_keep_their_words_and_signs_stay_protected() -> None:
    html = '<a href="/x">Itâ€™s</a> <b>JosÃ©</b>’s <br> cafÃ©™'
    assert mended(html) == '<a href="/x">It’s</a> <b>José</b>’s <br> café™'
    part = html_part("body", "A cafÃ©™ opened")
    (made,) = repair.applied([part], repair.proposed(part.blocks)[0])
    assert [atom.text for atom in made.blocks[0].content.atoms] == ["™"]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("cafe\u0301", "café"),
        ("\u212b", "Å"),
        ("\u1112\u1161\u11ab", "한"),
        ("na\u200bme\x07", "name"),
        ("\ufefftitle", "title"),
        ("go\u200dod", "good"),
    ],
)
def test_characters_that_nobody_sees_go_and_are_logged(text: str, right: str) -> None:
    made, changes = clean(text)
    assert made == right
    assert changes
    assert {(one.kind, one.state) for one in changes} == {("characters", "applied")}
    assert undone(made, changes) == text.strip()


@pytest.mark.parametrize("text", ["می‌خواهم", "क्‍ष", "so\u00adft", "👩‍🚀 flies", "\u200fעברית", "tab\there"])
def test_characters_that_mean_something_stay(text: str) -> None:
    assert clean(text)[1] == ()


@given(st.text(alphabet="ae\u0301\u0327\u200b\u200d\x07 fi가ᄒ\u1161©", min_size=1))
def test_undoing_what_was_cleaned_gives_what_was_posted(text: str) -> None:
    posted = f"x{text}x"
    (part,), changes = repair.cleaned([plain_part("title", posted)])
    if not changes:
        return
    opened = repair.protect.opened(part.blocks[0].content).text
    assert undone(opened, changes) == posted


def undone(text: str, changes: tuple[Change, ...]) -> str:
    for one in changes:
        assert text[one.start : one.start + len(one.after)] == one.after
        text = text[: one.start] + one.before + text[one.start + len(one.after) :]
    return text


# --- what a person decides -------------------------------------------------------------------------------------------


def article() -> Article:
    body = "<p>It isnâ€™t late, and the coalition¡s plan is good. The minister told reporters so on Monday.</p>"
    return pipeline.receive(Submission("a", "A title", body, language="en"), Site(), {("en", "id")})


def body(of: Article) -> str:
    return "".join(to_html(block.content) for block in of.blocks() if block.id.startswith("body"))


def test_the_working_text_has_what_is_proposed_and_its_sentences() -> None:
    posted = article()
    working = repair.working(posted)
    assert body(working).startswith("It isn’t late, and the coalition’s plan is good.")
    assert repair.as_posted(working).parts == posted.parts
    assert repair.working(working) == working
    assert repair.made(working) == 2
    assert [len(block.segments) for block in working.blocks()] == [1, 2]


def test_a_person_may_accept_some_and_nothing_is_translated_otherwise() -> None:
    accepted = repair.accepted(article(), ["c2"], "Sari", NOW)
    assert body(accepted).startswith("It isnâ€™t late, and the coalition’s plan")
    assert repair.working(accepted) == accepted
    assert [one.state for one in accepted.source_quality.changes] == ["rejected", "accepted"]
    assert accepted.source_quality.trusted


def test_reopening_gives_the_article_that_came_in() -> None:
    posted = article()
    assert repair.reopened(repair.accepted(posted, None, "Sari", NOW)) == posted


def test_a_change_that_there_is_not_cannot_be_accepted() -> None:
    with pytest.raises(Refusal, match="there is: c1, c2"):
        repair.accepted(article(), ["c3"], "Sari", NOW)


def test_what_was_decided_is_carried_to_the_same_text_only() -> None:
    accepted = repair.accepted(article(), None, "Sari", NOW)
    assert repair.carried(accepted, article()) == accepted
    other = pipeline.receive(Submission("a", "Another title", "<p>It is.</p>", language="en"), Site(), {("en", "id")})
    assert repair.carried(accepted, other) == other


def test_wide_letters_are_narrowed_and_those_beside_chinese_stay() -> None:
    assert mended("ＡＢＣ ２０２５") == "ABC 2025"
    assert (
        mended("Katanya “政府表示，ＡＢＣ（北京）！” di Beijing") == "Katanya “政府表示，ＡＢＣ（北京）！” di Beijing"
    )


def test_an_address_is_left_as_it_is() -> None:
    assert mended("See http://x.example/Ã© and cafÃ©") == "See http://x.example/Ã© and café"


def test_very_many_characters_that_nobody_sees_are_one_change() -> None:
    part = html_part("body", "<p>" + "a\u200bb " * 500 + "</p>")
    (cleaned,), changes = repair.cleaned([part])
    assert cleaned.blocks[0].content.text == part.blocks[0].content.text.replace("\u200b", "")
    assert len(changes) == 1


def test_a_space_of_no_width_parts_the_words_of_thai() -> None:
    _, changes = repair.cleaned([html_part("body", "<p>ภาษา\u200bไทย and a\u200bb</p>")])
    assert [change.before for change in changes] == ["\u200b"]


def test_a_block_in_another_language_keeps_words_that_a_spinner_would_use() -> None:
    spun = html_part(
        "body", "<p>Leaders are to meet down closed doors connected November 4 arsenic France, nan UK.</p>"
    )
    (block,) = spun.blocks
    other = replace(block, id="other", language="fr")
    assert {change.block for change in repair.proposed([block, other], spun=True)[0]} == {block.id}


def test_spun_words_are_looked_into_up_to_a_length() -> None:
    (block,) = html_part("body", "<p>Leaders are to meet connected November 4 arsenic France, nan UK.</p>").blocks
    (long,) = html_part("body", f"<p>{'The road is long. ' * 3000}</p>").blocks
    after = replace(block, id="after")
    assert {change.block for change in repair.proposed([block, long, after], spun=True)[0]} == {block.id}


def test_an_article_is_one_change_with_the_word_that_asks_for_it() -> None:
    spun = "<p>He said successful March that nan port tin beryllium seen connected Monday, arsenic nan mayor said.</p>"
    blocks = html_part("body", f"{spun}<p>It was an acme alternatively than a caller road.</p>").blocks
    changes = [one for one in repair.proposed(blocks, spun=True)[0] if one.block == blocks[1].id]
    assert [(one.before, one.after) for one in changes] == [
        ("an acme", "a summit"), ("alternatively", "rather"), ("caller", "new"),
    ]  # fmt: skip


def test_a_refusal_names_few_of_many_changes() -> None:
    posted = article()
    (one, *_) = posted.source_quality.changes
    quality = replace(posted.source_quality, changes=repair.numbered([one] * 137))
    with pytest.raises(Refusal) as refused:
        repair.accepted(replace(posted, source_quality=quality), ["c999"], "Sari", NOW)
    assert refused.value.message.endswith("there is: c1, c2, c3, c4, c5 and so on, 137 in all")


def test_signs_are_opened_and_closed_in_one_pass() -> None:
    html = '<b>café™</b> and <a href="/x">it©</a> <br> @dewi'
    content = html_part("body", html).blocks[0].content
    assert protect.closed(protect.opened(content)) == content
