"""The blueprint shared by the pages of `wishes`."""

from flask import Blueprint

blueprint = Blueprint("wishes", __name__)
