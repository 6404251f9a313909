"""Takes out of a text what its page left there beside the article, and says what it took and by which rule.

The raw text is never changed: the cleaned text is computed. The rules are data (``data/cleaning.yaml``), both languages
side by side; here is only what goes by where a line stands: headline, lists of links, walls. A line that no rule knows
stays, and so does a line that opens or closes a quotation without holding the whole of it.

What it gets wrong: above the text of an untitled file, a kicker is taken for the headline unless the headline stands
there twice; a section head that another follows at once, where all others stand alone, is taken for a link; of a list
of links within the text only the line above it goes; a notice that runs over several lines stays.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import takewhile

from .cleaning_rules import LONG_LINE, Rule, cleaning_data, compile_patterns, read_rules
from .walls import is_wall

# Headlines and section heads are shorter (the longest of the teaching corpus has 82 characters), kickers much shorter;
# more such lines than this at the top of a text are a list and no headline.
LONGEST_HEAD, LONGEST_KICKER, MOST_HEADS = 130, 60, 4
# What has this many words and ends as a sentence does is article: labels, signs and credits have fewer. So is what is
# longer than LONG_LINE, however it ends.
PROSE_WORDS = 8
# Mail breaks its lines at 65 to 80 characters, page exports at up to 100. The share is the least of the line ends after
# which a small letter must follow: German nouns have capitals.
WRAP_SHORTEST, WRAP_LONGEST, WRAP_SHARE = 55, 100, 0.25
# So many section heads must stand alone before one that does not is taken for a link; so deep may tags hold tags.
STRAY_HEADS, NESTED_TAGS = 2, 3

_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"[.…!?][\"'“”’»«)\]]*$")
_NO_HEAD_END = re.compile(r"[.:;,…][\"'“”’»«)\]]*$")
_ORNAMENT = re.compile(r"^(?:[►▶➤➔→]\s*|[|•·*»>›–-]\s+)+|(?:\s*[|→]|\s+[»›>:])+$")
_OPENS, _CLOSES = frozenset("►▶➤➔→|•·*»>›–-"), frozenset("|→»›>:")  # the signs with which an ornament begins and ends


@dataclass(frozen=True)
class Taken:
    """A line, or a part of one, that was taken out; ``line`` is its number in the raw text, from 1."""

    line: int
    rule: str
    text: str


@dataclass(frozen=True)
class Cleaned:
    """Paragraphs parted by one blank line, the headline in ``title`` only; ``truncated``: the page says it stops early."""

    text: str
    title: str
    truncated: bool
    taken: tuple[Taken, ...]


@dataclass
class _Block:
    """A paragraph to be: its raw lines, its text, the rules that fit it and the name of the one that takes it."""

    lines: list[tuple[int, str]]
    text: str
    fits: tuple[Rule, ...] = ()
    rule: str = ""

    @property
    def is_prose(self) -> bool:
        if self.fits or len(self.text) > LONG_LINE:
            return not self.fits
        return _reads_as_prose(self.text)

    @property
    def is_head(self) -> bool:
        first = self.text.lstrip("\"'„“‚‘»«(")[:1]
        short = len(self.text) <= LONGEST_HEAD and (first.isupper() or first.isdigit())
        return short and not self.is_prose and not _NO_HEAD_END.search(self.text)

    def list_lines(self) -> list[Taken]:
        """The raw lines; of a single line, what its inline tags have left."""
        lines = self.lines if len(self.lines) > 1 else [(self.lines[0][0], self.text)]
        return [Taken(number, self.rule, line) for number, line in lines]


@lru_cache(maxsize=256)  # asked of each paragraph at every step
def _reads_as_prose(text: str) -> bool:
    return bool(_SENTENCE_END.search(text[-10:])) and len(text.split(maxsplit=PROSE_WORDS)) >= PROSE_WORDS


def clean_text(text: str, title: str = "", *, outlet: str = "") -> Cleaned:
    """The article in a raw text (NFC, LF line ends), without its page's leftovers, each of which is listed.

    ``title`` is the headline, if known: where it stands in the text, it is taken out. If it is empty, the headline at the
    top of the text, or in a republisher's footer, becomes the title; if there is none, it stays empty. ``outlet``, the
    outlet's name, is taken where it stands alone at the start or end. The text of a page that is only a consent wall
    is "". Cleaning the result once more, with its title, takes nothing more.

    >>> raw = "Klick für Klick\\nVon Ida Beispiel\\nDie Firma zahlt jedes Bild einzeln, nicht nach Stunden.\\nLesen Sie auch: Der Preis"
    >>> cleaned = clean_text(raw)
    >>> cleaned.title, cleaned.text
    ('Klick für Klick', 'Die Firma zahlt jedes Bild einzeln, nicht nach Stunden.')
    >>> [(taken.line, taken.rule) for taken in cleaned.taken]
    [(1, 'headline'), (2, 'author'), (4, 'link')]
    >>> clean_text("The firm pays by the piece.\\nSubscribe to continue reading.").truncated
    True
    """
    every = _join_lines(text)
    signs = [sign for sign in _inline_signs() if sign in text]  # most texts have none
    pieces = [piece for block in every for piece in _strip_inline(block, signs)] if signs else []
    blocks = [block for block in every if block.text]
    found = _fit_blocks(blocks, title.strip(), outlet)
    for take in (_take_by_pattern, _take_link_list, _take_stray_link):
        take(blocks)
    left = [block for block in blocks if not block.rule]
    if any(is_wall([block.text for block in some]) for some in ((blocks, left) if len(left) < len(blocks) else (blocks,))):
        walled = (Taken(number, "consent_page", line) for block in every for number, line in block.lines)
        return Cleaned("", title.strip(), False, tuple(walled))
    pieces += [piece for block in blocks if block.rule for piece in block.list_lines()]
    cut = not {piece.rule for piece in pieces}.isdisjoint(rule.name for rule in read_rules() if rule.cut)
    return Cleaned("\n\n".join(block.text for block in left), found, cut, tuple(sorted(pieces, key=lambda piece: piece.line)))


def _join_lines(text: str) -> list[_Block]:
    """The paragraphs: each line is one, but the lines of a hard-wrapped text are joined."""
    lines = [line.strip() for line in text.split("\n")]
    # Hard-wrapped is what breaks enough of its lines, at such a length, where a sentence goes on.
    pairs = [(line, following) for line, following in zip(lines, lines[1:], strict=False) if line and following]
    broken = [WRAP_SHORTEST <= len(a) <= WRAP_LONGEST and b[0].islower() and not _SENTENCE_END.search(a) for a, b in pairs]
    wrapped = any(broken) and sum(broken) >= WRAP_SHARE * len(pairs)
    blocks: list[_Block] = []
    goes_on = False
    for number, line in enumerate(lines, 1):
        leftover = wrapped and any(rule.where == "anywhere" for rule in _fit_rules(line))
        if line and goes_on and not leftover:
            blocks[-1].lines.append((number, line))
            blocks[-1].text += f" {line}"
        elif line:
            blocks.append(_Block([(number, line)], line))
        goes_on = wrapped and bool(line) and not leftover
        if goes_on and len(line) < WRAP_SHORTEST:
            # A short line ends a paragraph when it ends a sentence, or when there is no other: a section head.
            goes_on = not _SENTENCE_END.search(line) and not (len(blocks[-1].lines) == 1 and blocks[-1].is_head)
    return blocks


def _strip_inline(block: _Block, signs: list[str]) -> Iterator[Taken]:
    """What the inline rules take out of the block; its text is what remains. ``signs``: those of the rules that are in the page."""
    if not any(sign in block.text for sign in signs):
        return
    for _ in range(NESTED_TAGS):
        before = block.text
        for rule in (rule for rule in read_rules() if rule.where == "inline"):
            yield from _strip_rule(block, rule)
        if block.text == before:
            return


def _strip_rule(block: _Block, rule: Rule) -> Iterator[Taken]:
    """What one inline rule takes out of the block."""
    parts, place = [], 0
    for match in rule.pattern.finditer(block.text) if any(sign in block.text for sign in rule.signs) else ():
        piece = match[0].strip()
        yield Taken(next((number for number, line in block.lines if piece in line), block.lines[0][0]), rule.name, piece)
        parts.append(block.text[place : match.start()].strip())
        place = match.end()
    if parts:
        block.text = " ".join((*parts, block.text[place:].strip())).strip()


@cache
def _inline_signs() -> tuple[str, ...]:
    return tuple(sign for rule in read_rules() if rule.where == "inline" for sign in rule.signs)


def _fit_blocks(blocks: list[_Block], title: str, outlet: str) -> str:
    """The title, given or found, when each block has been given the rules that it fits."""
    for block in blocks:
        block.fits = _fit_rules(block.text, outlet)
    footers = (rule.pattern.fullmatch(block.text) for block in blocks for rule in block.fits if rule.name == "republisher")
    named = (name for footer in footers if footer for name in footer.groupdict().values() if name)
    title = title or _find_headline(blocks) or next(named, "")
    for block in blocks:
        block.fits = _fit_title(block.text, title) + block.fits
    return title


def _fit_rules(text: str, outlet: str = "") -> tuple[Rule, ...]:
    """The rules that the whole line fits, wherever it stands."""
    if len(text) > LONG_LINE or sum(map(text.count, "„“”\"")) % 2:
        return ()
    plain = " ".join(text.replace("’", "'").split())
    key = (_ORNAMENT.sub("", plain) or plain) if plain and (plain[0] in _OPENS or plain[-1] in _CLOSES) else plain
    fits = [rule for rule in read_rules() if len(text) <= rule.longest and rule.where != "inline" and rule.pattern.fullmatch(key)]
    if outlet and _fold(key) == _fold(outlet):
        fits.append(Rule("outlet", where="edge"))
    return tuple(fits)


def _fit_title(text: str, title: str) -> tuple[Rule, ...]:
    """The rule "headline" for a line that is the title; near the top also a part of it, or it with one word changed."""
    if len(text) > len(title) + 2 * LONGEST_HEAD and " | " not in text:
        return ()  # a paragraph: far more letters than the same words, or one word more, can have
    words, wanted = _fold(text[: 3 * LONGEST_HEAD]), _fold(title)
    if not words or not wanted:
        return ()
    if words == wanted and len(words) > 2:
        return (Rule("headline"),)
    # What is cheap is asked first: most lines are paragraphs, with far more words than the title.
    varied = len(words) > 4 and abs(len(words) - len(wanted)) < 2 and max(_count_beyond(words, wanted), _count_beyond(wanted, words)) == 1
    part = 2 < len(words) <= len(wanted) and any(words == _fold(piece) for piece in re.split(r"\s[|–—-]\s|:\s", title))
    head = text.split(" | ")[0]
    before_bar = (head != text or len(words) <= len(wanted)) and _fold(head) == wanted
    return (Rule("headline", where="opening"),) if words == wanted or varied or part or before_bar else ()


def _count_beyond(words: tuple[str, ...], others: tuple[str, ...]) -> int:
    """How many of the words are not among the others, each counted as often as it stands there."""
    return (Counter(words) - Counter(others)).total()


@lru_cache(maxsize=64)  # a title is compared with each line
def _fold(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold()))


def _find_headline(blocks: list[_Block]) -> str:
    """The headline: of the short lines at the top one that comes again above the second paragraph, or the first."""
    plain = [block for block in blocks if not block.fits]
    top = list(takewhile(lambda block: block.is_head, plain))
    prose = [i for i, block in enumerate(plain) if block.is_prose]
    if not prose or not 0 < len(top) <= MOST_HEADS:
        return ""
    opening = plain[: prose[:2][-1]]
    again = (head.text for head in top if any(block is not head and _fit_title(block.text, head.text) for block in opening))
    greeting = compile_patterns(*(phrase for side in cleaning_data()["greetings"].values() for phrase in side))
    first = top[0].text if len(top[0].text.split()) > 2 and not greeting.fullmatch(top[0].text) else ""
    return next(again, first)


def _take_by_pattern(blocks: list[_Block]) -> None:
    """Takes the lines that fit a rule and stand where it looks, and one or two short lines above a headline."""
    prose = [i for i, block in enumerate(blocks) if block.is_prose] or [len(blocks)]
    first, second, last = prose[0], prose[:2][-1], prose[-1]
    for i, block in enumerate(blocks):
        places = {"anywhere": True, "top": i < first, "opening": i < second, "edge": i < second or i > last}
        block.rule = next((rule.name for rule in block.fits if places[rule.where]), "")
    above = [block for block in takewhile(lambda block: block.rule != "headline", blocks) if not block.rule]
    if len(above) < 3 and all(block.is_head and len(block.text) <= LONGEST_KICKER for block in above):
        for block in above if any(block.rule == "headline" for block in blocks) else ():
            block.rule = "kicker"


def _take_link_list(blocks: list[_Block]) -> None:
    """Takes the headlines that follow a bare "Mehr zum Thema", and the names that follow "Pressekontakt", below the last paragraph."""
    last = max((i for i, block in enumerate(blocks) if block.is_prose), default=len(blocks))
    listing = False
    for block in blocks[last + 1 :]:
        if block.rule in ("link", "contact"):
            listing = block.rule == "contact" or not re.search(r"[:>–—-] \w", block.text)
        elif not block.rule:
            listing = listing and _Block([], _ORNAMENT.sub("", block.text)).is_head
            block.rule = "link_list" if listing else ""


def _take_stray_link(blocks: list[_Block]) -> None:
    """Takes the first of two heads in a row, if no other two are and enough others stand alone between paragraphs."""
    left = [block for block in blocks if not block.rule]
    kinds = "".join("b" if block.is_prose else "h" if block.is_head and block.text[-1] not in "?!" else "o" for block in left)
    pair = re.search(r"(?<=b)hh(?=b)", kinds)
    if pair and kinds.count("hh") == 1 and len(re.findall("(?<=b)h(?=b)", kinds)) >= STRAY_HEADS:
        left[pair.start()].rule = "stray_link"
