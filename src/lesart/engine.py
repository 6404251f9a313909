"""Codes a corpus of any size: cut into pieces, which go one after the other here, or to the workers of a Dask cluster.

A piece is some two thousand records, coded by themselves: how a corpus is cut and who codes a piece changes no result. What
must be known of the whole, the ids given so far, is settled while the records are read, in order. The cluster is Dask's own
(``pip install 'lesart[scale]'``): a piece whose worker dies is given to another.

What it does not do: hold the corpus, or all its hits, in memory.
"""

import hashlib
import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from importlib.metadata import version
from itertools import chain, islice
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from .errors import LesartError
from .lexicon import Lexicon
from .parts import Parts
from .records import settle_articles
from .stance import StanceModel
from .study import code_articles
from .tagging import tag_articles

if TYPE_CHECKING:
    from dask import distributed

# What of a record decides its codes; the rest is not sent about.
RECORD_COLUMNS = ("article", "title", "text", "language", "outlet", "note", "problem", "place", "taken_out", "truncated")
# Of a table of codes what is said of the articles, for the report.
REPORT = ("words", "note", "problem")
# A piece has at most so many articles and characters: some 100 MB while it is coded, a second's work.
_ARTICLES, _CHARACTERS = 2_000, 6_000_000
# Pieces handed out for each worker beyond the one it codes, so that none waits.
_AHEAD = 2

# How often an article is handed out whose worker dies, before it is to blame.
_TRIALS = 2
# Seconds to wait for a scheduler, or for the first worker.
_PATIENCE = 60

# A piece goes to the scheduler with its texts, which Dask would warn of: it expects data to be where the workers are. A piece that
# ends a second worker is halved (here; on a cluster elsewhere its scheduler says after how many), until the article is found.
_DASK = {"distributed.admin.large-graph-warning-threshold": "1GiB", "distributed.scheduler.allowed-failures": 1}

Coded = tuple[pd.DataFrame, pd.DataFrame]  # codes and hits


@dataclass(frozen=True)
class Coder:
    """What coding needs beside the records: lexicons (stance and topics), model, and the language of articles too short to
    show it."""

    lexicons: list[Lexicon]
    model: StanceModel
    language: str | None = None

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 (hex) of all that decides the codes of a record."""
        model = self.model
        numbers = [model.weights, model.intercept, *(model.norms[language] for language in sorted(model.norms))]
        texts = [version("lesart"), str(self.language), *(lexicon.fingerprint for lexicon in self.lexicons), repr(model.features), *sorted(model.norms)]
        return hashlib.sha256("\n".join(texts).encode() + b"".join(np.ascontiguousarray(array).tobytes() for array in numbers)).hexdigest()

    def code(self, records: list[dict]) -> Coded:
        """Codes (as ``code_articles``, with the columns of ``REPORT``) and hits of records that have their ids.

        A record on which coding fails has no codes and the fault as its ``problem``; the others are coded all the same.
        """
        try:
            return self._code(records)
        except LesartError:  # of a lexicon, not of a record
            raise
        except Exception as fault:  # whatever a text made nobody has thought of may raise
            if not records:
                raise
            if len(records) == 1:
                return self._code([spoil(*records, f"coding failed ({type(fault).__name__}: {' '.join(str(fault).split())[:100]})")])
        return join_coded([self.code(half) for half in halve(records)])

    def _code(self, records: list[dict]) -> Coded:
        articles = settle_articles(records, self.language)
        hits = tag_articles(articles, self.lexicons, progress=False)
        topics = next(lexicon for lexicon in self.lexicons if lexicon.name == "topics").categories
        codes = code_articles(articles, hits, self.model, topics)
        codes[list(REPORT)] = articles[list(REPORT)]
        return codes, hits


def spoil(record: dict, problem: str) -> dict:
    """The record of an article that cannot be coded."""
    kept = {key: record[key] for key in ("article", "place", "language", "outlet", "note") if key in record}
    return kept | {"title": "", "text": "", "taken_out": 0, "truncated": False, "problem": problem}


def halve(records: list[dict]) -> tuple[list[dict], list[dict]]:
    """The first and the second half."""
    middle = len(records) // 2
    return records[:middle], records[middle:]


def join_coded(pieces: list[Coded]) -> Coded:
    """Codes and hits of pieces, in order, as if they had been coded together."""
    codes, hits = zip(*pieces, strict=True)
    full = [table for table in hits if len(table)] or list(hits[:1])  # an empty table's columns need not have types
    return pd.concat(codes, ignore_index=True), pd.concat(full, ignore_index=True)


class Here:
    """Codes pieces in this process, each when it is asked for."""

    n_ahead = 0

    def __init__(self, coder: Coder) -> None:
        self.coder = coder

    def submit(self, piece: list[dict]) -> Callable[[], Coded]:
        """What gives the piece coded."""
        return partial(self.coder.code, piece)


class OnDask(Here):
    """Hands pieces to the workers of a Dask cluster; one whose worker dies is given to another."""

    def __init__(self, coder: Coder, client: "distributed.Client") -> None:
        super().__init__(coder)
        self._client = client
        self._pickled = pickle.dumps(coder)
        self.n_ahead = (1 + _AHEAD) * max(1, sum(client.nthreads().values()))

    def submit(self, piece: list[dict], *, trial: int = 1) -> Callable[[], Coded]:
        """What waits for the piece coded. Raises LesartError where Lesart itself is not on the workers, or all are gone."""
        # The coder goes with each piece: were it kept on workers, one that dies would leave the others waiting for it.
        return partial(self._wait, self._client.submit(_code_piece, self._pickled, piece, pure=False), piece, trial)

    def _wait(self, future: "distributed.Future", piece: list[dict], trial: int) -> Coded:
        from dask.distributed import KilledWorker, wait

        try:
            while not future.done():
                self._client.wait_for_workers(1, timeout=_PATIENCE)  # with none, and no new one, nothing will ever be done
                with suppress(TimeoutError):
                    wait(future, timeout=_PATIENCE)
            return future.result()
        except LesartError:
            raise
        except KilledWorker:  # by one of its articles, or by a piece that was there at the same time
            if len(piece) > 1:
                return join_coded([self.submit(half)() for half in halve(piece)])
            if trial < _TRIALS:
                return self.submit(piece, trial=trial + 1)()
            return self.coder.code([spoil(*piece, "coding ended every worker that had it; it is too large, or a fault of Lesart")])
        except Exception as fault:  # whatever goes wrong between two machines
            what = f"{type(fault).__name__}: {' '.join(str(fault).split())[:100]}"
            raise LesartError(f"the cluster failed ({what}); check that every worker has this version of Lesart and is up") from None


def _code_piece(pickled: bytes, piece: list[dict]) -> Coded:
    return _unpickle(pickled).code(piece)


@lru_cache(1)
def _unpickle(pickled: bytes) -> Coder:
    return pickle.loads(pickled)  # noqa: S301 (Dask itself sends its work so)


@contextmanager
def use_cluster(coder: Coder, *, n_workers: int | None = None, scheduler: str | None = None) -> Iterator[Here]:
    """Who codes the pieces: ``n_workers`` new processes here, or the workers of a Dask cluster; this process without either.

    ``scheduler`` is the address of a cluster's scheduler (``tcp://…``). Raises LesartError where Dask is not installed or no
    scheduler answers.
    """
    if n_workers is None and scheduler is None:
        yield Here(coder)
        return
    try:
        import dask
        from dask.distributed import Client, LocalCluster
    except ImportError:
        raise LesartError("more than one worker needs Dask, which is not installed; pip install 'lesart[scale]'") from None
    with dask.config.set(_DASK), ExitStack() as stack:
        try:
            options = {"n_workers": n_workers, "threads_per_worker": 1, "host": "127.0.0.1", "dashboard_address": None, "silence_logs": "CRITICAL"}
            cluster = scheduler or stack.enter_context(LocalCluster(**options))
            client = stack.enter_context(Client(cluster, timeout=_PATIENCE))
            client.wait_for_workers(1, timeout=_PATIENCE)
        except (OSError, ValueError, TimeoutError) as fault:
            what = " ".join(str(fault).split())[:100]
            raise LesartError(f"{scheduler or 'local workers'}: no cluster there ({what}); check the address, and that workers are up") from None
        yield OnDask(coder, client)


def code_records(
    records: Iterable[dict], workers: Here, *, parts: Parts | None = None, n_articles: int = _ARTICLES
) -> Iterator[pd.DataFrame]:
    """The codes of records that have their ids (``articles.read_records``), piece by piece, in order.

    Tables as ``Coder.code`` gives them; one below the other they are the same whatever the size of a piece (``n_articles``)
    and whoever codes it. ``parts`` keeps what is done, so that it need not be done again, and the hits.
    """
    waiting: deque[Callable[[], pd.DataFrame]] = deque()
    pieces = cut_pieces(records, n_articles)
    first = list(islice(pieces, 2))
    if len(first) < 2 and parts and not parts.has_hits:
        parts = None  # nothing to go on from
    for number, piece in enumerate(chain(first or [[]], pieces)):
        waiting.append(_begin(number, piece, workers, parts))
        while len(waiting) > workers.n_ahead:
            yield waiting.popleft()()
    while waiting:
        yield waiting.popleft()()
    if parts:
        parts.end(number + 1)


def _begin(number: int, piece: list[dict], workers: Here, parts: Parts | None) -> Callable[[], pd.DataFrame]:
    """What gives the codes of a piece: found among the parts, or made and kept there."""
    digest = digest_piece(piece, workers.coder) if parts else ""
    done = parts.find(number, digest) if parts else None
    result = None if done is not None else workers.submit(piece)

    def finish() -> pd.DataFrame:
        if result is None:
            return done
        codes, hits = result()
        if parts:
            parts.keep(number, digest, codes, hits)
        return codes

    return finish


def cut_pieces(records: Iterable[dict], n_articles: int = _ARTICLES) -> Iterator[list[dict]]:
    """The records in pieces of so many articles, or of six million characters, with what decides their codes alone."""
    piece: list[dict] = []
    n_characters = 0
    for record in records:
        piece.append({column: record[column] for column in RECORD_COLUMNS if column in record})
        n_characters += len(str(record["text"]))
        if len(piece) >= n_articles or n_characters >= _CHARACTERS:
            yield piece
            piece, n_characters = [], 0
    if piece:
        yield piece


def digest_piece(piece: list[dict], coder: Coder) -> str:
    """BLAKE2 (hex) of all that decides the codes of a piece: its records, in order, and the coder's fingerprint."""
    digest = hashlib.blake2b(coder.fingerprint.encode(), digest_size=20)
    for record in piece:
        for column, value in sorted(record.items()):
            data = f"{column}:{value}".encode("utf-8", "surrogatepass")
            digest.update(len(data).to_bytes(8, "little") + data)
    return digest.hexdigest()
