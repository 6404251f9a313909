"""Every exception that Lesart raises on purpose: one base, few leaves, all listed here."""


class LesartError(Exception):
    """What is wrong, where, and what to do about it, in one line."""


class CorpusError(LesartError):
    """A corpus, or the whole of a source, cannot be read."""


class LexiconError(LesartError):
    """A lexicon file is not a lexicon; the message names the file and the line."""


class SheetError(LesartError):
    """A sealed sheet is damaged or does not fit its text."""
