"""What a page has around an article: told, not given to a model, and in the target's words where it has some."""

from __future__ import annotations

import pytest

from service import pipeline
from service.article import boilerplate
from service.article.types import Article, Severity, Site, Submission
from tests.unit.article.fakes import mirrored


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("SCROLL TO CONTINUE WITH CONTENT", "advert"),
        ("ADVERTISEMENT SCROLL TO CONTINUE WITH CONTENT", "advert"),
        ("ADVERTISEMENT", "advert"),
        ("Share this article on Facebook, Twitter or WhatsApp", None),
        ("Share on Facebook Twitter WhatsApp", "share"),
        ("Bagikan ke Facebook", "share"),
        ("[Gambas:Video 20detik]", "player"),
        ("(rfs/jbr)", "initials"),
        ("Pewarta: Sari Dewi", "credit"),
        ("Editor: Budi Santoso", "credit"),
        ("Copyright © ANTARA 2025", "credit"),
        ("Artikel ini telah tayang di Kompas.com dengan judul “Harga Beras Naik”", "first-published"),
        ("The advertisement was false.", None),
        ("He said (it/was) so", None),
        ("Editor: what do you think?", None),
        ("Artikel ini tentang jalan baru.", None),
    ],
)
def test_a_line_is_known_for_what_it_is(text: str, kind: str | None) -> None:
    found = boilerplate.whole(text)
    assert (found.kind if found else None) == kind


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Baca juga: Harga beras naik", "Baca juga: "),
        ("BACA JUGA: Harga beras naik", "BACA JUGA: "),
        ("Simak juga Video 'Harga beras':", "Simak juga Video "),
        ("Simak: Harga beras", "Simak: "),
        ("Read also: Prices rise", "Read also: "),
        ("Simak penjelasan menteri berikut.", None),
        ("Baca juga buku itu, kata dia.", None),
        ("See also how it ends.", None),
    ],
)
def test_a_label_is_told_from_a_sentence(text: str, label: str | None) -> None:
    found = boilerplate.label(text)
    assert (text[: found.end] if found else None) == label


@pytest.mark.parametrize(
    ("text", "target", "said"),
    [
        ("Baca juga:", "en", "Read also:"),
        ("BACA JUGA :", "en", "READ ALSO :"),
        ("Simak Video:", "en", "Watch the video:"),
        ("Read also:", "id", "Baca juga:"),
        ("Also read:", "id", "Baca juga:"),
        ("Related stories:", "id", "Berita terkait:"),
        ("Pewarta: Sari Dewi", "en", "Reporter: Sari Dewi"),
        ("Editor: Sari Dewi", "id", "Editor: Sari Dewi"),
        ("Copyright © ANTARA 2025", "en", "Copyright © ANTARA 2025"),
        (
            "Artikel ini telah tayang di Kompas.com dengan judul “Harga Beras Naik”",
            "en",
            "This article was first published by Kompas.com under the headline “Harga Beras Naik”.",
        ),
    ],
)
def test_it_takes_the_targets_form(text: str, target: str, said: str) -> None:
    assert boilerplate.rendered(text, target) == said


BODY = (
    "<p>Pemerintah akan membangun jalan baru di provinsi itu tahun depan, kata menteri di Jakarta. (rfs/jbr)</p>"
    "<p>SCROLL TO CONTINUE WITH CONTENT</p><p>[Gambas:Video 20detik]</p>"
    '<p><strong>Baca juga: <a href="https://a.example/x">Harga beras naik lagi</a></strong></p>'
    "<p>Pewarta: Sari Dewi<br>Editor: Budi Santoso<br>Copyright © ANTARA 2025</p>"
)


def received() -> Article:
    return pipeline.receive(Submission("a", "Pemerintah membangun jalan", BODY, language="id"), Site(), {("id", "en")})


def test_no_model_sees_it_and_the_markup_stays() -> None:
    model = mirrored()
    variant = pipeline.localise(
        received(),
        "en-US",
        translate=model,
        recall=lambda _: {},
        terms=lambda _source, _target: (),
        progress=lambda _done, _total: None,
    )
    html = variant.parts["body"].value
    for piece in (
        "(rfs/jbr)</p>",
        "<p>SCROLL TO CONTINUE WITH CONTENT</p><p>[Gambas:Video 20detik]</p>",
        '<p><strong>Read also: <a href="https://a.example/x">',
        "<p>Reporter: Sari Dewi<br>Editor: Budi Santoso<br>Copyright © ANTARA 2025</p>",
    ):
        assert piece in html
    seen = " ".join(sentence for call in model.asked for sentence in call)
    assert not any(word in seen for word in ("rfs", "SCROLL", "Gambas", "Baca", "Pewarta", "Editor", "ANTARA"))


def test_each_kind_is_told_once_with_its_places() -> None:
    found = [one for one in received().source_quality.findings if one.code == "boilerplate"]
    told = {one.evidence: one for one in found}
    assert told["SCROLL TO CONTINUE WITH CONTENT"].severity is Severity.WARNING
    assert told["(rfs/jbr)"].severity is Severity.INFO
    credits = next(one for one in found if "Pewarta" in one.evidence)
    assert credits.evidence == "Pewarta: Sari Dewi; Editor: Budi Santoso; Copyright © ANTARA 2025"
    assert len(credits.places) == 3
    assert received().source_quality.sound
