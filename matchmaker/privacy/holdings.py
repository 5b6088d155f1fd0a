"""Every table that holds something about a person: what of it is theirs to see, and what is not.

A test walks the tables that refer to an account or a participant, however far: each stands here
with every one of its columns, or in `NOT_SHOWN` with the reason.
"""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

ACCOUNT = "user_account"
PARTICIPANT = "participant"


@dataclass(frozen=True, slots=True)
class Holding:
    """One table. `owner` names the columns by which a row is mine.

    What is `hidden` is a secret that opens something, says what others think of me, or is of no
    use outside the machine.
    """

    table: str
    title: str
    owner: tuple[str, ...]
    shown: tuple[str, ...]
    hidden: tuple[str, ...] = ()


def _of_me(table: str, title: str, *shown: str, hidden: tuple[str, ...] = ()) -> Holding:
    """A table whose rows name their participant."""
    return Holding(table, title, ("participant_id",), ("participant_id", *shown), hidden)


HOLDINGS = (
    Holding(
        ACCOUNT,
        _l("Your account"),
        ("id",),
        ("email", "name", "locale", "timezone", "may_create_events", "created_at"),
        (
            *("id", "email_key", "password_hash", "session_number"),
            *("failed_passwords", "failed_since"),
        ),
    ),
    Holding(
        "sign_in_link",
        _l("Links that signed you in"),
        ("user_id",),
        ("created_at", "expires_at", "used_at"),
        ("id", "user_id", "secret_hash", "next_path"),
    ),
    Holding(
        "event_organiser",
        _l("Events you organise"),
        ("user_id",),
        ("event_id", "role", "added_at"),
        ("user_id",),
    ),
    Holding(
        "team_invitation",
        _l("Whom you asked onto the team of an event"),
        ("invited_by_id",),
        ("event_id", "email", "role", "created_at", "expires_at"),
        ("id", "email_key", "secret_hash", "invited_by_id"),
    ),
    Holding(
        "second_factor",
        _l("Second step of signing in"),
        ("user_id",),
        ("created_at",),
        ("user_id", "app_secret", "last_counter", "failed", "failed_since"),
    ),
    Holding(
        "passkey",
        _l("Passkeys"),
        ("user_id",),
        ("name", "created_at", "used_at"),
        ("id", "user_id", "credential", "public_key", "sign_count", "transports"),
    ),
    Holding(
        PARTICIPANT,
        _l("Where you take part"),
        ("id",),
        (
            *("event_id", "name", "number", "in_person", "online", "organisation_id", "type_id"),
            *("country", "region", "languages", "job_title", "phone", "link", "about"),
            *("about_language", "about_texts"),
            *("audiences", "status", "max_meetings", "min_meetings", "listed_at"),
            *("created_at", "decided_at", "waiting_since"),
        ),
        ("id", "user_id", "ref", "step", "feed_token", "wishes_told_at", "picture"),
    ),
    _of_me(
        "consent",
        _l("What you agreed to"),
        *("purpose", "version", "given_at", "withdrawn_at", "told_by"),
        hidden=("id",),
    ),
    _of_me(
        "item",
        _l("Your offers and needs"),
        *("kind", "topic_id", "title", "text", "category", "stage", "ipr", "cooperation"),
        *("partner_kinds", "partner_role", "language", "texts"),
        hidden=("id", "position", "revision", "words"),
    ),
    _of_me(
        "answer",
        _l("Your answers to the organiser's questions"),
        *("question_id", "wording_id", "value", "answered_at"),
        hidden=("id",),
    ),
    _of_me(
        "absence",
        _l("When you cannot meet"),
        *("session_id", "starts_at", "ends_at"),
        hidden=("id",),
    ),
    _of_me("session_choice", _l("Sessions you attend"), "session_id", "chosen_at"),
    _of_me("booth", _l("A booth kept for you"), "point_id"),
    _of_me("portrait", _l("Your picture"), hidden=("large", "small")),
    _of_me("unsaved", _l("Typed but not saved"), "step", "typed", "kept_at"),
    _of_me("participant_tag", _l("Tags the organiser gave you"), "tag"),
    _of_me("invitation", _l("When you were invited"), "sent_at", "expires_at", "reminded_at"),
    _of_me("advice_put_off", _l("Advice you put off"), "advice", "put_off_at"),
    _of_me(
        "handover",
        _l("Handing over to somebody else"),
        *("email", "offered_at"),
        hidden=("email_key",),
    ),
    Holding(
        "wish",
        _l("Whom you wish to meet, or not"),
        ("person_id",),
        ("event_id", "person_id", "other_id", "level", "changed_at", "by_organiser"),
        ("id",),
    ),
    Holding(
        "mark",
        _l("Whom you marked"),
        ("person_id",),
        ("person_id", "other_id", "kind", "marked_at"),
        ("id",),
    ),
    Holding(
        "request",
        _l("Requests for a meeting, sent and received"),
        ("asker_id", "answerer_id"),
        (
            *("event_id", "asker_id", "answerer_id", "state", "note", "reason", "slot_id"),
            *("created_at", "answered_at", "proposed_at"),
        ),
        ("id", "about_id", "reminded_at"),
    ),
    Holding(
        "request_step",
        _l("What was done with these requests"),
        ("request_id",),
        ("at", "side", "deed", "by_organiser"),
        ("id", "request_id"),
    ),
    Holding(
        "meeting",
        _l("Your meetings"),
        ("a_id", "b_id"),
        ("event_id", "a_id", "b_id", "slot_id", "point_id", "state", "created_at", "changed_at"),
        ("id", "uid", "kept", "locked", "value", "reasons", "sequence"),
    ),
    Holding(
        "meeting_move",
        _l("Other times proposed for your meetings"),
        ("meeting_id",),
        ("by_id", "slot_id", "state", "created_at", "answered_at"),
        ("id", "meeting_id", "sequence"),
    ),
    Holding(
        "meeting_word",
        _l("What you said of your meetings, and your notes"),
        ("person_id",),
        ("person_id", "other_id", "said", "said_at", "rating", "note"),
        ("id",),
    ),
    Holding(
        "meeting_outcome",
        _l("What you said came of your meetings"),
        ("person_id",),
        ("person_id", "other_id", "months", "results", "line", "answered_at"),
        ("id",),
    ),
    _of_me(
        "outcome_round",
        _l("When you were asked what came of your meetings"),
        *("months", "asked_at", "answered_at"),
    ),
    _of_me("agenda_visit", _l("When you last saw your agenda"), "seen_until"),
    Holding(
        "disruption",
        _l("What an organiser noted of your coming"),
        ("participant_id",),
        ("kind", "starts_at", "ends_at", "created_at"),
        ("id", "event_id", "participant_id", "absence_id", "point_id", "told_by_id"),
    ),
    Holding(
        "mail",
        _l("Mails to you"),
        ("user_id",),
        ("event_id", "address", "subject", "text", "kind", "created_at", "sent_at"),
        (
            *("id", "user_id", "locale", "invitations", "message_id", "due_at", "printed_at"),
            *("stopped_at", "refused_at", "bounced_at", "attempts", "error"),
        ),
    ),
    _of_me(
        "mailing_delivery",
        _l("Mailings of the organiser to you"),
        *("mailing_id", "state", "handed_at"),
        hidden=("id", "mail_id"),
    ),
    Holding(
        "stopped_kind",
        _l("Mails you stopped"),
        ("user_id",),
        ("kind", "stopped_at"),
        ("user_id",),
    ),
    Holding(
        "logo",
        _l("Logos you uploaded"),
        ("user_id",),
        ("organisation_id",),
        ("user_id", "large", "small"),
    ),
    Holding(
        "cluster_profile",
        _l("Profiles of clusters you changed last"),
        ("changed_by_id",),
        ("organisation_id", "changed_at"),
        (
            *("director", "members", "strategy", "strategy_language", "strategy_texts"),
            *("strategy_link", "services", "services_language", "services_texts", "criteria"),
            *("label", "label_by", "label_from", "label_until", "version", "changed_by_id"),
        ),
    ),
    Holding(
        "audit_entry",
        _l("What you did, as the log has it"),
        ("actor_id",),
        ("event_id", "at", "action"),
        ("id", "actor_id", "subject", "details"),
    ),
    Holding(
        "mailing",
        _l("Mailings you wrote"),
        ("created_by_id",),
        ("event_id", "occasion", "texts", "created_at", "due_at"),
        (
            *("id", "audience", "days_of_peace", "repeat_days", "repeats", "state", "version"),
            *("created_by_id", "finished_at"),
        ),
    ),
    Holding(
        "run",
        _l("Runs you started"),
        ("requested_by_id",),
        ("event_id", "number", "state", "created_at"),
        (
            *("id", "seed", "seconds_allowed", "snapshot", "requested_by_id", "started_at"),
            *("finished_at", "attempt", "beat_at", "stop_asked", "progress", "report", "error"),
            *("kind", "of_id", "note", "settings", "changes"),
        ),
    ),
    Holding(
        "setup_change",
        _l("Changes of an event's set-up you made"),
        ("by_id",),
        ("event_id", "part", "at"),
        ("id", "subject", "by_id", "version", "rows", "said", "told", "undoes_id"),
    ),
    Holding(
        "capacity_study",
        _l("Studies of capacity you asked for"),
        ("asked_by_id",),
        ("event_id", "asked", "created_at"),
        ("id", "state", "trials", "done", "attempt", "beat_at", "asked_by_id"),
    ),
    Holding(
        "agenda",
        _l("Agendas you published"),
        ("published_by_id",),
        ("event_id", "number", "published_at", "kind", "note"),
        ("id", "run_id", "published_by_id", "contents", "added", "moved", "cancelled"),
    ),
)
NOT_SHOWN = {
    "passkey_challenge": "a random number that a device is to sign, gone within minutes",
    "recovery_code": "secrets of which only hashes are kept",
    "agenda_step": "a draft of the organiser's, which nobody else sees until it is published",
    "run_meeting": "a draft of the organiser's, which tells what others wish until it is published",
    "run_unplaced": "a draft of the organiser's, which tells what others wish",
    "request_slot": "the times of a request stand with the request while they matter",
    "seat": "the same as the meetings",
    "apart": "a note of the organiser that two look-alikes are two people, with nothing else in it",
}
BY_TABLE = {holding.table: holding for holding in HOLDINGS}
