"""A server for the tests of fetching, started on this machine: friendly, slow, broken and hostile. No other network is used."""

import gzip
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from lesart.sources.fetching import cached_page, fetch_pages
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
