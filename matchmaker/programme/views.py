"""Pages of `programme`."""

from flask import Blueprint

blueprint = Blueprint("programme", __name__)
