"""Our own words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from service.web.ui import init_ui

Get = Callable[..., str]


def test_uncompiled_words_stop_the_service_with_a_remedy(tmp_path: Path) -> None:
    po = tmp_path / "id" / "LC_MESSAGES" / "messages.po"
    po.parent.mkdir(parents=True)
    po.write_text("")
    with pytest.raises(RuntimeError, match=r"messages\.po.*pybabel compile"):
        init_ui(Flask("x"), str(tmp_path))
    with pytest.raises(RuntimeError, match="any messages in"):
        init_ui(Flask("x"), str(tmp_path / "id"))
