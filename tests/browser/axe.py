"""axe-core, which says what of a page keeps people out: `npm ci` in this folder gets it, as the lock has it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Page

SCRIPT: Final = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"


def violations(page: Page) -> list[str]:
    """What axe finds in a page by WCAG 2.2 A and AA and its own best practices, each with the first place of it."""
    if not SCRIPT.exists():
        pytest.skip("needs axe-core: install npm, then make tests/browser/node_modules/.installed")
    page.evaluate(SCRIPT.read_text())
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] }).then(result => result.violations)")
    return [f"{one['id']}: {one['help']}: {one['nodes'][0]['html']}" for one in found]
