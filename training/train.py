"""Train a model of both directions: `python -m training.train WORK --hours 2`, on one GPU or on CPU processes.

Reads WORK/data by the recipe, again at each epoch, so that better back-translations may take the place of worse ones
meanwhile. Writes WORK/last.pt every few minutes and goes on from it; `--start FILE` begins with the weights of
another checkpoint. While there is a file WORK/PAUSE it waits, and such time does not count as training.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy
import sentencepiece
import torch
import torch.distributed as distributed
from torch import Tensor
from torch.nn import functional

from training.corpus import mixture, read, recipe
from training.examples import Example, batches, encode, rounded
from training.model import Model
from training.prepare import RECIPE

IGNORED = -100
CUDA = torch.cuda.is_available()
DEVICE = "cuda" if CUDA else "cpu"


@dataclass(frozen=True, slots=True)
class Options:
    """What a run may vary. `tokens` is the size of a process' batch in pieces, padding counted.

    The rate rises over `warm` steps, stands, and falls to zero over the last `cool` part of the time: a run may be
    cut short at any point of its plateau and cooled from there (Hägele et al. 2024), and a cooled model needs no
    average of checkpoints. `alignment` is the weight of the loss that teaches a head to align (Garg et al. 2019).
    """

    hours: float = 2.0
    processes: int = 1
    tokens: int = 2048
    rate: float = 1e-3
    warm: int = 300
    cool: float = 0.6
    smoothing: float = 0.1
    alignment: float = 0.05
    sampling: float = 0.0
    width: int = 256
    heads: int = 4
    inner: int = 1024
    encoder: int = 3
    decoder: int = 2
    dropout: float = 0.1
    save: int = 250


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("--valid", type=Path, help="a file of pairs to tell the perplexity of")
    parser.add_argument("--start", type=Path, help="a checkpoint to begin with, where WORK/last.pt is not there yet")
    parser.add_argument("--vectors", type=Path, help="start vectors (training.vectors), for a model from nothing")
    parser.add_argument("--recipe", type=Path, default=RECIPE)
    for name, value in asdict(Options()).items():
        parser.add_argument(f"--{name}", type=type(value), default=value, help="default: %(default)s")
    arguments = vars(parser.parse_args())
    options = Options(**{name: arguments.pop(name) for name in asdict(Options())})
    launch(Run(options=options, **arguments))


@dataclass(frozen=True, slots=True)
class Run:
    """The options of a run with its files; main's arguments."""

    work: Path
    options: Options
    valid: Path | None = None
    start: Path | None = None
    vectors: Path | None = None
    recipe: Path = RECIPE


def launch(run: Run) -> None:
    """Train in this process, or in as many as the options say, each on a core of its own."""
    if run.options.processes == 1:
        Trainer(run, 0).train()
        return
    (run.work / "meeting").unlink(missing_ok=True)
    os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "16384")  # a kernel for each of the batches' shapes
    torch.multiprocessing.spawn(_process, (run,), nprocs=run.options.processes)


def _process(rank: int, run: Run) -> None:
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {cores[rank % len(cores)]})
    torch.set_num_threads(1)
    distributed.init_process_group(
        "gloo",
        init_method=f"file://{run.work.resolve() / 'meeting'}",
        rank=rank,
        world_size=run.options.processes,
        timeout=timedelta(days=7),  # as long as a pause may last
    )
    Trainer(run, rank).train()
    distributed.destroy_process_group()


def pace(step: int, part: float, warm: int, cool: float) -> float:
    """The learning rate at a step, as part of the full one; `part` is the part of the time that is spent.

    >>> [pace(step, part, 100, 0.5) for step, part in ((50, 0.0), (200, 0.4), (300, 0.75), (400, 1.0))]
    [0.5, 1.0, 0.5, 0.0]
    """
    return min(1.0, step / warm) * min(1.0, max(0.0, (1 - part) / cool))


class Clock:
    """Seconds of training, over all resumed runs, pauses left out."""

    def __init__(self, spent: float, pause: Path) -> None:
        self._pause = pause
        self._zero = time.monotonic() - spent

    def spent(self) -> float:
        """The seconds so far; returns only when there is no file to pause for."""
        before = time.monotonic()
        while self._pause.exists():
            time.sleep(0.5)
        self._zero += time.monotonic() - before
        return time.monotonic() - self._zero


class Trainer:
    def __init__(self, run: Run, rank: int) -> None:
        torch.manual_seed(1)
        self.run, self.rank, self.options = run, rank, run.options
        self.tokenizer: Any = sentencepiece.SentencePieceProcessor(model_file=str(run.work / "sentencepiece.model"))
        o = self.options
        vocabulary = self.tokenizer.get_piece_size()
        self.model = Model(vocabulary, o.width, o.heads, o.inner, o.encoder, o.decoder, o.dropout).to(DEVICE)
        embedding = self.model.emb.weight
        matrices = [p for p in self.model.parameters() if p.ndim == 2 and p is not embedding]
        vectors = [p for p in self.model.parameters() if p.ndim == 1]
        self.optimizer = torch.optim.AdamW(
            [
                {"params": matrices, "lr": o.rate, "weight_decay": 0.01},
                {"params": vectors, "lr": o.rate, "weight_decay": 0.0},
                {"params": [embedding], "lr": 0.4 * o.rate, "weight_decay": 0.0},  # most of its rows are rarely met
            ],
            betas=(0.9, 0.98),
        )
        self.rates = [group["lr"] for group in self.optimizer.param_groups]
        self.step, self.epoch, spent = 0, 0, 0.0
        if self.last.exists():
            state = torch.load(self.last, map_location=DEVICE)
            self.model.load_state_dict(state["model"])
            self.optimizer.load_state_dict(state["optimizer"])
            self.step, self.epoch, spent = state["step"], state["epoch"], state["spent"]
        elif run.start:
            weights = torch.load(run.start, map_location=DEVICE)["model"]
            self.model.load_state_dict({name: value.float() for name, value in weights.items()})
        elif run.vectors:
            begin_as_dictionary(self.model, torch.tensor(numpy.load(run.vectors), device=DEVICE))
        self.clock = Clock(spent, run.work / "PAUSE")
        self.valid = encode(read(run.valid)[:600], self.tokenizer) if run.valid else []

    @property
    def last(self) -> Path:
        return self.run.work / "last.pt"

    def say(self, text: str) -> None:
        if self.rank == 0:
            print(text, flush=True)

    def train(self) -> None:
        """Epoch after epoch until the hours are spent."""
        told = {name: value for name, value in asdict(self.options).items() if value}
        self.say(f"{sum(p.numel() for p in self.model.parameters())} parameters on {DEVICE}: {told}")
        while self._epoch():
            self.epoch += 1
        self._save(self.options.hours * 3600)
        self._validate()

    def _epoch(self) -> bool:
        """Train on all examples; False when the time is spent before."""
        o = self.options
        pairs = mixture(recipe(self.run.recipe), self.run.work / "data")
        examples = encode(pairs, self.tokenizer, o.sampling)
        self.say(f"epoch {self.epoch}: {len(pairs)} pairs, {len(examples)} examples")
        shown = [*batches(examples, o.tokens, random.Random(self.epoch))]
        if len(shown) < o.processes:
            raise ValueError(
                f"{self.run.work / 'data'} has too little to train on; run python -m training.prepare first"
            )
        meter = Meter()
        for batch in shown[self.rank : len(shown) - len(shown) % o.processes : o.processes]:
            spent = self.clock.spent() if self.rank == 0 else 0.0
            factor = self._agreed(pace(self.step + 1, spent / (o.hours * 3600), o.warm, o.cool))
            if factor <= 0:
                return False
            for group, rate in zip(self.optimizer.param_groups, self.rates, strict=True):
                group["lr"] = rate * factor
            meter.add(*self._learn(batch))
            self.step += 1
            if self.step % 50 == 0:
                self.say(f"step {self.step}, {spent / 3600:.2f} h, rate {factor:.2f}: {meter.told(o.processes)}")
                meter = Meter()
            if self.step % o.save == 0:
                self._save(spent)
                self._validate()
        return True

    def _agreed(self, factor: float) -> float:
        """The first process' value: its clock is everybody's, and the others wait here while it pauses."""
        if self.options.processes == 1:
            return factor
        value = torch.tensor([factor])
        distributed.broadcast(value, 0)
        return value.item()

    def _learn(self, batch: Sequence[Example]) -> tuple[float, float, int]:
        loss, aligned, count = losses(self.model, batch, self.options.smoothing)
        self.optimizer.zero_grad(set_to_none=True)
        (loss + self.options.alignment * aligned).backward()
        parameters = [*self.model.parameters()]
        if self.options.processes > 1:
            flat = torch.cat([p.grad.flatten() for p in parameters if p.grad is not None])
            distributed.all_reduce(flat)
            sizes = [p.numel() for p in parameters]
            for p, gradient in zip(parameters, (flat / self.options.processes).split(sizes), strict=True):
                p.grad = gradient.view_as(p)
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        self.optimizer.step()
        return loss.item(), aligned.item(), count

    def _save(self, spent: float) -> None:
        if self.rank == 0:
            making = self.last.with_name("last.pt.making")
            state = {"model": self.model.state_dict(), "cfg": self.model.cfg, "optimizer": self.optimizer.state_dict()}
            torch.save(state | {"step": self.step, "epoch": self.epoch, "spent": spent}, making)
            making.replace(self.last)

    @torch.no_grad()
    def _validate(self) -> None:
        if self.rank or not self.valid:
            return
        self.model.eval()
        for prefix in sorted({example.target[1] for example in self.valid}):
            total = count = 0.0
            for batch in batches(
                [e for e in self.valid if e.target[1] == prefix], self.options.tokens, random.Random(0)
            ):
                loss, _, pieces = losses(self.model, batch, 0.0)
                total, count = total + loss.item() * pieces, count + pieces
            self.say(f"  perplexity {self.tokenizer.id_to_piece(prefix)} {math.exp(total / count):.2f}")
        self.model.train()


class Meter:
    """What the log tells between two lines."""

    def __init__(self) -> None:
        self.since, self.steps, self.pieces, self.loss, self.aligned = time.monotonic(), 0, 0, 0.0, 0.0

    def add(self, loss: float, aligned: float, pieces: int) -> None:
        self.steps, self.pieces = self.steps + 1, self.pieces + pieces
        self.loss, self.aligned = self.loss + loss, self.aligned + aligned

    def told(self, processes: int) -> str:
        speed = self.pieces * processes / (time.monotonic() - self.since)
        return f"loss {self.loss / self.steps:.3f}, alignment {self.aligned / self.steps:.3f}, {speed:.0f} pieces/s"


def tensors(batch: Sequence[Example]) -> tuple[Tensor, Tensor, Tensor]:
    """Source, decoder input and labels. Nothing is learnt at <s> (the prefix is given), nor at padding."""
    source = torch.zeros(len(batch), rounded(max(len(example.source) for example in batch)), dtype=torch.long)
    target = torch.zeros(len(batch), rounded(max(len(example.target) for example in batch)), dtype=torch.long)
    labels = torch.full_like(target, IGNORED)
    for n, example in enumerate(batch):
        source[n, : len(example.source)] = torch.tensor(example.source)
        target[n, : len(example.target) - 1] = torch.tensor(example.target[:-1])
        labels[n, 1 : len(example.target) - 1] = torch.tensor(example.target[2:])
    return source.to(DEVICE), target.to(DEVICE), labels.to(DEVICE)


def losses(model: Model, batch: Sequence[Example], smoothing: float) -> tuple[Tensor, Tensor, int]:
    """Cross-entropy for a piece, the alignment's loss, and how many pieces were learnt.

    The second is the cross-entropy of the first head of the decoder's last layer with the batch's links, at the
    position that predicts a piece (Garg et al. 2019, without sight of what is to come), weighed by their share of
    the pieces: what CTranslate2 gives out as the attention is this head.
    """
    source, target, labels = tensors(batch)
    with torch.autocast(DEVICE, torch.bfloat16, enabled=BFLOAT16):
        states, (attention,) = model(source, target)
        learnt = labels != IGNORED
        logits = model.logits(states[learnt])
    count = int(learnt.sum())
    loss = functional.cross_entropy(logits.float(), labels[learnt], label_smoothing=smoothing)
    wanted = [(n, row - 1, column) for n, example in enumerate(batch) for row, column in example.links]
    if not wanted:
        return loss, loss.new_zeros(()), count
    rows, places, columns = torch.tensor(wanted, device=DEVICE).T
    shares = torch.zeros(target.shape, device=DEVICE).index_put((rows, places), loss.new_ones(()), accumulate=True)
    aligned = -(attention[rows, 0, places, columns] / shares[rows, places]).sum() / count
    return loss, aligned, count


def _has_bfloat16() -> bool:
    """Whether arithmetic in bfloat16 is faster here than in single precision."""
    with suppress(OSError):
        return CUDA or "avx512_bf16" in Path("/proc/cpuinfo").read_text(encoding="utf-8")
    return CUDA


BFLOAT16 = _has_bfloat16()


@torch.no_grad()
def begin_as_dictionary(model: Model, vectors: Tensor) -> None:
    """Begin with bilingual vectors, and with cross-attention that looks for what is alike and copies it.

    On the CPU this is worth the first thousand steps.
    """
    model.emb.weight.copy_(vectors)
    identity = torch.eye(vectors.shape[1], device=vectors.device)
    for layer in (*model.enc, *model.dec):
        layer.sa.o.weight.mul_(0.5)
        layer.f2.weight.mul_(0.5)
    for layer in model.dec:
        for linear, scale in ((layer.ca.q, 0.7), (layer.ca.k, 0.7), (layer.ca.v, 0.8), (layer.ca.o, 0.8)):
            linear.weight.mul_(0.3).add_(identity, alpha=scale)


if __name__ == "__main__":
    main()
