"""Invented articles, one German and one English and some with traps, for the samples of all press databases."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Piece:
    """An invented article as a database would hold it."""

    title: str
    outlet: str
    date: str
    iso: str
    paragraphs: tuple[str, ...]
    language: str
    author: str = ""
    section: str = ""
    highlight: str = ""

    @property
    def n_words(self):
        return sum(len(paragraph.split()) for paragraph in self.paragraphs)

    @property
    def text(self):
        return "\n\n".join(self.paragraphs)


GERMAN = Piece(
    title="Nordlicht kauft Anteile an Löwenbräu-Töchtern",
    outlet="Musterblatt",
    date="13. Juni 2025 Freitag 9:03 AM GMT+1",
    iso="2025-06-13",
    paragraphs=(
        "Der erfundene Konzern Nordlicht übernimmt knapp die Hälfte der Großbäckerei Sonnentau. Das teilte die Firma am Freitag in Musterstadt mit.",
        "„Wir zahlen faire Löhne“, sagte die Vorständin Ida Vorbild. Die Anteilseigner müssten noch zustimmen, hieß es weiter.",
        "Länge: Auf 40 Meter käme der neue Ofen, den der Betriebsrat für überflüssig hält.",
        "Classification und Graphic sind Wörter, die auch in einem Satz stehen dürfen. Die Börse reagierte verhalten.",
    ),
    language="de",
    author="Ida Beispiel",
    section="Wirtschaft",
)
ENGLISH = Piece(
    title="Length: how long a loaf should be",
    outlet="The Sample Courier",
    date="June 14, 2025 Saturday",
    iso="2025-06-14",
    paragraphs=(
        "The made-up baker Sundew has sold almost half of its ovens to a rival from the north, the company said on Saturday.",
        "“We were never going to run out of flour,” said Ada Example, who has kneaded dough there since 1999.",
        "Subject: bread. That was the first line of the letter which shareholders received on the same evening.",
    ),
    language="en",
    author="Ada Example",
    section="Business",
    highlight="An oven changes hands and a village worries about its rolls.",
)
BARE = Piece(
    title="Gemeinderat vertagt den Brunnen",
    outlet="Dorfbote",
    date="3. Maerz 2014",
    iso="2014-03-03",
    paragraphs=(
        "Der Gemeinderat von Unterbeispiel hat die Entscheidung über den Brunnen vertagt, weil zwei Räte krank waren.",
        "Im Herbst soll neu beraten werden, sagte der Bürgermeister nach der Sitzung.",
    ),
    language="de",
)
PIECES = (GERMAN, ENGLISH, BARE)
# What stands on covers and in properties, and must never be read.
PRIVATE = ("Petra Geheim", "petra.geheim@example.org", "Job Number 4711", "geheime AND suchworte")
