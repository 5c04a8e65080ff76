"""What stands beside figures (percent, currencies, measures, zones): dropped or swapped, it changes a fact."""

from __future__ import annotations

import pytest

from service.article.check import check
from service.article.units import gained, lost


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("It cost $28.", "Biayanya 28 dolar."),
        ("It cost US$1.5 million.", "Biayanya 1,5 juta dolar AS."),
        ("Harganya Rp 50 juta hingga Rp 100 juta.", "It costs Rp 50-100 million."),
        ("Naik 4 persen.", "It rose four percent."),
        ("Naik 4%.", "It rose 4 per cent."),
        ("A loan of €20 million.", "Pinjaman 20 juta euro."),
        ("The dollar rose.", "Dolar naik."),
        ("It has 20 rooms.", "Ada 20 kamar."),
        ("The percentage of 20 schools.", "Persentase 20 sekolah."),
        ("It is worth US$1.5m.", "Nilainya 1,5 juta dolar AS."),
        ("It cost S$20.", "Harganya 20 dolar Singapura."),
        ("12.5 kilometers away", "12,5 km jauhnya"),
        ("1,200 hectares", "1.200 hektare"),
        ("It was 38 degrees Celsius.", "Suhunya 38°C."),
        ("at 2:30 p.m. WIB", "pukul 14.30 WIB"),
    ],
)
def test_a_unit_that_is_named_is_not_lost(source: str, target: str) -> None:
    assert lost(source, target) == ()


@pytest.mark.parametrize(
    ("source", "target", "kind"),
    [
        ("Tickets cost $28.", "Tiket 28.", "dollar"),
        ("Anggarannya Rp1,2 triliun.", "The budget is 1.2 trillion.", "rupiah"),
        ("Anggarannya Rp1,2 triliun.", "The budget is $1.2 trillion.", "rupiah"),
        ("It rose 12 percent.", "Naik 12.", "percent"),
        ("It cost S$20.", "Harganya 20 dolar AS.", "Singapore dollar"),
        ("It is 12 kilometers away.", "Jaraknya 12 kilogram.", "kilometre"),
        ("A fire burned 20 hectares.", "Api membakar 20.", "hectare"),
        ("at 2:30 p.m. WITA", "pukul 14.30 WIB", "WITA"),
    ],
)
def test_a_unit_that_is_nowhere_is_an_error(source: str, target: str, kind: str) -> None:
    assert lost(source, target) == (kind,)
    (finding,) = [finding for finding in check(source, target, "en", "id") if finding.code == "unit-changed"]
    assert finding.severity == "error"
    assert f"missing: {kind}" in finding.evidence


@pytest.mark.parametrize(
    ("source", "target", "kinds"),
    [
        ("It cost 28 million.", "Biayanya Rp28 juta.", ("rupiah",)),
        ("It cost $28.", "Biayanya S$28.", ("Singapore dollar",)),
        ("The rupiah fell to 16,350.", "Rupiah turun ke Rp16.350.", ()),
        ("It has 20 rooms.", "Ada 20 kamar.", ()),
    ],
)
def test_a_currency_that_was_made_up_is_an_error(source: str, target: str, kinds: tuple[str, ...]) -> None:
    assert gained(source, target) == kinds
    found = [finding.evidence for finding in check(source, target, "en", "id") if finding.code == "unit-changed"]
    assert [f"added: {kind}" in evidence for evidence in found for kind in kinds] == [True] * len(kinds)
