"""Every word that means something here, found in one pass over the text."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

from ahocorasick_rs import AhoCorasick, MatchKind

from kjreport.extract.units import units
from kjreport.places import provinces
from kjreport.schema import Schema
from kjreport.schema.codes import OTHER
from kjreport.vocabulary import longest_first, read_yaml, vocabulary

_WORDS: Final = vocabulary(__file__)
_ENDINGS_OF_COUNTS: Final = _WORDS.words("endings_of_counts")
_NO_TIER_OF_A_NAME: Final = frozenset(_WORDS.words("no_tier_of_a_name"))

LEVELS = ("national", "provincial", "prefecture", "county", "city", "district", "own", "none")


@dataclass(slots=True)
class Term:
    """What one word says wherever it stands; most words say one or two of these things.

    Attributes
    ----------
    indicator : str
        Code of the indicator that the word names.
    strong : bool
        Whether the word is the indicator's own name (an alias of the schema).
    generic : str
        Class of a generic noun; see ``generic.yaml``.
    measure, weak_measure, scenario, level, period : str
    outcome : bool
        Whether the word tells how an application ended.
    growth : int
        1 for growth, -1 for decline.
    marks : frozenset of str
        ``share``, ``versus``, ``denominator``, ``paired``, ``part``, ``each``, ``cap``,
        ``other_region``, and the tags of ``tags.yaml``.
    topic : int
        From 1; 0 where the word belongs to science or to any topic.
    stranger : bool
        Whether the word is a noun that says nothing here.
    loose : bool
        Whether the word is a tier only right before what is granted.
    """

    word: str
    indicator: str = ""
    strong: bool = False
    generic: str = ""
    measure: str = ""
    weak_measure: str = ""
    outcome: bool = False
    scenario: str = ""
    growth: int = 0
    level: str = ""
    period: str = ""
    marks: frozenset[str] = frozenset()
    topic: int = 0
    stranger: bool = False
    loose: bool = False


@dataclass(slots=True)
class Token:
    """A word of the lexicon at its place in the text."""

    start: int
    end: int
    term: Term


@dataclass(frozen=True)
class Generic:
    """How a generic noun finds its indicator: (tag, indicator) in order, else `default`."""

    cues: tuple[tuple[str, str], ...]
    default: str


@dataclass(frozen=True)
class Lexicon:
    """The compiled vocabulary of a schema."""

    terms: tuple[Term, ...]
    generics: dict[str, Generic]
    compatible: dict[str, frozenset[str]]
    conversions: dict[str, dict[str, str]]
    always_flow: frozenset[str]
    always_stock: frozenset[str]
    stock_by_default: frozenset[str]
    platforms: frozenset[str]
    never_applied: frozenset[str]
    persons: frozenset[str]
    families: dict[str, str]
    granted: frozenset[str]
    bigrams: frozenset[str]
    _automaton: Any = field(repr=False)

    def tokens(self, text: str, start: int, end: int) -> list[Token]:
        """Return the words of a part of `text`, the longest at each place."""
        terms = self.terms
        found = self._automaton.find_matches_as_indexes(text[start:end])
        return [Token(start + s, start + e, terms[i]) for i, s, e in found]


@lru_cache(maxsize=8)
def lexicon(schema: Schema) -> Lexicon:
    """Compile the vocabulary together with the names in `schema`, once for each schema."""
    cues = _read("cues.yaml")
    terms: dict[str, Term] = {}

    def term(word: str) -> Term:
        return terms.setdefault(str(word), Term(str(word)))

    _add_cues(term, cues)
    for name in provinces():
        term(name).level = "provincial"
    for name in (*provinces(), *_WORDS.words("tier_characters")):
        term(name).loose = True
    _add_tags(term, _read("tags.yaml"))
    _add_topics(term, _read("topics.yaml")["groups"]["other_business"])
    generics = _add_generics(term, _read("generic.yaml"))
    for code, words in _read("nouns.yaml").items():
        if code in schema.indicators or code == OTHER:
            for word in words:
                term(word).indicator = code
    for code, indicator in schema.indicators.items():
        for word in (indicator.label_zh, *indicator.aliases):
            entry = term(word)
            entry.indicator, entry.strong = code, True
    stop = _read("stop.yaml")
    for word in stop["function"]:
        terms.setdefault(word, Term(word))
    for word in stop["noun"]:
        terms.setdefault(word, Term(word, stranger=True))
    _inherit_parts(terms, cues)
    grammar = _read("grammar.yaml")
    words = list(terms)
    return Lexicon(
        terms=tuple(terms.values()),
        generics=generics,
        compatible=_compatible(schema, grammar),
        conversions=grammar["conversions"],
        always_flow=frozenset(grammar["always_flow"]),
        always_stock=frozenset(grammar["always_stock"]),
        stock_by_default=frozenset(grammar["stock_by_default"]),
        never_applied=frozenset(grammar["never_applied"]),
        persons=frozenset(grammar["persons"]),
        platforms=frozenset(
            code
            for code, indicator in schema.indicators.items()
            if indicator.family == "platform" and code not in grammar["no_platform"]
        ),
        granted=frozenset(grammar["granted"])
        | {
            code
            for code, indicator in schema.indicators.items()
            if indicator.family in grammar["granted_families"]
        },
        families={code: indicator.family for code, indicator in schema.indicators.items()},
        bigrams=_bigrams(terms),
        _automaton=AhoCorasick(words, matchkind=MatchKind.LeftmostLongest),
    )


def _read(name: str) -> Any:
    return read_yaml(_WORDS.path.with_name(name))


def _add_cues(term: Any, cues: dict[str, Any]) -> None:
    for role in ("measure", "weak_measure", "scenario", "level", "period"):
        for value, words in cues[role].items():
            for word in words:
                setattr(term(word), role, value)
    for sign, words in ((1, cues["growth"]["up"]), (-1, cues["growth"]["down"])):
        for word in words:
            term(word).growth = sign
    for word in cues["outcomes"]:
        term(word).outcome = True
    for mark in ("share", "versus", "denominator", "paired", "part", "each", "cap", "other_region"):
        for word in cues[mark]:
            term(word).marks |= {mark}


def _add_tags(term: Any, tags: dict[str, Any]) -> None:
    for tag, words in tags.items():
        for word in words:
            term(word).marks |= {tag}


def _add_topics(term: Any, topics: dict[str, Any]) -> None:
    for number, words in enumerate(topics.values(), start=1):
        for word in words:
            term(word).topic = number


def _add_generics(term: Any, content: dict[str, Any]) -> dict[str, Generic]:
    generics = {}
    for name, entry in content.items():
        for word in entry["nouns"]:
            term(word).generic = name
        cues = tuple((tag, code) for code, tags in entry["cues"].items() for tag in tags)
        generics[name] = Generic(cues, entry.get("default", ""))
    return generics


def _inherit_parts(terms: dict[str, Term], cues: dict[str, Any]) -> None:
    """Give a compound what its first and last parts say: 专利授权量 is of 授权, a flow."""
    measures = {w: m for m, words in cues["measure"].items() for w in words if len(w) > 1}
    levels = {w: lv for lv, words in cues["level"].items() for w in words}
    beginnings = longest_first(levels.keys() - _NO_TIER_OF_A_NAME)
    ordered_measures = longest_first(measures)
    tagged = {w: t for w, t in terms.items() if t.marks and len(w) > 1}
    for word, entry in terms.items():
        if not entry.measure and (entry.indicator or entry.scenario):
            entry.measure = measures.get(_affix(word, ordered_measures), "")
        if not entry.indicator:
            continue
        if not entry.level:
            part = next((w for w in beginnings if w != word and word.startswith(w)), "")
            entry.level = levels.get(part, "")
        for part, tagger in tagged.items():
            if part != word and part in word:
                entry.marks |= tagger.marks - _OWN_MARKS


# Marks of a word itself, which a compound that contains it does not share.
_OWN_MARKS = frozenset({"share", "denominator", "versus", "rd_spend", "invest", "solve"})


def _affix(word: str, parts: list[str]) -> str:
    """Return the first of the parts that a longer word begins or ends with."""
    uncounted = word[:-1] if word.endswith(_ENDINGS_OF_COUNTS) else word
    for part in parts:
        if part != word and (
            word.startswith(part) or word.endswith(part) or uncounted.endswith(part)
        ):
            return part
    return ""


def _compatible(schema: Schema, grammar: dict[str, Any]) -> dict[str, frozenset[str]]:
    by_code: dict[str, frozenset[str]] = {}
    for code, indicator in schema.indicators.items():
        counted_in = grammar["counted_in"]
        kinds = counted_in.get(code, counted_in.get(indicator.family))
        if kinds is None:
            kinds = ["money"] if indicator.unit == "CNY" else grammar["counted_in"]["*"]
        by_code[code] = frozenset(kinds) | {"percent", "point", "times", "rank"}
    by_code[OTHER] = frozenset(units().kinds)
    return by_code


def _bigrams(terms: dict[str, Term]) -> frozenset[str]:
    pairs: dict[str, int] = defaultdict(int)
    for word, entry in terms.items():
        if entry.indicator:
            for first, second in pairwise(word):
                pairs[first + second] += 1
    return frozenset(pairs)
