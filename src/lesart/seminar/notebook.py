"""The seminar in a notebook: the class's room, the practice room, and what the codes show as tables.

Nothing here shows key or lexicon before all codes of a room are in.
"""

from dataclasses import dataclass, field
from functools import partial

import pandas as pd

from ..figures.labels import check_labels, listing, name_of, number
from ..lexicon import find_lexicons, read_lexicons
from ..stance import read_model
from ..study import find_study, load_study
from .disputed import COLUMNS, list_disputed
from .pages import ask, say
from .revealing import Reading, read_key, read_with_lexicon, tell_reveal
from .room import Room, draw_articles
from .sheets import Sheets

# Columns of the tables, by their words.
_AGREEMENT = ("who", "language", "articles", "alpha")
_ARTICLES = ("article", "class", "lexicon", "key")


def find_room(n_articles: int | None = None, *, n_coders: int = 2, seed: int = 2025) -> Room:
    """The class's room of this study: its sheets are in ``seminar/codes``, where ``lesart seminar`` keeps them too.

    So many articles are drawn of those whose texts are here, press and the practice articles left out (these are shown
    with their key). With none the room is empty. ``n_coders``: so many must have coded every article before it is finished.
    """
    folder = find_study()
    articles = _list_own()
    practised = _read_practice()["article"]
    others = articles[~articles["article"].isin(practised)]
    kept = draw_articles(others, n_articles, seed=seed) if len(others) else others
    return Room(folder / "seminar", kept, Sheets(folder / "seminar" / "codes", _list_topics()), n_coders, seed)


def find_practice() -> Room | None:
    """The practice room: invented codes of four coders in ``corpus/seminar``; None where a study has none."""
    codes = _read_practice()
    articles = _list_own()
    articles = articles[articles["article"].isin(codes["article"])].sort_values("article", ignore_index=True)
    place = find_study() / "corpus" / "seminar"
    return Room(place, articles, Sheets(place, _list_topics())) if len(articles) else None


def _read_practice() -> pd.DataFrame:
    place = find_study() / "corpus" / "seminar"
    return Sheets(place, ()).read_all() if any(place.glob("*.csv")) else pd.DataFrame({"article": []}, dtype=object)


def _list_own() -> pd.DataFrame:
    articles = load_study().articles
    return articles[~articles["sealed"] & (articles["corpus"] != "press")].reset_index(drop=True)


def _list_topics() -> tuple[str, ...]:
    return tuple(next(lexicon for lexicon in read_lexicons(find_lexicons()) if lexicon.name == "topics").categories)


@dataclass(frozen=True)
class Revealed:
    """What the codes of a room show, as tables in words of ``labels``; ``notice`` says whose codes they are, or why there are none."""

    notice: str
    labels: str
    told: dict = field(default_factory=dict)
    reading: Reading | None = None

    def tabulate_agreement(self) -> pd.DataFrame:
        """Alpha among the coders and with the lexicon: a row per group and language; the interval stands in brackets."""
        rows = []
        for row in self.told.get("agreement", []):
            ends = "" if row["low"] != row["low"] else f" [{number(row['low'], self.labels, 2)}; {number(row['high'], self.labels, 2)}]"
            language = say("both", self.labels) if row["language"] == "both" else name_of("languages", row["language"], self.labels)
            rows.append((say(f"who_{row['who']}", self.labels), language, row["articles"], number(row["alpha"], self.labels, 2) + ends))
        return self._tabulate(rows, _AGREEMENT)

    def tabulate_contested(self) -> pd.DataFrame:
        """The most contested articles: a row each, who gave which stance, the lexicon's answer and the key's."""
        return self._tabulate([self._tell_row(row) for row in self.told.get("contested", [])], _ARTICLES)

    def tabulate_fooled(self) -> pd.DataFrame:
        """Where the class agrees and the lexicon differs: a row each, with the likely reason and the words that it counted."""
        rows = []
        for row in self.told.get("fooled", []):
            words = "; ".join(feature["words"] for feature in row["features"] if feature["words"])
            rows.append((*self._tell_row(row)[:3], " ".join(say(f"reason_{reason}", self.labels) for reason in row["reasons"]), words))
        return self._tabulate(rows, ("article", "class", "lexicon", "reason", "pushed"))

    def tabulate_sentences(self, *, most: int = 1) -> pd.DataFrame:
        """The sentences that pull most to either side, of the contested articles and of those where the lexicon differs."""
        rows = {row["article"]: row for row in [*self.told.get("contested", []), *self.told.get("fooled", [])]}
        tables = [list_disputed(row, self.reading, most=most) for row in rows.values()]
        table = pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=COLUMNS)
        rows = [(row.title, name_of("stances", row.towards, self.labels), row.pull, row.sentence) for row in table.itertuples()]
        return self._tabulate(rows, ("article", "towards", "pull", "sentence"))

    def list_questions(self) -> list[str]:
        """Questions to discuss that these codes raise."""
        return ask(self.told["questions"], self.labels) if self.told else []

    def _tell_row(self, row: dict) -> tuple[str, str, str, str]:
        votes = [f"{name_of('stances', stance, self.labels)} {len(names)}" for stance, names in row["votes"].items()]
        named = partial(name_of, "stances", labels=self.labels)
        return row["title"], listing(votes, self.labels), named(row["lexicon"]) or "–", named(row["key"]) or "–"

    def _tabulate(self, rows: list[tuple], columns: tuple[str, ...]) -> pd.DataFrame:
        return pd.DataFrame(rows, columns=[say(f"column_{column}", self.labels) for column in columns])


def reveal(room: Room, labels: str | None = None) -> Revealed:
    """What the codes show: the room's own once all are in, else those of the practice room, else nothing."""
    labels = check_labels(labels)
    is_in = len(room.articles) > 0 and (room.is_open or room.is_finished())
    shown = room if is_in else find_practice()
    if shown is None:
        return Revealed(say("nothing_in", labels), labels)
    corpus = find_study() / "corpus"
    lexicons = find_lexicons()
    reading = read_with_lexicon(shown.articles, read_lexicons(lexicons), read_model(lexicons / "stance_model.yaml"), corpus)
    told = tell_reveal(shown.sheets.read_all(), reading, read_key(corpus / "key.csv"))
    notice = say("own_codes" if is_in else "practice_codes", labels, n=len(told["coders"]), articles=told["n_articles"])
    return Revealed(notice, labels, told, reading)
