"""A football World Cup that never was: eight short articles and a small lexicon of topics, as a stranger's study would have them."""

from pathlib import Path

TOPICS = """\
lexicon: topics
rule: what an article on the World Cup speaks of
categories:
  sport:
    game: {en: [match*, goal*, penalt*, final], de: [Spiel, Spiele, Tor, Tore, Elfmeter*, Finale]}
    team: {en: [team*, coach*, goalkeeper*, striker*], de: [Mannschaft*, Trainer*, Torwart*, "*stürmer*"]}
  money:
    price: {en: [price*, ticket*, bonus*, "million euros"], de: [Preis*, Karte, Karten, Prämie*, "Millionen Euro"]}
    sponsors: {en: [sponsor*, "broadcasting rights"], de: [Sponsor*, Übertragungsrechte*]}
  rights:
    workers: {en: [worker*, wage*, "working conditions"], de: ["*arbeiter*", Lohn*, Löhn*, Arbeitsbedingung*]}
    protest: {en: [protest*, "human rights", ban*], de: [Protest*, Menschenrecht*, Verbot*]}
"""
# id → language, genre, headline, text.
ARTICLES = {
    "de-finale": ("de", "news report", "Nordland gewinnt das Finale im Elfmeterschießen", """\
Nordland hat am Sonntag das Finale gegen Südland im Elfmeterschießen gewonnen. Der Torwart hielt zwei Elfmeter, teilte der Verband mit.

Der Trainer sagte, seine Mannschaft habe bis zuletzt an das Tor geglaubt. Die Prämie für jeden beträgt laut Verband 400.000 Euro."""),
    "de-karten": ("de", "commentary", "Wer soll das bezahlen?", """\
Die Preise für eine Karte sind ein Hohn. Ausgerechnet das Turnier, das allen gehören soll, kostet so viel wie ein halber Monatslohn.

Der Verband schweigt. Er verkauft die Übertragungsrechte für 900 Millionen Euro, aber für die Familien bleibt kein einziger Platz. Ist das noch Sport?"""),
    "de-stadion": ("de", "feature", "Die Männer, die das Stadion bauten", """\
Drei Jahre lang haben Bauarbeiter bei 45 Grad Beton gegossen. Ihre Löhne kamen Monate zu spät, und wer fragte, verlor seinen Platz im Lager.

„Wir haben das Spiel nie gesehen“, sagt einer von ihnen. Menschenrechtler sprechen von Arbeitsbedingungen, die niemand kontrolliert hat. Der Verband wollte sich nicht äußern."""),
    "de-fest": ("de", "press release", "Ein Turnier, das begeistert", """\
Die Weltmeisterschaft setzt neue Maßstäbe. Einzigartige Arenen, großartige Spiele und eine Mannschaft aus Partnern machen das Turnier zu einem Erfolg für alle.

Gemeinsam mit unseren Sponsoren gestalten wir die Zukunft des Fußballs: nachhaltig, innovativ und für jeden erlebbar."""),
    "en-final": ("en", "news report", "Northland win the final on penalties", """\
Northland won the final against Southland on penalties on Sunday. The goalkeeper saved two of them, the federation said.

The coach said his team had believed in a late goal. Each player will receive a bonus of 400,000 euros, according to the federation."""),
    "en-tickets": ("en", "column", "A ticket to nowhere", """\
Who can still afford this? The cheapest ticket costs more than a week's wages, and the federation calls it a festival for all.

It is nothing of the kind. It is a sale of broadcasting rights with a match attached, and the fans are the ones who pay for it."""),
    "en-ban": ("en", "news report", "Federation bans armbands before the opening match", """\
The federation has banned armbands with which several teams wanted to protest for human rights, it said on Tuesday.

Two coaches said they would respect the ban. A lawyer for the workers' union reportedly called the decision a mistake; the federation did not respond to a request for comment."""),
    "en-party": ("en", "company blog", "The greatest show on earth", """\
What a tournament! World-class stadiums, breathtaking goals and unforgettable matches have united millions of fans.

Together with our sponsors we are proud to shape the future of the game, and the best is yet to come."""),
}  # fmt: skip


def write_articles(folder: Path, *names: str) -> None:
    """Write the named articles, or all, as Markdown into ``corpus/articles`` of a study."""
    for name in names or ARTICLES:
        language, genre, title, text = ARTICLES[name]
        head = f'---\ntitle: "{title}"\nlanguage: {language}\noutlet: The Example\ndate: 2026-07-20\ngenre: {genre}\n---\n\n'
        (folder / "corpus" / "articles" / f"{name}.md").write_text(f"{head}{text}\n", encoding="utf-8")


def write_topics(folder: Path) -> None:
    """Put the World Cup's topics in the place of the shipped ones."""
    (folder / "lexicons" / "topics.yaml").write_text(TOPICS, encoding="utf-8")
