"""Reads lexicons: YAML files that people edit, one concept with its German and English patterns side by side.

A lexicon is safe to load from a stranger: every scalar is text, patterns are literal (never regular expressions),
size is bounded, anchors and aliases are refused. Compiling for the hot loop is in ``compiling.py``,
what is wrong with a lexicon in use is found by ``health.py``.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd
import yaml

from .errors import LexiconError
from .files import find_shipped
from .patterns import parse_pattern
from .sentences import LANGUAGES

# A lexicon of 10,000 patterns is about 300 kB; what is far larger is no lexicon.
MAX_BYTES = 8_000_000
_MAX_DEPTH = 5  # file, categories, concepts, languages, list of patterns
NAME_COLUMNS = tuple(f"name_{language}" for language in LANGUAGES)
RULE_COLUMNS = tuple(f"rule_{language}" for language in LANGUAGES)
# Columns of a coder's sheet, or of what is said beside the codes: no topic can have their names.
SHEET_COLUMNS = ("article", "id", "coder", "language", "stance", "sure", "difficulty", "promotional", "critical", "reportorial", "margin", "reference",
                 "words", "note", "problem", "all")  # fmt: skip
_HEAD_KEYS = ("lexicon", "rule", "source", "licence", "categories")


@dataclass(frozen=True)
class Lexicon:
    """A named lexicon.

    ``patterns``: a row is a pattern in one language, in the order of the file; columns ``category``, ``concept``,
    ``language``, ``pattern`` (as spelled in the file), ``line``.
    ``concepts``: a row is a concept; columns ``category``, ``concept``, ``rule_de``, ``rule_en`` (its rule of inclusion, may
    be empty; the same in both where the file gives one text: see ``rule_of``), ``name_de``, ``name_en`` (how people are shown it; empty where the file gives none: see ``name_concept``).
    ``head``: the file's ``rule``, ``source`` and ``licence``.
    """

    name: str
    patterns: pd.DataFrame
    concepts: pd.DataFrame
    head: dict[str, str]

    @property
    def categories(self) -> list[str]:
        """The categories in the order of the file."""
        return list(dict.fromkeys(self.concepts["category"]))

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 (hex) of all that decides hits: name, categories, concepts, languages and patterns, in order."""
        columns = [self.patterns[name].tolist() for name in ("category", "concept", "language", "pattern")]
        lines = [self.name, *map("\t".join, zip(*columns, strict=True))]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    def without(self, **column: str) -> "Lexicon":
        """A copy without the patterns whose column has that value, as ``lexicon.without(concept="pay")``."""
        ((name, value),) = column.items()
        kept = self.patterns[self.patterns[name] != value].reset_index(drop=True)
        concepts = self.concepts
        if name in concepts:
            concepts = concepts[concepts[name] != value].reset_index(drop=True)
        return Lexicon(self.name, kept, concepts, self.head)

    def name_concept(self, category: str, concept: str, labels: str = "en") -> str:
        """How a concept is shown to people who read ``labels`` (de, en): its name there, else as it is called, _ as space.

        >>> sport = parse_lexicon("{lexicon: sport, categories: {money: {prize_money: {name: {de: Preisgeld}, en: [prize]}}}}")
        >>> sport.name_concept("money", "prize_money", "de"), sport.name_concept("money", "prize_money", "en")
        ('Preisgeld', 'prize money')
        """
        return self._names.get((category, concept), {}).get(labels) or concept.replace("_", " ")

    def rule_of(self, category: str, concept: str, labels: str = "en") -> str:
        """The rule of a concept for people who read ``labels`` (de, en): what belongs to it; empty where none is told.

        >>> sport = parse_lexicon("{lexicon: sport, categories: {money: {prize: {rule: {en: sums won, de: gewonnene Summen}, en: [prize]}}}}")
        >>> sport.rule_of("money", "prize", "de"), sport.rule_of("money", "prize"), sport.rule_of("money", "wage")
        ('gewonnene Summen', 'sums won', '')
        """
        return self._rules.get((category, concept), {}).get(labels, "")

    @cached_property
    def _names(self) -> dict[tuple[str, str], dict[str, str]]:
        return self._by_language(NAME_COLUMNS)

    @cached_property
    def _rules(self) -> dict[tuple[str, str], dict[str, str]]:
        return self._by_language(RULE_COLUMNS)

    def _by_language(self, columns: tuple[str, ...]) -> dict[tuple[str, str], dict[str, str]]:
        rows = self.concepts[["category", "concept", *columns]].itertuples(index=False, name=None)
        return {(category, concept): dict(zip(LANGUAGES, texts, strict=True)) for category, concept, *texts in rows}


def read_lexicon(path: str | Path) -> Lexicon:
    """The lexicon in a YAML file; errors as in ``parse_lexicon``, and for a file that is not there or over 8 MB."""
    path = Path(path)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise LexiconError(f"{path.name}: larger than {MAX_BYTES:,} bytes; no lexicon is; split it or check the file")
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as fault:
        raise LexiconError(f"{path}: cannot be read ({fault.strerror}); check the path") from None
    except UnicodeDecodeError as fault:
        line = fault.object.count(b"\n", 0, fault.start) + 1
        raise LexiconError(f"{path.name}:{line}: not UTF-8 at byte {fault.start}; save the file as UTF-8") from None
    return parse_lexicon(text, path.name)


def parse_lexicon(text: str, file: str = "lexicon") -> Lexicon:
    """The lexicon that a YAML text describes.

    Raises LexiconError, naming file and line, for what is not a lexicon: broken YAML, a key twice, an unknown key or
    language, an alias, a pattern in an unknown form. A concept without one language is allowed here and reported by
    ``check_lexicon``, so that a lexicon can grow.

    >>> sport = parse_lexicon('''
    ... lexicon: sport
    ... categories:
    ...   money:
    ...     wage: {rule: what players are paid, en: [wage*, no], de: [Gehalt, Gehälter*]}
    ... ''')
    >>> sport.patterns[["concept", "language", "pattern", "line"]].values.tolist()
    [['wage', 'en', 'wage*', 5], ['wage', 'en', 'no', 5], ['wage', 'de', 'Gehalt', 5], ['wage', 'de', 'Gehälter*', 5]]
    """
    head, categories = _read_head(_compose(text, file), file)
    concepts, patterns = [], []
    for category, concept, body in _walk_concepts(categories, file):
        rules, names, entries = _read_concept(body, file)
        concepts.append((category, concept, *rules, *names))
        patterns += [(category, concept, *entry) for entry in entries]
    return Lexicon(
        name=head.pop("lexicon"),
        patterns=pd.DataFrame(patterns, columns=["category", "concept", "language", "pattern", "line"]),
        concepts=pd.DataFrame(concepts, columns=["category", "concept", *RULE_COLUMNS, *NAME_COLUMNS]),
        head=head,
    )


def _compose(text: str, file: str) -> yaml.Node:
    """The YAML as a tree of nodes: nothing is constructed, so every scalar is text (no, on, null, 1.5, dates)."""
    loader = yaml.CBaseLoader if hasattr(yaml, "CBaseLoader") else yaml.BaseLoader
    try:
        _refuse_danger(yaml.parse(text, Loader=loader), file)
        return yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as fault:
        line = fault.problem_mark.line + 1 if fault.problem_mark else 0
        begun = fault.context_mark.line + 1 if fault.context_mark else line
        opened = f" to what began in line {begun}" if begun < line else ""
        raise LexiconError(
            f"{file}:{line}: {fault.problem or 'broken YAML'}{opened}; check indents and brackets, and put a pattern that "
            "begins with a sign, such as *stem, in quotes"
        ) from None
    except yaml.reader.ReaderError as fault:
        line = text.count("\n", 0, fault.position) + 1
        raise LexiconError(f"{file}:{line}: the character U+{fault.character:04X} is not allowed in YAML; delete it") from None


def _refuse_danger(events: Iterator[yaml.Event], file: str) -> None:
    """Aliases can blow a small file up without end, deep nesting can exhaust the stack: both are refused unread."""
    depth = 0
    for event in events:
        if getattr(event, "anchor", None) is not None:
            raise LexiconError(
                f"{_place(file, event)}: anchors (&) and aliases (*) are not allowed; put a pattern such as *stem in quotes"
            )
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _MAX_DEPTH:
            raise LexiconError(f"{_place(file, event)}: nested too deeply; a lexicon has five levels (a pattern such as ? stands in quotes)")


def _read_head(root: yaml.Node | None, file: str) -> tuple[dict[str, str], yaml.Node]:
    """The head's texts (lexicon, rule, source, licence) and the node of the categories."""
    if not isinstance(root, yaml.MappingNode):
        raise LexiconError(f"{file}: not a lexicon: the keys 'lexicon' and 'categories' must stand at the top")
    keys = {key: node for key, node in _items(root, "the top", file)}
    missing = [key for key in ("lexicon", "categories") if key not in keys]
    if missing:
        raise LexiconError(f"{file}: the key {missing[0]!r} is missing at the top; a lexicon has 'lexicon' and 'categories'")
    for key, node in keys.items():
        if key not in _HEAD_KEYS:
            raise LexiconError(f"{_place(file, node)}: unknown key {key!r}; known are {', '.join(_HEAD_KEYS)}")
    texts = {key: _text(keys[key], file) if key in keys else "" for key in _HEAD_KEYS if key != "categories"}
    if not texts["lexicon"]:
        raise LexiconError(f"{_place(file, keys['lexicon'])}: the lexicon has no name; write it after 'lexicon:'")
    return texts, keys["categories"]


def _walk_concepts(categories: yaml.Node, file: str) -> Iterator[tuple[str, str, yaml.Node]]:
    for category, concepts in _items(categories, "'categories'", file):
        for concept, body in _items(concepts, f"category {category!r}", file):
            yield category, concept, body


def _read_concept(body: yaml.Node, file: str) -> tuple[list[str], list[str], list[tuple[str, str, int]]]:
    """The rules of a concept and its names, both in the order of ``LANGUAGES``, and its patterns (language, pattern, line)."""
    rules, names, entries = dict.fromkeys(LANGUAGES, ""), dict.fromkeys(LANGUAGES, ""), []
    for key, node in _items(body, "a concept", file):
        if key == "rule":
            rules |= _read_rules(node, file)
        elif key == "name":
            names |= _read_by_language(node, "name", file)
        elif key not in LANGUAGES:
            raise LexiconError(f"{_place(file, node)}: unknown key {key!r} in a concept; allowed are name, rule, {', '.join(LANGUAGES)}")
        elif not isinstance(node, yaml.SequenceNode):
            raise LexiconError(f"{_place(file, node)}: {key!r} must hold a list of patterns, as {key}: [wage*, \"two words\"]")
        else:
            entries += [(key, _read_pattern(entry, file), entry.start_mark.line + 1) for entry in node.value]
    return list(rules.values()), list(names.values()), entries


def _read_rules(node: yaml.Node, file: str) -> dict[str, str]:
    """The rule of a concept by language; one text is the rule for everyone."""
    if isinstance(node, yaml.MappingNode):
        return _read_by_language(node, "rule", file)
    return dict.fromkeys(LANGUAGES, _text(node, file))


def _read_by_language(node: yaml.Node, what: str, file: str) -> dict[str, str]:
    """What is told in each language."""
    told = {}
    for language, text in _items(node, f"{what!r}", file):
        if language not in LANGUAGES:
            raise LexiconError(f"{_place(file, text)}: unknown language {language!r} in a {what}; allowed are {', '.join(LANGUAGES)}")
        told[language] = _text(text, file)
    return told


def _read_pattern(node: yaml.Node, file: str) -> str:
    text = _text(node, file)
    try:
        parse_pattern(text)
    except LexiconError as fault:
        raise LexiconError(f"{_place(file, node)}: {fault}") from None
    return text


def _items(node: yaml.Node, what: str, file: str) -> Iterator[tuple[str, yaml.Node]]:
    """The keys and values of a mapping; a key that stands twice is an error."""
    if not isinstance(node, yaml.MappingNode):
        raise LexiconError(f"{_place(file, node)}: {what} must hold names with a colon, each on its own line")
    seen = set()
    for key_node, value in node.value:
        key = _text(key_node, file)
        if not key:
            raise LexiconError(f"{_place(file, key_node)}: a name is empty in {what}; write it before the colon")
        if key in seen:
            raise LexiconError(f"{_place(file, key_node)}: the key {key!r} stands twice in {what}; join the two")
        seen.add(key)
        yield key, value


def _text(node: yaml.Node, file: str) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise LexiconError(f"{_place(file, node)}: one text was expected here; put it in quotes")
    return " ".join(node.value.split())


def _place(file: str, mark: object) -> str:
    return f"{file}:{mark.start_mark.line + 1}"


def find_lexicons() -> Path:
    """The folder of lexicons in use: ``lexicons/`` here or in a folder above, else the one shipped with the package.

    Raises LexiconError where none is found.
    """
    here = Path.cwd()
    for folder in (*(place / "lexicons" for place in (here, *here.parents[:3])), find_shipped("lexicons")):
        if folder and (folder / "stance.yaml").is_file() and (folder / "topics.yaml").is_file():
            return folder
    raise LexiconError("no folder 'lexicons' with stance.yaml and topics.yaml here or above; run inside a study folder")


def read_lexicons(folder: str | Path | None = None) -> list[Lexicon]:
    """The two lexicons of a study, stance and topics, from a folder (by default the one ``find_lexicons`` finds).

    Raises LexiconError as ``read_lexicon`` does, for a lexicon that is not called as its file or has no concept, and for a
    topic called as a column of a coder's sheet.
    """
    folder = Path(folder) if folder else find_lexicons()
    both = []
    for name in ("stance", "topics"):
        both.append(read_lexicon(folder / f"{name}.yaml"))
        if both[-1].name != name:
            raise LexiconError(f"{folder / name}.yaml: is called {both[-1].name!r}; write 'lexicon: {name}' at its top")
        if not both[-1].categories:
            raise LexiconError(f"{folder / name}.yaml: has no concept; write one with its patterns under 'categories'")
    for topic in both[-1].categories:
        if topic in SHEET_COLUMNS:
            raise LexiconError(f"{folder / 'topics'}.yaml: a topic is called {topic!r}, as a column of coders' sheets; give it another name")
    return both
