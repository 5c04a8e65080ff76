"""How a locale writes what a page prints beside its articles."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BaseModel, Field, model_validator

from service.web.schemas.common import Body, Instant, Str
from service.web.schemas.variants import DateOut


class ToWrite(Body):
    """What is to be written in a locale's way."""

    at: Instant | None = Field(None, description="A time, RFC 3339; a `+` is written `%2B` in a query.")
    number: Annotated[Decimal, Field(max_digits=20, decimal_places=6)] | None = None
    currency: Annotated[Str, Field(pattern="^[A-Z]{3}$", examples=["IDR"])] | None = Field(
        None, description="What `number` is an amount of (ISO 4217). Nothing is converted."
    )

    unit: Annotated[Str, Field(pattern="^[a-z]+(-[a-z]+)*$", max_length=60, examples=["kilometer"])] | None = Field(
        None, description="What `number` measures, as CLDR calls it: `kilometer`, `mile`, `celsius`, `hectare`."
    )

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.currency or self.unit) and self.number is None:
            raise ValueError("`currency` and `unit` say what `number` is of: send it too")
        if self.currency and self.unit:
            raise ValueError("`number` is an amount of a `currency` or of a `unit`: send one of them")
        return self


class QuotationMarksOut(BaseModel):
    """What stands around a quotation, and around one within it."""

    start: str
    end: str
    inner_start: str
    inner_end: str


class MomentOut(DateOut):
    """A moment, also as seen from the time of this answer."""

    relative: str = Field(description="`3 hours ago`: print it at once or not at all.")


class ConventionsOut(BaseModel):
    """A locale's conventions, and what was asked for in its words. Digits are Latin in every locale."""

    locale: str
    dir: Literal["ltr", "rtl"]
    script: str = Field(description="ISO 15924.")
    names: dict[str, str] = Field(
        description="What its language is called, in itself and in that of each of the site's locales."
    )
    quotation_marks: QuotationMarksOut
    decimal: str = Field(description="What stands before decimals.")
    group: str = Field(description="What stands between thousands.")
    list_separators: list[str] = Field(description="What stands between three names, in order.")
    moment: MomentOut | None
    number: str | None = Field(
        description="An amount where a `currency` or `unit` was named, as the site writes rupiah and measures."
    )
