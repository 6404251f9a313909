"""Web pages made by hand: fifteen makes (``pages/*.html``), each in German and English, around texts of the teaching corpus.

Outlets, authors and everything beside the article are invented. A template writes what must be gone after reading and
cleaning with ``left(German, English)``: so each page knows its own leftovers.
"""

from dataclasses import dataclass, field
from pathlib import Path

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

HERE = Path(__file__).parent
CORPUS = HERE.parents[1] / "corpus" / "articles"
MAKES = sorted(path.stem for path in (HERE / "pages").glob("[a-z]*.html"))
LANGUAGES = ("de", "en")
OUTLETS = {"de": "Musterblatt", "en": "Sample Times"}
AUTHORS = {"de": "Ida Beispiel", "en": "Sam Sample"}
# What extractors like to lose: section heads, short paragraphs, a quotation of its own, one that speaks as leftovers do.
ADDED = {
    "de": [("head", "Warten ohne Lohn"), ("quote", "„Wir warten oft Stunden, und niemand zahlt uns dafür“, sagt eine Arbeiterin."), ("text", "Mehr Geld gibt es nicht."),
           ("head", "„Weit entfernt“ von fair"), ("text", "„Wir verwenden Cookies nur für Werbung“, heißt es dort.")],
    "en": [("head", "Waiting without pay"), ("quote", "“We often wait for hours, and nobody pays us for it,” a worker says."), ("text", "There is no more money."),
           ("head", "‘A long way’ from fair"), ("text", "“We use cookies only for ads,” it says there.")],
}  # fmt: skip


@dataclass
class MadePage:
    make: str
    language: str
    title: str
    paragraphs: list[str]
    html: str = ""
    leftovers: list[str] = field(default_factory=list)
    url: str = ""


def make_page(make: str, language: str, paragraphs: list[str] | None = None) -> MadePage:
    """The page of a make, around these paragraphs if they are given; its paragraphs are what must be found, in this order."""
    path = sorted(CORPUS.glob(f"{language}-*.md"))[MAKES.index(make)]
    _, head, text = path.read_text(encoding="utf-8").split("---\n", 2)
    told = yaml.safe_load(head)
    blocks = [("text", paragraph) for paragraph in text.strip().split("\n\n")]
    added = ADDED[language]
    blocks = [*blocks[:2], *added[:2], blocks[2], added[2], *added[3:], *blocks[3:]]
    blocks = [("text", paragraph) for paragraph in paragraphs] if paragraphs else blocks
    url = f"https://www.{OUTLETS[language].lower().replace(' ', '')}.test/{language}/{path.stem}.html"
    page = MadePage(make, language, told["title"], [text for _, text in blocks], url=url)

    def left(german: str, english: str = "") -> str:
        leftover = german if language == "de" else english
        page.leftovers.append(leftover)
        return leftover

    templates = Environment(loader=FileSystemLoader(HERE / "pages"), autoescape=True, undefined=StrictUndefined)
    page.html = templates.get_template(f"{make}.html").render(
        de=language == "de", lang=language, title=page.title, outlet=OUTLETS[language], author=AUTHORS[language], date="2025-06-13",
        url=url, blocks=blocks, left=left,
    )  # fmt: skip
    if make == "paywall":  # only the first three stand on the page
        page.paragraphs = page.paragraphs[:3]
    return page


# A page that holds nothing but the article, and what is put into it for one test.
PROSE = {
    "de": ["Die Firma Nordlicht bezahlt ihre Klickarbeiter nach Stück und nicht nach Stunden.", "Ein Gericht soll im Herbst entscheiden, wer für die Wartezeiten der Leute aufkommt.",
           "Bis dahin bleibt alles so, wie es die Plattform in ihren Regeln festgelegt hat."],
    "en": ["The firm Northlight pays its click workers by the piece and not by the hour.", "A court is to decide in autumn who has to pay for the hours of waiting.",
           "Until then everything stays the way that the platform has laid it down in the rules it wrote."],
}  # fmt: skip


def small_page(body="", *, head="", language="de", title="Klick für Klick"):
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in PROSE[language]) if body is not None else ""
    return f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body><article>{paragraphs}{body or ""}</article></body></html>'
