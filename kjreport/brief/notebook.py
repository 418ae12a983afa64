"""The brief: a notebook run on a study and rendered as one offline page."""

from __future__ import annotations

import os
import pickle
import re
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from os import PathLike
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from kjreport.brief.words import words
from kjreport.export import write_text
from kjreport.schema import Lang

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from kjreport.brief.protocols import BriefedStudy

_CODE: Final = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_TEMPLATES: Final = Path(__file__).parent / "templates"
_SECONDS_PER_CELL: Final = 120
STUDY_FILE: Final = "study.pickle"


def brief(study: BriefedStudy, path: str | PathLike[str], *, lang: Lang = "zh") -> Path:
    """Write what a study found as one HTML page, readable with the network off.

    Parameters
    ----------
    study : Study
        As `kjreport.study` returns it.
    path : path
        Of the HTML file. Its numbers link to their places in ``audit.html`` beside it, which
        `kjreport.audit` writes.
    lang : {"zh", "en"}

    Returns
    -------
    Path
        The file that was written.

    Raises
    ------
    KjreportError
        If `lang` is unknown or the file cannot be written.

    Notes
    -----
    The page is a notebook (``brief.zh.md``, ``brief.en.md`` in this package), executed by a
    kernel of the running interpreter and rendered through nbconvert.
    """
    with TemporaryDirectory(prefix="kjreport-") as folder:
        (Path(folder) / STUDY_FILE).write_bytes(pickle.dumps(study))
        notebook = execute(source(lang), folder=folder)
    write_text(_render(notebook, lang), path)
    return Path(path)


def source(lang: Lang = "zh") -> NotebookNode:
    """Return the brief as a notebook that was not run yet.

    Its first cell reads the study from ``study.pickle`` in the working folder.

    Examples
    --------
    >>> source("en").cells[0].source.splitlines()[0]
    '# Innovation in the districts: a brief'
    """
    import nbformat.v4 as v4

    title = words(lang)["brief_title"]
    text = files(__package__).joinpath(f"brief.{lang}.md").read_text(encoding="utf-8")
    cells = []
    for place, part in enumerate(_CODE.split(text)):
        if place % 2:
            cells.append(v4.new_code_cell(part.strip()))
        elif part.strip():
            cells.append(v4.new_markdown_cell(part.strip()))
    notebook: NotebookNode = v4.new_notebook(cells=cells, metadata={"title": title})
    return notebook


def load_study(path: str | PathLike[str]) -> BriefedStudy:
    """Return the study that `brief` left for the notebook."""
    with Path(path).open("rb") as file:
        study: BriefedStudy = pickle.load(file)
    return study


def execute(notebook: NotebookNode, *, folder: str | PathLike[str]) -> NotebookNode:
    """Run a notebook in the running interpreter's own kernel, whatever kernels are installed.

    Parameters
    ----------
    notebook : NotebookNode
    folder : path
        The notebook's working folder.

    Returns
    -------
    NotebookNode
        The same notebook, with outputs.
    """
    from jupyter_client.kernelspec import KernelSpecManager
    from nbclient import NotebookClient
    from traitlets.config import Config

    with TemporaryDirectory(prefix="kjreport-") as private:
        config = Config()
        config.KernelManager.connection_file = str(Path(private) / "kernel.json")
        if os.name == "posix":
            # A socket in a private folder instead of a port that others on the machine can reach.
            config.KernelManager.update(transport="ipc", ip=str(Path(private) / "kernel"))
        client = NotebookClient(
            notebook,
            config=config,
            kernel_name="python3",
            timeout=_SECONDS_PER_CELL,
            resources={"metadata": {"path": str(folder)}},
        )
        # Without folders of kernels there is only the one of the running interpreter.
        client.create_kernel_manager().kernel_spec_manager = KernelSpecManager(kernel_dirs=[])
        # The user's IPython profile could run code of its own in the kernel.
        environment = os.environ | {"IPYTHONDIR": private}
        # Outside the main thread the client leaves the signals alone: Ctrl-C stays Ctrl-C.
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(client.execute, env=environment).result()


def _render(notebook: NotebookNode, lang: Lang) -> str:
    from nbconvert import HTMLExporter

    exporter = HTMLExporter(
        template_name="brief",
        extra_template_basedirs=[str(_TEMPLATES)],
        language_code=lang,
        exclude_anchor_links=True,
    )
    style = (_TEMPLATES / "brief" / "page.css").read_text(encoding="utf-8")
    page, _ = exporter.from_notebook_node(notebook, resources={"style": style})
    return str(page)
