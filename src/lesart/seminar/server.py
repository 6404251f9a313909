"""The seminar's web server, for one class on one machine: pages out, codes in, each saved before its answer goes out.

Who writes a sheet is told by a signed cookie. Everything a browser sends is bounded, checked and escaped; ids, key and
the lexicon's answers are not in any page before the reveal. It speaks HTTP without encryption: a room's own network is
the place for it, not the internet.
"""

import asyncio
import logging
import secrets
from collections.abc import Callable
from functools import partial
from hmac import compare_digest

import tornado.httpserver
import tornado.netutil
import tornado.web

from ..errors import LesartError
from .pages import LABELS, render
from .room import Room, list_paragraphs
from .sheets import CodeError, check_code, clean_name

_LOG = logging.getLogger(__name__)
# A form has some twenty short fields.
_MOST_BYTES = 16_384
_SECONDS = 20
_CODER, _TEACHER, _LABELS = "lesart_coder", "lesart_teacher", "lesart_labels"
_LOCAL = ("127.0.0.1", "localhost", "::1")
# A wrong return code answers late: 2^40 of them cannot be tried.
_WAIT_SECONDS = 1.0


class Page(tornado.web.RequestHandler):
    """What all pages share: who asks, in which language, and the headers that keep strangers out."""

    def initialize(self, room: Room, token: str, host: str, reveal: "Reveal", labels: str) -> None:
        self.room, self.token, self.host, self.told, self.default_labels = room, token, host, reveal, labels

    def set_default_headers(self) -> None:
        self.nonce = secrets.token_urlsafe(12)
        policy = f"default-src 'none'; style-src 'nonce-{self.nonce}'; script-src 'nonce-{self.nonce}'"
        self.set_header("Content-Security-Policy", f"{policy}; form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("Cache-Control", "no-store")
        self.clear_header("Server")

    def prepare(self) -> None:
        # A page elsewhere that lets its own name point to this machine does not get in (DNS rebinding).
        if self.host in _LOCAL and self.request.host_name not in (*_LOCAL, "[::1]"):
            raise tornado.web.HTTPError(403)

    @property
    def labels(self) -> str:
        """The language of the labels: asked for, chosen before, the teacher's choice."""
        return next((label for label in (self.query("labels"), self.get_cookie(_LABELS, "")) if label in LABELS), self.default_labels)

    def query(self, name: str) -> str:
        """What stands in the address under a name; nothing is raised, for the page of an error asks too."""
        return self.request.query_arguments.get(name, [b""])[-1][:200].decode("utf-8", "replace")

    @property
    def coder(self) -> str | None:
        """Whose cookie this is; None without one, or when her sheet is gone."""
        signed = self.get_signed_cookie(_CODER, max_age_days=365)
        name = signed.decode("utf-8", "replace") if signed else ""
        return name if name and self.room.sheets.has(name) else None

    @property
    def is_teacher(self) -> bool:
        signed = self.get_signed_cookie(_TEACHER, max_age_days=2) or b""
        return compare_digest(signed, self.token.encode())

    def send(self, template: str, **values: object) -> None:
        if self.query("labels") in LABELS:
            self.set_cookie(_LABELS, self.labels, httponly=True, samesite="Lax", path="/")
        page = {"nonce": self.nonce, "form_token": self.xsrf_token.decode(), "here": self.request.path, "coder": self.coder, "teacher": self.is_teacher}
        self.finish(render(template, self.labels, **(page | {"room_open": self.room.is_open} | values)))

    def write_error(self, status_code: int, **kwargs: object) -> None:
        fault = kwargs.get("exc_info", (None, None))[1]
        told = str(fault) if isinstance(fault, LesartError) and self.is_teacher else ""
        known = status_code if status_code in (403, 404, 409) else 500 if status_code >= 500 else 400
        self.finish(render("message", self.labels, nonce=self.nonce, key=f"error_{known}", told=told, coder=None, teacher=False, room_open=False))

    def log_exception(self, typ, value, tb) -> None:  # noqa: ANN001
        if isinstance(value, LesartError):
            _LOG.warning("%s", value)
        else:
            super().log_exception(typ, value, tb)

    def need_coder(self) -> str:
        if self.coder is None:
            raise tornado.web.HTTPError(403)
        return self.coder

    def field(self, name: str) -> str:
        return self.get_body_argument(name, "")[:200]


class Start(Page):
    """The door: a name for who comes, her articles for who is there."""

    def get(self) -> None:
        if self.coder is None:
            return self.send("join", fault="", name="")
        done = set(self.room.sheets.read(self.coder)["article"])
        articles = self.room.articles.set_index("article")
        order = self.room.order(self.coder)
        rows = [(n, articles["title"][name], articles["language"][name], name in done) for n, name in enumerate(order, 1)]
        first = next((n for n, _, _, is_done in rows if not is_done), None)
        return self.send("overview", rows=rows, next=first, n_done=len(done & set(order)), return_code=self.room.return_code(self.coder))


class Join(Page):
    """Takes a name; one that is there already only with its return code."""

    async def post(self) -> None:
        typed, code = self.field("name"), self.field("code").strip().lower()
        try:
            name = clean_name(typed)
            if code and self.room.sheets.has(name):
                if not compare_digest(code.encode(), self.room.return_code(name).encode()):
                    await asyncio.sleep(_WAIT_SECONDS)
                    raise CodeError("wrong_code")
            elif self.room.is_open:
                raise CodeError("too_late")
            else:
                self.room.sheets.open(name)
        except CodeError as fault:
            self.set_status(400)
            return self.send("join", fault=fault.key, name=typed)
        self.set_signed_cookie(_CODER, name, expires_days=365, httponly=True, samesite="Lax")
        return self.redirect("/", status=303)


class Leave(Page):
    """Forgets who codes on this device; her sheet stays."""

    def post(self) -> None:
        self.clear_cookie(_CODER)
        self.redirect("/", status=303)


class Article(Page):
    """An article and the form for its code."""

    def get(self, number: str) -> None:
        name, article = self._find(number)
        codes = self.room.sheets.read(name).set_index("article")
        said = {key: f"{value:g}" if isinstance(value, float) else str(value) for key, value in codes.loc[article].dropna().items()} if article in codes.index else {}
        self._show(number, article, said, "")

    def post(self, number: str) -> None:
        name, article = self._find(number)
        if self.room.is_open:
            raise tornado.web.HTTPError(409)
        said = {key: self.field(key) for key in ("stance", "sure", *self.room.sheets.topics)}
        try:
            self.room.sheets.save(name, article, check_code(said, self.room.sheets.topics))
        except CodeError as fault:
            self.set_status(400)
            return self._show(number, article, said, fault.key)
        done, order = set(self.room.sheets.read(name)["article"]), self.room.order(name)
        later = [*range(int(number) + 1, len(order) + 1), *range(1, int(number))]
        left = next((n for n in later if order[n - 1] not in done), None)
        return self.redirect(f"/article/{left}" if left else "/", status=303)

    def _find(self, number: str) -> tuple[str, str]:
        name = self.need_coder()
        order = self.room.order(name)
        if not 1 <= int(number) <= len(order):
            raise tornado.web.HTTPError(404)
        return name, order[int(number) - 1]

    def _show(self, number: str, article: str, said: dict[str, str], fault: str) -> None:
        row = self.room.articles.set_index("article").loc[article]
        shown = {"title": row["title"], "language": row["language"], "paragraphs": list_paragraphs(row)}
        self.send("article", number=int(number), n=len(self.room.articles), article=shown, topics=self.room.sheets.topics, said=said, fault=fault)


class Teacher(Page):
    """How far everybody is, and the button that opens the reveal; the door is the token that the terminal prints."""

    def get(self) -> None:
        if token := self.query("token"):
            if not compare_digest(token.encode(), self.token.encode()):
                raise tornado.web.HTTPError(403)
            self.set_signed_cookie(_TEACHER, self.token, expires_days=2, httponly=True, samesite="Lax")
            return self.redirect("/teacher", status=303)
        return self._show("")

    def post(self) -> None:
        if not self.is_teacher:
            raise tornado.web.HTTPError(403)
        if not self.room.is_finished() and self.field("sure_to_open") != "yes":
            self.set_status(400)
            return self._show("not_finished")
        self.room.open()
        return self.redirect("/reveal", status=303)

    def _show(self, fault: str) -> None:
        if not self.is_teacher:
            raise tornado.web.HTTPError(403)
        room = self.room
        self.send("teacher", progress=room.progress(), n=len(room.articles), finished=room.is_finished(), expected=room.n_coders, fault=fault)


class RevealPage(Page):
    """What the codes show, for those who coded and the teacher, once it is open."""

    async def get(self) -> None:
        if not self.room.is_open or not (self.coder or self.is_teacher):
            raise tornado.web.HTTPError(403)
        self.send("reveal", **await self.told.tell())


class Reveal:
    """Tells the reveal once for all who ask, beside the server's work, and anew when a sheet has changed."""

    def __init__(self, room: Room, tell: Callable[[], dict]) -> None:
        self._room, self._tell, self._lock, self._known = room, tell, asyncio.Lock(), (None, {})

    async def tell(self) -> dict:
        async with self._lock:
            state = [(path.name, path.stat().st_mtime_ns) for path in sorted(self._room.sheets.folder.glob("*.csv"))]
            if self._known[0] != state:
                self._known = (state, await asyncio.to_thread(self._tell))
            return self._known[1]


class Nowhere(Page):
    """Every address that is none."""

    def get(self) -> None:
        raise tornado.web.HTTPError(404)

    post = get


def make_application(room: Room, tell: Callable[[], dict], *, token: str, host: str = "127.0.0.1", labels: str = "de") -> tornado.web.Application:
    """The seminar as a web application. ``tell`` gives the values of the reveal page; ``token`` opens the teacher's page."""
    given = {"room": room, "token": token, "host": host, "reveal": Reveal(room, tell), "labels": labels}
    pages = [("/", Start), ("/join", Join), ("/leave", Leave), (r"/article/([0-9]{1,4})", Article), ("/teacher", Teacher), ("/reveal", RevealPage)]
    return tornado.web.Application(
        [(path, handler, given) for path, handler in pages],
        default_handler_class=Nowhere, default_handler_args=given, cookie_secret=room.read_secret(), log_function=lambda _: None,
        xsrf_cookies=True, xsrf_cookie_name="lesart_form", xsrf_cookie_kwargs={"httponly": True, "samesite": "Lax"},
    )  # fmt: skip


async def serve(application: tornado.web.Application, host: str, port: int, ready: Callable[[int], None]) -> None:
    """Serve until cancelled; ``ready`` is called with the port once it is open. Raises LesartError where it is taken."""
    try:
        sockets = tornado.netutil.bind_sockets(port, host)
    except OSError as fault:
        raise LesartError(f"{host}:{port}: cannot be served ({fault.strerror or fault}); name another with --port") from None
    make = partial(tornado.httpserver.HTTPServer, max_header_size=_MOST_BYTES, max_body_size=_MOST_BYTES, max_buffer_size=4 * _MOST_BYTES)
    server = make(application, idle_connection_timeout=_SECONDS, body_timeout=_SECONDS)
    server.add_sockets(sockets)
    try:
        ready(sockets[0].getsockname()[1])
        await asyncio.Event().wait()
    finally:
        server.stop()
        await server.close_all_connections()
