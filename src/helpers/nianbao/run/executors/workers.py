"""The workers of a Dask scheduler, and what is asked of them; nobody waits for ever for one that does not answer."""

from __future__ import annotations

import contextlib
import logging
import queue
import threading
import time
import uuid
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from nianbao.errors import ClusterError
from nianbao.language import say
from nianbao.run.executors.station import apart

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from distributed import Client

PATIENCE = 10.0  # seconds that a scheduler may take to answer at first, and workers to end what they do
SILENCE = 300.0  # seconds without an answer after which a scheduler is gone, as a worker is for it
OFTEN = 1.0  # seconds between two questions


def gone(why: str = "") -> ClusterError:
    """The error that ends a batch whose scheduler is gone."""
    return ClusterError(say("the scheduler of the cluster is gone, or has dropped the reports") + why)


def grouped(said: Mapping[str, str]) -> str:
    """Lines of what is said of workers, by address; of several that say the same the first is named."""
    known: dict[str, list[str]] = {}
    for address, why in sorted(said.items()):
        known.setdefault(why, []).append(address)
    more = (say(" and {count} more", count=len(them) - 1) if len(them) > 1 else "" for them in known.values())
    return "".join(f"\n  {them[0]}{others}: {why}" for (why, them), others in zip(known.items(), more, strict=True))


class Workers:
    """The workers that a scheduler has, of which it is asked again once a second.

    ``unfit`` says of those that take no items why, by address; under ``topic`` they tell which items they have begun, and
    ``news`` holds what they have told: the key of an item, and an address.
    """

    def __init__(self, client: Client) -> None:
        self.client = client
        self.unfit: dict[str, str] = {}
        self.topic, self.news = f"nianbao-{uuid.uuid4().hex}", queue.SimpleQueue[tuple[str, str]]()
        self._threads: dict[str, int] = {}
        self._asked = float("-inf")
        self._manned = time.monotonic()  # when there was the last one that takes items
        self._is_told = self._is_gone = False

    @contextlib.contextmanager
    def listened(self) -> Iterator[None]:
        """Within the context, news come."""
        with self.reached():
            self.client.subscribe_topic(self.topic, lambda event: self.news.put(event[1]))
        try:
            yield
        finally:
            self.soon(self.client.unsubscribe_topic, self.topic)

    def threads(self) -> dict[str, int]:
        """How many threads each worker has, by its address.

        Raises
        ------
        ClusterError
            When the scheduler does not answer any more, or all that there are have been unfit for a while.
        """
        if time.monotonic() - self._asked > OFTEN:
            with self.reached():
                ask = self.client.scheduler.ncores
                there = dict(self.client.sync(ask, workers=None, callback_timeout=SILENCE))
            for address in sorted(self._threads.keys() - there.keys()):
                said = "worker {address} is gone; what it had begun is built by others"
                logging.getLogger("nianbao").warning(say(said, address=address))
            self._threads, self._asked = there, time.monotonic()
            self._require_fit()
        return self._threads

    def fit(self) -> dict[str, int]:
        """How many threads each worker has that takes items, by its address."""
        return {address: count for address, count in self.threads().items() if address not in self.unfit}

    def _require_fit(self) -> None:
        now = time.monotonic()
        if self._threads.keys() - self.unfit.keys():
            self._manned, self._is_told = now, False
        elif now - self._manned > PATIENCE and self._threads:
            why = grouped({address: self.unfit[address] for address in self._threads})
            raise ClusterError(say("no worker of the cluster takes reports:") + why)
        elif now - self._manned > PATIENCE and not self._is_told:
            self._is_told = True
            logging.getLogger("nianbao").warning(say("the cluster has no worker; waiting for one (Ctrl-C ends)"))

    def refuse(self, address: str, why: str) -> None:
        """Let a worker take no more items."""
        if address not in self.unfit:
            said = "worker {address} takes no more reports: {why}"
            logging.getLogger("nianbao").warning(say(said, address=address, why=why))
        self.unfit[address] = why

    def ask(self, function: Callable[..., Any], *arguments: Any) -> dict[str, Any]:
        """What each worker answers, or the error that it raises, by address; raises `ClusterError` as `threads` does."""
        answer = begun(self.client.run, apart, function, *arguments, on_error="return")
        with self.reached():
            while True:
                with contextlib.suppress(TimeoutError):
                    found: dict[str, Any] = answer.result(OFTEN)
                    return found
                if answer.done() and (error := answer.exception()):
                    raise error
                self.threads()

    def tell(self, function: Callable[..., Any], *arguments: Any, only: Iterable[str] | None = None) -> None:
        """Call a function on the workers, or on some only, and wait for those that answer soon."""
        named = list(only) if only is not None else None
        self.soon(self.client.run, apart, function, *arguments, workers=named, on_error="ignore")

    def soon(self, function: Callable[..., Any], *arguments: Any, **named: Any) -> None:
        """Call a function that asks the scheduler, unless that is gone, and wait for it no longer than `PATIENCE`."""
        if not self._is_gone:
            with contextlib.suppress(Exception):
                begun(function, *arguments, **named).result(PATIENCE)

    @contextlib.contextmanager
    def reached(self) -> Iterator[None]:
        """Turn what the client says that does not reach its scheduler into one error."""
        from distributed.client import ClosedClientError

        try:
            yield
        except (OSError, RuntimeError, ClosedClientError) as error:
            if isinstance(error, RuntimeError) and type(error) is not RuntimeError:
                raise  # An error of ours, such as in what is to be pickled; a loop that is closed says a plain one.
            self._is_gone = True
            raise gone(f": {error}".removesuffix(": ")) from error


def begun(function: Callable[..., Any], *arguments: Any, **named: Any) -> Future[Any]:
    """The answer of a call in a thread that nobody has to wait for."""
    answer: Future[Any] = Future()

    def call() -> None:
        try:
            answer.set_result(function(*arguments, **named))
        except BaseException as error:
            answer.set_exception(error)

    threading.Thread(target=call, daemon=True).start()
    return answer
