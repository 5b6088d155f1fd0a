"""The blueprint shared by everybody's and the organiser's pages of `privacy`."""

from flask import Blueprint

blueprint = Blueprint("privacy", __name__)
