"""Describe a folder of tables as a Frictionless Data Package."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from kjreport.schema.dictionary import Schema

_PROFILE = "tabular-data-resource"


@dataclass(frozen=True)
class Resource:
    """A table of the package.

    Attributes
    ----------
    path : str
        File name within the package's folder.
    title : str
    frame : DataFrame
        What the file holds; it tells the types of the fields.
    key : tuple of str
        The columns that together name a row, if any.
    """

    path: str
    title: str
    frame: pd.DataFrame
    key: tuple[str, ...] = ()


def data_package(
    folder: Path,
    resources: Iterable[Resource],
    *,
    name: str,
    title: str,
    sources: Iterable[Mapping[str, str]],
    schema: Schema | None = None,
) -> dict[str, Any]:
    """Return the content of ``datapackage.json`` for tables that lie in `folder`.

    Parameters
    ----------
    folder : Path
        Where the files are; their sizes and checksums are taken from them.
    resources : iterable of Resource
    name : str
        Short name of the package.
    title : str
    sources : iterable of mapping
        Where the figures come from, each with ``title`` and ``path``.
    schema : Schema, optional
        Describes the columns and lists the codes that a coded column may hold.

    Returns
    -------
    dict
        After the Frictionless standard, ready for JSON.
    """
    schema = schema or Schema.default()
    return {
        "profile": "tabular-data-package",
        "name": name,
        "title": title,
        "sources": [dict(source) for source in sources],
        "resources": [_resource(folder, resource, schema) for resource in resources],
    }


def _resource(folder: Path, resource: Resource, schema: Schema) -> dict[str, Any]:
    content = (folder / resource.path).read_bytes()
    codes = schema.codes() if "measure" in resource.frame else {}
    fields = [
        _field(str(name), resource.frame[name], codes.get(str(name), ()), schema)
        for name in resource.frame.columns
    ]
    table: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if resource.key:
        table["primaryKey"] = list(resource.key)
    return {
        "profile": _PROFILE,
        "name": re.sub(r"[^a-z0-9._-]", "-", Path(resource.path).stem.lower()),
        "path": resource.path,
        "title": resource.title,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": table,
    }


def _field(
    name: str, column: pd.Series[Any], codes: tuple[str, ...], schema: Schema
) -> dict[str, Any]:
    field: dict[str, Any] = {"name": name, "type": _type(column)}
    known = schema.columns.get(name)
    if known:
        field |= {"title": known.label_en, "description": known.description}
    elif name in schema.indicators:
        indicator = schema.indicators[name]
        field |= {"title": indicator.label_en, "description": indicator.covers}
    if codes:
        field["constraints"] = {"enum": list(codes)}
    return field


def _type(column: pd.Series[Any]) -> str:
    if pd.api.types.is_bool_dtype(column):
        return "boolean"
    if pd.api.types.is_integer_dtype(column):
        return "integer"
    if pd.api.types.is_numeric_dtype(column):
        return "number"
    return "string"
