"""The parts that need torch, on a toy corpus: a model learns, resumes, aligns, is exported and taken back."""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch", reason="needs torch, which the product does without: make training-test")
pytestmark = [pytest.mark.torch, pytest.mark.slow]

import ctranslate2  # noqa: E402
import sacrebleu  # noqa: E402,F401

from training import score  # noqa: E402
from training.alignment import both_ways, gold, measure  # noqa: E402
from training.corpus import Pair, read, write  # noqa: E402
from training.examples import encode  # noqa: E402
from training.export import convert, recovered  # noqa: E402
from training.heads import Choice, choices, put_first  # noqa: E402
from training.links import Aligner  # noqa: E402
from training.model import Model, load  # noqa: E402
from training.pack import pack, unpacked  # noqa: E402
from training.train import Options, Run, Trainer, begin_as_dictionary, launch, losses, pace, tensors  # noqa: E402

SMALL = Options(width=32, heads=4, inner=64, encoder=1, decoder=2, rate=3e-3, warm=10, tokens=1024, hours=1.0)


def run(toy: Path, **changes: Any) -> Run:
    return Run(toy, replace(SMALL, **changes), recipe=toy / "recipe.toml")


def steps(trainer: Trainer, count: int) -> list[tuple[float, float]]:
    """Learn one batch again and again: the loss and the alignment's at each step."""
    pairs = [
        replace(pair, links=straight(pair, trainer.tokenizer)) for pair in read(trainer.run.work / "data" / "toy.tsv")
    ]
    batch = encode(pairs[:16], trainer.tokenizer)
    return [trainer._learn(batch)[:2] for _ in range(count)]


def straight(pair: Pair, tokenizer: Any) -> str:
    """Links of each piece with that at its place in the other side, which no language has but a head can learn."""
    return " ".join(f"{n}-{n}" for n in range(min(len(tokenizer.encode(side)) for side in pair.sides)))


@pytest.fixture
def model(tokenizer: Any) -> Model:
    torch.manual_seed(1)
    return Model(tokenizer.get_piece_size(), d=32, h=4, ff=64, enc=2, dec=2, drop=0.0).eval()


def test_a_model_learns_what_it_is_shown_and_where_to_look(toy: Path) -> None:
    told = steps(Trainer(run(toy, alignment=2.0), 0), 80)
    assert told[-1][0] < 0.75 * told[0][0]
    assert told[-1][1] < 0.5 * told[0][1]


def test_without_a_weight_for_it_the_head_learns_no_alignment(toy: Path) -> None:
    told = steps(Trainer(run(toy, alignment=0.0), 0), 40)
    assert told[-1][1] > 0.7 * told[0][1]


def test_padding_changes_no_loss(toy: Path, model: Model, tokenizer: Any) -> None:
    short, *_, long = sorted(encode(read(toy / "data" / "toy.tsv"), tokenizer), key=lambda example: example.length)
    together, _, count = losses(model, [short, long], 0.0)
    alone = [losses(model, [each], 0.0) for each in (short, long)]
    expected = sum(loss.item() * pieces for loss, _, pieces in alone) / count
    assert together.item() == pytest.approx(expected, rel=0.02)


def test_nothing_is_learnt_at_the_prefix_and_the_end_is(toy: Path, tokenizer: Any) -> None:
    (example, *_) = encode(read(toy / "data" / "toy.tsv"), tokenizer)
    _, target, labels = tensors([example])
    learnt = [(int(a), int(b)) for a, b in zip(target[0], labels[0], strict=True) if b >= 0]
    assert learnt == [*zip(example.target[1:-1], example.target[2:], strict=True)]
    assert learnt[-1][1] == tokenizer.eos_id()


def test_the_rate_rises_stands_and_falls_to_nothing() -> None:
    assert [pace(step, part, 100, 0.5) for step, part in ((1, 0.0), (100, 0.1), (999, 0.5), (999, 0.75))] == [
        0.01,
        1,
        1,
        0.5,
    ]
    assert pace(999, 1.0, 100, 0.5) == 0


def test_training_goes_on_from_where_it_was_saved(toy: Path) -> None:
    trainer = Trainer(run(toy, dropout=0.0), 0)
    steps(trainer, 5)
    trainer.step, trainer.epoch = 5, 2
    trainer._save(60.0)
    again = Trainer(run(toy, dropout=0.0), 0)
    assert (again.step, again.epoch) == (5, 2)
    assert 60 <= again.clock.spent() < 90
    assert steps(again, 2)[1] == pytest.approx(steps(trainer, 2)[1], abs=1e-3), "the optimizer goes on, too"


def test_another_checkpoint_is_begun_with_at_half_precision(toy: Path) -> None:
    trainer = Trainer(run(toy), 0)
    halved = {name: value.half() for name, value in trainer.model.state_dict().items()}
    torch.save({"model": halved, "cfg": trainer.model.cfg}, toy / "start.pt")
    begun = Trainer(replace(run(toy), start=toy / "start.pt"), 0)
    assert all(torch.equal(value, halved[name].float()) for name, value in begun.model.state_dict().items())
    assert begun.step == 0


def test_a_run_ends_with_its_time_and_tells_its_perplexity(toy: Path, capfd: pytest.CaptureFixture[str]) -> None:
    launch(replace(run(toy, hours=2 / 3600, save=50), valid=toy / "data" / "toy.tsv"))
    said = capfd.readouterr().out
    assert re.search(r"perplexity <2id> \d+\.\d\d\n", said)
    assert torch.load(toy / "last.pt")["spent"] == 2


def test_processes_learn_the_same_model_together(toy: Path, capfd: pytest.CaptureFixture[str]) -> None:
    launch(run(toy, hours=2 / 3600, processes=2, tokens=256))
    first = torch.load(toy / "last.pt")
    assert first["step"] > 3
    assert "on cpu" in capfd.readouterr().out


def test_a_file_pauses_the_clock(toy: Path) -> None:
    trainer = Trainer(run(toy), 0)
    before = trainer.clock.spent()
    (toy / "PAUSE").touch()
    threading.Timer(0.6, (toy / "PAUSE").unlink).start()
    assert trainer.clock.spent() - before < 0.3


def test_too_little_to_train_on_is_told(toy: Path) -> None:
    (toy / "data" / "toy.tsv").unlink()
    with pytest.raises(ValueError, match=r"run python -m training\.prepare first"):
        Trainer(run(toy), 0).train()


def test_bilingual_vectors_begin_with_attention_to_what_is_alike(model: Model) -> None:
    begin_as_dictionary(model, torch.nn.functional.normalize(torch.randn_like(model.emb.weight), dim=1))
    pieces = torch.arange(10, 18)[None]
    _, attention = model(pieces, torch.cat([torch.tensor([[2]]), pieces], 1), watched=None)
    looked = torch.stack([layer.exp().mean(1)[0] for layer in attention]).mean(0)[1:]
    assert looked.diagonal().mean() > 1.5 / 8


def test_heads_put_first_change_nothing_but_their_place(model: Model) -> None:
    source, target = torch.arange(10, 18)[None], torch.arange(20, 28)[None]
    with torch.no_grad():
        states, attention = model(source, target, watched=None)
        put_first(model, Choice(0.0, 1, (2, 0)))
        same, moved = model(source, target, watched=None)
    assert torch.allclose(states, same, atol=1e-5)
    assert torch.allclose(attention[1][:, [2, 0, 1, 3]], moved[1], atol=1e-5)


def test_the_choice_of_heads_is_the_best_of_all(model: Model, tokenizer: Any) -> None:
    told = choices(model, tokenizer, gold())
    assert len(told) == 2 * 15
    assert told[0].error == min(choice.error for choice in told)


def test_an_exported_model_attends_and_translates_as_the_trained_one(toy: Path, model: Model, tokenizer: Any) -> None:
    convert({"model": model.state_dict(), "cfg": model.cfg}, toy / "sentencepiece.model", toy / "model")
    best = choices(model, tokenizer, gold())[0]
    (forth, _) = pack(toy / "model", toy / "sentencepiece.model", toy / "packages", "9.9")
    ways = [*both_ways(gold())]
    with unpacked(forth) as package:
        errors = [measure(package.folder, [p for t, p in ways if t == to], f"<2{to}>") for to in ("id", "en")]
    assert sum(errors) / 2 == pytest.approx(best.error, abs=0.03)  # int8 rounds

    source, target = (tokenizer.encode(side, out_type=str) for side in ("The river rose.", "Sungai itu meluap."))
    translator = ctranslate2.Translator(str(toy / "model"), compute_type="int8")
    (scored,) = translator.score_batch([source], [["<2id>", *target]])
    (example, _) = encode([Pair("The river rose.", "Sungai itu meluap.")], tokenizer)
    with torch.no_grad():
        states, _ = model(torch.tensor([example.source]), torch.tensor([example.target[:-1]]))
        expected = model.logits(states).log_softmax(-1)[0].gather(1, torch.tensor(example.target[1:])[:, None])[:, 0]
    assert scored.log_probs == pytest.approx(expected.tolist(), abs=0.2)


def test_what_was_exported_can_be_trained_on(toy: Path, model: Model) -> None:
    convert({"model": model.state_dict(), "cfg": model.cfg}, toy / "sentencepiece.model", toy / "model")
    back = recovered(toy / "model" / "model.bin")
    assert {**model.cfg, "drop": 0.1} == back["cfg"]
    again, source, target = load(back).eval(), torch.arange(10, 18)[None], torch.arange(20, 28)[None]
    with torch.no_grad():
        assert torch.allclose(again(source, target)[0], model(source, target)[0], atol=0.15)


def test_a_file_of_another_format_is_refused(tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes((5).to_bytes(4, "little") + bytes(20))
    with pytest.raises(ValueError, match=r"model\.bin: version 5 of CTranslate2's format, not 6"):
        recovered(tmp_path / "model.bin")


def test_links_are_where_both_directions_look(toy: Path, tokenizer: Any) -> None:
    trainer = Trainer(run(toy, alignment=2.0, dropout=0.0), 0)
    steps(trainer, 150)
    pairs = read(toy / "data" / "toy.tsv")[:16]
    aligned = Aligner(trainer.model, tokenizer).align(pairs)
    wanted = {(n, link) for n, pair in enumerate(pairs) for link in straight(pair, tokenizer).split()}
    found = {(n, link) for n, pair in enumerate(aligned) for link in pair.links.split()}
    assert len(wanted & found) > 0.7 * len(wanted)
    assert len(wanted & found) > 0.7 * len(found)


def test_packages_are_scored_side_by_side(toy: Path, model: Model) -> None:
    convert({"model": model.state_dict(), "cfg": model.cfg}, toy / "sentencepiece.model", toy / "model")
    forth, _ = pack(toy / "model", toy / "sentencepiece.model", toy / "packages", "9.9")
    pairs = read(toy / "data" / "toy.tsv")[:5]
    with unpacked(forth) as package:
        told = "\n".join(score.report({"new": package, "old": package}, {score.NEWS: pairs}, 4))
    assert len(re.findall(r"^\| (?:new|old) \| \d+\.\d \(\d+\.\d\) \| \d+ \|$", told, re.MULTILINE)) == 2
    assert len(re.findall(r"^\| (?:new|old) (?:\| \d+\.\d% ){6}\|$", told, re.MULTILINE)) == 2
    assert "BLEU nrefs:1|case:mixed" in told


def test_a_written_mixture_is_what_an_epoch_shows(toy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(toy / "data" / "more.tsv", [Pair("Yes.", "Ya.")])
    launch(run(toy, hours=0.5 / 3600))
    assert "epoch 0: 56 pairs, 112 examples" in capsys.readouterr().out
