"""What "My agenda" says on top: the state of things in a sentence, and what comes next."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from babel.lists import format_list
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from matchmaker.accounts.models import User
from matchmaker.agenda.encounters import Encounter
from matchmaker.agenda.personal import PersonalAgenda
from matchmaker.clock import now
from matchmaker.events.models import Event
from matchmaker.formatting import days_between, weekday
from matchmaker.matching.words import Sentence

WEEK = 7


def headline(agenda: PersonalAgenda) -> str:
    """`5 meetings on Wednesday and Thursday`, and on a day itself those still to come."""
    if agenda.agenda is None and not agenda.encounters:
        return str(_("The agenda is not published yet"))
    if not agenda.encounters:
        return str(_("No meeting this time"))
    left = left_today(agenda)
    if left:
        return str(ngettext("%(num)d more meeting today", "%(num)d more meetings today", left))
    count, days = len(agenda.encounters), _days(agenda)
    return str(ngettext("%(num)d meeting %(days)s", "%(num)d meetings %(days)s", count, days=days))


def left_today(agenda: PersonalAgenda) -> int:
    moment, here = now(), today(agenda)
    return sum(each.end > moment and _date(agenda, each) == here for each in agenda.encounters)


def today(agenda: PersonalAgenda) -> date:
    """The day it is at the event."""
    return now().astimezone(agenda.event.zone).date()


def own_zone(user: User, event: Event) -> ZoneInfo | None:
    """The zone the person has chosen, where its clocks differ from the event's during it."""
    if not user.timezone:
        return None
    zone = ZoneInfo(user.timezone)
    noon = datetime.combine(event.starts_on, time(12))
    same = noon.replace(tzinfo=zone).utcoffset() == noon.replace(tzinfo=event.zone).utcoffset()
    return None if same else zone


def best_first(encounter: Encounter) -> list[Sentence]:
    """The reasons to meet: what one brings that the other needs before all else."""
    return sorted(encounter.why, key=lambda sentence: not sentence.tone)


def _days(agenda: PersonalAgenda) -> str:
    """`on Wednesday and Thursday`; by date where weekdays would come round twice."""
    days = sorted({_date(agenda, each) for each in agenda.encounters})
    if (days[-1] - days[0]).days >= WEEK:
        return days_between(days[0], days[-1])
    names = format_list([weekday(each) for each in days], locale=get_locale())
    return str(_("on %(days)s", days=names))


def _date(agenda: PersonalAgenda, encounter: Encounter) -> date:
    return encounter.start.astimezone(agenda.event.zone).date()
