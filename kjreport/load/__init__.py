"""Read reports of any format into one `Document`."""

from kjreport.load.composer import Cell, Composer, Draft
from kjreport.load.document import Block, Document, Origin, paragraphs
from kjreport.load.failure import LoadError
from kjreport.load.folder import Reports, ReportStream, iter_reports, read_report, read_reports
from kjreport.load.identity import report_area, report_year
from kjreport.load.limits import Limits
from kjreport.load.registry import Content, Reader, readers, register, unregister
from kjreport.load.sections import Section, find_sections

__all__ = [
    "Block",
    "Cell",
    "Composer",
    "Content",
    "Document",
    "Draft",
    "Limits",
    "LoadError",
    "Origin",
    "Reader",
    "ReportStream",
    "Reports",
    "Section",
    "find_sections",
    "iter_reports",
    "paragraphs",
    "read_report",
    "read_reports",
    "readers",
    "register",
    "report_area",
    "report_year",
    "unregister",
]
