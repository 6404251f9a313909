"""What the readers of all formats hand over."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Found:
    """What stands at one place of a source: an article as it came, or the reason why there is none.

    ``place`` says where in the source ("article 3", "row 12", "news/page.html"; "" for the whole of it). ``record`` has
    the article's columns: ``text`` (raw: cleaning is computed later), and what the source says of ``title``, ``outlet``,
    ``date`` (ISO 8601 where it could be read, else as it stood), ``author``, ``section``, ``url``, ``language``,
    ``words_stated``, ``source_id`` (the database's own id), and any other column it brings. ``problem`` is empty for an
    article.
    """

    place: str
    record: Mapping[str, object] = field(default_factory=dict)
    problem: str = ""
