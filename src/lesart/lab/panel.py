"""The lab as a panel in a notebook: edit a concept, see at once what changes.

The panel is widgets, which live as long as the notebook's kernel. Beside them stands a picture, so that a notebook that is
kept, printed or read without a kernel shows what was tried.
"""

from base64 import b64encode
from importlib.resources import files

import ipywidgets as widgets

from ..errors import LesartError
from ..figures.labels import LABELS, check_labels, name_of
from ..study import Study
from .editor import Chooser, NumberFields, PatternFields, full
from .measuring import Bench, Outcome
from .picture import describe_trial, draw_trial
from .rendering import foreign, render_conclusion, render_outcome
from .saving import list_names, save_trial
from .steps import Steps, go_to, name_now, take_step
from .trial import Place, Trial, check_place
from .words import isolate, say

_WIDE = {"description_width": "initial"}
_NAMES = {"en": "English", "de": "Deutsch"}
FOLDER = "lexicons-tried"


class Panel:
    """A lab on a study. ``trial`` and ``outcome`` are what is tried and what it gives, as values to work on with."""

    def __init__(self, study: Study, labels: str | None = None, *, place: Place | None = None) -> None:
        self.bench = Bench(study)
        self.labels = check_labels(labels)
        self.steps, self.outcome = Steps(), self.bench.before
        self._filling = False
        self.chooser = Chooser(study.lexicons, self._choose)
        self.patterns = PatternFields(study.lexicons, self.try_out)
        self.numbers = NumberFields(study.model, study.lexicons, self.try_out)
        self._make_fields()
        self._arrange()
        self.chooser.show(check_place(study.lexicons, place) if place else first_place(study), self.labels)
        self._choose()

    @property
    def trial(self) -> Trial:
        """What is tried now."""
        return self.steps.trial

    def try_out(self, trial: Trial) -> None:
        """Measure a trial and show what it changes; it is a step that can be undone."""
        self.steps = take_step(self.steps, trial, self.bench.study.lexicons)
        self._measure()

    def go_to(self, number: int) -> None:
        """Look at another step; the nearest there is."""
        self.steps = go_to(self.steps, number)
        self._measure()
        self.patterns.respell()

    def _make_fields(self) -> None:
        self.language = widgets.Dropdown(options=[(_NAMES[code], code) for code in LABELS], value=self.labels, layout=full(), style=_WIDE)
        self.topic = widgets.Dropdown(options=self.bench.topics, layout=full(), style=_WIDE)
        self.head, self.conclusion, self.result, self.saved = (widgets.HTML() for _ in range(4))
        self.list = widgets.Select(rows=5, layout=full(), style=_WIDE)
        self.list.add_class("lesart-above")
        self.name = widgets.Text(continuous_update=False, layout=full(), style=_WIDE)
        self.undo, self.redo, self.reset, self.save = (widgets.Button(layout=widgets.Layout(width="auto")) for _ in range(4))
        self.folder = widgets.Text(value=FOLDER, layout=full(), style=_WIDE)
        self.over = widgets.Checkbox(value=False, indent=False, layout=full())
        self.language.observe(lambda change: self._speak(change["new"]), "value")
        self.topic.observe(lambda _: self._filling or self._show(), "value")
        self.list.observe(lambda change: self._filling or self.go_to(change["new"]), "value")
        self.name.observe(lambda change: self._filling or self._rename(change["new"]), "value")
        self.undo.on_click(lambda _: self.go_to(self.steps.now - 1))
        self.redo.on_click(lambda _: self.go_to(self.steps.now + 1))
        self.reset.on_click(lambda _: self._reset())
        self.save.on_click(lambda _: self._save())

    def _arrange(self) -> None:
        """Editing left, what changes right; one below the other where there is no room for both."""
        style = widgets.HTML(f"<style>{files('lesart').joinpath('data/lab/panel.css').read_text(encoding='utf-8')}</style>")
        buttons = widgets.HBox([self.undo, self.redo, self.reset], layout=full(flex_flow="row wrap"))
        kept = widgets.VBox([buttons, self.list, self.name, self.folder, self.over, self.save, self.saved], layout=full())
        top = widgets.HBox([self.topic, self.language], layout=full(flex_flow="row wrap"))
        left = widgets.VBox([self.chooser.box, self.patterns.box, self.numbers.box, kept], layout=full(flex="1 1 340px"))
        columns = widgets.HBox([left, widgets.VBox([self.result], layout=full(flex="1 1 340px"))], layout=full(flex_flow="row wrap", grid_gap="0 16px"))
        self.box = widgets.VBox([style, self.head, top, self.conclusion, columns], layout=full())
        self.box.add_class("lesart-lab")

    def _choose(self) -> None:
        """Another concept: its patterns, its family's weights, its topic."""
        place = self.chooser.place
        if place[0] == "topics":
            self._filling = True
            self.topic.value = place[1]
            self._filling = False
        self.patterns.show(self.trial, place, self.labels)
        self.numbers.show(self.trial, self.labels, place[1])
        self._speak(self.labels)

    def _speak(self, labels: str) -> None:
        """Call everything in a label language."""
        self.labels, self._filling = labels, True
        self.language.value = labels
        self.language.description, self.topic.description = say("labels", labels), say("topic", labels)
        topic = self.topic.value
        self.topic.options = [(isolate(name_of("topics", name, labels)), name) for name in self.bench.topics]
        self.topic.value = topic
        for field, key in ((self.list, "steps"), (self.name, "name"), (self.undo, "undo"), (self.redo, "redo"), (self.reset, "reset"),
                           (self.folder, "folder"), (self.over, "over"), (self.save, "save")):  # fmt: skip
            field.description = say(key, labels)
        self.head.value = f'<h3 lang="{labels}">{say("title", labels, n=len(self.bench.study.articles))}</h3>'
        self.saved.value = ""
        self._filling = False
        self.chooser.show(self.chooser.place, labels)
        self.patterns.show(self.trial, self.chooser.place, labels)
        self.numbers.show(self.trial, labels)
        self._show()

    def _measure(self) -> None:
        trial = self.trial
        self.outcome: Outcome = self.bench.measure(trial) if trial != Trial() else self.bench.before
        self.patterns.show(trial, self.chooser.place, self.labels)
        self.numbers.show(trial, self.labels)
        self._show()

    def _show(self) -> None:
        """What changes, and the steps."""
        self._filling = True
        names = [f"{number}. {name}" for number, name in enumerate(list_names(self.steps, self.bench.study, self.labels))]
        self.list.options = [(name, number) for number, name in enumerate(names)]
        self.list.value = self.steps.now
        self.name.value, self.name.disabled = self.steps.steps[self.steps.now].name, self.steps.now == 0
        self.undo.disabled, self.redo.disabled = not self.steps.can_undo, not self.steps.can_redo
        self.reset.disabled = self.trial == Trial()
        self._filling = False
        place, labels = self.chooser.place, self.labels
        self.conclusion.value = f'<div lang="{labels}">{render_conclusion(self.bench, self.outcome, self.topic.value, labels)}</div>'
        self.result.value = f'<div lang="{labels}">{render_outcome(self.bench, self.outcome, self.trial, place, labels)}</div>'

    def _rename(self, name: str) -> None:
        self.steps = name_now(self.steps, name)
        self._show()

    def _reset(self) -> None:
        self.try_out(Trial())
        self.patterns.respell()

    def _save(self) -> None:
        try:
            written = save_trial(self.bench.study, self.steps, self.folder.value, over=self.over.value, labels=self.labels)
        except LesartError as fault:
            self.saved.value = f'<p role="alert" class="lesart-fault">{foreign(str(fault), 300)}</p>'
            return
        told = say("saved", self.labels, files=", ".join(path.name for path in written), folder=self.folder.value)
        changed = any(getattr(self.trial, name) != getattr(Trial, name) for name in ("sure", "power", "headline", "lead"))
        more = f" {say('saved_thresholds', self.labels)}" if changed else ""
        self.saved.value = f'<p role="status">{foreign(told + more, 600)}</p>'

    def _repr_mimebundle_(self, **options: object) -> dict[str, object]:
        """The panel where there is a kernel; a picture and its description for everybody else."""
        bundle = self.box._repr_mimebundle_(**options)
        picture = draw_trial(self.bench, self.outcome, self.labels)._repr_png_()
        return {**bundle, "image/png": b64encode(picture).decode(), "text/plain": describe_trial(self.bench, self.outcome, self.labels)}


def first_place(study: Study) -> Place:
    """The first concept of the first topic."""
    topics = next(lexicon for lexicon in study.lexicons if lexicon.name == "topics")
    row = topics.concepts.iloc[0]
    return ("topics", row["category"], row["concept"])
