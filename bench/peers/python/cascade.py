"""The cascade of bench/cascade/plain-cascade.ts with scipy's sparse matrices. Says one line of JSON: cascades per second, and the
liquidations of each, which must be those of the typed arrays."""

import json
import sys
import time

import numpy as np
import scipy
import scipy.sparse as sparse

from columns import columns

FULL_CLOSE = 0.95
MOST_ROUNDS = 64

folder = sys.argv[1]
book = columns(folder)
moves = np.fromfile(f"{folder}/moves", dtype=np.float64).reshape(-1, book.depth.size)
shape = (book.count, book.depth.size)
weighted = sparse.csr_matrix((book.weighted_usd, book.held_of, book.held_start), shape=shape)
held = sparse.csr_matrix((book.held_usd, book.held_of, book.held_start), shape=shape)
owed = sparse.csr_matrix((book.owed_usd, book.owed_of, book.owed_start), shape=shape)


def cascade(shock):
    held_share = np.ones(book.count)
    owed_share = np.ones(book.count)
    sold = np.zeros(book.depth.size)
    price = shock.copy()
    events = 0
    for _ in range(MOST_ROUNDS):
        backing = (weighted @ price) * held_share
        debt = (owed @ price) * owed_share
        due = np.flatnonzero((debt > 0) & (backing < debt))
        if due.size == 0:
            break
        events += due.size
        share = np.where(backing[due] / debt[due] < FULL_CLOSE, 1.0, 0.5)
        own = held[due]
        collateral = (own @ price) * held_share[due]
        seized = share * debt[due] * book.bonus[due]
        is_all = seized >= collateral
        taken = np.where(is_all, 1.0, seized / np.maximum(collateral, 1e-300)) * held_share[due]
        sold += own.T @ taken
        held_share[due] -= taken
        owed_share[due] *= np.where(is_all, 0.0, 1 - share)
        price = shock / (1 + sold / book.depth) ** 2
    return int(events)


cascade(moves[0])
began = time.perf_counter()
events = [cascade(one) for one in moves]
seconds = time.perf_counter() - began
print(json.dumps({"version": scipy.__version__, "perSecond": len(moves) / seconds, "events": events}))
