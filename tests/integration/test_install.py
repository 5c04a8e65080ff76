"""What is installed, and what is not: the lock alone decides."""

from __future__ import annotations

import re
from importlib.metadata import version
from importlib.util import find_spec

import pytest
from packaging.requirements import Requirement

from service.settings import ROOT

LOCKS = ["requirements.lock", "requirements-test.lock", "bench/argos.lock"]


@pytest.mark.parametrize("name", ["torch", "stanza", "spacy", "minisbd"])
def test_what_argos_asks_for_and_we_do_not_need_is_absent(name: str) -> None:
    assert find_spec(name) is None


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_has_pinned_versions_with_hashes_and_nothing_else(lock: str) -> None:
    pin = r"[a-z0-9][a-z0-9._-]*(\[[a-z0-9,-]+\])?==[^ ;]+( ; [^\\]+)?"
    for entry in re.split(r"\n(?=\S)", (ROOT / lock).read_text().strip()):
        first, *hashes = [line.strip() for line in entry.replace(" \\\n", "\n").splitlines()]
        assert re.fullmatch(pin, first), first
        assert hashes, first
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", line) for line in hashes), first


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_names_no_index_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert "://" not in text
    assert not re.search(r"--(extra-)?index-url|--find-links|--trusted-host|^-", text, re.MULTILINE)


def pins(lock: str) -> dict[str, str]:
    """Names and versions of the packages that a lock names for this machine."""
    lines = re.findall(r"^([^ ].*==[^\\]+)", (ROOT / lock).read_text(), re.MULTILINE)
    found = [Requirement(line) for line in lines]
    return {
        one.name: str(one.specifier).removeprefix("==") for one in found if one.marker is None or one.marker.evaluate()
    }


def test_what_runs_is_what_is_tested() -> None:
    run, tested = pins("requirements.lock"), pins("requirements-test.lock")
    assert run.items() <= tested.items()
    assert {name: version(name) for name in tested} == tested
