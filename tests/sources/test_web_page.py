"""Saved pages. Outlets, authors and page furniture are invented; the bodies are those of the teaching corpus."""

import html
import textwrap

import pytest
from conftest import TEXTS, needs_press_texts
from made_pages import AUTHORS, LANGUAGES, MAKES, OUTLETS, make_page
from made_pages import PROSE, small_page

from lesart.cleaning import clean_text
from lesart.sources import web_page
from lesart.sources.decoding import decode
from lesart.sources.sniffing import HEAD, tell_kind
from lesart.sources.web_page import read, read_page


def find(source, **options):
    return read_page(source.encode() if isinstance(source, str) else source, **options)


def read_clean(made, source):
    [found] = read(source, f"{made.make}.html")
    assert found.problem == ""
    record = found.record
    return record, clean_text(str(record["text"]), str(record["title"]), outlet=str(record.get("outlet", "")))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("make", MAKES)
def test_page_keeps_every_paragraph_and_nothing_else(make, language):
    made = make_page(make, language)
    assert len(made.leftovers) >= 5
    record, cleaned = read_clean(made, made.html.encode())
    assert cleaned.text.split("\n\n") == made.paragraphs
    assert record["title"] == made.title
    assert bool(record["truncated"]) == (make == "paywall")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("make", [make for make in MAKES if make not in ("tables", "line_breaks")])
def test_page_tells_what_it_says_of_itself(make, language):
    made = make_page(make, language)
    record, _ = read_clean(made, made.html.encode())
    assert (record["url"], record["language"], record["outlet"]) == (made.url, language, OUTLETS[language])
    if make not in ("republisher", "headline_again"):  # they say neither
        assert (record["date"], record["author"]) == ("2025-06-13", AUTHORS[language])
    assert record.get("genre", "") == ("live blog" if make == "live_blog" else "")


LEADS = [
    '<p class="teaser">{}</p>', '<div class="teaser"><p>{}</p></div>', '<header><p class="lead">{}</p></header>', '<div class="summary">{}</div>', '<h2 class="lead">{}</h2>', '<p><strong>{}</strong></p>',
    '<div class="article-intro">{}</div>', '<p class="article__summary">{}</p>', '<div class="subtitle">{}</div>', '<div class="entry-excerpt">{}</div>', '<p itemprop="description">{}</p>', '<div class="vorspann"><b>{}</b></div>',
]  # fmt: skip


@pytest.mark.parametrize("lead", LEADS)
@pytest.mark.parametrize(("language", "text"), [("de", "Eine Firma zahlt nach Stück, und keiner weiß, wie viel das ist"), ("en", "A firm pays by the piece, and nobody knows how much that is")])
def test_page_keeps_the_lead_wherever_it_stands(lead, language, text):
    source = small_page(language=language).replace("<article>", f"<article><h1>Klick für Klick</h1>{lead.format(text)}")
    cleaned = clean_text(str(find(source).record["text"]), "Klick für Klick")
    assert cleaned.text.split("\n\n") == [text, *PROSE[language]]


@pytest.mark.parametrize(
    "box",
    ['<aside class="teaser">{}</aside>', '<div class="teaser"><a href="/x">{}</a></div>', '<nav><p class="intro">{}</p></nav>', '<ul class="summary"><li><a href="/x">{}</a></li></ul>', '<figure class="teaser"><figcaption class="description">{}</figcaption></figure>'],
)
def test_page_takes_no_other_articles_teaser_for_its_lead(box):
    teaser = "Die Stadt will den Hafen ausbauen, doch es fehlt an Geld und an Mut."
    source = small_page().replace("<article>", f"<article><h1>Klick für Klick</h1>{box.format(teaser)}").replace("</article>", f"<div class='teaser'><p>{teaser}</p></div></article>")
    assert teaser not in find(source).record["text"]


@pytest.mark.parametrize(
    "layout",
    [
        lambda paragraphs: "<div>" + "<br><br>".join(paragraphs) + "</div>",
        lambda paragraphs: "<center><font face=Arial>" + "<br><br>".join(paragraphs) + "</font></center>",
        lambda paragraphs: "<pre>" + "\n\n".join(paragraphs) + "</pre>",
        lambda paragraphs: "".join(f"<div class='row'><div><p class='x-1'><span>{paragraph}</span></p></div></div>" for paragraph in paragraphs),
        lambda paragraphs: "".join(f"<section><div>{paragraph}</div></section>" for paragraph in paragraphs),
        lambda paragraphs: "".join(f"<p><span class='dropcap'>{paragraph[0]}</span>{paragraph[1:]}</p>" for paragraph in paragraphs),
        lambda paragraphs: "".join(f"<p>{paragraph.replace(' ', '&nbsp;', 3)}</p><div class='ad'><p>Anzeige</p></div>" for paragraph in paragraphs),
    ],
)
def test_page_is_laid_out_in_many_ways(layout):
    made = make_page("wordpress", "de")
    source = f"<html lang=de><title>{made.title}</title><body><h1>{made.title}</h1><article>{layout(made.paragraphs)}</article></body></html>"
    _, cleaned = read_clean(made, source.encode())
    assert cleaned.text.replace("\xa0", " ").split("\n\n") == made.paragraphs


def test_page_whose_lines_are_broken_by_hand_keeps_its_sentences():
    made = make_page("wordpress", "de")
    lines = "<br><br>".join("<br>\n".join(textwrap.wrap(paragraph, 70)) for paragraph in made.paragraphs)
    _, cleaned = read_clean(made, f"<html lang=de><title>{made.title}</title><body><h1>{made.title}</h1><article><div>{lines}</div></article></body></html>".encode())
    assert cleaned.text.split() == " ".join(made.paragraphs).split()
    assert cleaned.text.split("\n\n")[:2] == made.paragraphs[:2]


@needs_press_texts
def test_page_of_a_press_article_keeps_it_as_its_text_file_does():
    for path in sorted(TEXTS.glob("*.txt")):
        raw = path.read_text(encoding="utf-8")
        source = f"<title>x</title><article>{''.join(f'<p>{html.escape(line)}</p>' for line in raw.splitlines() if line.strip())}</article>"
        as_text = clean_text(raw)
        as_page = clean_text(str(find(f"<!doctype html><html><body>{source}</body></html>").record["text"]), as_text.title)
        assert as_page.text.split("\n\n") == as_text.text.split("\n\n"), path.name


SHORT = {
    "de": ["Die Firma Nordlicht bezahlt ihre Arbeiter nach Stück und nicht nach Stunden.", "Ein Gericht soll im Herbst entscheiden, wer für die Zeit aufkommt.", "Das sagte eine Sprecherin der Firma."],
    "en": ["The firm pays its workers by the piece.", "A court is to decide in autumn who has to pay for waiting.", "This is what a spokeswoman of the firm said."],
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("make", ["amp", "newspaper", "wordpress"])
def test_short_text_keeps_its_paragraphs(make, language):
    [found] = read(make_page(make, language, SHORT[language]).html.encode(), "x")
    assert [line for line in found.record["text"].split("\n") if line in SHORT[language]] == SHORT[language]


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("make", ["line_breaks", "wordpress"])
def test_page_is_read_by_its_bytes_whatever_it_declares(make, charset):
    made = make_page(make, "de")
    source = made.html.encode(charset, "xmlcharrefreplace")
    _, cleaned = read_clean(made, source)
    assert cleaned.text.split("\n\n") == made.paragraphs
    assert tell_kind(source[:HEAD]) == "html"


@pytest.mark.parametrize(
    ("content", "charset", "text"),
    [
        ("Löhne".encode(), "iso-8859-1", "Löhne"),  # the sender is wrong
        ("„Löhne“ zu 3 €".encode("cp1252"), "iso-8859-1", "„Löhne“ zu 3 €"),  # what the web means by it
        ("„Löhne“ zu 3 €".encode("cp1252"), "utf8mb4", "„Löhne“ zu 3 €"),  # no charset Python knows
        ("„Löhne“".encode("cp1252"), "", "„Löhne“"),
        (b'<meta charset="iso-8859-2">' + "Łódź".encode("iso-8859-2"), "", '<meta charset="iso-8859-2">Łódź'),
        ("Löhne".encode("mac-roman"), "macintosh", "Löhne"),
        ("Die Löhne der Größten".encode() + b"\xfc", "", "Die Löhne der Größten\ufffd"),  # UTF-8 with one bad byte
        (b"", "", ""),
    ],
)
def test_decode(content, charset, text):
    assert decode(content, charset) == text


NONE = [
    ("a consent page", '<html lang="de"><head><title>Musterzeit</title><link rel="canonical" href="https://www.musterzeit.test/zustimmung?url=https%3A%2F%2Fwww.musterzeit.test%2Fklick"></head><body><main>'
     "<h1>Musterzeit mit Werbung lesen</h1><p>Besuchen Sie Musterzeit wie gewohnt mit Werbung und Tracking. Details zum Tracking finden Sie im Privacy Center. Ihre Zustimmung ist jederzeit widerrufbar.</p>"
     "<button>Einverstanden</button><h2>Oder PUR lesen</h2><p>Jetzt PUR-Abo abschließen: nahezu werbefrei, ohne Tracking durch Partner. Mehr in der Datenschutzerklärung und in den Fragen und Antworten zum Abo.</p></main></body></html>"),
    ("a consent page", '<html lang="en"><head><title>Before you continue</title></head><body><div><h1>Before you continue</h1><p>We and our 120 partners use cookies to show personalised ads and to measure them. You can change your choices at any time.</p>'
     "<p>With your consent we process personal data such as your address for advertising and for our partners.</p><button>Accept all</button><button>Reject all</button></div></body></html>"),
    ("an error page", "<html lang=de><title>Seite nicht gefunden - Musterblatt</title><h1>404</h1><p>Leider konnten wir die gewünschte Seite nicht finden. Vielleicht hilft Ihnen unsere Suche oder die Startseite weiter, wir bitten um Entschuldigung.</p>"),
    ("an error page", "<html lang=en><title>Sample Times</title><h1>Page not found</h1><p>The page may have been moved or deleted. Please check the address for typing errors, or start again from our home page and look for it there.</p>"),
    ("robots", "<html lang=en><title>sampletimes.test</title><p>Please enable JS and disable any ad blocker to go on to this site, which needs both of them for you to read what we have written for you today.</p>"),
    ("robots", "<html lang=de><title>Einen Moment</title><p>Bitte bestätigen Sie, dass Sie ein Mensch sind und kein Programm, das unsere Seiten in großer Zahl abruft. Danach geht es gleich weiter zu der gewünschten Seite.</p>"),
    ("a video", small_page(head='<meta property="og:type" content="video.other">')),
    ("no article text", small_page(None, head='<meta property="og:type" content="article">')),
    ("no article text", "<html><title>Bilder</title><figure><img src=a><figcaption>Ein Büro in Musterstadt.</figcaption></figure>"),
    ("a front page", small_page(head='<link rel="canonical" href="https://www.musterblatt.test/"><meta property="og:type" content="website">')),
    ("empty page", "  \n "),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "source"), NONE)
def test_page_without_article_says_why(reason, source):
    found = find(source)
    assert reason in found.problem
    assert (found.record, found.place) == ({}, "")


@pytest.mark.parametrize(
    "options",
    [
        {"head": '<meta property="og:type" content="article">', "title": "Warum so viele 404 sehen"},
        {"head": '<link rel="canonical" href="https://m.test/politik/zustimmung-im-rat.html">'},
        {"head": '<link rel="canonical" href="https://m.test/zustimmung"><meta property="og:type" content="article">'},
        {"head": '<link rel="canonical" href="https://m.test/?p=12">'},
        {"body": "<p>„Sind Sie ein Mensch?“, fragt die Seite, „bitte aktivieren Sie JavaScript.“</p>", "head": '<meta property="article:published_time" content="2025-06-13">'},
    ],
)
def test_page_of_an_article_that_speaks_of_such_pages_stays(options):
    assert find(small_page(**options)).problem == ""


@pytest.mark.parametrize(
    "source", ["<div>" * 50_000 + small_page(), small_page("<a href=x>y</a>" * 70_000), "<!doctype html>" + "x" * 3_100_000, small_page() + "<" * 80_000, "\0" * 5_000, "<html>" + "\ud83d".encode("utf-16-le", "surrogatepass").decode("latin-1")]
)
def test_page_made_to_be_hard_ends_with_an_answer(source):
    found = find(source)
    assert bool(found.record) != bool(found.problem)


def test_page_that_breaks_the_extractor_is_a_problem_of_its_own(monkeypatch):
    monkeypatch.setattr(web_page, "read_facts", lambda *_: 1 / 0)
    assert find(small_page()).problem == "a page that cannot be taken apart (ZeroDivisionError); save it anew"


def test_page_saved_with_its_pictures_is_read(monkeypatch):
    picture = f"<img src='data:image/png;base64,{'iVBORw0KGgo' * 400_000}'>"
    assert find(small_page(picture)).problem == ""
    monkeypatch.setattr(web_page, "LARGEST_FILE", 1_000_000)
    assert "save it without its pictures" in find(small_page(picture)).problem
