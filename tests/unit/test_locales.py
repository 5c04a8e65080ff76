"""Every word of the pages is there in every language, and none is kept that no page says."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.checkers import checkers
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po
from jinja2 import Environment

ROOT = Path(__file__).parents[2]
LANGUAGES = ("en", "id")
KEYWORDS = {**DEFAULT_KEYWORDS, "lazy_gettext": None, "lazy_ngettext": (1, 2), "lazy_pgettext": ((1, "c"), 2)}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
ENGLISH_ONLY = {"docs.html", "gallery.html"}
"""For developers: they are in the language of the code."""

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
        wanted = Counter(PLACEHOLDER.findall(message.id[-1] if message.pluralizable else message.id))
        forms = message.string if message.pluralizable else (message.string,)
        assert all(Counter(PLACEHOLDER.findall(form)) == wanted for form in forms), message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_has_placeholders_is_checked_as_a_format_and_each_plural_form_is_there(language: str) -> None:
    for message in messages(language):
        ids = message.id if message.pluralizable else (message.id,)
        assert message.python_format == any(PLACEHOLDER.search(one) or "%%" in one for one in ids), message.id
        if message.pluralizable:
            assert len(message.string) == catalog(language).num_plurals, message.id


@pytest.mark.parametrize(
    "template",
    [path for path in sorted((ROOT / "service/web/templates").glob("*.html")) if path.name not in ENGLISH_ONLY],
    ids=lambda path: path.name,
)
def test_no_template_says_a_word_that_cannot_be_translated(template: Path) -> None:
    tokens = Environment(autoescape=True).lex(template.read_text(encoding="utf-8"))
    markup = "".join(value if kind == "data" else "\x00" for _, kind, value in tokens)
    said = re.sub(r'<[^>]*>|[\w-]+="[^"]*"', " ", markup)  # a macro may say an attribute by itself
    said += " ".join(re.findall(r'\b(?:alt|title|placeholder|aria-label)="([^"]*)"', markup))
    assert re.findall(r"[^\W\d_]+", re.sub(r"&\w+;", " ", said)) == []


def test_english_is_what_the_templates_say() -> None:
    assert all(message.string == message.id for message in messages("en"))


def test_indonesian_has_one_form_for_any_number() -> None:
    assert catalog("id").plural_expr == "0"
