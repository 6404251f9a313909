"""Reads the rules of cleaning from ``data/cleaning.yaml``, where both languages stand side by side.

A rule is one expression for all its patterns; where on the page it applies, and what a fit means, is in ``cleaning.py``.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import pandas as pd
import yaml

from .sentences import LANGUAGES

# Longer than every leftover line: the greatest "longest" of the rules.
LONG_LINE = 320


@dataclass(frozen=True)
class Rule:
    """What one kind of leftover looks like; the fields are explained at the head of ``data/cleaning.yaml``."""

    name: str
    where: str = "anywhere"
    longest: int = LONG_LINE
    cut: bool = False
    pattern: re.Pattern[str] | None = None
    signs: tuple[str, ...] = ()


@cache
def cleaning_data() -> dict:
    """The content of ``data/cleaning.yaml``."""
    return yaml.load(files("lesart").joinpath("data/cleaning.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


@cache
def compile_patterns(*patterns: str, cased: bool = False) -> re.Pattern[str]:
    """One expression for all the patterns, the shapes (``%person%``) put in; a shape may hold shapes."""
    numbered = (pattern.replace("(?P<title>", f"(?P<title{i}>") for i, pattern in enumerate(patterns))
    whole = "|".join(f"(?:{pattern})" for pattern in numbered)
    while re.search(r"%\w+%", whole):
        whole = re.sub(r"%(\w+)%", lambda shape: cleaning_data()["shapes"][shape[1]], whole)
    return re.compile(whole, re.NOFLAG if cased else re.IGNORECASE)


@cache
def read_rules() -> tuple[Rule, ...]:
    """The rules, in the order of the file."""
    rules = []
    for raw in cleaning_data()["rules"]:
        pattern = compile_patterns(*(p for side in ("both", *LANGUAGES) for p in raw.get(side, [])), cased=raw.get("cased") == "yes")
        place = raw.get("where", "anywhere"), int(raw.get("longest", LONG_LINE)), raw.get("cut") == "yes"
        rules.append(Rule(raw["name"], *place, pattern, tuple(raw.get("signs", ()))))
    return tuple(rules)


def list_rules() -> pd.DataFrame:
    """The rules of cleaning: a row is a rule; columns ``rule`` (its name in ``Taken``) and ``what`` (what it takes)."""
    rows = [(raw["name"], raw["what"]) for raw in cleaning_data()["rules"]] + list(cleaning_data()["context"].items())
    return pd.DataFrame(rows, columns=["rule", "what"])
