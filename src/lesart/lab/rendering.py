"""The outcome of a trial as HTML for the panel. Whatever a stranger wrote (patterns, words, ids) is escaped and set apart."""

from html import escape

import pandas as pd

from ..figures.labels import name_of, number
from .comparing import compare_contrasts, compare_counts, compare_forms, conclude, is_apart, list_changed_tags
from .measuring import Bench, Outcome
from .trial import Fault, Place, Trial
from .words import name_place, say, say_fault

# Rows of a table, and signs of a stranger's word, that are shown; the rest is counted, or left off.
_MOST_ROWS, _MOST_SIGNS = 12, 80
_STRIP, _MIDDLE, _TALL = 160.0, 80.0, 24.0


def foreign(text: str, most: int = _MOST_SIGNS) -> str:
    """A stranger's text: escaped, cut after ``most`` signs, and kept from turning what stands beside it around.

    >>> foreign("<b>\\u202ex")
    '<bdi>&lt;b&gt;\\u202ex</bdi>'
    """
    return f"<bdi>{escape(text if len(text) <= most else f'{text[:most]}…')}</bdi>"


def render_faults(faults: list[Fault], n_patterns: int, labels: str) -> str:
    """What is wrong with each line of a list of patterns, or that nothing is."""
    if not faults:
        return f'<p class="lesart-fine">{escape(say("fine", labels, n=number(n_patterns, labels)))}</p>'
    items = [
        f"<li>{say('fault', labels, line=fault.line, text=f'<code>{foreign(fault.text)}</code>')}: {escape(say_fault(fault.told[:300], labels))}</li>"
        for fault in faults[:_MOST_ROWS]
    ]
    more = f"<li>{escape(say('more_faults', labels, n=len(faults) - _MOST_ROWS))}</li>" if len(faults) > _MOST_ROWS else ""
    return f'<div role="alert" class="lesart-fault"><ul>{"".join(items)}{more}</ul><p>{escape(say("faulty", labels))}</p></div>'


def render_conclusion(bench: Bench, after: Outcome, topic: str, labels: str) -> str:
    """What one would conclude on a topic before and after, side by side, and in one line what changes."""
    before = bench.before
    told = [conclude(outcome.contrast, topic, labels) for outcome in (before, after)]
    kinds = [_kind(outcome.contrast, topic) for outcome in (before, after)]
    key = "same_conclusion" if told[0] == told[1] else "other_numbers" if kinds[0] == kinds[1] else "other_conclusion"
    sides = "".join(f"<div><strong>{escape(say(name, labels))}</strong><p>{escape(text)}</p></div>" for name, text in zip(("before", "after"), told, strict=True))
    summary = escape(f"{say(key, labels)} {say('in_short', labels, tags=len(list_changed_tags(before, after)), **count_hits(before, after, labels))}")
    return f'{_head("conclusion", labels)}<div class="lesart-two">{sides}</div><p role="status" class="lesart-{key}">{summary}</p>'


def count_hits(before: Outcome, after: Outcome, labels: str) -> dict[str, str]:
    return {"before": number(len(before.hits), labels), "after": number(len(after.hits), labels)}


def _kind(contrast: pd.DataFrame, topic: str) -> int:
    """What the interval lets one conclude: 1 German articles weigh the topic more, -1 English ones, 0 nothing."""
    row = contrast[contrast["topic"] == topic].iloc[0]
    return (1 if row["low"] > 0 else -1) if is_apart(row["low"], row["high"]) else 0


def render_outcome(bench: Bench, after: Outcome, trial: Trial, place: Place, labels: str) -> str:
    """Everything else that changes: notes, counts, tags, contrast and words, as tables."""
    articles, before = bench.study.articles, bench.before
    tags = list_changed_tags(before, after)
    category, concept = (foreign(name) for name in name_place(place, bench.study.lexicons, labels))
    parts = [
        *(f'<p class="lesart-note">{escape(note)}</p>' for note in list_notes(trial, after, labels)),
        f"<h4>{escape(say('tags', labels, n=len(tags), of=len(articles)))}</h4>{_render_tags(tags, labels)}",
        f"{_head('contrast', labels)}{_render_contrasts(compare_contrasts(before, after), labels)}",
        f"{_head('counts', labels)}{_render_counts(compare_counts(before, after, articles, place), category, concept, labels)}",
        f"<h4>{say('forms', labels, concept=concept)}</h4>{_render_forms(compare_forms(before, after, articles, place), labels)}",
    ]
    return "".join(parts)


def list_notes(trial: Trial, after: Outcome, labels: str) -> list[str]:
    """What is to be known of a trial before one believes it."""
    notes = []
    if after.remarks:
        exact = sum(remark.endswith("exact") and "not known" not in remark for remark in after.remarks.values())
        notes.append(say("note_sealed", labels, n=len(after.remarks), exact=exact))
    if any(place[0] == "stance" for place in trial.patterns):
        notes.append(say("note_norms", labels))
    if trial.weights:
        notes.append(say("note_weights", labels))
    return notes


def _head(key: str, labels: str) -> str:
    return f"<h4>{escape(say(key, labels))}</h4>"


def _table(heads: list[str], rows: list[list[str]]) -> str:
    """A table whose first column names the row; cells are HTML."""
    head = "".join(f'<th scope="col">{cell}</th>' for cell in heads)
    body = "".join(f'<tr><th scope="row">{row[0]}</th>{"".join(f"<td>{cell}</td>" for cell in row[1:])}</tr>' for row in rows)
    return f'<div class="lesart-table" tabindex="0"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _words(keys: tuple[str, ...], labels: str) -> list[str]:
    return [escape(say(key, labels)) for key in keys]


def _and_more(n_rows: int, labels: str) -> str:
    return f"<p>{escape(say('and_more', labels, n=n_rows - _MOST_ROWS))}</p>" if n_rows > _MOST_ROWS else ""


def _render_tags(tags: pd.DataFrame, labels: str) -> str:
    if tags.empty:
        return f"<p>{escape(say('no_tags', labels))}</p>"
    rows = [
        [foreign(row.article), _tell_tag(row.before, row.margin_before, labels), _tell_tag(row.after, row.margin_after, labels)]
        for row in tags.head(_MOST_ROWS).itertuples()
    ]
    return _table(_words(("article", "before", "after"), labels), rows) + _and_more(len(tags), labels)


def _tell_tag(stance: str, margin: float, labels: str) -> str:
    return escape(f"{name_of('stances', stance, labels)} ({say('margin', labels)} {number(margin, labels, 2)})")


def _render_contrasts(table: pd.DataFrame, labels: str) -> str:
    most = max(5.0, float(table.drop(columns=["topic", "n_de", "n_en"]).abs().max(axis=None)))
    rows = []
    for row in table.itertuples():
        sides = [(row.before, row.before_low, row.before_high), (row.after, row.after_low, row.after_high)]
        rows.append([foreign(name_of("topics", row.topic, labels)), *(_points(*side, labels) for side in sides), _draw_strip(sides, most)])
    return _table(_words(("topics_column", "before", "after", "strip"), labels), rows) + f"<p>{escape(say('strip_note', labels))}</p>"


def _points(value: float, low: float, high: float, labels: str) -> str:
    ends = "; ".join(number(end, labels, 1, sign=True) for end in (low, high))
    told = number(value, labels, 1, sign=True) + (f" [{ends}]" if low == low else "")
    return f"<strong>{told}</strong>" if is_apart(low, high) else told


def _draw_strip(sides: list[tuple[float, float, float]], most: float) -> str:
    """The two intervals on one line each; for the eye alone, for the numbers stand beside it."""
    marks = [f'<line x1="{_MIDDLE}" x2="{_MIDDLE}" y1="0" y2="{_TALL}" stroke="currentColor" stroke-opacity="0.5"/>']
    for n, (value, low, high) in enumerate(sides):
        y = _TALL * (0.3 + 0.4 * n)
        x, left, right = (round(_MIDDLE + (_MIDDLE - 6) * end / most, 1) for end in (value, low, high))
        if low == low:
            marks.append(f'<line x1="{left}" x2="{right}" y1="{y}" y2="{y}" stroke="currentColor" stroke-width="{1 + n}"/>')
        if value == value:
            marks.append(f'<circle cx="{x}" cy="{y}" r="4" stroke="currentColor" fill="{"currentColor" if n else "var(--jp-layout-color1, Canvas)"}"/>')
    return f'<svg aria-hidden="true" width="{_STRIP:.0f}" height="{_TALL:.0f}" viewBox="0 0 {_STRIP:.0f} {_TALL:.0f}">{"".join(marks)}</svg>'


def _render_counts(table: pd.DataFrame, category: str, concept: str, labels: str) -> str:
    rows = []
    for row in table.itertuples():
        if row.what == "concept_hits":
            told = say("concept_hits", labels, concept=concept, of=name_of("languages", row.of, labels))
        elif row.what in ("stance", "sure"):
            told = say(f"{row.what}_count", labels, of=name_of("stances", row.of, labels))
        else:
            told = say(row.what, labels, concept=concept, category=category)
        change = number(row.after - row.before, labels, sign=True) if row.after != row.before else "="
        rows.append([told, number(row.before, labels), number(row.after, labels), f"<strong>{change}</strong>" if change != "=" else change])
    return _table(_words(("what", "before", "after", "change"), labels), rows)


def _render_forms(forms: pd.DataFrame, labels: str) -> str:
    if forms.empty:
        return f"<p>{escape(say('no_forms', labels))}</p>"
    rows = [
        [foreign(row.form), escape(name_of("languages", row.language, labels)), number(row.before, labels), number(row.after, labels)]
        for row in forms.head(_MOST_ROWS).itertuples()
    ]
    return _table(_words(("form", "language", "before", "after"), labels), rows) + _and_more(len(forms), labels)
