"""The blueprint shared by the pages of `people`."""

from flask import Blueprint

blueprint = Blueprint("people", __name__)
