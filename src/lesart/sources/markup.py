"""Takes HTML out of texts that tables hold with it, as the databases of web sites do: a cell's paragraphs, no page."""

import re

from .html_text import text_of

# Two of these are markup; one may be an example in an article about the web.
_BLOCK = re.compile(r"</(?:p|div|li|h[1-6]|blockquote)>|<br\s*/?>", re.IGNORECASE)


def has_markup(text: str) -> bool:
    """Whether paragraphs of the text are marked up in HTML."""
    return sum(1 for _, _ in zip(range(2), _BLOCK.finditer(text), strict=False)) == 2


def strip_markup(text: str) -> str:
    """The text of HTML, paragraphs parted by blank lines, entities as the characters they stand for.

    >>> strip_markup("<p>Die L&ouml;hne <b>stei</b>gen.</p><p>Der Preis<br>auch.</p><script>x()</script>")
    'Die Löhne steigen.\\n\\nDer Preis\\nauch.'
    """
    from lxml import html

    return text_of(html.fragment_fromstring(text, create_parent="div"), between="\n\n")
