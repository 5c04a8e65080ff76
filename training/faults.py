"""How often a model's plain output is broken, as the product's own checks see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service.article.check import check
from service.article.numbers import compare, figures
from training.augment import STAND_IN


@dataclass(frozen=True, slots=True)
class Faults:
    """How many of `sentences` came out broken. `lost`: of the `with_figures`, how many lose one."""

    sentences: int
    loops: int
    empty: int
    untranslated: int
    unknown: int
    with_figures: int
    lost: int

    def told(self) -> list[str]:
        """Shares, as a row of the table."""
        parts = (self.loops, self.empty, self.untranslated, self.unknown)
        return [*(f"{n / self.sentences:.1%}" for n in parts), f"{self.lost / max(1, self.with_figures):.1%}"]


def faults(sources: Sequence[str], outputs: Sequence[str], source: str, target: str) -> Faults:
    """What the product's checks say of translations.

    >>> told = faults(["Two men died.", "He is 40."], ["dua dua dua dua", "Ia 50."], "en", "id")
    >>> told.loops, told.empty, told.with_figures, told.lost
    (1, 0, 1, 1)
    """
    pairs = [*zip(sources, outputs, strict=True)]
    found = [{finding.code for finding in check(*pair, source, target)} for pair in pairs]
    numeric = [pair for pair in pairs if any(not figure.optional for figure in figures(pair[0], source))]

    def count(code: str) -> int:
        return sum(code in codes for codes in found)

    return Faults(
        sentences=len(found),
        loops=count("repetition"),
        empty=count("empty"),
        untranslated=count("untranslated"),
        unknown=count("unknown-characters"),
        with_figures=len(numeric),
        lost=sum(bool(compare(*pair, source, target).missing) for pair in numeric),
    )


def stand_ins_lost(sources: Sequence[str], outputs: Sequence[str]) -> float:
    """The share of the sources' stand-ins (training/augment.py) that their translations lack.

    >>> stand_ins_lost(["X1 left X2.", "X1 won."], ["X1 meninggalkan X1.", "X1 menang."])
    0.3333333333333333
    """
    wanted = [
        (name, output) for source, output in zip(sources, outputs, strict=True) for name in STAND_IN.findall(source)
    ]
    return sum(name not in STAND_IN.findall(output) for name, output in wanted) / len(wanted)
