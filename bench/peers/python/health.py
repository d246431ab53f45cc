"""Health factors of all accounts with numpy and scipy, beside ours in the same run. Reads a folder that bench/cascade/python-peers.ts
writes, and says one line of JSON: accounts per second of each, and how many are below 1, which must be what ours finds."""

import json
import sys
import time

import numpy as np

from columns import columns

folder = sys.argv[1]
book = columns(folder)
moves = np.fromfile(f"{folder}/moves", dtype=np.float64).reshape(-1, book.depth.size)
prices = moves[0]


def median_seconds(work, runs=9):
    taken = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return sorted(taken)[runs // 2]


held_at = book.held_start[:-1]
owed_at = book.owed_start[:-1]


def by_numpy():
    backing = np.add.reduceat(book.weighted_usd * prices[book.held_of], held_at)
    owed = np.add.reduceat(book.owed_usd * prices[book.owed_of], owed_at)
    return backing / owed


said = {
    "numpy": {
        "version": np.__version__,
        "perSecond": book.count / median_seconds(by_numpy),
        "due": int(np.count_nonzero(by_numpy() < 1)),
    }
}
try:
    import scipy
    import scipy.sparse as sparse

    shape = (book.count, book.depth.size)
    backing_of = sparse.csr_matrix((book.weighted_usd, book.held_of, book.held_start), shape=shape)
    owed_of = sparse.csr_matrix((book.owed_usd, book.owed_of, book.owed_start), shape=shape)

    def by_scipy():
        return (backing_of @ prices) / (owed_of @ prices)

    said["scipy"] = {
        "version": scipy.__version__,
        "perSecond": book.count / median_seconds(by_scipy),
        "due": int(np.count_nonzero(by_scipy() < 1)),
    }
except ImportError:
    pass
print(json.dumps(said))
