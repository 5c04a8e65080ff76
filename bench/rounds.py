"""All measurements, in rounds: in each every side is measured once, in turn, so that a slow moment meets them all."""

from __future__ import annotations

import shutil
import sys
from collections import defaultdict
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from bench import raw, start, texts
from bench.raw import Options
from bench.service import Service, install
from bench.texts import Piece
from bench.timing import Measured, peak_memory
from bench.worker import ROOT, Worker

ARGOS = ROOT / ".venv-argos" / "bin" / "python"

PEERS = {
    "beam 2": {"OMP_NUM_THREADS": "1", "ARGOS_BEAM_SIZE": "2"},
    "beam 4": {"OMP_NUM_THREADS": "1"},
    "beam 2, two translators": {"OMP_NUM_THREADS": "1", "ARGOS_BEAM_SIZE": "2", "ARGOS_INTER_THREADS": "2"},
    "beam 4, two translators": {"OMP_NUM_THREADS": "1", "ARGOS_INTER_THREADS": "2"},
    "as shipped": {},
}
"""How Argos is run: 4 is its own beam."""

BULK = 12
"""Articles that are translated in one call for each language."""

CONCURRENT = (1, 8)
SERVED = (1, 8, 32)


@dataclass
class Edit:
    """An edit of one sentence of an article: as shares of the first translation, and what was called for."""

    decoding: float
    whole: float
    sentences: tuple[int, int]
    cached_calls: int


@dataclass
class Results:
    """What was measured, round by round, under the names that the report knows."""

    pieces: list[Piece]
    rounds: dict[str, list[Measured]] = field(default_factory=lambda: defaultdict(list))
    options: Options | None = None
    scanned: list[tuple[Options, float]] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    starts: dict[str, tuple[float, float]] = field(default_factory=dict)
    ready_memory: list[float] = field(default_factory=list)
    peer: dict[str, str] = field(default_factory=dict)


def run(scratch: Path, *, rounds: int, corpus: Path | None) -> Results:
    """Everything, on whole articles."""
    if not ARGOS.exists():
        raise SystemExit("there is no .venv-argos: `make bench` makes it")
    data = scratch / "data"
    models = install(data)
    results = Results(texts.articles(sum(SERVED) + 2, corpus))
    bulk = [texts.joined(results.pieces[:BULK], language) for language in ("en", "id")]
    with ExitStack() as workers:
        bare = workers.enter_context(Worker("bench.raw", models))
        engine = workers.enter_context(Worker("bench.engine", models))
        peers = {name: workers.enter_context(_peer(scratch, environment)) for name, environment in PEERS.items()}
        results.peer = peers["beam 4"].ask(versions=True)
        lists = _sentences(engine, bulk)
        articles = _sentences(engine, results.pieces[: max(CONCURRENT)])["text"]
        _scan(results, bare, lists["text"])
        for number in range(rounds):
            _say(f"round {number + 1} of {rounds}")
            _bulk(results, bare, engine, bulk, lists)
            _side_by_side(results, bare, engine, peers, articles)
            _served(results, _fresh(data, scratch / f"served-{number}"))
            _edit(results, _fresh(data, scratch / f"edit-{number}"), _fresh(data, scratch / f"inside-{number}"), number)
    _say("cold starts")
    results.starts["`alihbahasa translate` on the sample"] = start.command(data, rounds)
    results.starts["start of the service until ready"] = start.service(_fresh(data, scratch / "cold"), scratch, rounds)
    return results


def quick(scratch: Path) -> Results:
    """That it works: the limit, our engine and an edit on a few sentences. The numbers mean nothing."""
    data = scratch / "data"
    models = install(data)
    results = Results([piece.short() for piece in texts.articles(2)])
    with Worker("bench.raw", models) as bare, Worker("bench.engine", models) as engine:
        lists = _sentences(engine, results.pieces)
        _scan(results, bare, lists["text"])
        _bulk(results, bare, engine, results.pieces, lists)
    _edit(results, _fresh(data, scratch / "served"), _fresh(data, scratch / "inside"), 0)
    return results


def _sentences(engine: Worker, pieces: Sequence[Piece]) -> dict[str, Any]:
    """The sentences that our first pass gives to the model, by format."""
    return {name: engine.ask(read=True, format=name, items=_items(pieces, name)) for name in ("text", "html")}


def _scan(results: Results, bare: Worker, lists: list[Any]) -> None:
    _say("CTranslate2's best options")
    results.options, results.scanned = raw.scan(bare, lists)


def _bulk(results: Results, bare: Worker, engine: Worker, bulk: Sequence[Piece], lists: dict[str, Any]) -> None:
    """All there is of a language at once: raw CTranslate2, and the stages of our engine one upon the other."""
    for name in ("text", "html"):
        limit = bare.measure(items=lists[name], options=_chosen(results))
        results.rounds[f"raw {name}"].append(limit)
        # The same words are counted on both sides, stand-ins for what is protected included.
        asked: dict[str, Any] = {"format": name, "items": _items(bulk, name), "words": limit.words}
        if name == "text":
            sentences = engine.measure(format="sentences", items=lists[name], words=limit.words)
            results.rounds["engine sentences"].append(sentences)
        results.rounds[f"engine {name}"].append(engine.measure(retries=False, **asked))
        results.rounds[f"engine {name} retries"].append(engine.measure(retries=True, **asked))


def _side_by_side(results: Results, bare: Worker, engine: Worker, peers: dict[str, Worker], lists: list[Any]) -> None:
    """Whole articles as plain text: raw CTranslate2 (`lists` has their sentences), our pipeline, Argos."""
    for count in CONCURRENT:
        pieces = results.pieces[: max(count, 4)]
        asked: dict[str, Any] = {"concurrency": count, **_texts(pieces)}
        results.rounds[f"raw {count}"].append(
            bare.measure(items=lists[: len(pieces)], options=_chosen(results), concurrency=count)
        )
        results.rounds[f"articles {count}"].append(engine.measure(format="text", retries=False, **asked))
        results.rounds[f"articles {count} retries"].append(engine.measure(format="text", retries=True, **asked))
        for name, peer in peers.items():
            given = [piece.short() for piece in pieces] if name == "as shipped" else pieces
            sentences = {line: found for piece in given for line, found in texts.by_line(piece).items()}
            results.rounds[f"argos {name} {count}"].append(
                peer.measure(concurrency=count, sentences=sentences, **_texts(given))
            )


def _served(results: Results, data: Path) -> None:
    """The whole service: each article once, so that its memory knows none of them."""
    pieces = iter(results.pieces)
    with Service(data) as service:
        results.ready_memory.append(peak_memory(service.worker))
        for concurrency in SERVED:
            given = [next(pieces) for _ in range(concurrency if concurrency > 1 else 3)]
            results.rounds[f"service {concurrency}"].append(service.measure(given, concurrency))


def _edit(results: Results, data: Path, inside: Path, number: int) -> None:
    """An article and its edit: by the clock of a client of the service, and seen from inside of one."""
    piece, other = results.pieces[number % 2], results.pieces[1 - number % 2]
    after = texts.edited(piece, number)
    with Service(data) as service:
        service.put("warm", other)
        first, again = service.edit(piece, after)
    with Worker("bench.edited", inside) as worker:
        seen = worker.ask(name="edit", article=piece.article(), edited=after.article(), locale=piece.target)
    results.edits.append(
        Edit(
            decoding=seen["edited"][0] / seen["first"][0],
            whole=again / first,
            sentences=(seen["first"][1], seen["edited"][1]),
            cached_calls=seen["cached_calls"],
        )
    )


def _peer(scratch: Path, environment: dict[str, str]) -> Worker:
    """Argos on the bundled models, unpacked as it has them; it makes folders where XDG says."""
    packages = scratch / "argos"
    for file in sorted((ROOT / "models").glob("*.argosmodel")):
        if not (packages / file.stem).exists():
            shutil.unpack_archive(file, packages, "zip")
    home = {name: str(scratch / "home") for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")}
    own = {"ARGOS_PACKAGES_DIR": str(packages), **home, **environment}
    return Worker("bench.argos", python=str(ARGOS), environment=own)


def _fresh(data: Path, folder: Path) -> Path:
    """A data folder with the models and nothing else."""
    shutil.copytree(data / "models", folder / "models")
    return folder


def _items(pieces: Sequence[Piece], format: str) -> list[tuple[str, str, str]]:
    return [(piece.source, piece.target, piece.html if format == "html" else piece.text) for piece in pieces]


def _texts(pieces: Sequence[Piece]) -> dict[str, Any]:
    return {"items": _items(pieces, "text"), "words": sum(piece.words for piece in pieces)}


def _chosen(results: Results) -> dict[str, Any]:
    assert results.options is not None
    return asdict(results.options)


def _say(what: str) -> None:
    print(f"bench: {what}", file=sys.stderr, flush=True)
