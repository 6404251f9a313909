"""Fetching pages from a server that this file starts: friendly, slow, broken and hostile. No other network is used."""

import csv
import gzip
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from lesart.errors import CorpusError
from lesart.sources import fetching, public_network
from lesart.sources.fetching import _Fetcher, cached_page, fetch_pages, parse_address
from lesart.sources.url_list import list_addresses, read_path, recognise
from lesart.sources.web_page import read_page

TEXT = "".join(f"<p>Die Größe der {n}. Lohnerhöhung für die Firma steht noch lange nicht fest.</p>" for n in range(1, 6))


def page(title):
    return f"<!doctype html><html lang='de'><head><title>{title}</title></head><body><article>{TEXT}</article></body></html>"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        server = self.server
        host = self.headers["Host"].split(":")[0]
        with server.lock:
            server.asked.append((host, self.path, time.monotonic()))
            server.active[host] += 1
            server.most_at_once[host] = max(server.most_at_once[host], server.active[host])
        try:
            self.server.agents.add(self.headers["User-Agent"])
            self.answer(self.path.split("?")[0])
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def answer(self, path):
        if path == "/robots.txt":
            status, heads, body = self.server.robots
            return self.send(body, status, **heads)
        port = self.server.server_address[1]
        redirects = {"/loop": "/loop", "/moved": "/ok", "/far": f"http://localhost:{port}/ok", "/file": "file:///etc/passwd", "/odd": "http://xn--a.test/", "/secret-way": "/secret/x", "/inner": "http://inner.test/"}
        if path in redirects:
            return self.send("", 302, Location=redirects[path])
        if path in ("/slow", "/drip", "/endless"):
            return self.drip(path)
        if path == "/wait" and not self.server.go.wait(10):
            return self.send("", 500)
        if path == "/meet":
            self.server.barrier.wait(10)
        replies = {
            "/404": ("", 404, {}),
            "/429": ("", 429, {}),
            "/500": ("", 500, {}),
            "/pdf": ("%PDF", 200, {"Content-Type": "application/pdf; x"}),
            "/latin": (page("Löhne").encode("cp1252"), 200, {"Content-Type": "text/html; charset=utf-8"}),
            "/utf16": (page("Löhne").encode("utf-16-le"), 200, {"Content-Type": "text/html; charset=utf-16le"}),
            "/gzip": (gzip.compress(page("Löhne").encode()), 200, {"Content-Encoding": "gzip"}),
            "/lie": (page("Löhne"), 200, {"Content-Encoding": "gzip"}),
            "/bomb": (gzip.compress(b"0" * 50_000_000, 1), 200, {"Content-Encoding": "gzip"}),
            "/garbage": (b"\xff\xfe\x00" * 1000, 200, {}),
        }
        body, status, heads = replies.get(path, (page(f"Seite {path}"), 200, {}))
        return self.send(body, status, **heads)

    def send(self, body, status=200, **heads):
        body = body.encode() if isinstance(body, str) else body
        with self.server.lock:  # before the client can know of it
            self.server.active[self.headers["Host"].split(":")[0]] -= 1
        self.send_response(status)
        for name, value in {"Content-Type": "text/html", "Content-Length": str(len(body)), **heads}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def drip(self, path):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.close_connection = True
        while not self.server.closing.is_set():
            self.wfile.write(b"x" * (65_536 if path == "/endless" else 1))
            self.server.closing.wait({"/slow": 30, "/drip": 0.1, "/endless": 0}[path])


@pytest.fixture
def server(monkeypatch):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = False
    server.lock, server.closing, server.barrier = threading.Lock(), threading.Event(), threading.Barrier(2)
    server.asked, server.agents, server.active, server.most_at_once = [], set(), Counter(), Counter()
    server.go = threading.Event()
    server.robots = (404, {}, "")
    server.url = f"http://127.0.0.1:{server.server_address[1]}"
    server.other = f"http://localhost:{server.server_address[1]}"
    server.paths = lambda: [path for _, path, _ in server.asked if path != "/robots.txt"]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.closing.set()
    server.shutdown()
    thread.join()
    server.server_close()


def fetch(server, tmp_path, *paths, **options):
    addresses = [path if "://" in path else server.url + path for path in paths]
    return [problem for _, problem in fetch_pages(addresses, tmp_path / "cache", pause=0, allow_local=True, **options)]


def read_cached(server, tmp_path, path):
    return read_page(cached_page(tmp_path / "cache", server.url + path).read_bytes())


@pytest.mark.parametrize("path", ["/latin", "/utf16", "/gzip", "/lie"])
def test_page_is_kept_as_a_saved_page(server, tmp_path, path):
    assert fetch(server, tmp_path, path) == [""]
    found = read_cached(server, tmp_path, path)
    assert (found.record["title"], found.record["url"]) == ("Löhne", server.url + path)
    assert "Die Größe der 5. Lohnerhöhung" in found.record["text"]


@pytest.mark.parametrize(("path", "final"), [("/moved", "/ok"), ("/ok?a=ä b#mitte", "/ok?a=%C3%A4%20b")])
def test_page_knows_where_it_was_found(server, tmp_path, path, final):
    assert fetch(server, tmp_path, path) == [""]
    assert read_cached(server, tmp_path, path).record["url"] == server.url + final


FAULTS = [
    ("/404", "status 404"),
    ("/500", "status 500"),
    ("/429", "the host asks to wait"),
    ("/pdf", "no HTML page but application/pdf"),
    ("/loop", "more than 5 redirects"),
    ("/file", "redirects to what is not a web address"),
    ("/odd", "redirects to what is"),
    ("/bomb", "larger than 20,000,000 bytes when unpacked"),
    ("ftp://127.0.0.1/x", "it must begin with http:// or https://"),
    ("file:///etc/passwd", "it must begin with http:// or https://"),
    ("http://ida:geheim@127.0.0.1/", "an address with a password"),
    ("http://[x", "not a host"),
    ("http://127.0.0.1:99999/", "a port that cannot be"),
    ("http://xn--a.test/", "not a web address that can be read"),
    ("http://" + "a" * 70 + ".test/", "not a"),
]


@pytest.mark.parametrize(("path", "reason"), FAULTS)
def test_page_that_cannot_be_had_has_its_reason_and_the_rest_goes_on(server, tmp_path, path, reason):
    problem, other = fetch(server, tmp_path, path, f"{server.other}/ok")
    assert reason in problem.replace("host not found", "not a host")
    assert other == ""
    assert [file.name for file in (tmp_path / "cache").iterdir()] == [cached_page("", f"{server.other}/ok").name]


def test_page_that_is_endless_is_cut(server, tmp_path, monkeypatch):
    monkeypatch.setattr(fetching, "LARGEST_BODY", 200_000)
    assert fetch(server, tmp_path, "/endless", "/ok") == ["larger than 200,000 bytes, no article", ""]


@pytest.mark.parametrize("path", ["/slow", "/drip"])
def test_page_that_comes_too_slowly_is_given_up(server, tmp_path, monkeypatch, path):
    monkeypatch.setattr(public_network, "STEP", {"/slow": 0.3, "/drip": 30}[path])
    monkeypatch.setattr(public_network, "WHOLE", {"/slow": 60, "/drip": 0.6}[path])
    assert fetch(server, tmp_path, path) == ["host took too long; run again later"]
    monkeypatch.undo()
    assert fetch(server, tmp_path, "/ok") == [""]


def test_page_whose_redirects_take_too_long_is_given_up(server, tmp_path, monkeypatch):
    monkeypatch.setattr(fetching, "LONGEST_FETCH", 0.2)
    addresses = [f"{server.url}/loop", f"{server.other}/ok"]
    problems = dict(fetch_pages(addresses, tmp_path, pause=0.3, allow_local=True))
    assert "page took too long" in problems[addresses[0]]


def test_hosts_listed_first_do_not_keep_the_others_waiting(server, tmp_path, monkeypatch):
    monkeypatch.setattr(fetching, "HOSTS_AT_ONCE", 1)
    addresses = [f"{server.url}/1", f"{server.other}/2", f"{server.url}/3", f"{server.url}/4", f"{server.other}/5"]
    assert set(dict(fetch_pages(addresses, tmp_path, pause=0, allow_local=True)).values()) == {""}
    assert server.paths() == ["/1", "/2", "/3", "/4", "/5"]


def test_host_that_does_not_answer_is_left_alone(server, tmp_path):
    port = server.server_address[1]
    server.closing.set()
    server.shutdown()
    server.server_close()
    problems = fetch(server, tmp_path, *(f"http://127.0.0.1:{port}/{n}" for n in range(5)))
    assert ["no answer that can be read (ConnectError)" in problem for problem in problems] == [True] * 3 + [False] * 2
    assert problems[4] == "host failed 3 times in a row; run again later"


def test_host_that_asks_to_wait_is_asked_no_more(server, tmp_path):
    assert fetch(server, tmp_path, "/1", "/429", "/2", "/3")[2:] == ["status 429: the host asks to wait; run again later"] * 2
    assert server.paths() == ["/1", "/429"]


RULES = "User-agent: *\nDisallow: /secret\nDisallow: /*?print\nAllow: /secret/but\n"


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        ((200, {}, RULES), ["/ok", "/secret/but"]),
        ((200, {"Content-Encoding": "gzip"}, gzip.compress(RULES.encode())), ["/ok", "/secret/but"]),
        ((200, {}, "User-agent: Lesart\nDisallow: /\n"), []),
        ((200, {}, "User-agent: Other\nDisallow: /\n"), ["/ok", "/secret/a", "/secret/but", "/x?print=1", "/secret-way"]),
        ((404, {}, RULES), ["/ok", "/secret/a", "/secret/but", "/x?print=1", "/secret-way"]),
        ((403, {}, RULES), ["/ok", "/secret/a", "/secret/but", "/x?print=1", "/secret-way"]),
        ((200, {}, b"\xff\xfe\x00" * 100), ["/ok", "/secret/a", "/secret/but", "/x?print=1", "/secret-way"]),
        ((500, {}, ""), []),
    ],
)
def test_robots_txt_is_asked_once_and_kept_to(server, tmp_path, robots, allowed):
    server.robots = robots
    paths = ["/ok", "/secret/a", "/secret/but", "/x?print=1", "/secret-way"]
    problems = fetch(server, tmp_path, *paths)
    assert [path for path, problem in zip(paths, problems, strict=True) if not problem] == allowed
    assert all("robots.txt" in problem for problem in problems if problem)
    assert not {"/secret/a", "/x?print=1", "/secret/x"} & set(server.paths()) or allowed[1:2] == ["/secret/a"]
    assert sum(path == "/robots.txt" for _, path, _ in server.asked) == 1


def test_robots_txt_that_has_moved_is_followed(server, tmp_path):
    server.robots = (302, {"Location": f"{server.other}/secret.txt"}, "")
    assert fetch(server, tmp_path, "/ok") == [""]
    assert ("localhost", "/secret.txt") in [asked[:2] for asked in server.asked]


def test_requests_to_a_host_come_one_after_the_other_with_a_pause(server, tmp_path):
    server.robots = (200, {}, "User-agent: *\nCrawl-delay: 0.08\n")
    problems = dict(fetch_pages([f"{server.url}/{n}" for n in range(4)] + [f"{server.url}/far"], tmp_path / "c", pause=0.02, allow_local=True))
    assert set(problems.values()) == {""}
    times = [when for host, path, when in server.asked if host == "127.0.0.1" and path != "/robots.txt"]
    assert min(b - a for a, b in zip(times, times[1:], strict=False)) >= 0.08
    assert server.most_at_once == {"127.0.0.1": 1, "localhost": 1}


def test_hosts_are_asked_side_by_side(server, tmp_path):
    assert fetch(server, tmp_path, "/meet", f"{server.other}/meet") == ["", ""]


def test_pages_come_as_soon_as_they_are_there_in_the_lists_order(server, tmp_path):
    addresses = [f"{server.url}/1", f"{server.url}/wait", f"{server.other}/2"]
    fetched = fetch_pages(addresses, tmp_path / "c", pause=0, allow_local=True)
    assert next(fetched) == (addresses[0], "")
    server.go.set()
    assert list(fetched) == [(address, "") for address in addresses[1:]]


def test_requests_say_who_asks(server, tmp_path):
    fetch(server, tmp_path, "/ok", contact="ida@beispiel.test\r\nX: 1")
    assert len(server.agents) == 1
    agent = server.agents.pop()
    assert agent.startswith("Lesart/")
    assert agent.endswith("(reads news articles for a study; ida@beispiel.test??X: 1)")


def test_run_fetches_only_what_is_missing(server, tmp_path):
    assert fetch(server, tmp_path, "/1", "/404") == ["", "status 404; the server has no such page for us"]
    server.asked.clear()
    fetch(server, tmp_path, "/1", "/404", "/2")
    assert server.paths() == ["/404", "/2"]
    server.asked.clear()
    assert fetch(server, tmp_path, "/1", "/2") == ["", ""]
    assert server.asked == []


def test_run_that_is_stopped_leaves_whole_pages_and_goes_on(server, tmp_path):
    addresses = [f"{server.url}/{n}" for n in range(5)]
    (tmp_path / "cache").mkdir()
    fetcher = _Fetcher(tmp_path / "cache", "", 0.05, True)
    run = fetcher.run([(address, parse_address(address)[0]) for address in addresses])
    assert next(run) == (addresses[0], "")
    run.close()
    before = [file.name for file in (tmp_path / "cache").iterdir()]
    assert 1 <= len(before) < 5
    assert not [name for name in before if name.endswith(".part")]
    server.asked.clear()
    assert fetch(server, tmp_path, *(f"/{n}" for n in range(5))) == [""] * 5
    assert len(server.paths()) == 5 - len(before)


def test_private_hosts_are_refused_before_anything_is_sent(server, tmp_path):
    addresses = [f"{server.url}/ok", f"{server.other}/ok", "http://[::1]/", "http://0x7f000001/"]
    problems = dict(fetch_pages(addresses, tmp_path, pause=0))
    assert set(problems.values()) <= {"host is in a private network; not fetched", "host not found; not fetched"}
    assert server.asked == []


def test_redirects_into_a_private_network_are_refused(server, tmp_path, monkeypatch):
    known = {"public.test": "127.0.0.1", "inner.test": "10.0.0.1"}
    monkeypatch.setattr(public_network.socket, "getaddrinfo", lambda host, port, *_, **__: [(2, 1, 6, "", (known.get(host, host), port))])
    monkeypatch.setattr(public_network, "is_public", lambda address: address == "127.0.0.1")
    address = server.url.replace("127.0.0.1", "public.test")
    problems = dict(fetch_pages([f"{address}/inner", f"{address}/ok"], tmp_path, pause=0))
    assert list(problems.values()) == ["host is in a private network; not fetched", ""]


@pytest.mark.parametrize("address", ["https://www.müller.test/a", "http://..", "http://../../etc/passwd", "HTTP://X.test/a", "x" * 500, "\ud800"])
def test_cached_page_lies_in_its_folder(tmp_path, address):
    assert cached_page(tmp_path, address).resolve().parent == tmp_path.resolve()
    assert len(cached_page(tmp_path, address).name) < 120


def test_list_gives_the_articles_in_its_order(server, tmp_path):
    path = tmp_path / "list.txt"
    path.write_text(f"# Liste\n{server.url}/a\n\n{server.url}/404\nkein Link\n{server.url}/a#mitte\n{server.url}/garbage\n{server.url}/{'x' * 2000}\n{server.other}/b\n", encoding="utf-8")
    found = list(read_path(path, cache=tmp_path / "cache", pause=0, allow_local=True))
    assert [(item.place, item.record.get("title")) for item in found if not item.problem] == [("line 2", "Seite /a"), ("line 9", "Seite /b")]
    problems = {item.place: item.problem for item in found if item.problem}
    assert list(problems) == ["line 4", "line 5", "line 6", "line 7", "line 8"]
    for part, problem in zip(("/404: status 404", "kein Link: not a web address", "the same address as line 2", "no article text", "address longer than"), problems.values(), strict=True):
        assert part in problem


def test_table_tells_more_than_the_page(server, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(f"Titel;URL;Medium;Ereignis;text\nEigener;{server.url}/a;Musterblatt;Übernahme;nein\n;{server.url}/b;;;\n;;;;\n", encoding="cp1252")
    first, second = read_path(path, cache=tmp_path / "cache", pause=0, allow_local=True)
    assert {key: first.record[key] for key in ("title", "outlet", "ereignis")} == {"title": "Eigener", "outlet": "Musterblatt", "ereignis": "Übernahme"}
    assert (second.place, second.record["title"], "outlet" in second.record) == ("line 3", "Seite /b", False)
    assert "Größe" in first.record["text"]


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"name,words\na,3\n", "name it url, not name, words"), (b"", "name it url, not nothing"), (b"x" * 20_000_001, "split it")],
)
def test_list_that_cannot_be_read_says_what_to_do(tmp_path, content, message):
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    with pytest.raises(CorpusError, match=message) as fault:
        list(read_path(path, cache=tmp_path / "cache"))
    assert "\n" not in str(fault.value)


def test_table_that_is_broken_says_where():
    before = csv.field_size_limit(1_000)
    try:
        with pytest.raises(CorpusError, match="line 1: not a readable table"):
            list_addresses(b'url\n"' + b"x" * 2_000)
    finally:
        csv.field_size_limit(before)


@pytest.mark.parametrize(
    ("content", "name", "yes"),
    [
        (b"https://a.test/1\nhttps://a.test/2\nhttps://a.te", "list.txt", True),
        (b"\xef\xbb\xbf# Liste\r\n\r\nhttps://a.test/1\r\n", "list", True),
        (b"https://a.test/1", "list", True),
        (b"outlet,url\nx,https://a.test/1\n", "list.csv", True),
        ("Medium;Adresse\n".encode("cp1252"), "list.csv", True),
        (b"url,text\nhttps://a.test/1,Ein Text\n", "list.csv", False),
        (b"url and more\n", "note.txt", False),
        (b"https://a.test/1 is where it stands.\nThe text.\nMore.", "note.txt", False),
        (b"", "list.txt", False),
        (b"\0\0https://a.test", "x", False),
    ],
)
def test_recognise(content, name, yes):
    assert recognise(content, name) == yes


def test_addresses_keep_their_places():
    listed = list_addresses(b'url,title\nhttps://a.test/1,"two\nlines"\nhttps://a.test/2,x\n')
    assert [(item.place, item.address) for item in listed] == [("line 3", "https://a.test/1"), ("line 4", "https://a.test/2")]
