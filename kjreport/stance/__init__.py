"""What reports complain of and what they plan, coded clause by clause."""

from kjreport.stance.coding import STANCE_COLUMNS, stance

__all__ = ["STANCE_COLUMNS", "stance"]
