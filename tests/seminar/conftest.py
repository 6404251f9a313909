"""A seminar served on localhost over real HTTP, with the tiny study's four articles."""

import asyncio
import re
import threading
from contextlib import contextmanager
from functools import partial

import httpx
import pytest
from tiny_study import make_lexicons, make_study

from lesart.articles import read_corpus
from lesart.lexicon import read_lexicons
from lesart.seminar.revealing import read_with_lexicon, tell_reveal
from lesart.seminar.room import Room, draw_articles
from lesart.seminar.server import make_application, serve
from lesart.seminar.sheets import Sheets
from lesart.stance import read_model

TOKEN = "the-teachers-token"
TOPICS = ("sport", "money", "law")


@pytest.fixture
def lexicon_folder(tmp_path):
    return make_lexicons(tmp_path / "own" / "lexicons")


@pytest.fixture
def make_room(tmp_path):
    """Makes the same room anew, as a restart does."""
    place = make_study(tmp_path / "study", press=False) / "corpus" / "articles"
    articles = draw_articles(read_corpus(place, progress=False))

    def make(**options):
        topics = options.pop("topics", TOPICS)
        return Room(tmp_path / "seminar", articles, Sheets(tmp_path / "seminar" / "codes", topics), **options)

    return make


@pytest.fixture
def tell(lexicon_folder):
    def tell(room):
        reading = read_with_lexicon(room.articles, read_lexicons(lexicon_folder), read_model(lexicon_folder / "stance_model.yaml"))
        return tell_reveal(room.sheets.read_all(), reading, {"de-club": "promotional"})

    return tell


@pytest.fixture
def served(tell):
    """Serves a room while the block runs, at a free port or at the one of ``at``, an address of before; gives its address."""

    @contextmanager
    def served(room, *, at="http://127.0.0.1:0", **options):
        opened, loop, port = threading.Event(), asyncio.new_event_loop(), []
        task = []

        def ready(number):
            port.append(number)
            opened.set()

        async def run():
            task.append(asyncio.current_task())
            await serve(make_application(room, partial(tell, room), token=TOKEN, **options), "127.0.0.1", int(at.rpartition(":")[2]), ready)

        def start():
            try:
                loop.run_until_complete(run())
            except asyncio.CancelledError:
                pass
            finally:
                loop.run_until_complete(loop.shutdown_default_executor())
                loop.close()

        thread = threading.Thread(target=start)
        thread.start()
        assert opened.wait(20)
        try:
            yield f"http://127.0.0.1:{port[0]}"
        finally:
            loop.call_soon_threadsafe(task[0].cancel)
            thread.join(20)

    return served


class Browser(httpx.Client):
    """A coder's browser: keeps cookies, follows, and sends a form with the hidden field of the page it stands on."""

    def __init__(self, address):
        super().__init__(base_url=address, follow_redirects=True, timeout=30, trust_env=False)

    def send_form(self, path, at="/", **fields):
        hidden = re.search(r'name="_xsrf" value="([^"]+)"', self.get(at).text)[1]
        return self.post(path, data={"_xsrf": hidden, **fields})

    def join(self, name, **fields):
        return self.send_form("/join", name=name, **fields)

    def code(self, number, stance="critical", sure=2, **shares):
        shares = shares or {"sport": 60, "money": 40}
        return self.send_form(f"/article/{number}", at=f"/article/{number}", stance=stance, sure=sure, **shares)

    def return_code(self):
        return re.search(r": ([a-z2-7]{8})\. ", self.get("/").text)[1]
