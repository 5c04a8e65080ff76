"""What a translation shows of its own failure."""

from __future__ import annotations

import pytest

from service.article.check import CHECKS, badness, check, worst
from service.article.types import Finding, Severity


def codes(source: str, target: str, pair: str = "en-id") -> list[str]:
    first, second = pair.split("-")
    return [finding.code for finding in check(source, target, first, second)]


GOOD = [
    ("The talks in Madrid ended on Monday.", "Perundingan di Madrid berakhir pada Senin."),
    ("Prime Minister Keir Starmer", "Perdana Menteri Keir Starmer"),
    ("Reuters", "Reuters"),
    ("Lord of the Rings: The Return of the King", "Lord of the Rings: The Return of the King"),
    ("Coalition of the Willing", "Coalition of the Willing"),
    ("https://example.org/the/end/of/it", "https://example.org/the/end/of/it"),
    ("2025", "2025"),
    ("Rp 1.2 trillion", "Rp1,2 triliun"),
    ("Football", "Sepak bola"),
    ("He watched The Lord of the Rings.", "Ia menonton The Lord of the Rings."),
    ("Oil rose 6.4 percent, gas 6.5 percent.", "Minyak naik 6,4 persen, gas 6,5 persen."),
    ("No, no, no, no!", "Tidak, tidak, tidak, tidak!"),
    ("Hahahahaha!", "Hahahahaha!"),
    ("It cost 1,000,000,000.", "Harganya 1.000.000.000."),
    ("", ""),
]


@pytest.mark.parametrize(("source", "target"), GOOD)
def test_a_good_translation_has_no_findings(source: str, target: str) -> None:
    assert codes(source, target) == []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("The talks in Madrid ended on Monday.", "The talks in Madrid ended on Monday."),
        ("Leaders meet behind closed doors.", "leaders meet behind closed doors"),
        ("Stall Tax Should Be Eliminated!", "Stall Tax Should Be Eliminated!"),
        ("Officials say that the plan is ready for them.", "Pejabat say that the plan is ready for them."),
        ("The plan, he said, was never agreed.", "Well, this is what they have, for the record."),
    ],
)
def test_untranslated(source: str, target: str) -> None:
    assert "untranslated" in codes(source, target)


def test_untranslated_the_other_way() -> None:
    text = "Perundingan di Madrid berakhir pada Senin."
    assert codes(text, text, "id-en") == ["untranslated"]


FRENCH = "Le gouvernement a annoncé que les nouvelles écoles seront construites cette année dans la province."


def test_a_third_language_is_told() -> None:
    assert "wrong-language" in codes("The government will build new schools this year.", FRENCH)
    assert "wrong-language" in codes("Pemerintah akan membangun sekolah baru tahun ini.", FRENCH, "id-en")


def test_a_quotation_in_a_third_language_may_stay() -> None:
    assert "wrong-language" not in codes(FRENCH, FRENCH)


def test_a_text_in_its_own_language_is_not_untranslated() -> None:
    assert codes("The talks ended on Monday.", "The talks ended on Monday.", "en-en") == []


@pytest.mark.parametrize(
    "target",
    [
        "kantor cabang cabang cabang cabang",
        "dari unit, dari unit, dari unit itu",
        "Ia pergi ke sana lagi, ia pergi ke sana lagi.",
        "Jokowi ttttttttt",
        "mengorororororord",
        "ZZZZZZ",
    ],
)
def test_repetition(target: str) -> None:
    assert "repetition" in codes("He went there with the unit of the branch office.", target)


def test_twice_is_no_loop() -> None:
    assert codes("He is well and went again.", "Ia baik baik saja dan pergi lagi lagi.") == []


@pytest.mark.parametrize(
    ("source", "target", "pair", "found"),
    [
        ("Petani di Jawa Tengah menanam padi.", "Farmers di Jawa Tengah plant rice.", "id-en", ["di"]),
        ("It was far over the hills.", "Itu jauh over bukit.", "en-id", ["over"]),
        ("He plays Call of Duty.", "Ia bermain Call of Duty.", "en-id", []),
        ("Rp5 juta per bulan.", "Rp5 million per month.", "id-en", []),
        ("Ia datang.", "He said yang.", "id-en", []),  # not the source's word
        ("It was good.", "Itu baik.", "en-id", []),
    ],
)
def test_a_small_word_that_was_left(source: str, target: str, pair: str, found: list[str]) -> None:
    told = check(source, target, *pair.split("-"))
    assert [finding.evidence for finding in told if finding.code == "left-word"] == found


@pytest.mark.parametrize(
    ("source", "target", "found"),
    [
        ("Gubernur resmi membuka jembatan.", "The governor officially officially opened it.", True),
        ("Ia datang ke kota.", "He came to the The city.", True),
        ("Ia tahu bahwa itu benar.", "He knew that that was true, and had had enough.", False),
        ("Ia berkata tidak, tidak.", "He said no, no.", False),
        ("Jalan itu jauh jauh sekali.", "The road is far far away.", False),
    ],
)
def test_an_english_word_said_twice(source: str, target: str, found: bool) -> None:
    assert ("doubled-word" in codes(source, target, "id-en")) == found


def test_changed_numbers_are_named_in_the_evidence() -> None:
    (finding,) = check("26 countries, 30 nations", "26 negara, 3 bangsa", "en", "id")
    assert (finding.code, finding.severity) == ("numbers-changed", Severity.ERROR)
    assert finding.evidence == "missing: 30; added: 3"


@pytest.mark.parametrize("target", ["", "  ", "\n"])
def test_an_empty_translation_has_that_fault_alone(target: str) -> None:
    assert codes("All 26 countries agreed.", target) == ["empty"]


def test_far_too_long_or_too_short_is_a_warning() -> None:
    long = "Pejabat itu menyampaikan bahwa perundingan tersebut berlangsung tertutup di gedung lama kementerian."
    (longer,) = check("He said so.", long, "en", "id")
    (shorter,) = check(long, "He said so.", "id", "en")
    assert (longer.code, longer.severity) == (shorter.code, shorter.severity) == ("length", Severity.WARNING)


def test_short_texts_may_differ_in_length() -> None:
    assert codes("UN", "Perserikatan Bangsa-Bangsa") == []


@pytest.mark.parametrize("lost", ["⁇", "\ufffd"])
def test_a_lost_character(lost: str) -> None:
    assert codes("Minister José Albares", f"Menteri Jos{lost} Albares") == ["unknown-characters"]
    assert codes(f"Minister Jos{lost} Albares", f"Menteri Jos{lost} Albares") == []


def test_the_worst_severity() -> None:
    assert worst([]) is None
    assert worst([Finding("length", "…"), Finding("empty", "…", Severity.ERROR)]) is Severity.ERROR


def test_retries_are_ordered_from_good_to_useless() -> None:
    source = "All 26 countries agreed on it in the end."
    targets = [
        "Pada akhirnya, ke-26 negara menyepakatinya.",
        "Pada akhirnya, ke-26 negara ⁇ menyepakatinya.",
        "Pada akhirnya, ke-62 negara menyepakatinya.",
        "Pada akhirnya akhirnya akhirnya, ke-26 negara.",
        "",
    ]
    ranks = [badness(check(source, target, "en", "id")) for target in targets]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == len(ranks)
    assert ranks[0] == 0


def test_every_check_survives_every_scrap() -> None:
    scraps = ["", " ", "\0", "(", "½", "1,2,3.4", "😀" * 50, "a" * 500]
    for each in CHECKS:
        for source in scraps:
            for target in scraps:
                list(each(source, target, "en", "id"))


def test_a_quotation_that_was_in_the_targets_language_already_is_no_fault() -> None:
    source = '"This is not a historic day for our two countries," kata perdana menteri di Jakarta.'
    target = '"This is not a historic day for our two countries," said the prime minister in Jakarta.'
    assert check(source, target, "id", "en") == ()
    assert "untranslated" in {one.code for one in check(target, target, "en", "id")}
