"""Fetching pages: each once, politely, within bounds, from the web's public addresses only."""

import gzip

import pytest
from made_server import fetch, read_cached, server  # noqa: F401 - server is a fixture

from lesart.sources import fetching, public_network
from lesart.sources.fetching import _Fetcher, cached_page, fetch_pages, parse_address


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
