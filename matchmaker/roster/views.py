"""Pages of `roster`, gathered from the files that hold them."""

from matchmaker.roster import views_import
from matchmaker.roster.blueprint import blueprint

__all__ = ["blueprint", "views_import"]
