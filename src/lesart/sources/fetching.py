"""Fetches pages from the web, politely: one request per host at a time with a pause before the next, as robots.txt says,
and nothing twice. What was fetched lies in a folder as saved pages, so that a run that was stopped goes on.
"""

import queue
import re
import threading
import time
from collections import deque
from collections.abc import Generator, Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from ..files import write_whole
from ..progress import track
from .decoding import decode
from .http_body import LARGEST_BODY, TooLarge, unpack

if TYPE_CHECKING:
    import httpx
    from protego import Protego

    from .public_network import Answer, Network

# Seconds between two requests to a host; what robots.txt asks for counts up to the longest pause.
PAUSE, LONGEST_PAUSE = 1.0, 30.0
# Seconds after which nothing more is asked for one page, with the rules of its host and all redirects.
LONGEST_FETCH = 50.0
HOSTS_AT_ONCE, MOST_REDIRECTS, LARGEST_ROBOTS = 8, 5, 500_000
# A host that has not answered so often in a row is left alone until the next run.
MOST_FAILURES = 3
_REDIRECTS = (301, 302, 303, 307, 308)
_PAGES = ("text/html", "application/xhtml+xml")


def fetch_pages(
    addresses: Iterable[str], folder: str | Path, *, contact: str = "", pause: float = PAUSE, allow_local: bool = False, progress: bool = True
) -> Generator[tuple[str, str], None, None]:
    """Fetch what is not in ``folder`` yet; each address once, in order, with its problem: "" where its page is there now.

    ``contact`` (a mail address or a home page) is named to the servers. Hosts in private networks are refused unless
    ``allow_local``. Pages lie in the folder as UTF-8, each with the address it came from in its first line, under the
    name of ``cached_page``. Errors are asked for again by the next run.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    problems: dict[str, str] = dict.fromkeys(addresses, "")
    missing: list[tuple[str, httpx.URL]] = []
    for address in problems:
        url, problems[address] = parse_address(address)
        if url and not cached_page(folder, address).is_file():
            missing.append((address, url))
    awaited = {address for address, _ in missing}
    arrived = _Fetcher(folder, contact, pause, allow_local).run(missing)
    try:
        for address in track(list(problems), "fetching", "page", shown=progress):
            while address in awaited:
                other, problems[other] = next(arrived)
                awaited.remove(other)
            yield address, problems[address]
    finally:
        arrived.close()


def cached_page(folder: str | Path, address: str) -> Path:
    """The file that holds the page of an address, whether it is there or not."""
    host = re.sub(r"[^a-z0-9.-]", "_", (re.match(r"https?://([^/?#]{1,60})", address) or [""])[0].split("//")[-1].lower())
    return Path(folder) / f"{host.strip('.') or 'page'}-{blake2b(address.encode('utf-8', 'replace'), digest_size=12).hexdigest()}.html"


def parse_address(address: str) -> "tuple[httpx.URL | None, str]":
    """The address as a URL, or None and what is wrong with it.

    >>> str(parse_address("https://www.Müller.test/Größe#mitte")[0])
    'https://www.xn--mller-kva.test/Gr%C3%B6%C3%9Fe'
    >>> parse_address("ftp://example.test/x")[1]
    'not a web address; it must begin with http:// or https://'
    """
    import httpx

    try:
        url = httpx.URL(address).copy_with(fragment=None)
        if url.scheme not in ("http", "https") or not url.host:
            return None, "not a web address; it must begin with http:// or https://"
        if url.userinfo:
            return None, "an address with a password is not fetched; save the page instead"
        if url.port is not None and not 0 < url.port < 65_536:
            return None, "a web address with a port that cannot be"
    except (httpx.InvalidURL, ValueError):  # UnicodeError, from names of hosts, is one
        return None, "not a web address that can be read"
    return url, ""


class _NotFetched(Exception):
    """Why a page could not be fetched, in words for the list of what was left out."""


@dataclass
class _Host:
    """What is known of a host: only who holds its lock asks it anything."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    robots: "dict[str, Protego | None]" = field(default_factory=dict)
    pause: float = PAUSE
    last: float = float("-inf")
    failures: int = 0
    closed: str = ""


class _Fetcher:
    def __init__(self, folder: Path, contact: str, pause: float, allow_local: bool) -> None:
        from .public_network import Network

        self._folder, self._pause = folder, pause
        self._agent = f"Lesart/{version('lesart')} (reads news articles for a study{'; ' + _plain(contact) if contact else ''})"
        self._network: Network = Network(allow_local=allow_local)
        self._hosts: dict[str, _Host] = {}
        self._hosts_lock, self._stop = threading.Lock(), threading.Event()
        self._page = threading.local()  # when the page that a thread fetches was begun

    def run(self, pages: "list[tuple[str, httpx.URL]]") -> Generator[tuple[str, str], None, None]:
        """Address and problem of each page, as they arrive: hosts are asked side by side, of each the first listed first."""
        by_host: dict[str, deque[tuple[int, str, httpx.URL]]] = {}
        for place, (address, url) in enumerate(pages):
            by_host.setdefault(url.host, deque()).append((place, address, url))
        # A host is in this queue or with one worker: so it is asked by one at a time, and what is listed first goes first.
        waiting: queue.PriorityQueue[tuple[float, str]] = queue.PriorityQueue()
        for name, listed in by_host.items():
            waiting.put((listed[0][0], name))
        done: queue.SimpleQueue[tuple[str, str]] = queue.SimpleQueue()
        n_workers = min(HOSTS_AT_ONCE, len(by_host))
        workers = [threading.Thread(target=self._work, args=(by_host, waiting, done), name="fetching") for _ in range(n_workers)]
        for worker in workers:
            worker.start()
        try:
            for _ in pages:
                yield done.get()
        finally:  # also when the user stops: what is under way ends, nothing new begins
            self._stop.set()
            for _ in workers:
                waiting.put((float("inf"), ""))
            for worker in workers:
                worker.join()
            self._network.close()

    def _work(self, by_host: "dict[str, deque[tuple[int, str, httpx.URL]]]", waiting: queue.PriorityQueue, done: queue.SimpleQueue) -> None:
        while True:
            _, name = waiting.get()
            if self._stop.is_set() or not name:
                return
            _, address, url = by_host[name].popleft()
            self._page.begun = time.monotonic()
            try:
                self._fetch(address, url)
                problem = ""
            except _NotFetched as reason:
                problem = str(reason)
            except Exception as fault:  # a thread that dies would leave the others waiting
                problem = f"could not be fetched ({type(fault).__name__})"
            if by_host[name]:
                waiting.put((by_host[name][0][0], name))
            done.put((address, problem))

    def _fetch(self, address: str, url: "httpx.URL") -> None:
        """Ask for a page, follow where it has gone, and put it into the folder."""
        for _ in range(MOST_REDIRECTS + 1):
            answer = self._visit(url)
            if answer.status in _REDIRECTS and answer.headers.get("location"):
                url = _follow(url, answer.headers["location"])
                continue
            if answer.status != 200:
                raise _NotFetched(f"status {answer.status}; the server has no such page for us")
            media, _, parameters = answer.headers.get("content-type", "text/html").partition(";")
            if media.strip().lower() not in _PAGES:
                raise _NotFetched(f"no HTML page but {_plain(media)}")
            charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", parameters, re.IGNORECASE)
            self._keep(address, url, answer, charset[1] if charset else "")
            return
        raise _NotFetched(f"more than {MOST_REDIRECTS} redirects")

    def _keep(self, address: str, url: "httpx.URL", answer: "Answer", charset: str) -> None:
        text = decode(_unpack(answer), charset)
        # As browsers save it; the mark at the start says UTF-8 before whatever the page declares.
        page = f"\ufeff<!-- saved from url=({len(str(url)):04d}){url} -->\n{text}"
        write_whole(cached_page(self._folder, address), page.encode("utf-8", "replace"))

    def _visit(self, url: "httpx.URL") -> "Answer":
        """The answer of a host, if its robots.txt allows to ask."""
        robots = self._read_robots(url)
        if robots and not robots.can_fetch(str(url), "Lesart"):
            raise _NotFetched("robots.txt of the host forbids it")
        return self._ask(url, LARGEST_BODY)

    def _find_host(self, url: "httpx.URL") -> _Host:
        with self._hosts_lock:
            return self._hosts.setdefault(url.host, _Host(pause=self._pause))

    def _read_robots(self, url: "httpx.URL") -> "Protego | None":
        """The rules of a host (RFC 9309): none where it has none; where they cannot be had for now, nothing is allowed."""
        from protego import Protego

        host, origin = self._find_host(url), f"{url.scheme}://{url.netloc.decode()}"
        if origin not in host.robots:
            at = url.join("/robots.txt")
            answer = self._ask(at, LARGEST_ROBOTS, cut=True)
            for _ in range(MOST_REDIRECTS):
                if answer.status in _REDIRECTS and answer.headers.get("location"):
                    at = _follow(at, answer.headers["location"])
                    answer = self._ask(at, LARGEST_ROBOTS, cut=True)
            if answer.status >= 500:
                host.closed = f"robots.txt of the host cannot be read (status {answer.status}); run again later"
                raise _NotFetched(host.closed)
            rules = Protego.parse(_unpack(answer).decode("utf-8", "replace")) if answer.status == 200 else None
            if rules and rules.crawl_delay("Lesart"):
                host.pause = max(host.pause, min(float(rules.crawl_delay("Lesart")), LONGEST_PAUSE))
            host.robots[origin] = rules
        return host.robots[origin]

    def _ask(self, url: "httpx.URL", largest: int, *, cut: bool = False) -> "Answer":
        """One request, when it is the host's turn and after the pause."""
        host = self._find_host(url)
        with host.lock:
            if host.closed:
                raise _NotFetched(host.closed)
            if self._stop.wait(max(0.0, host.last + host.pause - time.monotonic())):
                raise _NotFetched("stopped")
            if time.monotonic() - self._page.begun > LONGEST_FETCH:
                raise _NotFetched("page took too long, with its redirects and the rules of its host")
            answer = self._exchange(host, url, largest)
        if len(answer.body) > largest and not cut:
            raise _NotFetched(f"larger than {largest:,} bytes, no article")
        return answer

    def _exchange(self, host: _Host, url: "httpx.URL", largest: int) -> "Answer":
        import httpcore

        from .public_network import Refused

        try:
            answer = self._network.ask(str(url), self._agent, largest)
        except Refused as reason:
            host.closed = f"{reason}; not fetched"
        except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, OSError) as fault:
            host.failures += 1
            if host.failures >= MOST_FAILURES:
                host.closed = f"host failed {MOST_FAILURES} times in a row; run again later"
            slow = isinstance(fault, httpcore.TimeoutException)
            raise _NotFetched("host took too long; run again later" if slow else f"no answer that can be read ({type(fault).__name__}); run again later") from None
        else:
            host.failures = 0
            if answer.status not in (429, 503):
                return answer
            host.closed = f"status {answer.status}: the host asks to wait; run again later"
        finally:
            host.last = time.monotonic()
        raise _NotFetched(host.closed)


def _follow(url: "httpx.URL", location: str) -> "httpx.URL":
    import httpx

    try:
        following, problem = parse_address(str(url.join(location)))
    except (httpx.InvalidURL, ValueError):
        following, problem = None, "an address that cannot be read"
    if following is None:
        raise _NotFetched(f"redirects to what is {problem}")
    return following


def _unpack(answer: "Answer") -> bytes:
    try:
        return unpack(answer.body, answer.headers.get("content-encoding", ""))
    except TooLarge as fault:
        raise _NotFetched(f"{fault}, no article") from None


def _plain(text: str) -> str:
    """Text from a stranger, or for a header: printable ASCII, short."""
    return re.sub(r"[^\x20-\x7e]", "?", text.strip())[:80]
