"""The blueprint shared by the pages of `followup`."""

from flask import Blueprint

blueprint = Blueprint("followup", __name__)
