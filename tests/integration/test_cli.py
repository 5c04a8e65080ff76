"""The command line, as a person meets it."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from service import __version__
from service.cli import main
from service.jobs.embedded import Ownership
from service.settings import ROOT, Settings
from service.store import articles, sites
from service.store.database import Database, sqlite_url
from tests.unit.pages import parse

SAMPLE = ROOT / "tests" / "samples" / "madrid-summit.txt"
MODELS = sorted((ROOT / "models").glob("*.argosmodel"))

Run = Callable[..., Result]


@pytest.fixture
def run(data: Path, words: None, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command in this process on the data folder."""
    monkeypatch.setenv("ALIHBAHASA_DATA", str(data))

    def run(*arguments: object, succeeds: bool = True, **environment: str) -> Result:
        result = CliRunner().invoke(main, [str(one) for one in arguments], env=environment)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        assert (result.exit_code == 0) is succeeds, result.output
        return result

    return run


def refused(run: Run, *arguments: object, **environment: str) -> str:
    """What the command says when it refuses."""
    result = run(*arguments, succeeds=False, **environment)
    assert result.exit_code in (1, 2)
    return result.stderr


def test_the_command_tells_its_commands_and_its_version(run: Run) -> None:
    for command in ("serve", "translate", "memory", "models", "demo"):
        assert command in run("--help").stdout
        assert run(command, "-h").stdout.startswith("Usage:")
    assert __version__ in run("--version").stdout


# --- translate -----------------------------------------------------------------------------------------------------


def test_an_article_is_translated_to_standard_output_and_nothing_else_goes_there(run: Run) -> None:
    result = run("translate", SAMPLE)
    title, _, *rest = result.stdout.split("\n\n")
    assert "Madrid" in title
    assert "Azabache" not in title  # the picture's credit
    assert len(rest) > 15
    assert "Indonesian (ID)" not in result.stdout  # page furniture
    assert "%" not in result.stdout  # the progress bar
    assert "source: en" in result.stderr
    assert "id-ID: " in result.stderr


def test_its_pages_open_without_a_server(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = run("translate", SAMPLE, "--to", "id-ID", "--html", out)
    pages = {page.name: page.read_text() for page in out.glob("*.html")}
    assert pages.keys() == {"en.html", "id.html", "id.compare.html"}
    assert '<html lang="id"' in pages["id.html"]
    assert 'href="en.html"' in pages["id.html"]
    assert 'href="id.html"' in pages["en.html"]
    (sheet,) = out.glob("*.css")
    assert all(f'href="{sheet.name}"' in page for page in pages.values())
    assert f"wrote {out / 'id.html'}" in result.stderr
    for page in pages.values():
        assert "127.0.0.1" not in page
        assert "feed.xml" not in page
        links = [node.attributes.get("href") or "" for node in parse(page).css("a, link")]
        files = [link for link in links if not link.startswith(("#", "data:", "https://", "mailto:"))]
        assert len(files) >= 4
        assert all((out / link.partition("#")[0]).is_file() for link in files)
    assert 'href="id.compare.html"' in pages["id.html"]


def test_an_indonesian_page_is_translated_the_other_way(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "jalan.html"
    file.write_text("<h1>Jalan baru dibangun</h1><p>Pemerintah akan membangun <b>jalan baru</b> di provinsi itu.</p>")
    result = run("translate", file, "--from", "id", "--to", "en-US")
    assert "source: id-ID" in result.stderr
    assert "en-US: " in result.stderr
    assert "government" in result.stdout.lower()
    assert "<" not in result.stdout


def test_a_markdown_files_heading_is_its_title(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "roads.md"
    file.write_text("# New roads\n\nThe government will build **new roads** in the province.\n")
    assert len(run("translate", file, "--from", "en").stdout.strip().split("\n\n")) == 2


def test_the_bundled_models_are_there_without_being_installed(run: Run, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh"
    file = tmp_path / "text.txt"
    file.write_text("New roads\n\nThe government will build new roads in the province next year.\n")
    run("--data", fresh, "translate", file, "--from", "en")
    assert len(list((fresh / "models").glob("*/model/model.bin"))) == len(MODELS)


def test_what_cannot_be_translated_is_refused_with_the_remedy(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "text.txt"
    file.write_text("New roads\n\nThe government will build new roads in the province next year.\n")
    assert "fr" in refused(run, "translate", file, "--to", "fr-FR")
    assert "does not exist" in refused(run, "translate", tmp_path / "none.txt")
    file.write_bytes(b"\xff\xfe\x00")
    assert "text.txt is not UTF-8" in refused(run, "translate", file)
    file.write_text("")
    refused(run, "translate", file)
    file.write_text("Oke.")
    assert "--from" in refused(run, "translate", file)


# --- serve -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.2", "example.org"])
def test_serving_beyond_this_machine_is_refused_unless_told_so(run: Run, host: str) -> None:
    assert "--allow-public" in refused(run, "serve", "--host", host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.2", "example.org"])
def test_serving_beyond_this_machine_needs_the_address_that_readers_see(run: Run, host: str) -> None:
    assert "ALIHBAHASA_PUBLIC_URL" in refused(run, "serve", "--host", host, "--allow-public")
    assert "ALIHBAHASA_PUBLIC_URL" in refused(run, "serve", "--host", host, ALIHBAHASA_ALLOW_PUBLIC="1")


def test_serving_beyond_this_machine_goes_with_leave_and_address(run: Run, tmp_path: Path) -> None:
    public = ["serve", "--host", "0.0.0.0", "--allow-public", "--public-url", "https://paper.example/alih/"]
    assert "models install" in refused(run, "--data", tmp_path / "fresh", *public)  # the next thing that it asks for


@pytest.mark.parametrize(
    "url",
    [
        "paper.example",
        "//paper.example",
        "ftp://paper.example",
        "https://",
        "https:///alih",
        "https://paper.example?x=1",
        "https://paper.example/?",
        "https://paper.example/#top",
        "https://editor:secret@paper.example",
        "https://paper.example/a b",
        " https://paper.example",
        "https://paper.example/\n",
        "https://paper.example//alih",
        "https://paper.example:eighty",
        "https://paper.example:99999",
        "https://paper.example:0",
        "https://paper.example:",
        "https://[::1",
        "https://korán.example",
        'https://paper.example/"><script>',
        "https://paper.example\\alih",
    ],
)
def test_a_public_address_that_is_none_is_told(run: Run, url: str) -> None:
    message = refused(run, "models", "list", ALIHBAHASA_PUBLIC_URL=url)  # `serve` would serve where this fails
    assert "public_url" in message
    assert "a setting is wrong" in message


@pytest.mark.parametrize(
    "url", ["", "http://localhost:8080", "https://paper.example/alih/", "https://[2001:db8::1]:8443"]
)
def test_a_public_address_may_have_a_port_and_a_path(url: str) -> None:
    assert Settings(public_url=url).base_url == (url.rstrip("/") or "http://127.0.0.1:8080")


def test_a_folder_in_use_is_refused(run: Run, data: Path) -> None:
    owner = Ownership(data)
    assert "another service is running on the data folder" in refused(run, "serve")
    assert "nothing loaded" in run("demo", ROOT / "demo").stderr
    owner.release()


def test_serving_without_models_is_refused_with_the_remedy(run: Run, tmp_path: Path) -> None:
    assert "models install" in refused(run, "--data", tmp_path / "fresh", "serve")


def test_serving_with_a_damaged_model_is_refused_by_its_name(run: Run, tmp_path: Path) -> None:
    damaged = tmp_path / "fresh" / "models" / "en_id-1-x"
    damaged.mkdir(parents=True)
    (damaged / "metadata.json").write_text("{")
    assert "en_id-1-x" in refused(run, "--data", tmp_path / "fresh", "serve")


def test_a_folder_that_cannot_be_one_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert "file" in refused(run, "--data", tmp_path / "file" / "data", "serve")


@pytest.mark.parametrize(
    ("arguments", "environment", "told"),
    [
        (["serve", "--port", "99999"], {}, "port"),
        (["serve"], {"ALIHBAHASA_PORT": "eighty"}, "port"),
        (["serve"], {"ALIHBAHASA_LOG_LEVEL": "loud"}, "log_level"),
        (["models", "list"], {"ALIHBAHASA_WORKERS": "0"}, "workers"),
    ],
)
def test_a_wrong_setting_is_told_by_its_name(
    run: Run, arguments: list[str], environment: dict[str, str], told: str
) -> None:
    message = refused(run, *arguments, **environment)
    assert "a setting is wrong" in message
    assert told in message


# --- demo ------------------------------------------------------------------------------------------------------------


def test_the_demo_is_loaded_once(run: Run, data: Path) -> None:
    count = len(list((ROOT / "demo" / "articles").iterdir()))
    assert f"{count} articles loaded" in run("demo", ROOT / "demo").stdout
    assert "already" in run("demo", ROOT / "demo").stdout
    database = Database(sqlite_url(data / "alihbahasa.db"))
    with database.read() as connection:
        assert len(articles.recent(connection, datetime.now(UTC), 100)) == count
        site = sites.get(connection)
    database.close()
    assert site is not None
    assert site.indexing == "machine"


# --- glossaries ------------------------------------------------------------------------------------------------------

TERMS = "source;target;source_language;target_language;do_not_translate\nKPK;;id;en;ya\nMenko;minister;id;en;\n"


def test_a_glossary_is_moved_in_and_out_also_while_a_service_has_the_folder(
    run: Run, data: Path, tmp_path: Path
) -> None:
    sent, got = tmp_path / "sent.csv", tmp_path / "got.csv"
    sent.write_text(TERMS, encoding="utf-8-sig")
    owner = Ownership(data)
    try:
        assert "default has 2 terms now" in run("--data", data, "glossary", "import", sent).output
        assert run("--data", data, "glossary", "export", got, "--site", "default").exit_code == 0
    finally:
        owner.release()
    assert got.read_bytes().split(b"\r\n")[1:] == [b"KPK,,id,en,yes,,yes", b"Menko,minister,id,en,yes,,", b""]


def test_a_faulty_glossary_changes_nothing_and_all_that_is_wrong_is_told(run: Run, data: Path, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text(TERMS)
    bad.write_text(TERMS + "MA;;id;en;\nMK;Court;id;zz;\n")
    run("--data", data, "glossary", "import", good)

    told = run("--data", data, "glossary", "import", bad, succeeds=False)

    assert "row 4, column target: must not be blank" in told.output
    assert "row 5, column target_language" in told.output
    assert b"KPK" in run("--data", data, "glossary", "export", "-").stdout_bytes


def test_the_starter_glossary_can_be_taken_out(run: Run, data: Path) -> None:
    out = run("--data", data, "glossary", "export", "-", "--starter")

    assert "Kapolri".casefold() in out.output.casefold()


@pytest.mark.parametrize("verb", ["import", "export"])
def test_a_site_that_is_not_there_is_told(run: Run, data: Path, tmp_path: Path, verb: str) -> None:
    file = tmp_path / "terms.csv"
    file.write_text(TERMS)

    told = run("--data", data, "glossary", verb, file, "--site", "other", succeeds=False)

    assert "there is no site 'other'" in told.output


# --- what is imported ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pages", [False, True])
def test_translating_does_not_wait_for_the_web(data: Path, words: None, tmp_path: Path, *, pages: bool) -> None:
    file = tmp_path / "text.txt"
    file.write_text("New roads\n\nThe government will build new roads in the province next year.\n")
    code = (
        "import sys; from service.cli import main; main(sys.argv[1:], standalone_mode=False);"
        "print(sorted({'flask', 'sqlalchemy', 'alembic', 'gunicorn'} & sys.modules.keys()))"
    )
    arguments = ["--data", data, "translate", file, "--from", "en", *(["--html", tmp_path / "out"] if pages else [])]
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], check=True, capture_output=True, text=True, timeout=60
    )
    loaded = done.stdout.splitlines()[-1]
    assert loaded == ("['alembic', 'flask', 'sqlalchemy']" if pages else "[]")


def test_serve_names_a_port_that_is_taken(run: Run) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        said = refused(run, "serve", "--port", other.getsockname()[1])
    assert "choose another --port" in said


def test_translate_reads_the_body_of_a_whole_html_document(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    head = "<!doctype html><html><head><title>Site name</title></head>"
    file.write_text(f"{head}<body><h1>The government builds roads</h1><p>The roads are new.</p></body></html>")
    said = run("translate", file, "--from", "en", "--html", tmp_path / "out").stdout
    assert "Site name" not in said
    assert "Site name" not in (tmp_path / "out" / "en.html").read_text()


# --- memory ----------------------------------------------------------------------------------------------------------

TMX = (
    '<tmx version="1.4"><header srclang="en"/><body>\n<tu><tuv xml:lang="en"><seg>A road.</seg></tuv>'
    '<tuv xml:lang="id"><seg>Jalan.</seg></tuv></tu><tu/></body></tmx>'
)


def test_a_memory_goes_in_and_out_while_the_service_owns_the_folder(run: Run, data: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.tmx"
    file.write_text(TMX)
    service = Ownership(data)
    try:
        told = run("memory", "import", file, "--reviewed")
        assert told.stdout == "1 imported, 1 skipped\n"
        assert told.stderr.startswith("line 2: skipped: the unit has not two languages")
        run("memory", "export", tmp_path / "b.tmx")
    finally:
        service.release()
    assert (tmp_path / "b.tmx").read_text() == run("memory", "export").stdout
    assert '<prop type="x-origin">person</prop>' in (tmp_path / "b.tmx").read_text()


def test_a_memory_that_cannot_be_read_or_has_no_site_is_refused(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.tmx"
    file.write_text(TMX.replace("</tmx>", ""))
    assert "line 2: this is no well-formed XML" in refused(run, "memory", "import", file)
    assert "there is no site 'other'" in refused(run, "memory", "import", file, "--site", "other")
    assert "there is no site 'other'" in refused(run, "memory", "export", "--site", "other")
