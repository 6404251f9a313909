"""The seminar: a class codes articles blind, on their own phones and computers, and then argues with one another and the lexicon.

``sheets.py`` keeps what each coder gave, ``room.py`` who gets which articles in which order, ``server.py`` serves the
pages, ``revealing.py`` tells what the codes show once the teacher opens them, ``pages.py`` puts all into words.
"""
