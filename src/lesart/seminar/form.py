"""The coding form in a notebook: blind, in an order of one's own, saved at every touch.

A code that is complete goes into the coder's sheet at once (``sheets``), one that is not into a draft beside it, so that
neither a crash nor a closed lid loses anything. Neither id nor genre, key or lexicon is in the form.
"""

import json
from html import escape
from pathlib import Path

import ipywidgets as widgets

from ..figures.labels import check_labels, name_of
from ..stance import STANCES
from ..files import write_whole
from .pages import say
from .room import Room, list_paragraphs
from .sheets import CodeError, check_code, clean_name, name_sheet

_WIDE = {"description_width": "initial"}
# Drafts are a few short answers; what is larger was not written by this form.
_MOST_BYTES = 1_000_000


class CodingForm:
    """A form on a room. Shown by a notebook where it is the last value of a cell; ``box`` is its widget."""

    def __init__(self, room: Room, labels: str | None = None) -> None:
        self.room, self.labels = room, check_labels(labels)
        self.name, self.at, self._filling = "", 0, False
        self.order: list[str] = []
        self._make_fields()
        self.box = widgets.VBox([self.door if len(room.articles) else widgets.HTML(f"<p>{escape(self._say('form_empty'))}</p>")])

    def join(self, name: str) -> None:
        """Begin, or go on with, the sheet of a name; at the first article that is not coded. A name that cannot be used is said so."""
        try:
            name = clean_name(name)
            if not self.room.sheets.has(name):
                self.room.sheets.open(name)
        except CodeError as fault:
            self.fault.value = self._tell(say(fault.key, self.labels))
            return
        self.name, self.order = name, self.room.order(name)
        self.box.children = [self.head, self.sides]
        done = self._list_done()
        self.show(next((at for at, article in enumerate(self.order) if article not in done), len(self.order)))

    def show(self, at: int) -> None:
        """Show an article by its place in the coder's order; beyond the last, that all is done."""
        self.at = min(max(at, 0), len(self.order))
        ended = self.at == len(self.order)
        done = self._list_done()
        for part in (self.book, self.code, self.on):
            part.layout.display = "none" if ended else ""
        self._show_head(len(done))
        if ended:
            self.state.value = ""
            self.text.value = f"<p>{escape(self._say('all_done' if len(done) >= len(self.order) else 'done', n=len(done), of=len(self.order)))}</p>"
            return
        article = self.room.articles.set_index("article").loc[self.order[self.at]]
        paragraphs = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in list_paragraphs(article))
        title = escape(str(article["title"])) or "–"
        # It scrolls by itself, beside the form: a new article begins at its top, wherever the last one was left.
        frame = f'lang="{escape(article["language"])}" tabindex="0" role="region" aria-label="{title}" style="max-height:80vh;overflow:auto;overflow-wrap:anywhere"'
        self.text.value = f"<article {frame}><h3>{title}</h3>{paragraphs}</article>"
        self._fill(self._read_drafts().get(self.order[self.at]) or done.get(self.order[self.at], {}))

    def save(self) -> bool:
        """Keep what is in the form: in the sheet where it is complete, else as a draft. Whether it is in the sheet."""
        said = self.said()
        try:
            if self.room.is_open:
                raise CodeError("closed")
            code = check_code(said, self.room.sheets.topics)
        except CodeError as fault:
            if fault.key != "closed":
                self._write_draft(said)
            self.state.value = self._tell(" ".join(filter(None, [self._say("is_kept") if fault.key != "closed" else "", self._say(fault.key)])))
            return False
        self.room.sheets.save(self.name, self.order[self.at], code)
        self._drop_draft()
        self.state.value = self._tell(self._say("is_saved"))
        return True

    def said(self) -> dict[str, str]:
        """What is in the form, as ``check_code`` takes it."""
        shares = {topic: str(field.value) for topic, field in self.shares.items()}
        return {"stance": self.stance.value or "", "sure": self.sure.value or "", **shares}

    def _make_fields(self) -> None:
        self.who = widgets.Text(description=self._say("name"), style=_WIDE)
        begin = widgets.Button(description=self._say("begin"), button_style="primary")
        begin.on_click(lambda _: self.join(self.who.value))
        self.fault, self.head, self.text, self.state = (widgets.HTML() for _ in range(4))
        self.door = widgets.VBox([widgets.HTML(f"<p>{escape(self._say('join_text'))}</p><p>{escape(self._say('form_name'))}</p>"), self.who, begin, self.fault])
        self.stance = widgets.RadioButtons(options=[(name_of("stances", stance, self.labels), stance) for stance in STANCES], value=None, description=self._say("stance"), style=_WIDE)
        self.sure = widgets.RadioButtons(options=[(self._say(f"sure_{n}"), n) for n in "123"], value=None, description=self._say("sure"), style=_WIDE)
        wide = {"description_width": "10rem"}
        self.shares = {
            topic: widgets.BoundedIntText(min=0, max=100, description=name_of("topics", topic, self.labels), style=wide) for topic in self.room.sheets.topics
        }
        self.sum = widgets.HTML()
        self.back, self.on = (widgets.Button(description=self._say(key), layout=widgets.Layout(width="auto")) for key in ("previous", "save"))
        self.back.on_click(lambda _: self.show(self.at - 1))
        self.on.on_click(lambda _: self.save() and self._go_on())
        for field in (self.stance, self.sure, *self.shares.values()):
            field.observe(lambda _: self._filling or self._touch(), "value")
        topics = [widgets.HTML(f"<p>{escape(self._say('topics_hint'))}</p>"), *self.shares.values(), self.sum] if self.shares else []
        self.code = widgets.VBox([self.stance, self.sure, *topics])
        self.book = widgets.HTML(self._print_book())
        self.text.layout = widgets.Layout(flex="2 1 22rem", min_width="0", max_width="42rem")
        # The way back stays when all is done: who thinks again may code again until the results are open.
        beside = widgets.VBox([self.book, self.code, widgets.HBox([self.back, self.on]), self.state], layout=widgets.Layout(flex="1 1 18rem", min_width="0"))
        self.sides = widgets.Box([self.text, beside], layout=widgets.Layout(flex_flow="row wrap", align_items="flex-start"))

    def _go_on(self) -> None:
        """To the next article that is not coded, those behind first; then to the end."""
        done = self._list_done()
        later = [*range(self.at + 1, len(self.order)), *range(self.at)]
        self.show(next((at for at in later if self.order[at] not in done), len(self.order)))

    def _touch(self) -> None:
        self._add()
        self.save()
        self._show_head(len(self._list_done()))

    def _show_head(self, n_done: int) -> None:
        told = [self.name, self._say("done", n=n_done, of=len(self.order))]
        told += [self._say("article_n", n=self.at + 1, of=len(self.order))] if self.at < len(self.order) else []
        self.head.value = f"<p><strong>{escape(' · '.join(told))}</strong></p>"

    def _add(self) -> None:
        self.sum.value = f"<p>{escape(self._say('sum'))} {sum(field.value for field in self.shares.values())} / 100</p>"

    def _fill(self, said: dict[str, object]) -> None:
        """Put a code, or a part of one, into the form; what it does not hold is empty."""
        self._filling = True
        self.stance.value = said.get("stance") if said.get("stance") in STANCES else None
        self.sure.value = str(said["sure"]) if str(said.get("sure")) in ("1", "2", "3") else None
        for topic, field in self.shares.items():
            share = str(said.get(topic) or 0).split(".")[0]
            field.value = min(int(share), 100) if share.isdecimal() else 0
        self._filling = False
        self.state.value = ""
        self._add()

    def _list_done(self) -> dict[str, dict[str, object]]:
        sheet = self.room.sheets.read(self.name)
        return {row["article"]: row for row in sheet.to_dict("records") if row["article"] in set(self.order)}

    def _draft(self) -> Path:
        return self.room.folder / "drafts" / f"{name_sheet(self.name)}.json"

    def _write_draft(self, said: dict[str, str]) -> None:
        self._draft().parent.mkdir(parents=True, exist_ok=True)
        write_whole(self._draft(), json.dumps(self._read_drafts() | {self.order[self.at]: said}).encode(), durable=True)

    def _drop_draft(self) -> None:
        left = {article: said for article, said in self._read_drafts().items() if article != self.order[self.at]}
        if left:
            write_whole(self._draft(), json.dumps(left).encode(), durable=True)
        else:
            self._draft().unlink(missing_ok=True)

    def _read_drafts(self) -> dict[str, dict]:
        """What was begun, by article; nothing where the file is damaged: it is a convenience, the sheet is what counts."""
        try:
            with self._draft().open("rb") as file:
                drafts = json.loads(file.read(_MOST_BYTES))
        except (OSError, ValueError, RecursionError):
            return {}
        return {article: said for article, said in drafts.items() if isinstance(said, dict)} if isinstance(drafts, dict) else {}

    def _print_book(self) -> str:
        """The codebook in short, folded."""
        stances = "".join(f"<dt><b>{escape(name_of('stances', s, self.labels))}</b></dt><dd>{escape(self._say(f'book_{s}'))}</dd>" for s in STANCES)
        steps = "".join(f"<li>{escape(self._say(f'book_step_{step}'))}</li>" for step in (1, 2, 3))
        return f"<details><summary>{escape(self._say('codebook'))}</summary><p>{escape(self._say('codebook_text'))}</p><dl>{stances}</dl><ol>{steps}</ol></details>"

    def _say(self, key: str, **values: object) -> str:
        return say(key, self.labels, **values)

    def _tell(self, text: str) -> str:
        return f'<p role="status">{escape(text)}</p>'

    def __repr__(self) -> str:
        return self._say("form_articles", n=len(self.room.articles)) if len(self.room.articles) else self._say("form_empty")

    def _repr_mimebundle_(self, **options: object) -> dict[str, object]:
        """The widget, and words for a notebook that is read without a kernel."""
        bundle = self.box._repr_mimebundle_(**options)
        return bundle | {"text/plain": repr(self), "text/html": f"<p>{escape(self._say('form_static'))} {escape(repr(self))}</p>"}
