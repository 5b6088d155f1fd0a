"""Pages of `roster`, gathered from the files that hold them."""

from matchmaker.roster import views_import, views_on_behalf, views_person, views_table
from matchmaker.roster.blueprint import blueprint

__all__ = ["blueprint", "views_import", "views_on_behalf", "views_person", "views_table"]
