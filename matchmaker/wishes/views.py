"""Pages of `wishes`."""

from flask import Blueprint

blueprint = Blueprint("wishes", __name__)
