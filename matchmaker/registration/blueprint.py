"""The blueprint shared by the participant's and the organiser's pages of `registration`."""

from flask import Blueprint

blueprint = Blueprint("registration", __name__)
