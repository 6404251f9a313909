"""Printed pages: A4 with page numbers, the figures' own fonts (so umlauts, ß and „…“ are there on every machine), lines that can be cited.

Typesetting is fpdf2's; in here is only what a handout is made of.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import matplotlib
from fpdf import FPDF
from fpdf.enums import TableBordersLayout, VAlign, XPos, YPos
from fpdf.fonts import FontFace

from ..wording import say

_LEFT_MM, _TOP_MM, _BOTTOM_MM = 20, 16, 18
# An article's column leaves a third of the page for notes.
_TEXT_MM, _NOTES_MM = 112, 52
_LINE_MM = 5.6
_NUMBER_EVERY = 5
_FONTS = {("sans", ""): "DejaVuSans", ("sans", "B"): "DejaVuSans-Bold", ("serif", ""): "DejaVuSerif", ("serif", "B"): "DejaVuSerif-Bold"}
_GREY, _BLACK = 90, 0
# Signs of a cell that are printed: no row may be higher than a page, and a page holds so many in the narrowest column.
_MOST_SIGNS = 500


class Paper(FPDF):
    """A document in the making; the same calls give the same bytes."""

    def __init__(self, title: str, labels: str) -> None:
        super().__init__(format="A4")
        self.labels, self.running = labels, title
        fonts = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
        for (family, style), name in _FONTS.items():
            self.add_font(family, style, fonts / f"{name}.ttf")
        self.set_title(title)
        self.set_lang(labels)
        self.set_creator("Lesart")
        self.set_creation_date(datetime.fromtimestamp(0, UTC))  # no clock in what is written: the same pages on every day
        self.set_margins(_LEFT_MM, _TOP_MM, _LEFT_MM)
        self.set_auto_page_break(True, _BOTTOM_MM)
        self.alias_nb_pages("{nb}")

    def header(self) -> None:
        self.set_font("sans", "", 8)
        self.set_text_color(_GREY)
        self.cell(0, 5, self.running, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.set_text_color(_BLACK)
        self.ln(2)

    def footer(self) -> None:
        self.set_y(-_BOTTOM_MM + 6)
        self.set_font("sans", "", 8)
        self.set_text_color(_GREY)
        self.cell(0, 5, say("handouts", "page", self.labels, n=self.page_no(), of="{nb}"), align="C")
        self.set_text_color(_BLACK)

    def head(self, text: str, size: float = 16) -> None:
        """A heading, never alone at the foot of a page."""
        if self.get_y() > self.h - _BOTTOM_MM - 30:
            self.add_page()
        self.ln(1.5)
        self.set_font("sans", "B", size)
        self.multi_cell(0, size * 0.5, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(1.5)

    def tell(self, text: str, *, size: float = 10, mark: str = "") -> None:
        """A paragraph; with a mark (a number, a bullet) it stands indented beside it."""
        self.set_font("sans", "", size)
        if mark:
            self.cell(6, size * 0.52, mark)
        self.multi_cell(0, size * 0.52, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(1.2)

    def tabulate(self, rows: Sequence[Sequence[str]], widths: Sequence[float], *, size: float = 8, numbers: bool = False, height: float = 0) -> None:
        """A table, its first row a head that comes again on each page; ``numbers``: all columns but the first stand right. Long cells are cut."""
        self.set_font("sans", "", size)
        align = ["LEFT", *["RIGHT"] * (len(widths) - 1)] if numbers else "LEFT"
        style = FontFace(emphasis="BOLD", fill_color=236)
        with self.table(col_widths=tuple(widths), text_align=align, headings_style=style, line_height=height or size * 0.52, padding=1.1,
                        borders_layout=TableBordersLayout.ALL, align="LEFT", v_align=VAlign.T) as table:  # fmt: skip
            for row in rows:
                table.row([_cut(cell) or " " for cell in row])
        self.ln(3)

    def print_article(self, title: str, paragraphs: Sequence[str], notes: str) -> None:
        """An article in numbered lines with room for notes; the numbering goes on across pages."""
        self.set_font("serif", "B", 14)
        self.multi_cell(_TEXT_MM, 7, title, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(3)
        self._rule(notes)
        number = 0
        for paragraph in paragraphs:
            self.set_font("serif", "", 10.5)
            for line in self.multi_cell(_TEXT_MM, _LINE_MM, " ".join(paragraph.split()), align="L", dry_run=True, output="LINES"):
                if self.get_y() + _LINE_MM > self.h - _BOTTOM_MM:
                    self.add_page()
                    self._rule(notes)
                number += 1
                self._print_line(line, number)
            self.ln(_LINE_MM / 2)

    def _print_line(self, line: str, number: int) -> None:
        if number % _NUMBER_EVERY == 0:
            self.set_font("sans", "", 7.5)
            self.set_text_color(_GREY)
            self.set_x(_LEFT_MM - 11)
            self.cell(9, _LINE_MM, str(number), align="R")
            self.set_text_color(_BLACK)
        self.set_x(_LEFT_MM)
        self.set_font("serif", "", 10.5)
        self.cell(_TEXT_MM, _LINE_MM, line, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _rule(self, notes: str) -> None:
        """A line down the page, right of which is room to write."""
        x, y = self.w - _LEFT_MM - _NOTES_MM + 3, self.get_y()
        self.set_draw_color(170)
        self.line(x, y, x, self.h - _BOTTOM_MM)
        self.set_draw_color(_BLACK)
        self.set_font("sans", "", 8)
        self.set_text_color(_GREY)
        self.set_xy(x + 2, y)
        self.cell(_NOTES_MM, 4, notes)
        self.set_text_color(_BLACK)
        self.set_xy(_LEFT_MM, y)

    def to_bytes(self) -> bytes:
        return bytes(self.output())


def _cut(cell: str) -> str:
    return cell if len(cell) <= _MOST_SIGNS else f"{cell[:_MOST_SIGNS]}…"
