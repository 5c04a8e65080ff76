"""Every word of the pages is there in every language, and none is kept that no page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.checkers import checkers
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
LANGUAGES = ("en", "id")
KEYWORDS = {"_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")

Key = tuple[str | None, str | tuple[str, ...]]


def used() -> set[Key]:
    """What templates and code say, found as pyproject.toml tells pybabel to."""
    found = extract_from_dir(
        ROOT,
        method_map=[("service/**.py", "python"), ("service/web/templates/**.html", "jinja2")],
        keywords=KEYWORDS,
    )
    return {(context, message) for _, _, message, _, context in found}


def catalog(language: str) -> Catalog:
    with (ROOT / "locales" / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


def messages(language: str) -> list[Message]:
    return [message for message in catalog(language) if message.id]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_has_just_what_the_pages_say(language: str) -> None:
    assert {(message.context, message.id) for message in messages(language)} == used()
    assert not catalog(language).obsolete


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_translated_and_none_is_a_guess(language: str) -> None:
    for message in messages(language):
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(forms), message.id
        assert not message.fuzzy, message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_survive_translation(language: str) -> None:
    for message in messages(language):
        for check in checkers:
            check(catalog(language), message)
        wanted = set(PLACEHOLDER.findall(message.id[-1] if message.pluralizable else message.id))
        forms = message.string if message.pluralizable else (message.string,)
        assert all(set(PLACEHOLDER.findall(form)) == wanted for form in forms), message.id


def test_english_is_what_the_templates_say() -> None:
    assert all(message.string == message.id for message in messages("en"))


def test_indonesian_has_one_form_for_any_number() -> None:
    assert catalog("id").plural_expr == "0"
