"""The columns of a plain book (bench/cascade/plain-book.ts), as files of a folder."""

from types import SimpleNamespace

import numpy as np


def columns(folder):
    def read(name, kind):
        return np.fromfile(f"{folder}/{name}", dtype=kind)

    held_start = read("heldStart", np.uint32).astype(np.int32)
    return SimpleNamespace(
        count=held_start.size - 1,
        held_start=held_start,
        owed_start=read("owedStart", np.uint32).astype(np.int32),
        held_of=read("heldOf", np.uint8).astype(np.int32),
        owed_of=read("owedOf", np.uint8).astype(np.int32),
        held_usd=read("heldUsd", np.float64),
        weighted_usd=read("weightedUsd", np.float64),
        owed_usd=read("owedUsd", np.float64),
        bonus=read("bonus", np.float64),
        depth=read("depthUsd", np.float64),
    )
