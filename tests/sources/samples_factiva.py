"""Small files as Factiva writes them, made by hand: HTML in the display format and with codes, RTF of both."""

from html import escape

from pieces_press import ENGLISH, GERMAN
from samples_nexis import rtf

DATES = {"de": "13 Juni 2025", "en": "14 June 2025"}
WORDS = {"de": "Wörter", "en": "words"}
SPOKEN = {"de": "Deutsch", "en": "Englisch"}
CLOSING = {"de": "Dokument", "en": "Document"}
SUMMARY = "<table><tr><td>Zusammenfassung der Suche</td></tr><tr><td>Text</td><td>geheime AND suchworte</td></tr><tr><td>Gefundene Ergebnisse</td><td>1,771</td></tr></table>"


def accession(number):
    return f"MUSTB0002025061{number % 10}ed6d{number:05d}"


def n_counted(piece):
    """Factiva counts the headline too."""
    return piece.n_words + len(piece.title.split())


def facts(piece):
    """The lines below the headline."""
    return [f"{n_counted(piece)} {WORDS[piece.language]}", DATES[piece.language], "09:03", piece.outlet, "MUSTB", "Wochenende", "4", SPOKEN[piece.language], f"Copyright 2025 {piece.outlet}"]


def factiva_html(pieces=(GERMAN, ENGLISH), *, classless=False, publisher=True, outer=True, counted=True, charset="utf-8", hit="Konzern"):
    """The display format; ``classless``: the body's paragraphs have no class; ``outer`` False: as saved in 2014."""
    page = '<html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"></head><body>\n'
    for number, piece in enumerate(pieces, 1):
        last, code = number == len(pieces), piece.language
        inner_id = ' id="lastArticle"' if last else ""
        page += f'<div id="article-{accession(number)}" class="{"lastarticle" if last else "article"}">' if outer else ""
        page += f'<div{inner_id} class="article {code}Article">'
        page += f"<div>{piece.section}</div>" if piece.section else ""
        number_text = f"{number}) " if counted else ""
        page += f'<div id="hd"><span class="{code}Headline{" counted" if counted else ""}">{number_text}{escape(piece.title)}</span></div>'
        page += f'<div class="author">Von {piece.author}</div>' if piece.author else ""
        page += "".join(f"<div>{escape(line)}</div>" for line in facts(piece))
        for n, paragraph in enumerate(piece.paragraphs):
            mark = "" if classless or n == 1 else f' class="articleParagraph {code}articleParagraph"'
            page += f"<p{mark}>{escape(paragraph, quote=False).replace(hit, f'<b>{hit[:3]}</b>{hit[3:]}')}</p>"
        page += "<p>Muster Verlag GmbH</p>" if publisher else ""
        page += f"<p>{CLOSING[code]} {accession(number)}</p></div>" + ("</div>" if outer else "") + "\n"
    return (page + SUMMARY + "</body></html>").encode(charset)


def coded(piece, number):
    """Code and value paragraphs of an article with indexing."""
    lead, rest = piece.paragraphs[:2], piece.paragraphs[2:]
    rows = [("SE", [piece.section]), ("HD", [piece.title]), ("BY", [f"By {piece.author}"]), ("WC", [f"{n_counted(piece)} {WORDS[piece.language]}"])]
    rows += [("PD", [DATES[piece.language]]), ("ET", ["09:03"]), ("SN", [piece.outlet]), ("SC", ["MUSTB"]), ("PG", ["4"]), ("LA", [SPOKEN[piece.language]])]
    rows += [("CY", [f"Copyright 2025 {piece.outlet}"]), ("LP", lead)] + ([("TD", rest)] if rest else [])
    return [*rows, ("ART", ["Foto: Ein Brot"]), ("XYZ", ["neu | unbekannt"]), ("NS", ["cbak : Bakeries | cacq : Mergers"]), ("AN", [f"Document {accession(number)}"])]


def factiva_html_codes(pieces=(GERMAN, ENGLISH)):
    """The format with codes: a table in each inner division."""
    page = "<html><body>"
    for number, piece in enumerate(pieces, 1):
        page += f'<div id="article-{accession(number)}" class="article"><div class="article {piece.language}Article"><table>'
        for code, values in coded(piece, number):
            cell = "".join(f'<p class="articleParagraph">{escape(value)}</p>' for value in values) if code in ("LP", "TD") else escape(values[0])
            page += f'<tr><td class="index" align="right"><b>{code}</b>&nbsp;</td><td>{cell}</td></tr>'
        page += "</table></div></div>"
    return (page + SUMMARY + "</body></html>").encode()


def factiva_rtf(pieces=(GERMAN, ENGLISH), *, codes=True):
    """RTF with a list of headlines, then an article per page."""
    lines = ["Factiva RTF Display Format", *(piece.title for piece in pieces)]
    for number, piece in enumerate(pieces, 1):
        lines.append("\f")
        if codes:
            for code, values in coded(piece, number)[:-1]:
                lines += [code, *values]
            lines.append("AN")
        else:
            lines += [piece.section, piece.title, piece.author, *facts(piece), *piece.paragraphs, "Muster Verlag GmbH"]
        lines += [f"{CLOSING[piece.language]} {accession(number)}", ""]
    return rtf([*lines, "\f", "Search Summary", "Text geheime AND suchworte"])


ALL = {"Factiva.html": factiva_html, "Factiva-codes.html": factiva_html_codes, "Factiva-20250613-0903.rtf": factiva_rtf}
