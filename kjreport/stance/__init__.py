"""What reports complain of and what they plan, coded clause by clause."""

from kjreport.stance.coding import STANCE_COLUMNS, stance, stance_profile
from kjreport.stance.lexicon import Code, Lexicon

__all__ = ["STANCE_COLUMNS", "Code", "Lexicon", "stance", "stance_profile"]
