"""What the cells of the brief show: each takes the study and the language."""

from kjreport.brief.pieces.gaps import gaps
from kjreport.brief.pieces.groups import distinctive_table, firmness, groups_table
from kjreport.brief.pieces.headline import headline_table
from kjreport.brief.pieces.provenance import provenance
from kjreport.brief.pieces.reading import reports_read, what_was_read
from kjreport.brief.pieces.stance import instruments, problems
from kjreport.brief.pieces.summary import key_points
from kjreport.brief.pieces.targets import targets_table

__all__ = [
    "distinctive_table",
    "firmness",
    "gaps",
    "groups_table",
    "headline_table",
    "instruments",
    "key_points",
    "problems",
    "provenance",
    "reports_read",
    "targets_table",
    "what_was_read",
]
