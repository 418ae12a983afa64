"""The pages that a study ends in: the brief, and the audit of every number."""

from kjreport.brief.audit_page import audit
from kjreport.brief.notebook import brief

__all__ = ["audit", "brief"]
