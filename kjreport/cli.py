"""The command line: folders of reports in, tables, figures and pages out.

Everything heavy is imported by the command that needs it, so that ``--help`` answers at once.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from kjreport.errors import KjreportError

if TYPE_CHECKING:
    import pandas as pd

    from kjreport.schema import Schema

_MISTAKE = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit status.

    Parameters
    ----------
    arguments : sequence of str, optional
        Those of the process by default.

    Returns
    -------
    int
        0 done; 1 `validate` found failing rows; 2 a mistake, told in one line on stderr;
        130 interrupted.
    """
    try:
        options = _parser().parse_args(arguments)
        run: Callable[[argparse.Namespace], int] = options.run
        status = run(options)
        sys.stdout.flush()
        return status
    except KjreportError as error:
        _tell(str(error))
        return _MISTAKE
    except KeyboardInterrupt:
        _tell("interrupted; files that were complete are kept, none is half written")
        return 128 + signal.SIGINT
    except BrokenPipeError:
        # Whoever read stdout has had enough; leave nothing for the interpreter to flush into it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise KjreportError(f"{message}; see {self.prog} --help")


def _parser() -> argparse.ArgumentParser:
    from kjreport import __version__

    parser = _Parser(
        prog="kjreport",
        description="Comparable innovation indicators from the annual reports of Chinese "
        "science-and-technology bureaus.",
    )
    parser.add_argument("--version", action="version", version=f"kjreport {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=_Parser)

    study = commands.add_parser(
        "study",
        help="read a folder of reports and write tables, figures, brief and audit",
        description="Read a folder of reports and write observations, residuals, failures, "
        "panel, profiles, figures, brief.html, audit.html, datapackage.json and run.json.",
    )
    study.add_argument("folder", type=Path, metavar="FOLDER", help="reports of any format")
    study.add_argument("-o", "--output", type=Path, required=True, metavar="OUT", help="a folder")
    study.add_argument(
        "--period", help="period of the panel, such as 2022; by default each district's latest year"
    )
    study.add_argument(
        "--clusters",
        type=_clusters,
        default="auto",
        metavar="K",
        help="number of clusters; by default the one with the best silhouette",
    )
    study.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the pages")
    _add_schema(study)
    study.set_defaults(run=_study)

    extract = commands.add_parser(
        "extract",
        help="write the observation table of reports",
        description="Read reports and write their observation table.",
    )
    extract.add_argument(
        "sources",
        type=Path,
        nargs="+",
        metavar="FOLDER|FILE",
        help="folders of reports, single reports, or both",
    )
    extract.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        metavar="OBSERVATIONS",
        help="ends in .csv, .parquet, .jsonl or .xlsx",
    )
    extract.add_argument(
        "--residuals",
        type=Path,
        metavar="FILE",
        help="also write the quantities that became no observation",
    )
    _add_schema(extract)
    extract.set_defaults(run=_extract)

    validate = commands.add_parser(
        "validate",
        help="print the failing rows of an observation table; exit status 1 if there are any",
        description="Check an observation table against the codebook and print every failing "
        "cell as CSV, row 1 being the heading. Exit status 1 if there is any.",
    )
    validate.add_argument("table", type=Path, metavar="FILE")
    _add_schema(validate)
    validate.set_defaults(run=_validate)

    score = commands.add_parser(
        "score",
        help="compare an observation table with a hand-coded one",
        description="Print precision, recall and F1 of an observation table against a "
        "hand-coded one, whole, by field, indicator and report, and where they disagree, the "
        "worst first.",
    )
    score.add_argument("gold", type=Path, metavar="GOLD")
    score.add_argument("predicted", type=Path, metavar="PRED")
    score.add_argument(
        "--by",
        nargs="+",
        default=["indicator", "report_id"],
        metavar="FIELD",
        help="fields of gold to break core down by (default: indicator report_id)",
    )
    score.add_argument(
        "--errors",
        type=int,
        default=10,
        metavar="N",
        help="how many disagreements to print (default 10)",
    )
    score.set_defaults(run=_score)

    schema = commands.add_parser(
        "schema",
        help="print the dictionary of indicators",
        description="Print the dictionary of indicators as a table, or every codelist as JSON.",
    )
    schema.add_argument("--json", action="store_true", help="every codelist, as JSON")
    schema.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of labels")
    _add_schema(schema)
    schema.set_defaults(run=_schema)
    return parser


def _add_schema(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--schema",
        type=Path,
        metavar="YAML",
        dest="extension",
        help="further indicators and aliases of your own study",
    )


def _clusters(text: str) -> int | str:
    if text == "auto":
        return text
    if text.isdecimal() and int(text) >= 2:
        return int(text)
    raise argparse.ArgumentTypeError(f"expected auto or a number from 2, found {text!r}")


def _study(options: argparse.Namespace) -> int:
    from kjreport.export import check_folder
    from kjreport.study import study, tally

    check_folder(options.output)
    result = study(
        options.folder,
        schema=_schema_of(options),
        period=options.period,
        n_clusters=options.clusters,
        lang=options.lang,
        progress=_tell,
    )
    result.write(options.output, progress=_tell)
    _tell_failures(result.failures)
    counts = tally(result.reports, result.observations, result.residuals)
    _tell(f"{counts}; see {options.output / 'brief.html'}")
    return 0


def _extract(options: argparse.Namespace) -> int:
    from kjreport.export import check_table_path, write_table
    from kjreport.extract import extract
    from kjreport.study import read, tally

    for path in (options.output, options.residuals):
        if path is not None:
            check_table_path(path)
    _tell("reading reports")
    reports = read(options.sources)
    _tell("extracting observations")
    extraction = extract(reports, schema=_schema_of(options))
    write_table(extraction.observations, options.output)
    if options.residuals is not None:
        write_table(extraction.residuals, options.residuals)
    _tell_failures(reports.failures)
    counts = tally(reports, extraction.observations, extraction.residuals)
    _tell(f"{counts}; see {options.output}")
    return 0


def _validate(options: argparse.Namespace) -> int:
    import pandas as pd

    from kjreport.export import read_table
    from kjreport.schema import validate

    table = read_table(options.table)
    # As a spreadsheet numbers them, the heading being row 1.
    table.index = pd.RangeIndex(2, len(table) + 2)
    failing = validate(table, _schema_of(options))
    if failing.empty:
        _tell(f"{options.table}: {len(table)} rows, none fails")
        return 0
    _print(failing.to_csv(index=False, lineterminator="\n").removesuffix("\n"))
    _tell(f"{options.table}: {failing['row'].nunique()} of {len(table)} rows fail")
    return 1


def _score(options: argparse.Namespace) -> int:
    from kjreport.export import read_table
    from kjreport.score import score

    result = score(read_table(options.gold), read_table(options.predicted))
    _print(f"reports {result.reports}  gold {result.gold}  predicted {result.predicted}")
    _print(_rates(result.summary))
    _print("\nby field")
    _print(_rates(result.fields))
    for field in options.by:
        _print(f"\ncore, by {field}")
        _print(_rates(result.by(field)))
    for error in result.errors.head(options.errors).to_dict("records"):
        _print(_disagreement({str(name): str(value) for name, value in error.items()}))
    return 0


def _rates(table: pd.DataFrame) -> str:
    return str(table.to_string(float_format="{:.3f}".format, index_names=False))


def _disagreement(error: dict[str, str]) -> str:
    fields = ("indicator", "measure", "scenario", "level", "period", "value", "unit", "status")
    report = error["gold_report_id"] or error["predicted_report_id"]
    lines = [f"\n{report}: {error['kind']} {error['wrong']}".rstrip()]
    for side in ("gold", "predicted"):
        if error[f"{side}_report_id"]:
            words = [error[f"{side}_{name}"] or "·" for name in fields]
            surface = error[f"{side}_quote"] or error[f"{side}_raw"]
            span = f"[{error[f'{side}_start']}:{error[f'{side}_end']}]"
            lines.append(f"  {side:<9} {surface} {span} {' '.join(words)}")
    return "\n".join(lines)


def _schema(options: argparse.Namespace) -> int:
    import json

    import pandas as pd

    schema = _schema_of(options)
    if options.json:
        _print(json.dumps(schema.to_dict(options.lang), ensure_ascii=False, indent=2))
        return 0
    table = schema.to_frame(options.lang)
    columns = ["family", "indicator", "label", "unit", "measure", "direction"]
    with pd.option_context("display.unicode.east_asian_width", True, "display.width", None):
        _print(table[columns].to_string(index=False))
    return 0


def _schema_of(options: argparse.Namespace) -> Schema:
    from kjreport.schema import Schema

    schema = Schema.default()
    return schema if options.extension is None else schema.extend(options.extension)


def _tell_failures(failures: pd.DataFrame) -> None:
    for failure in failures.to_dict("records"):
        _tell(f"{failure['file']}: not read ({failure['kind']}): {failure['message']}")


def _tell(message: str) -> None:
    print(f"kjreport: {' '.join(message.split())}", file=sys.stderr)


def _print(text: str) -> None:
    """Print text of any language, whatever the terminal's encoding can hold."""
    encoding = sys.stdout.encoding or "utf-8"
    print(text.encode(encoding, "backslashreplace").decode(encoding))
