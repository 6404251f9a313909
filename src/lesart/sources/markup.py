"""Takes HTML out of texts that tables hold with it, as the databases of web sites do: a cell's paragraphs, no page."""

import re

# Two of these are markup; one may be an example in an article about the web.
_BLOCK = re.compile(r"</(?:p|div|li|h[1-6]|blockquote)>|<br\s*/?>", re.IGNORECASE)
_PARTING = ("p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "figure", "figcaption", "ul", "ol", "table", "tr")
_NO_TEXT = ("script", "style", "noscript", "template", "iframe", "svg")


def has_markup(text: str) -> bool:
    """Whether paragraphs of the text are marked up in HTML."""
    return sum(1 for _, _ in zip(range(2), _BLOCK.finditer(text), strict=False)) == 2


def strip_markup(text: str) -> str:
    """The text of HTML, paragraphs parted by blank lines, entities as the characters they stand for.

    >>> strip_markup("<p>Die L&ouml;hne <b>stei</b>gen.</p><p>Der Preis<br>auch.</p><script>x()</script>")
    'Die Löhne steigen.\\n\\nDer Preis\\nauch.'
    """
    from lxml import html

    tree = html.fragment_fromstring(text, create_parent="div")
    for element in list(tree.iter(*_NO_TEXT)):
        element.drop_tree()
    for element in tree.iter("br", *_PARTING):
        mark = "\n" if element.tag == "br" else "\n\n"
        element.tail = mark + (element.tail or "")
        element.text = (mark + (element.text or "")) if element.tag != "br" else element.text
    lines = (" ".join(line.split()) for line in tree.text_content().split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
