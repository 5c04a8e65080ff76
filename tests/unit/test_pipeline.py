"""The way of an article: what is received, and how it is localised."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from service import pipeline
from service.article import reuse
from service.article.types import (
    Article,
    Finding,
    Origin,
    Refusal,
    Remembered,
    Rupiah,
    Site,
    Submission,
    Term,
    Translate,
    Variant,
)
from tests.unit.article import fakes

SAMPLE = (Path(__file__).parents[1] / "samples" / "madrid-summit.txt").read_text("utf-8")
PAIRS = {("en", "id"), ("id", "en")}
BODY = "<p>The government will build new roads. The work will begin next year.</p>"


def receive(body: str = BODY, **changes: Any) -> Article:
    submission = Submission(**{"id": "a", "title": "The boats are in the harbour", "body": body, **changes})
    return pipeline.receive(submission, Site(), PAIRS)


def codes(article: Article) -> list[str]:
    return [warning.code for warning in article.warnings]


def texts(article: Article, role: str) -> list[str]:
    return [block.content.text for block in article.blocks() if block.role == role]


# --- receive ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sample() -> Article:
    return receive(SAMPLE, title=None, format="text")


def test_the_sample_has_its_title_without_the_pictures_credit(sample: Article) -> None:
    assert texts(sample, "title") == ["Madrid awaits nan November 4 Coalition of nan Willing summit."]
    assert sample.image is not None
    assert sample.image.credit == "Alex Azabache via Unsplash"


def test_the_sample_has_its_standfirst(sample: Article) -> None:
    (dek,) = texts(sample, "dek")
    assert dek.startswith("Leaders are to meet")


def test_the_sample_has_its_headings(sample: Article) -> None:
    assert texts(sample, "heading") == [
        "Spain becomes shape for strategical talks",
        "France and nan UK astatine nan helm",
        "A balancing enactment of diplomacy and deterrence",
        "Spain’s domiciled and nan way ahead",
    ]


def test_the_sample_is_english_and_its_switcher_line_names_the_target(sample: Article) -> None:
    assert (sample.locale, sample.language, sample.targets) == ("en-US", "en", ("id-ID",))
    assert not any("Indonesian (ID)" in block.content.text for block in sample.blocks())


def test_the_sample_is_told_to_be_unsound(sample: Article) -> None:
    assert not sample.source_quality.sound
    assert "machine-spun" in [finding.code for finding in sample.source_quality.findings]


def test_an_article_whose_language_is_unsure_is_kept_and_nothing_made_of_it() -> None:
    article = receive("<p>OK.</p>", title="OK")

    assert (article.locale, article.language, article.targets) == (None, None, ())
    assert codes(article) == ["language-unsure"]
    with pytest.raises(ValueError, match="unsure"):
        localise(article)


def test_a_short_revision_keeps_the_language_of_the_article_that_it_revises() -> None:
    submission = Submission("a", "OK", "<p>OK.</p>")
    article = pipeline.receive(submission, Site(), PAIRS, "id-ID")

    assert (article.locale, article.targets, codes(article)) == ("id-ID", ("en-US",), ["language-kept"])


@pytest.mark.parametrize("format", ["html", "text", "markdown"])
def test_what_has_far_too_many_blocks_is_refused_before_it_is_cut_into_sentences(
    monkeypatch: pytest.MonkeyPatch, format: Any
) -> None:
    monkeypatch.setattr(pipeline.sentences, "_segmented", None)
    body = "<li>A road</li>" * 3000 if format == "html" else "A road.\n\n" * 3000
    with pytest.raises(Refusal, match=r"has 3,001 blocks .*, more than 3,000: split it") as refused:
        receive(body, format=format)
    assert (refused.value.code, refused.value.field) == ("too-long", "body")


def test_what_has_far_too_many_sentences_is_refused() -> None:
    with pytest.raises(Refusal, match="has 10,001 sentences, more than 10,000: split it"):
        receive("<p>" + "A new road. " * 10_000 + "</p>", language="en")


def test_the_language_of_only_so_many_blocks_is_looked_into(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(pipeline.sentences, "_DOUBTFUL", 3)
    monkeypatch.setattr(pipeline.sentences.detect, "block_language", lambda text, _: asked.append(text))
    receive(f"{BODY}" + "<p>Kami akan membangun jalan yang baru di provinsi ini.</p>" * 5, language="en")

    assert len(asked) == 3


def test_a_language_that_nothing_translates_from_is_refused_naming_those_supported() -> None:
    with pytest.raises(Refusal, match="from fr; supported: en, id"):
        receive(
            "<p>Nous allons construire des routes dans la province pour tous les habitants.</p>", title="Les routes"
        )


def test_a_declared_language_is_used_and_its_contradiction_told() -> None:
    article = receive(language="id")

    assert (article.locale, article.declared, article.targets) == ("id-ID", "id", ("en-US",))
    assert codes(article) == ["language-contradicts"]


def test_markdown_is_read() -> None:
    article = receive("## A heading\n\nThe government will *build* new roads.", format="markdown")

    assert texts(article, "heading") == ["A heading"]
    assert texts(article, "paragraph") == ["The government will build new roads."]


def test_a_title_is_needed() -> None:
    with pytest.raises(Refusal, match="an article needs a title"):
        receive(title=None)


def test_the_locales_of_urls_are_written_as_the_sites() -> None:
    article = receive(urls={"en": "https://a.example/en", "in": "https://a.example/id"})

    assert article.urls == {"en-US": "https://a.example/en", "id-ID": "https://a.example/id"}


def test_a_dateline_is_split_off() -> None:
    article = receive("<p>JAKARTA, KOMPAS.com - Presiden akan membangun jalan yang baru di provinsi ini.</p>",
                      title="Presiden akan membangun jalan yang baru")  # fmt: skip

    (paragraph,) = [block for block in article.blocks() if block.role == "paragraph"]
    assert [piece.rule for piece in paragraph.segments] == ["dateline", "translate"]


def test_a_quotation_in_another_language_keeps_its_own() -> None:
    quoted = "Kami akan membangun jalan yang baru di provinsi ini untuk semua orang."
    article = receive(f"{BODY}<blockquote>{quoted}</blockquote>")

    assert [block.language for block in article.blocks()] == [None, None, "id"]
    body = localise(receive(f"{BODY}<blockquote>{quoted}</blockquote>", language="en")).text("body") or ""
    assert quoted in body


def test_a_quotation_in_the_readers_language_stays_within_a_sentence_that_is_translated() -> None:
    said = "We will never again open the gates to those who came here to burn our houses"
    body = f"<p>“{said},” kata <b>presiden</b> itu kepada para wartawan.</p>"
    model = fakes.mirrored()
    made = localise(receive(body, title="Pidato presiden", language="id"), model)

    assert said in (made.text("body") or "")
    assert made.segments[-1].origin == "model"
    assert all("gates" not in sentence for asked in model.asked for sentence in asked)


@pytest.mark.parametrize(
    ("title", "body", "language"),
    [
        ("Minister says no", "“Kami tidak akan menaikkan harga BBM tahun ini, dan rakyat tenang,” he said.", "en"),
        ("Menteri menolak", "“We will not raise the price of fuel, not this year,” katanya, Senin.", "id"),
        ("Harga tetap", "“Harga BBM tidak akan naik tahun ini,” kata menteri itu.", "id"),
    ],
)  # fmt: skip
def test_an_article_is_in_the_language_of_the_words_around_its_quotations(title: str, body: str, language: str) -> None:
    assert receive(f"<p>{body}</p>", title=title).language == language


def test_an_article_that_quotes_more_than_it_says_is_not_taken_to_be_in_what_it_quotes() -> None:
    said = "Kami tidak akan menaikkan harga BBM tahun ini, dan rakyat tidak perlu khawatir"
    article = receive(f"<p>“{said},” she told.</p>", title="Yes")
    assert article.language in (None, "en")


# --- localise --------------------------------------------------------------------------------------------------------


def localise(
    article: Article,
    translate: Translate | None = None,
    known: Mapping[str, Remembered] | None = None,
    glossary: Sequence[Term] = (),
    progress: Any = lambda _done, _total: None,
    rupiah: Rupiah = "Rp1",
) -> Variant:
    return pipeline.localise(
        article,
        article.targets[0] if article.targets else "id-ID",
        translate=translate or fakes.mirrored(),
        recall=lambda keys: {key: (known or {})[key] for under in keys for key in under if key in (known or {})},
        terms=lambda _source, _target: glossary,
        progress=progress,
        rupiah=rupiah,
    )


def key(source: str) -> str:
    return reuse.key(source, "en", "id")


ROADS = "The government will build new roads."
PERSON = Remembered("Jalan <b>baru</b>", "person")
APPROVED = Remembered("Jalan baru", "approved", "m 1")
MEMORY = Remembered("Jalan lama", "memory", "m 1")
TERM = Term(ROADS, "Jalan & jembatan", "en", "id")


def roads(known: Mapping[str, Remembered], glossary: Sequence[Term] = ()) -> tuple[str, Origin, bool]:
    made = next(one for one in localise(receive(), None, known, glossary).segments if one.source == ROADS)
    return made.target, made.origin, made.reused


def test_a_person_outranks_the_glossary() -> None:
    assert roads({key(ROADS): PERSON}, [TERM]) == ("Jalan <b>baru</b>", "person", True)


def test_what_a_person_approved_outranks_the_glossary_and_is_no_persons_own_word() -> None:
    assert roads({key(ROADS): APPROVED}, [TERM]) == ("Jalan baru", "approved", True)


def test_the_glossary_outranks_the_memory() -> None:
    assert roads({key(ROADS): MEMORY}, [TERM]) == ("Jalan &amp; jembatan", "glossary", False)


def test_what_the_memory_has_counts_only_with_the_terms_of_today() -> None:
    term = Term("roads", "jalan raya", "en", "id")
    kept = Remembered("Jalan raya yang baru", "memory", "m 1")
    told = Remembered("Jalan lama", "memory", "m 1", (Finding("term-missing", "…", evidence="roads → jalan raya"),))

    assert roads({key(ROADS): MEMORY}, [term])[1:] == ("model", False)
    assert roads({key(ROADS): kept}, [term])[1:] == ("memory", True)
    assert roads({key(ROADS): told}, [term])[1:] == ("memory", True)  # asked of the model already, in vain
    assert roads({key(ROADS): told})[1:] == ("model", False)  # it is no fault any more
    assert roads({key(ROADS): PERSON}, [term])[1:] == ("person", True)


def test_a_sentence_that_is_a_term_is_written_without_the_article() -> None:
    made = localise(receive("<p>Kemenkeu</p>", language="id"), glossary=[Term("Kemenkeu", "the Ministry", "id", "en")])

    assert made.text("body") == "<p>Ministry</p>"


def test_figures_put_into_a_remembered_sentence_are_told_like_a_models() -> None:
    known = {
        reuse.pattern_key("It has 3,400 boats.", "en", "id"): Remembered(
            "Ada 3.400 perahu.", "memory", "m 1", source="It has 3,400 boats."
        )
    }
    made = localise(receive("<p>It has 1,250 boats.</p>", language="en"), None, known).segments[-1]
    assert (made.target, made.reused) == ("Ada 1.250 perahu.", True)
    (told,) = made.conversions
    assert (told.source, told.source_start, told.target, told.target_start) == ("1,250", 7, "1.250", 4)


def test_the_memory_outranks_the_model() -> None:
    assert roads({key(ROADS): MEMORY}) == ("Jalan lama", "memory", True)


def test_the_model_writes_what_nobody_knows() -> None:
    assert roads({}) == ("ehT tnemnrevog lliw dliub wen sdaor.", "model", False)


def test_only_what_is_not_known_is_translated() -> None:
    model = fakes.mirrored()

    variant = localise(receive(), model, {key(ROADS): MEMORY})

    assert model.asked == [["The boats are in the harbour", "The work will begin next year."]]
    assert (variant.counts.reused, variant.counts.translated, variant.model) == (1, 2, "fake 1.0")


def test_where_all_is_known_no_model_is_asked() -> None:
    article, model = receive(), fakes.mirrored()
    known = {key(one.source): MEMORY for one in localise(article).segments}

    variant = localise(article, model, known)

    assert model.asked == []
    assert (variant.counts.reused, variant.counts.translated) == (3, 0)


def test_figures_alone_are_written_as_the_target_writes_them() -> None:
    article = receive(f"{BODY}<table><tr><td><b>1,234.5</b></td><td>2025</td></tr></table>")

    variant = localise(article)

    assert [(one.target, one.origin) for one in variant.segments[-2:]] == [
        ("<b>1.234,5</b>", "rule"), ("2025", "kept"),
    ]  # fmt: skip


def test_a_person_outranks_the_rules() -> None:
    article = receive(f"{BODY}<table><tr><td>3.5%</td></tr></table>")

    made = localise(article, None, {key("3.5%"): Remembered("3½%", "person")}).segments[-1]

    assert (made.target, made.origin) == ("3½%", "person")


def test_a_cell_with_a_date_in_figures_is_never_misread() -> None:
    body = "<p>Pemerintah akan membangun jalan baru di kota ini.</p><table><tr><td>4/11/2025</td></tr></table>"
    article = receive(body, title="Pemerintah membangun jalan")

    made = localise(article).segments[-1]

    assert (made.target, made.origin) == ("November 4, 2025", "rule")
    assert [(one.source, one.target) for one in made.conversions] == [("4/11/2025", "November 4, 2025")]


def test_figures_follow_the_locales_and_the_house() -> None:
    article = receive("<p>Pemerintah menyiapkan Rp 5 miliar, kata menteri itu pada Senin (4/11).</p>",
                      title="Pemerintah membangun jalan")  # fmt: skip

    def body(**more: Any) -> str | None:
        return localise(article, fakes.identity(), **more).text("body")

    assert "Rp5 billion" in (body() or "")
    assert "(November 4)" in (body() or "")
    assert "Rp 5 billion" in (body(rupiah="Rp 1") or "")


@pytest.mark.parametrize(("declared", "date"), [("en", "4/11"), ("en-US", "4/11"), ("en_GB", "11/4")])
def test_day_and_month_are_read_as_the_declared_region_writes_them(declared: str, date: str) -> None:
    article = receive("<p>The minister will open the new road on Monday (11/4).</p>", language=declared)

    assert f"({date})" in (localise(article).text("body") or "")


def test_a_dateline_is_written_as_the_targets_papers_do() -> None:
    article = receive("<p><strong>JAKARTA, KOMPAS.com</strong> - Presiden akan membangun jalan yang baru di sini.</p>",
                      title="Presiden akan membangun jalan yang baru")  # fmt: skip

    made = localise(article).segments[1]

    assert (made.target, made.origin) == ("<strong>JAKARTA (KOMPAS.com)</strong> —", "rule")


def test_the_day_of_a_dateline_is_logged_as_any_figure() -> None:
    article = receive("<p>JAKARTA, Nov 4 (Antara) - The government will build new roads in the city.</p>")

    made = localise(article).segments[1]

    assert made.target == "JAKARTA, 4 Nov (Antara) -"
    assert [(one.source, one.target) for one in made.conversions] == [("Nov 4", "4 Nov")]


def test_progress_reaches_the_total() -> None:
    told: list[tuple[int, int]] = []

    localise(receive(), None, {key(ROADS): MEMORY}, progress=lambda done, total: told.append((done, total)))

    assert told == [(1, 3), (2, 3), (3, 3)]


def test_progress_may_stop_the_work() -> None:
    class Stopped(Exception):
        pass

    def stop(done: int, total: int) -> None:
        if done:
            raise Stopped

    with pytest.raises(Stopped):
        localise(receive(), progress=stop)


def test_a_sound_variant_is_the_machines_until_somebody_looks() -> None:
    variant = localise(receive())

    assert (variant.state, variant.counts.flagged) == ("machine", 0)


def test_a_variant_with_an_error_needs_a_look() -> None:
    variant = localise(receive("<p>The market has 40 shops.</p>"), fakes.spelt({"40": "50"}))

    assert variant.state == "needs_review"


def test_a_hopeless_sentence_keeps_its_source_in_its_language() -> None:
    variant = localise(receive(), fakes.identity())

    assert {one.origin for one in variant.segments} == {"source"}
    assert variant.text("body") == (
        '<p><span lang="en">The government will build new roads.</span> '
        '<span lang="en">The work will begin next year.</span></p>'
    )
    assert variant.text("title") == "The boats are in the harbour"


def test_the_sources_own_variant_is_what_was_posted() -> None:
    variant = pipeline.source_variant(receive())

    assert (variant.state, variant.locale, variant.text("body")) == ("source", "en-US", BODY)
    assert (variant.counts.translated, variant.counts.flagged) == (0, 0)


# --- an edit ---------------------------------------------------------------------------------------------------------


def test_one_changed_sentence_of_sixty_is_decoded_alone_and_a_known_text_not_at_all() -> None:
    nouns = ("road", "boat", "school", "harbour", "market", "bridge", "river", "shop", "house", "farm")
    verbs = ("is old", "was painted", "will be sold", "needs care", "looks good", "stays closed")
    sentences = [f"The {noun} {verb}." for verb in verbs for noun in nouns]

    def paragraphs(texts: Sequence[str]) -> str:
        return "".join(f"<p>{' '.join(texts[start : start + 5])}</p>" for start in range(0, len(texts), 5))

    first = localise(receive(paragraphs(sentences), language="en"))
    known = {key(one.source): Remembered(one.target, "memory", one.model) for one in first.segments}
    changed = [*sentences[:30], "Nobody knows the way.", *sentences[31:]]
    model = fakes.mirrored()
    edited = localise(receive(paragraphs(changed), language="en"), model, known)
    assert {tuple(asked) for asked in model.asked} == {("Nobody knows the way.",)}  # retries aside
    assert (edited.counts.translated, edited.counts.reused) == (1, 60)  # with the title
    unasked = fakes.mirrored()
    assert localise(receive(paragraphs(sentences), language="en"), unasked, known).parts == first.parts
    assert unasked.asked == []


# --- text that is no article -----------------------------------------------------------------------------------------


def text(source: str, format: Any = "text") -> str:
    variant = pipeline.translate_text(source, format, "en", "id-ID", translate=fakes.mirrored(), terms=lambda *_: ())
    return variant.text("text") or ""


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("One boat\nTwo boats\n", "enO taob\nowT staob\n"),
        ("One boat\r\n\r\n\r\n  Two boats \r\n", "enO taob\r\n\r\n\r\n  owT staob \r\n"),
        ("\n\tOne boat", "\n\tenO taob"),
        ("One <b> & boat", "enO <b> & taob"),
        ("1,234.5\n", "1.234,5\n"),
        ("", ""),
    ],
)
def test_plain_text_keeps_its_line_breaks_and_spaces(source: str, expected: str) -> None:
    assert text(source) == expected


def test_no_rule_for_articles_applies_to_text() -> None:
    assert text("JAKARTA (Reuters) - Boats left. Credit: A via B") == (
        "ATRAKAJ (Reuters) - staoB tfel. tiderC: A aiv B"  # a name that looks misspelt is put back in any text
    )


def test_html_keeps_its_markup() -> None:
    assert text('<p>One <a href="/?a=1&amp;b=2">boat</a></p>', "html") == '<p>enO <a href="/?a=1&amp;b=2">taob</a></p>'


def test_a_gender_is_borne_out_by_the_whole_article() -> None:
    said = fakes.spelt({"Dia": "She", "tidak": "did not", "mau": "want", "datang": "come"})
    body = "<p>Dia tidak mau datang.</p><p>Rapat itu dibuka oleh {} di kantor provinsi kemarin pagi.</p>"

    def guessed(name: str) -> list[str]:
        article = receive(body.format(name), title="Rapat itu dibuka", language="id")
        return [finding.evidence for one in localise(article, said).segments for finding in one.findings
                if finding.code == "gender-guessed"]  # fmt: skip

    assert guessed("Rini") == ["She"]
    assert guessed("Ibu Rini") == []
