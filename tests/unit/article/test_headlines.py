"""Headlines in title case are read as sentences; names and sentences stay as they are."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from service.article import faithful
from service.article.headlines import as_sentence
from service.article.types import Hypothesis
from tests.unit.article.test_faithful import Model, items


@pytest.mark.parametrize(
    ("text", "language", "read"),
    [
        ("Floods Cut Road to Semarang", "en", "Floods cut road to Semarang"),
        ("Government to Build 40 New Schools in May", "en", "Government to build 40 new schools in May"),
        ("Pemerintah Akan Bangun Sekolah Baru di Bandung", "id", "Pemerintah akan bangun sekolah baru di Bandung"),
        ("PRESIDENT VISITS FLOODED VILLAGES NEAR SEMARANG", "en", "President visits flooded villages near Semarang"),
        ("KPK Arrests Three Officials", "en", "KPK arrests three officials"),
    ],
)
def test_ordinary_words_of_a_headline_begin_small(text: str, language: str, read: str) -> None:
    assert as_sentence(text, language) == read
    assert len(read) == len(text)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The Navy met the Army in Bandung yesterday", "en"),
        ("It stars Dustin Hoffman, Faye Dunaway and Jeff Market.", "en"),
        ("Prabowo Subianto", "id"),
        ("Floods Cut Road to Semarang", "de"),
        ("", "en"),
    ],
)
def test_sentences_names_and_other_languages_stay(text: str, language: str) -> None:
    assert as_sentence(text, language) == text


def test_the_model_reads_the_sentence_and_the_checks_the_headline() -> None:
    class Reader(Model):
        def __call__(self, texts: Sequence[str], *rest: str, **options: object):  # type: ignore[no-untyped-def, override]
            self.asked.append((options["decoding"], list(texts)))  # type: ignore[arg-type]
            links = ()
            return enumerate(Hypothesis("Banjir memutus jalan ke Semarang", -0.5, links, "m 1") for _ in texts)

    model = Reader({})
    (made,) = faithful.translate(items("Floods Cut Road to Semarang"), "en", "id", model=model)
    assert [texts for _, texts in model.asked] == [["Floods cut road to Semarang"]]
    assert (made.source, made.target) == ("Floods Cut Road to Semarang", "Banjir memutus jalan ke Semarang")
