"""Writes report and slides: each one page that loads nothing, runs nothing but its own script, and holds no text of an article.

What strangers wrote (ids, outlets, words that matched) is escaped by the templates; figures stand in it as pictures, so
that nothing in them can run.
"""

from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from re import search

from markupsafe import Markup

from ..errors import LesartError
from ..figures import FIGURES
from ..figures.labels import check_labels, listing, name_feature, name_of, number
from ..figures.labels import say as say_label
from ..files import make_file_name
from ..files import write_whole
from ..wording import open_templates
from .checks import list_agreement
from .citing import cite, lesart_version, list_years, make_bibtex, read_citation, read_own_words
from .findings import list_findings, say, tell_by_key
from .measuring import Measured

# A vector figure of many thousand points is larger than its picture and slow to draw.
_LARGEST_SVG = 400_000
# The table of articles holds so many; a page of more is for nobody's eyes.
_MOST_ROWS = 200
# Why an article cannot be coded, as reading it says so: those reasons that have words in both languages.
_PROBLEMS = {"no text left": "problem_cleaned", "no text": "problem_no_text", "language unknown": "problem_language"}
# So many articles of each language are few.
_FEW = 30


def write_report(measured: Measured, figures: Path, folder: Path, labels: Iterable[str] = ("en", "de")) -> list[Path]:
    """Write ``report_en.html`` and ``slides_en.html`` (and in German) into ``folder``, made where it is missing; their paths.

    ``figures``: the folder that ``publishing.export_study`` wrote the study's figures into. Raises LesartError where one is not there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for language in labels:
        for name, render in (("report", render_report), ("slides", render_slides)):
            paths.append(folder / f"{name}_{language}.html")
            write_whole(paths[-1], render(measured, figures, language).encode("utf-8", "replace"))
    return paths


def render_report(measured: Measured, figures: Path, labels: str = "en") -> str:
    """The report as HTML, in one label language; the same tables and figures give the same bytes."""
    return _render("report", measured, figures, labels)


def render_slides(measured: Measured, figures: Path, labels: str = "en") -> str:
    """The slides as HTML: a question on one, what was found on the next."""
    return _render("slides", measured, figures, labels)


def _render(template: str, measured: Measured, figures: Path, labels: str) -> str:
    check_labels(labels)
    style = _read(f"{template}.css")
    script = _read("slides.js") if template == "slides" else ""
    findings = [{"told": told, "pictures": [_show(measured, name, figures, labels) for name in told.figures]} for told in list_findings(measured, labels)]
    values = {
        "labels": labels,
        "t": lambda key, **said: say(key, labels, **said),
        "name_of": lambda section, value: name_of(section, value, labels),
        "style": Markup(style),  # noqa: S704 (our own files)
        "script": Markup(script),  # noqa: S704
        "style_hash": _digest(style),
        "script_hash": _digest(script),
        "version": lesart_version(),
        "findings": findings,
        "agreement": list_agreement(measured, labels),
        "overview": _show(measured, "corpus_overview", figures, labels) if "corpus_overview" in measured.figures else None,
        "head": _tell_head(measured, labels),
        "limits": _list_limits(measured, labels),
        "missing": _list_missing(measured, labels),
        "method": _tell_method(measured, labels),
        "articles": _list_articles(measured, labels),
        "n_more": max(len(measured.study.articles) - _MOST_ROWS, 0),
        "number": lambda value: number(value, labels),
        **_tell_citation(measured, labels),
    }
    return open_templates("report").get_template(f"{template}.html").render(values)


def _show(measured: Measured, name: str, figures: Path, labels: str) -> dict[str, object]:
    """A drawn figure as it goes into a page: ``title``, ``alt``, ``source`` (a data URI), ``tall``: height by width."""
    kind = FIGURES[name]
    article = measured.article if kind.of_article else None
    stem = figures / labels / make_file_name("_".join(part for part in (name, article, labels) if part))
    try:
        alt = stem.with_name(f"{stem.name}.txt").read_text(encoding="utf-8").strip()
        vector = stem.with_name(f"{stem.name}.svg").read_bytes()
        is_small = len(vector) <= _LARGEST_SVG
        content = vector if is_small else stem.with_name(f"{stem.name}.png").read_bytes()
    except OSError as fault:
        raise LesartError(f"{figures.name}/{labels}/{stem.name}: figure cannot be read ({fault.strerror}); run 'lesart study' to draw it") from None
    size = search(rb'width="([\d.]+)pt" height="([\d.]+)pt"', vector[:1000])
    source = f"data:image/{'svg+xml' if is_small else 'png'};base64,{b64encode(content).decode()}"
    return {"title": kind.entitle(labels, article), "alt": alt, "source": source, "tall": float(size[2]) / float(size[1]) if size else 1.0}


def _tell_head(measured: Measured, labels: str) -> dict[str, object]:
    articles = measured.study.articles
    counts = {language: number((articles["language"] == language).sum(), labels) for language in ("de", "en")}
    told = [say("n_articles", labels, n=number(len(articles), labels), **counts)]
    low, median, high = (number(articles["words"].quantile(q), labels) for q in (0, 0.5, 1))
    told.append(say("n_words", labels, low=low, median=median, high=high))
    years = list_years(articles)
    told += [say("dated", labels, first=years[0], last=years[-1]) if len(years) > 1 else say("dated_once", labels, first=years[0])] if years else []
    own = read_own_words(measured.folder, labels)
    title = " ".join(own["title"]) or read_citation(measured.folder).title
    return {"title": title, "counts": " · ".join(told), "by_key": tell_by_key(measured, labels), "about": own["about"]}


def _list_limits(measured: Measured, labels: str) -> list[str]:
    counts = {language: int((measured.study.articles["language"] == language).sum()) for language in ("de", "en")}
    few = [say("limit_few", labels, **{k: number(n, labels) for k, n in counts.items()})] if min(counts.values()) < _FEW else []
    told = [say(key, labels) for key in ("limit_words", "limit_selection", "limit_interval", "limit_chance")]
    return [*read_own_words(measured.folder, labels)["limits"], *filter(None, [tell_by_key(measured, labels)]), *few, *told]


def _list_missing(measured: Measured, labels: str) -> list[str]:
    from ..study import list_missing

    told = list_missing(measured.study, measured.folder, labels)
    for name, why in measured.lacks.items():
        title = FIGURES[name].entitle(labels, measured.article or "–")
        told.append(say("left_out", labels, title=title, why=say_label(why, labels)))
    left_out = measured.study.left_out.head(_MOST_ROWS).itertuples(index=False)
    return told + [say("not_coded", labels, article=article, problem=_tell_problem(problem, labels)) for article, problem in left_out]


def _tell_problem(problem: str, labels: str) -> str:
    """Why an article cannot be coded, in the label language; as it was told where that has no words for it."""
    return next((say(key, labels) for told, key in _PROBLEMS.items() if problem.startswith(told)), problem)


def _tell_method(measured: Measured, labels: str) -> list[str]:
    lexicons = {lexicon.name: lexicon for lexicon in measured.study.lexicons}
    counts = {"patterns": sum(len(each.patterns) for each in lexicons.values()), "concepts": sum(len(each.concepts) for each in lexicons.values())}
    families = [name_feature(name, labels) for name in lexicons["stance"].categories]
    topics = [name_of("topics", name, labels) for name in lexicons["topics"].categories]
    return [
        say("method_one", labels, **{key: number(n, labels) for key, n in counts.items()}),
        say("method_stance", labels, families=listing(families, labels)),
        say("method_topics", labels, topics=listing(topics, labels)),
        say("method_intervals", labels),
    ]


def _list_articles(measured: Measured, labels: str) -> list[dict[str, str]]:
    """References of the articles. A headline is a sentence of the text: only those that a key says are written for the study are named."""
    stance = dict(zip(measured.study.stances["article"], measured.study.stances["stance"], strict=True))
    rows = []
    for row in measured.study.articles.sort_values("article", kind="stable").head(_MOST_ROWS).to_dict("records"):
        told = {key: "" if row.get(key) is None or row.get(key) != row.get(key) else str(row[key]) for key in ("article", "language", "outlet", "date", "genre", "url")}
        told["url"] = told["url"] if told["url"].startswith(("https://", "http://")) else ""
        told["title"] = str(row["title"]) if row["corpus"] == "teaching" and not row["sealed"] else ""
        told |= {"words": number(row["words"], labels), "genre": name_of("genres", told["genre"], labels) if told["genre"] else "–"}
        rows.append(told | {"stance": name_of("stances", stance[row["article"]], labels) or "–", "corpus": name_of("corpora", row["corpus"], labels)})
    return rows


def _tell_citation(measured: Measured, labels: str) -> dict[str, object]:
    citation = read_citation(measured.folder)
    articles = measured.study.articles
    return {"citation": citation, "reference": cite(citation, articles, labels), "bibtex": make_bibtex(citation, articles)}


def _digest(content: str) -> str:
    return "sha256-" + b64encode(sha256(content.encode()).digest()).decode()


def _read(name: str) -> str:
    return files("lesart").joinpath("data/report", name).read_text(encoding="utf-8")
