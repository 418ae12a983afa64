"""The words of the pages' own voice, in Chinese and in English."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

import yaml

from kjreport.errors import KjreportError

LANGUAGES: Final = ("zh", "en")


@cache
def words(lang: str) -> Mapping[str, str]:
    """Return the phrases of `words.yaml` in one language.

    Parameters
    ----------
    lang : {"zh", "en"}

    Returns
    -------
    Mapping of str to str
        By key; some phrases hold ``{fields}`` for `str.format`.

    Raises
    ------
    KjreportError
        For a language that the pages do not speak, or a phrase that lacks one.

    Examples
    --------
    >>> words("en")["masked"]
    'masked'
    """
    if lang not in LANGUAGES:
        raise KjreportError(f"lang: expected one of {', '.join(LANGUAGES)}, found {lang!r}")
    table = yaml.safe_load(files(__package__).joinpath("words.yaml").read_text(encoding="utf-8"))
    untranslated = [key for key, phrase in table.items() if set(phrase) != set(LANGUAGES)]
    if untranslated:
        raise KjreportError(
            f"words.yaml: {untranslated[0]}: expected zh and en; add what is missing"
        )
    return MappingProxyType({key: phrase[lang] for key, phrase in table.items()})
