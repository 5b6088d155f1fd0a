"""Pages of `marketplace`."""

from flask import Blueprint

blueprint = Blueprint("marketplace", __name__)
