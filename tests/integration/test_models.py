"""`alihbahasa models`, as a person meets it, and the service that takes up what it installed."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from service.app import create_app, open_desk
from service.article.types import Decoding
from service.cli import main
from service.engine import installer, packages, trial
from service.engine.packages import PackageError
from service.engine.pool import Pool
from service.settings import ROOT, Settings
from tests.unit.engine import tiny

BUNDLED = sorted((ROOT / "models").glob("*.argosmodel"))

Run = Callable[..., Result]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def run(data: Path) -> Run:
    """Run `alihbahasa models` in this process on a data folder of its own."""

    def run(*arguments: object, succeeds: bool = True) -> Result:
        result = CliRunner().invoke(main, ["--data", str(data), "models", *(str(one) for one in arguments)])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        assert (result.exit_code == 0) is succeeds, result.output
        return result

    return run


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests of something else: packages are not tried, which takes half a second."""
    monkeypatch.setattr(trial, "run", lambda _: None)


def refused(run: Run, *arguments: object) -> str:
    result = run(*arguments, succeeds=False)
    assert result.exit_code in (1, 2)
    return result.stderr


def listed(run: Run) -> list[tuple[str, str, str]]:
    """Pair, version and state of what is installed."""
    lines = [line.split("\t") for line in run("list").stdout.splitlines()]
    assert all(len(digest) == 64 and int(size) > 0 and Path(path).is_dir() for _, _, digest, size, _, path in lines)
    return [(name, version, state) for name, version, _, _, state, _ in lines]


# --- what is bundled -------------------------------------------------------------------------------------------------


def test_the_bundled_models_are_installed_and_pinned_as_make_does_it(run: Run, data: Path) -> None:
    assert run("list").stdout == ""
    (command,) = [line for line in (ROOT / "Makefile").read_text().splitlines() if "models install" in line]
    options = command.partition("models install")[2].split()[:-1]
    installed = run("install", *options, *BUNDLED).stdout.splitlines()
    assert [line.split()[0] for line in installed] == ["en-id", "id-en"]
    versions = {name: version for name, version, _ in listed(run)}
    assert listed(run) == [("en-id", versions["en-id"], "pinned"), ("id-en", versions["id-en"], "pinned")]
    before = packages.generation(data / "models")
    run("install", *options, *BUNDLED)
    assert packages.generation(data / "models") == before
    assert run("verify").stdout.count("pinned, and whole") == 2


def test_a_model_that_is_not_the_listed_one_is_refused(run: Run, tmp_path: Path) -> None:
    copy = tmp_path / BUNDLED[0].name
    copy.write_bytes(BUNDLED[0].read_bytes())
    (tmp_path / "SHA256SUMS").write_text(f"{'0' * 64}  {copy.name}\n")
    assert "not the expected" in refused(run, "install", copy)
    assert "not the expected" in refused(run, "install", BUNDLED[0], "--sha256", "0" * 64)
    assert "one at a time" in refused(run, "install", *BUNDLED, "--sha256", "0" * 64)
    assert listed(run) == []


# --- a life of a package ---------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("quick")
class TestLife:
    def test_a_package_is_replaced_rolled_back_pinned_and_removed(self, run: Run, tmp_path: Path) -> None:
        run("install", tiny.package(tmp_path, version="1.0"))
        run("install", tiny.package(tmp_path, version="2.0"), tiny.package(tmp_path, "de-en"))
        assert listed(run) == [("de-en", "1.0", "use"), ("en-id", "2.0", "use"), ("en-id", "1.0", "kept")]
        assert "en-id 1.0" in run("rollback", "en_id").stdout
        assert run("pin", "en-id").stdout.startswith("en-id is pinned to 1.0 (")
        assert listed(run) == [("de-en", "1.0", "use"), ("en-id", "1.0", "pinned"), ("en-id", "2.0", "kept")]
        assert "--pin" in refused(run, "install", tiny.package(tmp_path, version="3.0"))
        assert "left as it is" in run("install", "--newer", tiny.package(tmp_path, version="3.0")).stdout
        assert "installed and pinned" in run("install", "--pin", tiny.package(tmp_path, version="3.0")).stdout
        run("pin", "--remove", "en-id")
        assert "de-en 1.0 is removed" in run("remove", "de-en").stdout
        assert listed(run) == [("en-id", "3.0", "use"), ("en-id", "1.0", "kept")]
        for command in ("remove", "pin", "rollback"):
            assert "models list" in refused(run, command, "de-en")

    def test_what_differs_is_told_with_an_exit_status(self, run: Run, tmp_path: Path, data: Path) -> None:
        run("install", "--pin", tiny.package(tmp_path))
        assert run("verify").stdout == "en-id 1.0: pinned, and whole\n"
        (one,) = packages.installed(data / "models")
        (one.path / "model" / "model.bin").write_bytes(b"other weights")
        result = run("verify", succeeds=False)
        assert "en-id 1.0: model/model.bin is changed" in result.stderr
        assert result.exit_code == 1

    def test_nothing_to_install_is_told(self, run: Run, tmp_path: Path) -> None:
        assert "say what to install" in refused(run, "install")
        assert "--from and --to" in refused(run, "install", "--from", "en")
        assert "no such file, and no pair" in refused(run, "install", tmp_path / "none.argosmodel")


# --- from elsewhere --------------------------------------------------------------------------------------------------


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Not into the tests' output."""


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Path, str]]:
    """A folder, and the address on this machine that serves its files."""
    monkeypatch.setenv("no_proxy", "*")  # whatever proxy this machine is told to use
    folder = tmp_path / "shelf"
    folder.mkdir()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield folder, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join(10)


@pytest.mark.usefixtures("quick")
class TestElsewhere:
    @pytest.fixture
    def index(self, shelf: tuple[Path, str]) -> str:
        folder, url = shelf
        entries = []
        for pair in ("de-en", "en-id", "en-tl"):
            file = tiny.package(folder, pair)
            source, target = pair.split("-")
            sha256 = "0" * 64 if pair == "en-tl" else packages.sha256(file)
            entries.append({"package_version": "1.0", "from_code": source, "from_name": source, "to_code": target,
                            "to_name": target, "links": [f"{url}/{file.name}"], "sha256": sha256})  # fmt: skip
        (folder / "index.json").write_text(json.dumps(entries))
        return f"{url}/index.json"

    def test_a_package_comes_from_an_address(self, run: Run, shelf: tuple[Path, str], data: Path) -> None:
        file = tiny.package(shelf[0])
        run("install", f"{shelf[1]}/{file.name}?key=secret", "--sha256", packages.sha256(file))
        assert listed(run) == [("en-id", "1.0", "use")]
        assert {path.name for path in data.iterdir()} == {"models"}  # the download is gone
        assert "404" in refused(run, "install", f"{shelf[1]}/none")

    @pytest.mark.parametrize("by", [["en_id"], ["en-id"], ["--from", "en", "--to", "id"]])
    def test_a_package_comes_from_an_index(self, run: Run, index: str, by: list[str]) -> None:
        run("install", *by, "--index", index)
        assert listed(run) == [("en-id", "1.0", "use")]

    def test_what_an_index_offers_is_listed(self, run: Run, index: str) -> None:
        offered = run("list", "--available", "--index", index).stdout
        assert offered == "de-en\t1.0\tde → en\nen-fil\t1.0\ten → tl\nen-id\t1.0\ten → id\n"

    def test_a_pair_that_an_index_does_not_have_is_told_with_the_way_round(self, run: Run, index: str) -> None:
        assert "install de-en and en-id" in refused(run, "install", "de-id", "--index", index)
        assert "models list --available" in refused(run, "install", "fr-id", "--index", index)

    def test_a_package_with_another_hash_than_the_index_says_is_refused(self, run: Run, index: str) -> None:
        assert "not the expected" in refused(run, "install", "en-tl", "--index", index)
        assert listed(run) == []


# --- the service -----------------------------------------------------------------------------------------------------


def test_a_service_does_not_start_with_a_model_that_differs_from_its_pin(run: Run, data: Path, tmp_path: Path) -> None:
    run("install", "--pin", tiny.package(tmp_path))
    (one,) = packages.installed(data / "models")
    (one.path / "model" / "model.bin").write_bytes(b"other weights")
    result = CliRunner().invoke(main, ["--data", str(data), "serve"])
    assert result.exit_code == 1
    assert "en-id 1.0 is not what it was pinned as (model/model.bin is changed)" in result.stderr
    with pytest.raises(PackageError, match="pinned as"):
        Pool(data / "models", threads=1).load()


@pytest.fixture
def german(data: Path, tmp_path: Path, words: None) -> Iterator[FlaskClient]:
    """A service whose models are German to English and English to Indonesian, one of them with a target prefix."""
    installer.install(tiny.package(tmp_path, "de-en", positions=1024), data / "models")
    installer.install(tiny.package(tmp_path, "en-id", target_prefix="<2id>"), data / "models")
    settings = Settings(data=data, workers=1, threads=1)
    desk = open_desk(settings)
    try:
        desk.start()
        yield create_app(settings, desk).test_client()
    finally:
        desk.close(20)


def test_a_pair_without_a_model_is_translated_through_english(german: FlaskClient, data: Path) -> None:
    ((_, hypothesis),) = Pool(data / "models", threads=1).translate(["neue Straßen"], "de", "id", decoding=Decoding())
    assert [made.partition("@")[0] for made in hypothesis.model.split("+")] == ["de-en", "en-id"]
    text = {"text": "<p>Die Regierung baut <b>neue Straßen</b>.</p>", "format": "html", "source": "de", "target": "id"}
    answer = german.post("/v1/translations", json=text)
    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["source"] == "de"
    translation = answer.json["translation"]
    assert translation.startswith("<p>")
    assert "<b>" in translation


def test_an_article_in_another_language_is_detected_and_translated(german: FlaskClient) -> None:
    body = "<p>Die Regierung will im nächsten Jahr in der ganzen Provinz neue Straßen und Brücken bauen lassen.</p>"
    article = {"title": "Die Regierung baut neue Straßen", "body": body}
    answer = german.put("/v1/articles/strassen", json=article, headers={"Prefer": "wait=60"})
    assert answer.status_code == 201
    assert answer.json is not None
    assert answer.json["source"]["locale"] == "de-DE"
    variant = german.get("/v1/articles/strassen/variants/id-ID").json
    assert variant is not None
    assert [bool(segment["target"]) for segment in variant["segments"]] == [True, True]
    page = german.get("/de/articles/strassen").get_data(as_text=True)
    assert '<html lang="de" dir="ltr"' in page


def test_languages_are_told_with_the_models_of_each_pair(german: FlaskClient) -> None:
    answer = german.get("/v1/languages").json
    assert answer is not None
    pairs = {f"{pair['source']}-{pair['target']}": pair["models"] for pair in answer["pairs"]}
    assert {name: [one["name"] for one in made_by] for name, made_by in pairs.items()} == {
        "de-en": ["de-en"],
        "de-id": ["de-en", "en-id"],
        "en-id": ["en-id"],
    }
    assert all((one["version"], len(one["sha256"])) == ("1.0", 64) for made_by in pairs.values() for one in made_by)
    assert [(one["locale"], one["name"], one["dir"]) for one in answer["locales"]] == [
        ("en-US", "English", "ltr"),
        ("id-ID", "Bahasa Indonesia", "ltr"),
        ("de-DE", "Deutsch", "ltr"),
    ]
