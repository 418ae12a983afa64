"""Read reports of any format into one `Document`."""

from kjreport.load.document import Block, Document, Origin, paragraphs
from kjreport.load.sections import Section, find_sections

__all__ = ["Block", "Document", "Origin", "Section", "find_sections", "paragraphs"]
