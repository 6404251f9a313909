"""The cleaning of texts. All leftover lines and article sentences here are invented; no press text stands in this file."""

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lesart.cleaning import clean_text
from lesart.cleaning_rules import LONG_LINE, cleaning_data, list_rules, read_rules
from lesart.sentences import LANGUAGES
from lesart.walls import _may_be_wall, _wall_stems

CORPUS = Path(__file__).parents[1] / "corpus"
PRESS = CORPUS / "press" / "texts"

PROSE = {
    "de": [
        "Die Firma Nordlicht bezahlt ihre Klickarbeiter nach Stück und nicht nach Stunden.",
        "Ein Sprecher wollte sich am Montag zu den Vorwürfen zunächst nicht äußern.",
        "Im Herbst soll ein Gericht entscheiden, wer für die Wartezeiten aufkommen muss.",
        "Bis dahin bleibt alles so, wie es die Plattform in ihren Regeln festgelegt hat.",
    ],
    "en": [
        "The firm Northlight pays its click workers by the piece and not by the hour.",
        "A spokesman did not want to comment on the accusations on Monday at first.",
        "In the autumn a court is to decide who has to pay for the hours of waiting.",
        "Until then everything stays the way the platform has laid it down in its rules.",
    ],
}
# Where a line of the rule is looked for: between the first paragraphs, above them, or below the last.
TOP, MIDDLE, END = "top", "middle", "end"


def wrap(line: str, place: str, language: str) -> str:
    """The line in an article of four paragraphs, which opens with a paragraph."""
    at = {TOP: 0, MIDDLE: 2, END: 4}[place]
    return "\n\n".join([*PROSE[language][:at], line, *PROSE[language][at:]])


TAKEN = [
    ("media", "de", MIDDLE, "Video: Wie Nordlicht seine Daten sortieren lässt"),
    ("media", "de", MIDDLE, "Sehen Sie hier das Video"),
    ("media", "en", MIDDLE, "Watch the full video here"),
    ("media", "en", MIDDLE, "[VIDEO]"),
    ("media", "de", MIDDLE, "Bild 1 von 5"),
    ("media", "en", MIDDLE, "Watch: How Northlight has its data sorted"),
    ("media", "en", MIDDLE, "Hide caption"),
    ("consent", "de", MIDDLE, "Wir verwenden Cookies, um unser Angebot zu verbessern."),
    ("consent", "de", MIDDLE, "Alle akzeptieren"),
    ("consent", "de", MIDDLE, "An dieser Stelle finden Sie einen externen Inhalt von Musterkanal."),
    ("consent", "de", MIDDLE, "Mit Werbung weiterlesen"),
    ("consent", "en", MIDDLE, "We use cookies to improve our service."),
    ("consent", "en", MIDDLE, "Accept all cookies"),
    ("consent", "en", MIDDLE, "Manage your privacy settings"),
    ("consent", "de", MIDDLE, "Externer Inhalt"),
    ("consent", "en", MIDDLE, "By signing up, you agree to our Terms of Use."),
    ("paywall", "de", END, "Jetzt mit Musterblatt+ weiterlesen"),
    ("paywall", "de", END, "Dieser Artikel ist nur für Abonnenten verfügbar."),
    ("paywall", "de", END, "Sie möchten weiterlesen? Hier geht es zum Angebot."),
    ("paywall", "de", END, "Um weiterzulesen, schließen Sie bitte ein Abo ab."),
    ("paywall", "en", END, "Sign in to continue reading"),
    ("paywall", "en", END, "This post is for paying subscribers"),
    ("paywall", "en", END, "You’ve read all your free articles this month."),
    ("subscription", "de", MIDDLE, "Jetzt unseren Newsletter abonnieren!"),
    ("subscription", "de", MIDDLE, "Bereits Abonnent? Hier anmelden"),
    ("subscription", "en", MIDDLE, "Sign up for our weekly newsletter"),
    ("subscription", "en", MIDDLE, "Get the best stories delivered to your inbox"),
    ("subscription", "de", MIDDLE, "Der tägliche Newsletter: Jetzt kostenlos anmelden!"),
    ("subscription", "de", MIDDLE, "Unterstützen Sie unseren Journalismus: Werden Sie Mitglied!"),
    ("subscription", "en", MIDDLE, "You are receiving this newsletter because you signed up."),
    ("subscription", "en", MIDDLE, "Cancel anytime"),
    ("share", "de", MIDDLE, "Diesen Artikel teilen"),
    ("share", "de", MIDDLE, "Folgen Sie uns auf Facebook, Instagram und LinkedIn"),
    ("share", "en", MIDDLE, "Share this article via email"),
    ("share", "en", MIDDLE, "Follow us on Twitter"),
    ("share", "de", MIDDLE, "Haben Sie einen Hinweis? Schreiben Sie an hinweise@beispiel.test"),
    ("share", "de", MIDDLE, "Folgen Sie unserem WhatsApp-Kanal"),
    ("share", "en", MIDDLE, "Got a tip? Email tips@example.test"),
    ("share", "en", MIDDLE, "Report a correction"),
    ("advert", "de", MIDDLE, "Anzeige"),
    ("advert", "de", MIDDLE, "Weiterlesen nach der Anzeige"),
    ("advert", "en", MIDDLE, "ADVERTISEMENT"),
    ("advert", "en", MIDDLE, "Story continues below this ad"),
    ("link", "de", MIDDLE, "Lesen Sie auch: Der Preis der Daten"),
    ("link", "de", MIDDLE, "► Mehr zum Thema"),
    ("link", "de", MIDDLE, "Lesen Sie hier, warum die Plattform ihre Regeln ändert."),
    ("link", "en", MIDDLE, "Read More: The price of data"),
    ("link", "en", MIDDLE, "You might also like"),
    ("link", "en", MIDDLE, "Also on this site :"),
    ("link", "de", MIDDLE, "+++ Alle Meldungen zum Thema im Liveticker +++"),
    ("link", "de", MIDDLE, "Hier geht es zum Interview mit der Forscherin"),
    ("link", "en", MIDDLE, "→ Read our interview with the researcher"),
    ("credit", "de", MIDDLE, "Foto: Ida Beispiel/dpa"),
    ("credit", "de", MIDDLE, "(Symbolbild)"),
    ("credit", "en", MIDDLE, "Photo credit: Sam Sample via Getty Images"),
    ("credit", "en", MIDDLE, "Photograph by Sam Sample"),
    ("copyright", "de", END, "© 2025 Musterblatt. Alle Rechte vorbehalten."),
    ("copyright", "en", END, "Copyright 2025 Sample Times. All rights reserved."),
    ("copyright", "en", END, "Copyright 2025 Sample Press. All rights reserved. This may not be published, broadcast, rewritten or redistributed."),
    ("author", "de", TOP, "Von Ida Beispiel und Max von Muster, Berlin"),
    ("author", "de", TOP, "ibe München"),
    ("author", "de", END, "Ein Kommentar von Ida Beispiel"),
    ("author", "en", TOP, "By Ida Sample and John Q. Public"),
    ("author", "en", END, "Sam Sample, staff writer"),
    ("author", "de", END, "Ida Beispiel ist Redakteurin im Wirtschaftsressort."),
    ("author", "en", END, "Sam Sample is a business reporter in London."),
    ("agency", "de", END, "(ibe/dpa)"),
    ("agency", "de", END, "Quelle: musterblatt.de, ibe/dpa"),
    ("agency", "de", END, "Übersetzung: Ida Beispiel"),
    ("agency", "en", END, "(Reporting by Ida Sample in Berlin; editing by Max Public)"),
    ("agency", "en", END, "The Associated Press contributed to this report."),
    ("agency", "de", END, "Dieser Inhalt ist ein Beitrag der Nachrichtenagentur AFP. Er wurde nicht überprüft."),
    ("agency", "en", END, "Reporting by Ida Sample in New York and Sam Sample; Additional reporting by Max Public; Editing by Ann Example"),
    ("date", "de", TOP, "Aktualisiert am 13. Juni 2025, 10:45 Uhr"),
    ("date", "de", TOP, "Lesezeit: 4 Minuten"),
    ("date", "en", TOP, "Published June 13, 2025 at 10:45 a.m."),
    ("date", "en", TOP, "4 min read"),
    ("bare_date", "de", TOP, "Freitag, 13. Juni 2025"),
    ("bare_date", "en", TOP, "June 13, 2025"),
    ("republisher", "de", END, "Dieser Artikel erschien zuerst in der Musterzeitung."),
    ("republisher", "en", END, "This story was originally published by Sample Times."),
    ("navigation", "de", END, "Nach oben"),
    ("navigation", "de", TOP, "Startseite > Wirtschaft > Plattformen"),
    ("navigation", "en", TOP, "Skip to content"),
    ("navigation", "en", END, "Facebook Twitter WhatsApp"),
    ("bar", "de", MIDDLE, "|"),
    ("bar", "en", MIDDLE, "* * *"),
    ("contact", "de", END, "Pressekontakt: Ida Beispiel, Nordlicht AG"),
    ("contact", "de", TOP, "PRESSEMITTEILUNG"),
    ("contact", "de", END, "Original-Content von: Nordlicht AG, übermittelt durch Musterportal"),
    ("contact", "en", END, "Media contact: Sam Sample, Northlight"),
    ("contact", "en", TOP, "FOR IMMEDIATE RELEASE"),
    ("contact", "en", END, "Phone: +1 555 0100"),
]


@pytest.mark.parametrize(("rule", "language", "place", "line"), TAKEN)
def test_cleaning_takes_the_line(rule, language, place, line):
    cleaned = clean_text(wrap(line, place, language))
    assert [(taken.rule, taken.text) for taken in cleaned.taken] == [(rule, line)]
    assert cleaned.text == "\n\n".join(PROSE[language])
    assert cleaned.truncated == (rule == "paywall")


STAYS = [
    ("de", "Mehr zum Thema Lohn wollte die Firma nicht sagen."),
    ("de", "Mehr Arbeit finden sie auf anderen Plattformen."),
    ("de", "Lesen Sie auch zwischen den Zeilen, rät die Forscherin."),
    ("de", "„Wir verwenden Cookies, um Werbung zu zeigen“, sagt der Sprecher."),
    ("de", "Mit der Übernahme erklären sie sich zu Partnern."),
    ("de", "Um zu lesen, was dort steht, braucht man eine Lupe."),
    ("de", "Den ganzen Artikel lesen nur wenige."),
    ("de", "Von Mensch zu Maschine"),
    ("de", "Von Scale AI"),
    ("de", "der Preis"),
    ("de", "aus Berlin"),
    ("de", "Übernommen von Meta"),
    ("de", "Der Beitrag der Firma erschien zuerst auf einer Messe."),
    ("de", "Dieser Artikel erschien zuerst vor zwei Jahren, damals noch ohne Zahlen."),
    ("de", "Bild: Regierung plant Gesetz"),
    ("de", "Video spielt keine Rolle"),
    ("de", "Teilen und herrschen"),
    ("de", "Werbung für Klickarbeit"),
    ("de", "Abo oder Freiheit"),
    ("de", "(Nordlicht ist eine Beteiligung des Verlags, in dem diese Zeitung erscheint.)"),
    ("de", "Was [Arbeiter] davon haben, ist offen [sic]."),
    ("de", "Am 13. Juni 2025 begann der Streit."),
    ("de", "Schwarze Zahlen in Aussicht"),
    ("de", "Für Abonnenten wird es teurer"),
    ("de", "Zugriff auf alle Daten"),
    ("de", "Der Kontakt zur Presse brach ab."),
    ("de", "Hier geht es um Geld, sagt die Forscherin."),
    ("de", "Kündbar ist der Vertrag jederzeit, sagt der Sprecher."),
    ("de", "Die Nachrichtenagentur hat den Bericht geprüft."),
    ("en", "Read more slowly, she advises."),
    ("en", "Related companies paid less."),
    ("en", "Subscribe or leave"),
    ("en", "Become a member of the union, the organisers say."),
    ("en", "“We use cookies to show ads,” the spokesman says."),
    ("en", "This is a free version of the software, and those who upgrade pay more."),
    ("en", "By Popular Demand"),
    ("en", "By Cutting Wages"),
    ("en", "near Berlin"),
    ("en", "The story of the leak first appeared on Monday."),
    ("en", "This story first appeared in the spring, as a rumour."),
    ("en", "Reporting by the paper showed that wages fell."),
    ("en", "Copyright law is changing."),
    ("en", "(c) the company must pay within a month"),
    ("en", "Follow the money"),
    ("en", "Sharing the gains"),
    ("en", "(The paper has a partnership with Northlight.)"),
    ("en", "Pay for [workers] is low, and [the] rest is silence."),
    ("en", "A < B and B > C, she wrote."),
    ("en", "On June 13, 2025, the quarrel began."),
    ("en", "The company gave no comment for this story."),
    ("en", "Full access for workers"),
    ("en", "Two of five workers quit."),
    ("en", "Support for the union grows"),
    ("en", "Contact with the press broke off."),
    ("en", "Read the contract, she tells newcomers."),
    ("en", "Sam Sample is a worker who waits."),
]


@pytest.mark.parametrize(("language", "line"), STAYS)
@pytest.mark.parametrize("place", [MIDDLE, END])
def test_cleaning_lets_the_line_stay(language, line, place):
    raw = wrap(line, place, language)
    assert clean_text(raw).taken == ()
    assert clean_text(raw).text == raw


@pytest.mark.parametrize(
    ("language", "line"), [("de", "Von Ida Beispiel"), ("de", "(ibe/dpa)"), ("en", "By Ida Sample"), ("en", "June 13, 2025, 10:45")]
)
def test_cleaning_takes_names_and_dates_only_at_the_edges(language, line):
    paragraphs = PROSE[language]
    assert clean_text("\n".join([*paragraphs[:3], line, *paragraphs[3:]])).taken == ()


INLINE = [
    ("tag", "[muster-video id=\"7\"]Die Firma zahlt nach Stück.", "Die Firma zahlt nach Stück."),
    ("tag", "[clip-player auto=”yes”]The firm pays by the piece.", "The firm pays by the piece."),
    ("tag", "Es gibt [embed]https://beispiel.test/1[/embed] wenig Lohn.", "Es gibt wenig Lohn."),
    ("tag", "Pay is low. ![a desk](desk.png) Hours are long.", "Pay is low. Hours are long."),
    ("tag", "Pay is low. <img src=\"desk.png\" alt=\"\"/> Hours are long.", "Pay is low. Hours are long."),
    ("preview", "I asked them. This is a free excerpt, so please subscribe today.", "I asked them."),
    ("preview", "Ich fragte nach. Dies ist eine kostenlose Leseprobe, für den Rest braucht es ein Abo.", "Ich fragte nach."),
    ("preview", "The workers waited for… [+2313 chars]", "The workers waited for"),
]


@pytest.mark.parametrize(("rule", "line", "rest"), INLINE)
def test_cleaning_takes_the_tag_and_keeps_the_paragraph(rule, line, rest):
    cleaned = clean_text(line)
    assert cleaned.text == rest
    assert [taken.rule for taken in cleaned.taken] == [rule]
    assert cleaned.truncated == (rule == "preview")


def test_cleaning_takes_the_headline_wherever_it_stands():
    headline = "Wie ein Dorf mit Geduld zum Datenlieferanten der Provinz wurde"
    lead = "Die Geschichte einer Firma. Sie zahlt ihre Leute nach Stück und lebt davon gut."
    varied = headline.replace("Geduld", "Ausdauer")
    cleaned = clean_text("\n\n".join(["Ida Beispiel", headline, lead, headline, varied, "ibe Frankfurt", *PROSE["de"]]))
    assert cleaned.title == headline
    assert [taken.rule for taken in cleaned.taken] == ["kicker", "headline", "headline", "headline", "author"]
    assert cleaned.text == "\n\n".join([lead, *PROSE["de"]])


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("The Price of Data", "The price of data"),
        ("The Price of Data | Sample Times", "The Price of Data"),
        ("The Price of Data", "The Price of Data | Sample Times"),
        ("Kommentar: Der Preis der Daten", "Der Preis der Daten"),
        ("Datenhunger", "Datenhunger"),
    ],
)
def test_cleaning_takes_the_given_title_at_the_top(title, line):
    cleaned = clean_text("\n".join([line, *PROSE["de"]]), title)
    assert (cleaned.title, cleaned.text) == (title, "\n\n".join(PROSE["de"]))


@pytest.mark.parametrize(
    ("top", "title"),
    [
        (["Der Preis der Daten"], "Der Preis der Daten"),
        (["Who pays for the clicks?", "By Ida Sample"], "Who pays for the clicks?"),
        (["Der Preis der Daten", "Was eine Plattform ihren Leuten schuldet"], "Der Preis der Daten"),
        (["Guten Morgen aus der Redaktion"], ""),
        (["Dear readers of this letter"], ""),
        (["Datenhunger"], ""),
        (["Eins Zwei Drei", "Vier Fünf Sechs", "Sieben Acht Neun", "Zehn Elf Zwölf", "Und so weiter"], ""),
        ([], ""),
    ],
)
def test_cleaning_finds_the_headline_of_an_untitled_text(top, title):
    assert clean_text("\n\n".join([*top, *PROSE["de"]])).title == title


@pytest.mark.parametrize(
    "footer",
    [
        "Finally, we hope Samplesite provided you with enough information about ( The Price of Cheap Data )",
        "The post The Price of Cheap Data appeared first on Sample Times.",
        "Der Beitrag The Price of Cheap Data erschien zuerst auf Musterblatt.",
    ],
)
def test_cleaning_reads_the_headline_in_a_republishers_footer(footer):
    cleaned = clean_text("\n".join([*PROSE["en"], footer]))
    assert cleaned.title == "The Price of Cheap Data"
    assert [taken.rule for taken in cleaned.taken] == ["republisher"]


def test_cleaning_takes_the_outlets_name_only_at_the_edges():
    lines = ["Musterblatt", *PROSE["de"][:3], "Musterblatt", PROSE["de"][3], "| Musterblatt |"]
    taken = clean_text("\n".join(lines), outlet="Musterblatt").taken
    assert [(piece.line, piece.rule) for piece in taken] == [(1, "outlet"), (7, "outlet")]
    assert clean_text("\n".join(lines[1:])).taken == ()


def test_cleaning_takes_the_list_below_a_bare_link_line():
    tail = ["Mehr zum Thema", "Der Preis der Daten", "- Die Kosten der Klicks", "Wer bezahlt die Wartezeit?"]
    rules = [taken.rule for taken in clean_text("\n".join([*PROSE["de"], *tail])).taken]
    assert rules == ["link", "link_list", "link_list", "link_list"]
    # Within the text, or below a link that names its article, short lines may be section heads.
    assert [t.rule for t in clean_text("\n".join([PROSE["de"][0], *tail[:2], *PROSE["de"][1:]])).taken] == ["link"]
    assert [t.rule for t in clean_text("\n".join([*PROSE["en"], "Read more: The price", "Northlight in figures"])).taken] == ["link"]


@pytest.mark.parametrize(
    "tail",
    [
        ["Pressekontakt:", "Nordlicht AG", "Ida Beispiel", "Telefon: 0123 456789", "Presseabteilung", "E-Mail: presse@nordlicht.test"],
        ["Media contact:", "Northlight Inc.", "Sam Sample", "Phone: +1 555 0100", "Press office", "Email: press@northlight.test"],
    ],
)
def test_cleaning_takes_the_contact_below_a_press_release(tail):
    rules = [taken.rule for taken in clean_text("\n".join([*PROSE["en"], *tail])).taken]
    assert (len(rules), set(rules)) == (6, {"contact", "link_list"})
    assert clean_text("\n".join([*PROSE["en"][:2], *tail[1:3], *PROSE["en"][2:]])).taken == ()


HEADS = ["Am Anfang war der Klick", "Der Preis der Daten", "Was das Gericht prüft", "Die Kosten bleiben"]


def test_cleaning_takes_a_head_without_a_section_where_all_others_have_one():
    p = PROSE["de"]
    cleaned = clean_text("\n".join([p[0], HEADS[0], p[1], HEADS[1], HEADS[2], p[2], HEADS[3], p[3]]))
    assert [(taken.line, taken.rule) for taken in cleaned.taken] == [(4, "stray_link")]


@pytest.mark.parametrize(
    "order",
    [
        "pHpHHp",  # one other head is too few to know the text's habit
        "pHHpHHpHpHp",  # heads over heads are this text's habit
        "pHpHHHpHp",  # three in a row are a list
        "pHpHpHH",  # nothing follows
        "pHpHQpHp",  # a question over an answer
    ],
)
def test_cleaning_keeps_heads_in_a_row_elsewhere(order):
    lines = {"p": PROSE["de"][1], "H": HEADS[1], "Q": "Wer bezahlt die Wartezeit?"}
    assert clean_text("\n".join(lines[sign] for sign in order)).taken == ()


WALLS = [
    "Musterblatt mit Werbung lesen\nBesuchen Sie Musterblatt wie gewohnt mit Werbung und Tracking. Ihre Zustimmung können Sie "
    "jederzeit widerrufen.\nEinverstanden und weiter\nOder ohne Werbung\nJetzt PUR abonnieren: nahezu werbefrei, ohne "
    "personalisiertes Tracking. Mehr zum PUR-Abo in der Datenschutzerklärung.",
    "Before you continue\nWe and our 120 partners use cookies to show personalised ads and to measure them. You can change "
    "your choices at any time.\nAccept all\nReject all\nManage options",
]


@pytest.mark.parametrize("wall", WALLS)
def test_cleaning_leaves_nothing_of_a_consent_wall(wall):
    cleaned = clean_text(wall, "Musterblatt")
    assert (cleaned.text, cleaned.title, cleaned.truncated) == ("", "Musterblatt", False)
    assert [(taken.line, taken.rule) for taken in cleaned.taken] == [(i + 1, "consent_page") for i in range(5)]


@pytest.mark.parametrize(
    "text",
    [
        "Das Gericht rügt Cookie-Banner. Nutzer müssten ihre Einwilligung zum Tracking jederzeit widerrufen können, auch bei "
        "PUR-Abos. Ein Knopf „Alle akzeptieren“ ohne „Alle ablehnen“ genüge nicht, Werbung hin oder her.",
        "The regulator fined a publisher over cookies. Its banner offered “Accept all” and hid “Reject all”; consent to "
        "tracking and personalised ads, it said, must be as easy to refuse. The publisher sells a subscription instead.",
    ],
)
def test_cleaning_keeps_a_report_about_consent_walls(text):
    assert clean_text(text).text == text


def test_cleaning_looks_for_a_wall_where_its_stems_are():
    # what is not even looked at must not fit: each subject's words hold one of its stems
    stems = {language: _wall_stems(language) for language in LANGUAGES}
    sample = " ".join(WALLS + [wall.upper() for wall in WALLS])
    for language, subjects in cleaning_data()["consent_page"]["subjects"].items():
        for subject, some in zip(subjects, stems[language], strict=True):
            assert all(len(stem) > 1 for stem in some), subject
            words = [match[0].lower() for match in re.finditer(rf"\b(?:{subject})\b", sample, re.IGNORECASE)]
            assert all(any(stem in word for stem in some) for word in words), subject
    assert _may_be_wall("Cookies, tracking, privacy") == ["en"] and _may_be_wall("Die Bank zahlt") == []
    assert _may_be_wall("\u212a") == list(LANGUAGES)


def test_cleaning_keeps_an_article_below_a_consent_notice():
    cleaned = clean_text("\n".join([*WALLS[1].split("\n"), *PROSE["en"]]))
    assert cleaned.text == "\n\n".join(PROSE["en"])
    assert {taken.rule for taken in cleaned.taken} == {"consent"}


def test_cleaning_joins_hard_wrapped_lines():
    wrapped = [
        "The firm Northlight pays its click workers by the piece and not by",
        "the hour. A spokesman did not want to comment on the accusations on",
        "Monday at first. Critics are",
        "not amused.",
        "",
        "A short head",
        "In the autumn a court is to decide who has to pay for the long hours",
        "of waiting.",
    ]
    assert clean_text("\n".join(wrapped)).text.split("\n\n") == [" ".join(wrapped[:4]), wrapped[5], " ".join(wrapped[6:])]


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\n \n\n"])
def test_cleaning_parts_paragraphs_by_one_blank_line(gap):
    assert clean_text(gap.join(PROSE["de"])).text == "\n\n".join(PROSE["de"])


def test_cleaning_does_not_join_lines_that_are_headlines():
    lines = [f"Nordlicht und die {name} streiten weiter über Stücklohn und Wartezeit" for name in ("Stadt", "Bank", "Gewerkschaft")]
    assert clean_text("\n".join(lines)).text == "\n\n".join(lines)


@pytest.mark.parametrize("raw", ["", "\n\n", " \n\t\n"])
def test_cleaning_of_nothing_is_nothing(raw):
    assert clean_text(raw) == clean_text("")
    assert clean_text("").text == ""


POOL = [line for *_, line in TAKEN] + [line for _, line in STAYS] + [line for _, line, _ in INLINE] + [*PROSE["de"], *PROSE["en"]]
POOL += [*HEADS, "", "Der Preis der Daten | Musterblatt", "Mehr zum Thema", *"\n".join(WALLS).split("\n"), PROSE["en"][0][:70], "of all"]


@settings(derandomize=True, deadline=None, max_examples=400)
@given(st.lists(st.sampled_from(POOL), max_size=25), st.sampled_from(["", "Der Preis der Daten"]), st.sampled_from(["\n", "\n\n"]))
def test_cleaning_twice_takes_nothing_more(lines, title, gap):
    once = clean_text(gap.join(lines), title, outlet="Musterblatt")
    twice = clean_text(once.text, once.title, outlet="Musterblatt")
    assert (twice.text, twice.title, twice.taken) == (once.text, once.title, ())


@settings(derandomize=True, deadline=None, max_examples=400)
@given(st.lists(st.sampled_from(POOL), max_size=25))
def test_cleaning_loses_no_word_unlisted(lines):
    raw = "\n".join(lines)
    cleaned = clean_text(raw)
    kept = Counter(re.findall(r"\w+", cleaned.text)) + Counter(word for t in cleaned.taken for word in re.findall(r"\w+", t.text))
    assert kept == Counter(re.findall(r"\w+", raw))
    assert all(taken.text in raw.split("\n")[taken.line - 1] for taken in cleaned.taken)


def read_article(path: Path) -> tuple[str, str]:
    _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
    return re.search(r'^title: "(.*)"$', head, re.MULTILINE)[1], body.strip()


@pytest.mark.parametrize("path", sorted((CORPUS / "articles").glob("*.md")), ids=lambda path: path.stem)
def test_cleaning_takes_nothing_from_the_teaching_corpus(path):
    title, body = read_article(path)
    for given_title in (title, ""):
        cleaned = clean_text(body, given_title)
        assert (cleaned.text, cleaned.title, cleaned.taken) == (body, given_title, ())
    with_headline = clean_text(f"{title}\n\n{body}")
    if with_headline.title:
        assert (with_headline.text, with_headline.title) == (body, title)


FROM_PRESS = {
    "000_6542fe370a780e70": {"stray_link": 1},
    "001_9ba72f9108630dfb": {},
    "002_24ee4adc09927523": {"tag": 1, "link": 3, "republisher": 1},
    "003_2df67ab3e9494ae4": {"kicker": 1, "headline": 3, "author": 1},
    "004_c4b8180f76858841": {"preview": 1, "bar": 5, "paywall": 2},
}


@pytest.mark.skipif(not PRESS.is_dir(), reason="the copyrighted press texts are not in corpus/press/texts")
@pytest.mark.parametrize("stem", FROM_PRESS)
def test_cleaning_takes_from_the_press_texts_what_the_register_notes(stem):
    path = PRESS / f"{stem}.txt"
    if not path.is_file():
        pytest.skip(f"{path.name} is not in corpus/press/texts")
    cleaned = clean_text(path.read_text(encoding="utf-8"))
    assert Counter(taken.rule for taken in cleaned.taken) == FROM_PRESS[stem]
    assert cleaned.truncated == (stem[:3] == "004")
    assert bool(cleaned.title) == (stem[:3] in ("002", "003"))
    assert clean_text(cleaned.text, cleaned.title).taken == ()


def test_rules_have_both_languages_and_a_test():
    for rule in cleaning_data()["rules"]:
        assert rule["what"] and ("both" in rule or ("en" in rule and "de" in rule)), rule["name"]
        assert ("en" in rule) == ("de" in rule), rule["name"]
        assert int(rule.get("longest", 0)) <= LONG_LINE, rule["name"]
    tested = {(rule, language) for rule, language, *_ in TAKEN}
    named = {(rule["name"], language) for rule in cleaning_data()["rules"] for language in ("en", "de") if rule.get("where") != "inline"}
    assert tested == named


def test_rules_are_listed_once():
    rules = list_rules()
    assert list(rules.columns) == ["rule", "what"]
    assert rules["rule"].is_unique
    assert {rule for rule, *_ in TAKEN} | {rule for rule, *_ in INLINE} | set(cleaning_data()["context"]) == set(rules["rule"])


HARD = ["[", "[a b=", "[video ", "![", "![](", "<img ", "Here's a free preview ", "|", "| ", "a ", "„", "\"", ".", ".\"", "(", "Von Ida ", "cookies ", "é"]


@pytest.mark.parametrize("piece", HARD)
def test_cleaning_asks_whole_lines_of_short_ones_only(piece, monkeypatch):
    """What may be slow on a long line never sees one, but for the tags, whose patterns are bounded (see the next test)."""
    asked = []

    class Spy:
        def __init__(self, pattern):
            self.pattern = pattern

        def fullmatch(self, text):
            asked.append(len(text))
            return self.pattern.fullmatch(text)

        def finditer(self, text):
            return self.pattern.finditer(text)

    rules = tuple(replace(rule, pattern=Spy(rule.pattern)) for rule in read_rules())
    monkeypatch.setattr("lesart.cleaning.read_rules", lambda: rules)
    line = (piece * 50_000)[:50_000]
    clean_text(f"{line}\n{line[:LONG_LINE]}\n{line}")
    assert max(asked, default=0) <= LONG_LINE


def test_rules_within_a_paragraph_look_a_bounded_way_ahead():
    """So they are linear in its length: each tries every place, and from no place goes on without end."""
    for rule in (rule for rule in cleaning_data()["rules"] if rule.get("where") == "inline"):
        for pattern in (pattern for side in ("both", "en", "de") for pattern in rule.get(side, ())):
            unbounded = re.findall(r"(?:\[[^\]]*\]|\\\w|\.)[*+]", re.sub(r"\\[\[\]().?*+]", "", pattern))
            # a run of word signs is bounded by its word, of which there is one at each place
            assert set(unbounded) <= {"\\w*", "[a-z]+"}, (rule["name"], unbounded)
