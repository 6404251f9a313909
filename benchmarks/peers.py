"""The peers that the tagger is measured against: each takes patterns of one language and gives a function that tags a text list.

All get the same literal patterns (words and phrases, no wildcards) in lower case and give what they can; ``MISSES`` says what
they cannot. None is needed to use or test Lesart: ``pip install lesart[bench]``.
"""

import re
from collections.abc import Callable

Tagger = Callable[[list[str]], object]

MISSES = {
    "re alternation": "no overlaps between categories, no sentences, parts, voice, negation, gaps; slower with each pattern",
    "token set": "single words only: no phrases; no positions kept, no sentences, parts, voice, negation",
    "flashtext": "no wildcards or gaps, no overlaps, no sentences, parts, voice, negation",
    "pyahocorasick": "borders checked in Python; no white space but a blank in phrases, no sentences, parts, voice, negation",
    "spaCy PhraseMatcher": "token places; no wildcards inside tokens, no sentences (blank pipeline), parts, voice, negation",
    "CountVectorizer": "counts only: no positions, so nothing that needs them (sentences, parts, voice, negation, close reading)",
}


def use_re(patterns: list[str], language: str) -> Tagger:
    ordered = sorted(patterns, key=len, reverse=True)
    found = re.compile(r"\b(?:" + "|".join(re.escape(pattern).replace(r"\ ", r"\s+") for pattern in ordered) + r")\b", re.IGNORECASE)
    return lambda texts: [[match.span() for match in found.finditer(text)] for text in texts]


def use_set(patterns: list[str], language: str) -> Tagger:
    words, token = frozenset(pattern for pattern in patterns if " " not in pattern), re.compile(r"\w+")
    return lambda texts: [[word for word in token.findall(text.lower()) if word in words] for text in texts]


def use_flashtext(patterns: list[str], language: str) -> Tagger:
    from flashtext import KeywordProcessor

    processor = KeywordProcessor()
    processor.add_keywords_from_list(patterns)
    return lambda texts: [processor.extract_keywords(text, span_info=True) for text in texts]


def use_pyahocorasick(patterns: list[str], language: str) -> Tagger:
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for pattern in patterns:
        automaton.add_word(pattern, len(pattern))
    automaton.make_automaton()

    def tag(texts: list[str]) -> list[list[tuple[int, int]]]:
        return [_whole_words(f" {text.lower()} ", automaton) for text in texts]

    return tag


def _whole_words(text: str, automaton: object) -> list[tuple[int, int]]:
    found = ((last - length + 1, last + 1) for last, length in automaton.iter(text))
    return [(a - 1, b - 1) for a, b in found if not text[a - 1].isalnum() and not text[b].isalnum()]


def use_spacy(patterns: list[str], language: str) -> Tagger:
    import spacy
    from spacy.matcher import PhraseMatcher

    nlp = spacy.blank(language)
    nlp.max_length = 10**9
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    matcher.add("pattern", list(nlp.tokenizer.pipe(patterns)))
    return lambda texts: [matcher(doc) for doc in nlp.pipe(texts)]


def use_vectorizer(patterns: list[str], language: str) -> Tagger:
    from sklearn.feature_extraction.text import CountVectorizer

    longest = max(pattern.count(" ") + 1 for pattern in patterns)
    vectorizer = CountVectorizer(vocabulary=patterns, ngram_range=(1, longest), token_pattern=r"\w+")
    return vectorizer.transform


PEERS: dict[str, Callable[[list[str], str], Tagger]] = {
    "re alternation": use_re,
    "token set": use_set,
    "flashtext": use_flashtext,
    "pyahocorasick": use_pyahocorasick,
    "spaCy PhraseMatcher": use_spacy,
    "CountVectorizer": use_vectorizer,
}
