"""Pages of `organisations`: suggestions while a name is typed."""

from flask import Blueprint, render_template, request

from matchmaker.access import signed_in
from matchmaker.accounts.models import User
from matchmaker.fields import one_line
from matchmaker.organisations.labels import KIND_LABELS
from matchmaker.organisations.names import LONGEST_NAME
from matchmaker.organisations.queries import suggest_organisations

blueprint = Blueprint("organisations", __name__)


@blueprint.get("/organisations/search")
@signed_in
def search(user: User) -> str:
    """Options for the field of a name; what is typed comes as `q`."""
    typed = one_line(request.args.get("q"))[:LONGEST_NAME]
    return render_template(
        "organisations/search.html",
        organisations=suggest_organisations(typed),
        kinds=KIND_LABELS,
    )
