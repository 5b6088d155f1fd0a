"""A mail of the outbox as it travels: text, the same as HTML, and calendar objects.

A mail about one meeting is an invitation as calendars know it: the object is one of the forms of
the message and is attached once more as a file. A mail about several carries each as a file of its
own, with its own method, since one object may speak of one meeting only and programs that are given
more take the first and drop the rest.
"""

import re
from email.message import EmailMessage
from email.utils import format_datetime
from typing import NamedTuple

from email_validator import EmailNotValidError, validate_email
from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from matchmaker.configuration import Config
from matchmaker.messages.blocks import blocks_of
from matchmaker.messages.models import Kind, Mail
from matchmaker.messages.stopping import stop_address
from matchmaker.web import absolute_url

_METHOD = re.compile(r"^METHOD:(\w+)\r?$", re.MULTILINE)


class Body(NamedTuple):
    text: str
    html: str


def as_message(mail: Mail, config: Config) -> EmailMessage:
    """The message that a mail server takes."""
    message = EmailMessage()
    message["From"] = config.mail_from
    message["To"] = _wire_address(mail.address)
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.created_at)
    message["Message-ID"] = mail.message_id
    # Keeps answering machines from writing back.
    message["Auto-Submitted"] = "auto-generated"
    _offer_to_stop(message, mail)
    body = body_of(mail)
    message.set_content(body.text, cte="quoted-printable")
    message.add_alternative(body.html, subtype="html", cte="quoted-printable")
    _add_invitations(message, mail.invitations)
    # Last, since each further part takes the headers about content down with it.
    message["Content-Language"] = mail.locale
    return message


def body_of(mail: Mail) -> Body:
    """The text with its last lines, how to stop such mails, and the same as HTML."""
    with force_locale(mail.locale):
        ending = _ending(mail)
        return Body(
            text=f"{mail.text.rstrip()}\n\n{ending}\n" if ending else mail.text,
            html=current_app.jinja_env.get_template("messages/layout.html").render(
                subject=mail.subject,
                locale=mail.locale,
                blocks=blocks_of(mail.text),
                ending=blocks_of(ending),
            ),
        )


def _ending(mail: Mail) -> str:
    """How to stop mails like this one; a mail to somebody without an account says so itself."""
    stop = stop_address(mail)
    if stop:
        return f"{_stop_label(mail.kind)}: {stop}"
    if mail.user_id is None:
        return ""
    said = _("A mail like this one comes only where it is needed. Which other mails you get:")
    return f"{said}\n{absolute_url('messages.choose')}"


def _stop_label(kind: Kind) -> str:
    labels = {
        Kind.REQUESTS: _("Stop mails about requests"),
        Kind.AGENDA: _("Stop mails about your agenda"),
        Kind.REMINDERS: _("Stop reminders"),
        Kind.FOLLOW_UP: _("Stop mails after events"),
    }
    return str(labels[kind])


def _offer_to_stop(message: EmailMessage, mail: Mail) -> None:
    """The button "unsubscribe" of mail programs (RFC 8058)."""
    address = stop_address(mail)
    if address:
        message["List-Unsubscribe"] = f"<{address}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"


def _add_invitations(message: EmailMessage, invitations: list[str]) -> None:
    if len(invitations) == 1:
        only = invitations[0]
        message.add_alternative(
            only, subtype="calendar", cte="base64", params={"method": _method(only)}
        )
        message.add_attachment(
            only.encode(), maintype="application", subtype="ics", filename="invite.ics"
        )
        return
    for number, each in enumerate(invitations, start=1):
        message.add_attachment(
            each,
            subtype="calendar",
            cte="base64",
            params={"method": _method(each)},
            filename=f"meeting-{number}.ics",
        )


def _method(invitation: str) -> str:
    """The same word in the part's header and in the object, or programs refuse it."""
    return str(_METHOD.findall(invitation)[0])


def _wire_address(address: str) -> str:
    """The address with its domain in ASCII, which every server understands."""
    try:
        return validate_email(address, check_deliverability=False).ascii_email or address
    except EmailNotValidError:
        return address
