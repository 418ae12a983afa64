"""What the cells of the brief show: each takes the study and the language."""

from kjreport.brief.pieces.headline import headline_table
from kjreport.brief.pieces.provenance import provenance
from kjreport.brief.pieces.reading import failures, reports_read

__all__ = ["failures", "headline_table", "provenance", "reports_read"]
