"""The words of `codes.yaml`, read once, checked, and ready to search."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml

from kjreport.errors import KjreportError

Kind = Literal["problem", "instrument"]
_GAP = "[^，。；]{0,16}?"


@dataclass(frozen=True, slots=True)
class Hit:
    """A term of `code` found at ``start:end`` of a clause.

    `decides` if it needs no other word beside it, `weak` if any other term outdoes it.
    """

    code: str
    term: str
    start: int
    end: int
    decides: bool
    weak: bool


@dataclass(frozen=True)
class Terms:
    """Terms that lead to codes, searched together so that the longest one wins.

    Attributes
    ----------
    patterns : mapping of str to tuple of (pattern, code, decides, weak)
        The terms by their first character, longest first.
    """

    patterns: Mapping[str, tuple[tuple[re.Pattern[str], str, bool, bool], ...]]

    def hits(self, text: str) -> tuple[Hit, ...]:
        """Return every term in `text` that no longer term covers, in order."""
        spans = [hit for start in range(len(text)) for hit in self._at(text, start)]
        spans.sort(key=lambda hit: (hit.start - hit.end, not hit.decides, hit.start))
        kept: list[Hit] = []
        for hit in spans:
            if all(hit.end <= other.start or hit.start >= other.end for other in kept):
                kept.append(hit)
        return tuple(sorted(kept, key=lambda hit: hit.start))

    def _at(self, text: str, start: int) -> Iterator[Hit]:
        for pattern, code, decides, weak in self.patterns.get(text[start], ()):
            match = pattern.match(text, start)
            if match is not None:
                yield Hit(code, match.group(), start, match.end(), decides, weak)
                return

    def head(self, text: str) -> Hit | None:
        """Return the term that names what `text` is about: the last, for heads stand last."""
        hits = self.hits(text)
        return next((hit for hit in reversed(hits) if not hit.weak), hits[-1] if hits else None)


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of the code list."""

    code: str
    kind: Kind
    side: str
    label_zh: str
    label_en: str


@dataclass(frozen=True)
class Lexicon:
    """All word lists of stance coding, compiled."""

    codes: Mapping[str, Code]
    problems: Terms
    instruments: Terms
    shortage: re.Pattern[str]
    plain_shortage: re.Pattern[str]
    remedies: re.Pattern[str]
    remedy_openings: re.Pattern[str]
    acts: re.Pattern[str]
    target_verbs: re.Pattern[str]
    target_floors: re.Pattern[str]
    target_acts: re.Pattern[str]
    problem_words: re.Pattern[str]
    plan_times: re.Pattern[str]
    openings: re.Pattern[str]
    soft_openings: re.Pattern[str]
    preambles: re.Pattern[str]
    foreign: re.Pattern[str]
    trade: re.Pattern[str]
    science: re.Pattern[str]

    @classmethod
    @cache
    def default(cls) -> Lexicon:
        """Return the lexicon of the package's own `codes.yaml`."""
        source = files("kjreport.stance").joinpath("codes.yaml")
        return cls.from_mapping(yaml.safe_load(source.read_text(encoding="utf-8")))

    @classmethod
    def from_mapping(cls, data: Mapping[str, Any]) -> Lexicon:
        """Compile the lists of `data`, laid out as `codes.yaml` is.

        Raises
        ------
        KjreportError
            If a term stands under two codes.
        """
        parts, guiding, targets = data["parts"], data["guiding"], data["targets"]
        shortage = data["shortage"]
        return cls(
            codes=_codes(data),
            problems=_terms(data["problems"], "problems", "topics"),
            instruments=_terms(data["instruments"], "instruments", "objects"),
            shortage=_any(shortage["words"]),
            plain_shortage=_any(shortage["plain"]),
            remedies=_any(shortage["remedies"]),
            remedy_openings=_any(shortage["remedy_openings"]),
            acts=_any(data["acts"]),
            target_verbs=_any(targets["verbs"]),
            target_floors=_any(targets["floors"]),
            target_acts=_any(targets["acts"]),
            problem_words=_any(parts["problems"]),
            plan_times=_any(parts["plan_time"]),
            openings=_any(guiding["openings"]),
            soft_openings=_any(guiding["soft_openings"]),
            preambles=_any(guiding["sentences"]),
            foreign=_any(guiding["foreign"]),
            trade=_any(guiding["trade"]),
            science=_any(guiding["science"]),
        )


def _codes(data: Mapping[str, Any]) -> dict[str, Code]:
    kinds: tuple[tuple[str, Kind], ...] = (("problems", "problem"), ("instruments", "instrument"))
    return {
        code: Code(code, kind, entry.get("side", ""), entry["label_zh"], entry["label_en"])
        for key, kind in kinds
        for code, entry in data[key].items()
    }


def _terms(entries: Mapping[str, Any], place: str, ordinary: str) -> Terms:
    owners: dict[str, tuple[str, bool, bool]] = {}
    for code, entry in entries.items():
        for strength in ("phrases", ordinary, "weak"):
            for term in entry[strength]:
                if term in owners:
                    raise KjreportError(
                        f"stance codes.yaml, {place}: {term!r} stands under {owners[term][0]!r} "
                        f"and {code!r}; keep it under one of them"
                    )
                owners[term] = (code, strength == "phrases", strength == "weak")
    by_initial: dict[str, list[tuple[re.Pattern[str], str, bool, bool]]] = {}
    for term in sorted(owners, key=len, reverse=True):
        by_initial.setdefault(term[0], []).append((re.compile(_regex(term)), *owners[term]))
    return Terms({initial: tuple(patterns) for initial, patterns in by_initial.items()})


def _regex(term: str) -> str:
    return _GAP.join(re.escape(piece) for piece in term.split("…"))


def _any(terms: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(_regex(t) for t in sorted(set(terms), key=len, reverse=True)))
