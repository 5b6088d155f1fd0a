"""The team of an event: its page for those who manage, changes by its owners, joining by a link."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.access import may, organiser, organiser_may, role_of, secret_link
from matchmaker.accounts.limits import LINK_LIMITS, PASSWORD_LIMITS
from matchmaker.accounts.models import User
from matchmaker.accounts.second_step import enter
from matchmaker.accounts.sessions import signed_in_user
from matchmaker.errors import Invalid
from matchmaker.events.forms_team import InviteForm, RoleForm
from matchmaker.events.labels import ROLE_LABELS, ROLE_MEANINGS
from matchmaker.events.models import Event
from matchmaker.events.models_team import TeamInvitation
from matchmaker.events.queries_team import (
    count_other_owners,
    invitation_by_token,
    is_on_team,
    member_of,
    open_invitations,
    team_of,
    with_second_factor,
)
from matchmaker.events.roles import Role
from matchmaker.events.said import said
from matchmaker.events.services_team import (
    ask_second_factor,
    change_role,
    hand_over,
    invite,
    join,
    leave,
    remove_member,
    take_invitation_back,
)
from matchmaker.extensions import db, limiter

blueprint = Blueprint("team", __name__)

Answer = str | Response | tuple[str, int]
HOME = "/e/<slug>/organise/team"
MANAGING = (Role.OWNER, Role.ORGANISER)


@blueprint.get(HOME)
@organiser
def show(event: Event, user: User) -> Answer:
    return _page(event, user, InviteForm())


@blueprint.post(HOME)
@limiter.limit(LINK_LIMITS)
@organiser_may("lead")
def ask_in(event: Event, user: User) -> Answer:
    form = InviteForm()
    if not form.validate_on_submit():
        return _page(event, user, form), 422
    try:
        invite(event, user, form.email.data or "", Role(form.role.data))
    except Invalid as refusal:
        db.session.rollback()
        form.email.errors = [refusal.sentence]
        return _page(event, user, form), 422
    db.session.commit()
    flash(_("A link is on its way to %(address)s.", address=form.email.data), "success")
    return _back(event, user)


@blueprint.post(f"{HOME}/invitations/<int:invitation_id>/take-back")
@organiser_may("lead")
def take_back(event: Event, user: User, invitation_id: int) -> Answer:
    take_invitation_back(event, user, invitation_id)
    db.session.commit()
    return _back(event, user)


@blueprint.post(f"{HOME}/<int:user_id>/role")
@organiser_may("lead")
def give_role(event: Event, user: User, user_id: int) -> Answer:
    _find_member(event, user_id)
    form = RoleForm()
    if not form.validate_on_submit():
        raise Invalid(_("There is no such role. Go back and use the buttons."))
    changed = change_role(event, user, user_id, Role(form.role.data))
    db.session.commit()
    flash(_("Saved.") if changed else _("Nothing was changed."), "success")
    return _back(event, user)


@blueprint.post(f"{HOME}/<int:user_id>/remove")
@organiser_may("lead")
def remove(event: Event, user: User, user_id: int) -> Answer:
    remove_member(event, user, user_id)
    db.session.commit()
    flash(_("They are no longer on the team."), "success")
    return _back(event, user)


@blueprint.post(f"{HOME}/<int:user_id>/hand-over")
@organiser_may("lead")
def give_ownership(event: Event, user: User, user_id: int) -> Answer:
    _find_member(event, user_id)
    if hand_over(event, user, user_id):
        flash(_("The event is handed over. You stay on as organiser."), "success")
    db.session.commit()
    return _back(event, user)


@blueprint.get(f"{HOME}/leave")
@organiser_may("figures")
def ask_to_leave(event: Event, user: User) -> str:
    member = member_of(event, user.id)
    stays = member is None or (member.role == Role.OWNER and not count_other_owners(event, user))
    return render_template("events/leave_team.html", stays=stays)


@blueprint.post(f"{HOME}/leave", endpoint="leave")
@organiser_may("figures")
def leave_team(event: Event, user: User) -> Response:
    left, name = leave(event, user), said(event, "name")
    db.session.commit()
    if left:
        flash(_("You are no longer on the team of %(event)s.", event=name), "success")
    return redirect(url_for("events.home"))


@blueprint.post(f"{HOME}/second-step")
@organiser_may("lead")
def second_step(event: Event, user: User) -> Answer:
    """Whoever asks it of the others has it themselves: the page leads there next."""
    required = request.form.get("required") == "1"
    if ask_second_factor(event, user, required=required):
        flash(
            _("From now on the team signs in by two steps.")
            if required
            else _("One step is enough again."),
            "success",
        )
    db.session.commit()
    return _back(event, user)


@blueprint.get("/join/<token>")
@secret_link
def join_page(token: str) -> Answer:
    """Opening it only shows a button: mail scanners open links."""
    invitation = _known(token)
    if not invitation.is_open:
        return _answer_closed(invitation)
    return render_template(
        "events/join.html",
        invitation=invitation,
        role=Role(invitation.role),
        labels=ROLE_LABELS,
        meanings=ROLE_MEANINGS,
        reader=signed_in_user(),
    )


@blueprint.post("/join/<token>", endpoint="join")
@limiter.limit(PASSWORD_LIMITS)
@secret_link
def join_team(token: str) -> Answer:
    invitation = _known(token)
    if not invitation.is_open:
        return _answer_closed(invitation)
    user = join(invitation)
    event, here = invitation.event, signed_in_user()
    db.session.commit()
    flash(_("Welcome to the team."), "success")
    path = url_for("insights.overview", slug=event.slug)
    return redirect(path) if here == user else enter(user, path, by_link=True)


def _page(event: Event, user: User, form: InviteForm) -> str:
    team = team_of(event)
    return render_template(
        "events/team.html",
        form=form,
        team=team,
        owners=sum(each.role == Role.OWNER for each in team),
        invitations=open_invitations(event),
        secured=with_second_factor(event),
        roles=list(Role),
        labels=ROLE_LABELS,
        meanings=ROLE_MEANINGS,
        leads=may(user, event, "lead"),
        reader=user,
    )


def _back(event: Event, user: User) -> Response:
    """To the team, for who may still see it once their own role has changed."""
    if role_of(user, event) in MANAGING:
        return redirect(url_for("team.show", slug=event.slug))
    return redirect(url_for("events.home"))


def _find_member(event: Event, user_id: int) -> None:
    if member_of(event, user_id) is None:
        abort(404)


def _known(token: str) -> TeamInvitation:
    return invitation_by_token(token) or abort(404)


def _answer_closed(invitation: TeamInvitation) -> Answer:
    """Whoever is on the team by it already just goes on."""
    reader, event = signed_in_user(), invitation.event
    invited = reader is not None and reader.email_key == invitation.email_key
    if invited and is_on_team(event, invitation.email_key):
        return redirect(url_for("insights.overview", slug=event.slug))
    return render_template("events/closed_invitation.html"), 410
