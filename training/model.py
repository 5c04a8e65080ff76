"""A small pre-norm Transformer (Vaswani et al. 2017; Xiong et al. 2020) in the layout that CTranslate2 runs.

One embedding serves both languages, the decoder's input and its output (Press and Wolf 2017). The names of the
parameters are those of the checkpoints; training/export.py says where each goes.
"""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

POSITIONS = 512


class Attention(nn.Module):
    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.q, self.k, self.v, self.o = (nn.Linear(width, width) for _ in range(4))

    def forward(self, x: Tensor, memory: Tensor, mask: Tensor | None = None, causal: bool = False) -> Tensor:
        values = self._split(self.v(memory))
        mixed = functional.scaled_dot_product_attention(
            self._split(self.q(x)), self._split(self.k(memory)), values, attn_mask=mask, is_causal=causal
        )
        return self.o(mixed.transpose(1, 2).flatten(2))

    def weights(self, x: Tensor, memory: Tensor, mask: Tensor, heads: int | None = None) -> Tensor:
        """The logarithm of what the first heads attend to: [batch, heads, target, source]."""
        queries, keys = self._split(self.q(x))[:, :heads], self._split(self.k(memory))[:, :heads]
        scores = (queries @ keys.transpose(-1, -2)).float() * queries.shape[-1] ** -0.5
        return scores.masked_fill(~mask, -1e9).log_softmax(-1)

    def _split(self, x: Tensor) -> Tensor:
        return x.unflatten(-1, (self.heads, -1)).transpose(1, 2)


class Layer(nn.Module):
    def __init__(self, width: int, heads: int, inner: int, dropout: float, cross: bool) -> None:
        super().__init__()
        self.n1, self.sa = nn.LayerNorm(width), Attention(width, heads)
        if cross:
            self.n2, self.ca = nn.LayerNorm(width), Attention(width, heads)
        self.n3, self.f1, self.f2 = nn.LayerNorm(width), nn.Linear(width, inner), nn.Linear(inner, width)
        self.dropout = nn.Dropout(dropout)

    def attend(self, x: Tensor, mask: Tensor | None = None, causal: bool = False) -> Tensor:
        normal = self.n1(x)
        return x + self.dropout(self.sa(normal, normal, mask, causal))

    def cross(self, x: Tensor, memory: Tensor, mask: Tensor) -> Tensor:
        return x + self.dropout(self.ca(self.n2(x), memory, mask))

    def feed(self, x: Tensor) -> Tensor:
        return x + self.dropout(self.f2(functional.relu(self.f1(self.n3(x)))))


def positions(count: int, width: int) -> Tensor:
    """CTranslate2's sinusoids: sines, then cosines; the first position is 1. [count, width]"""
    rates = torch.exp(torch.arange(width // 2) * -(math.log(10000) / (width // 2 - 1)))
    angles = torch.arange(1, count + 1)[:, None] * rates[None]
    return torch.cat([angles.sin(), angles.cos()], 1)


class Model(nn.Module):
    """`d` is the width, `h` the heads of each attention, `ff` the inner width; `enc` and `dec` are counts of layers.

    A deep encoder over a shallow decoder is as good as an even one and decodes faster (Kasai et al. 2021).
    """

    def __init__(
        self, vocab: int, d: int = 256, h: int = 4, ff: int = 1024, enc: int = 3, dec: int = 2, drop: float = 0.1
    ) -> None:
        super().__init__()
        self.cfg: dict[str, Any] = {"vocab": vocab, "d": d, "h": h, "ff": ff, "enc": enc, "dec": dec, "drop": drop}
        self.emb = nn.Embedding(vocab, d)
        self.register_buffer("pos", positions(POSITIONS, d), persistent=False)
        self.enc = nn.ModuleList(Layer(d, h, ff, drop, cross=False) for _ in range(enc))
        self.dec = nn.ModuleList(Layer(d, h, ff, drop, cross=True) for _ in range(dec))
        self.ne, self.nd = nn.LayerNorm(d), nn.LayerNorm(d)
        self.drop = nn.Dropout(drop)
        nn.init.normal_(self.emb.weight, std=d**-0.5)
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)

    def embed(self, pieces: Tensor) -> Tensor:
        return self.drop(self.emb(pieces) * self.emb.embedding_dim**0.5 + self.pos[: pieces.shape[1]])

    def encode(self, source: Tensor, mask: Tensor) -> Tensor:
        x = self.embed(source)
        for layer in self.enc:
            x = layer.feed(layer.attend(x, mask))
        return self.ne(x)

    def forward(self, source: Tensor, target: Tensor, watched: int | None = 1) -> tuple[Tensor, list[Tensor]]:
        """The decoder's states, [batch, target, d], and what the heads of its layers attend to (`Attention.weights`):
        the first `watched` heads of the last layer, or with None all heads of all layers. Padding is 0."""
        mask = (source != 0)[:, None, None]
        memory = self.encode(source, mask)
        x = self.embed(target)
        attention: list[Tensor] = []
        for n, layer in enumerate(self.dec, 1):
            x = layer.attend(x, causal=True)
            if watched is None or n == len(self.dec):
                attention.append(layer.ca.weights(layer.n2(x), memory, mask, watched))
            x = layer.feed(layer.cross(x, memory, mask))
        return self.nd(x), attention

    def logits(self, states: Tensor) -> Tensor:
        return functional.linear(states, self.emb.weight)


def load(checkpoint: dict[str, Any]) -> Model:
    """The model of a checkpoint: `model`, its parameters at any precision, and `cfg`."""
    model = Model(**checkpoint["cfg"])
    model.load_state_dict({name: value.float() for name, value in checkpoint["model"].items()})
    return model
