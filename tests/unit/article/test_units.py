"""Percent signs and currencies beside figures: dropped or swapped, they change a fact."""

from __future__ import annotations

import pytest

from service.article.check import check
from service.article.units import lost


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
    ],
)
def test_a_unit_that_is_nowhere_is_an_error(source: str, target: str, kind: str) -> None:
    assert lost(source, target) == (kind,)
    (finding,) = [finding for finding in check(source, target, "en", "id") if finding.code == "unit-changed"]
    assert (finding.severity, finding.evidence) == ("error", kind)
