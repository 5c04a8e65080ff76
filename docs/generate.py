"""Writes the documents that come from the code: `make docs`. A test fails where they are not current."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from docs import localisation, tour
from docs.serving import demo
from service.app import create_app, open_desk
from service.settings import Settings
from service.web.openapi import document

HERE = Path(__file__).parent


def settings() -> str:
    """docs/settings.md: a row for each setting."""
    rows = [
        f"| `ALIHBAHASA_{name.upper()}` | `{field.default}` | {field.description} |"
        if field.default not in ("", None)
        else f"| `ALIHBAHASA_{name.upper()}` | | {field.description} |"
        for name, field in Settings.model_fields.items()
    ]
    head = (
        "# Settings\n\nMade by `make docs` from `service/settings.py`. Each is an environment variable; the options of "
        "`alihbahasa --help`\nand `alihbahasa serve --help` outrank them.\n\n| variable | default | what it is |\n"
        "| --- | --- | --- |\n"
    )
    return head + "\n".join(rows) + "\n"


def openapi() -> str:
    """docs/openapi.json: the API as the service tells it."""
    with tempfile.TemporaryDirectory() as scratch:
        defaults = Settings(data=Path(scratch))
        desk = open_desk(defaults)
        app = create_app(defaults, desk)
        with app.app_context():
            text = json.dumps(document(app), indent=1, ensure_ascii=False) + "\n"
        desk.close(0)
    return text


DOCUMENTS = {"settings.md": settings, "openapi.json": openapi, "localisation.md": localisation.document}


def main() -> None:
    """Write the documents, and the README's tour."""
    for name, make in DOCUMENTS.items():
        (HERE / name).write_text(make(), encoding="utf-8")
    with tempfile.TemporaryDirectory() as data, demo(data) as address:
        tour.rewrite(address)


if __name__ == "__main__":
    main()
