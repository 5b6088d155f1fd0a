"""The offers and needs of everybody one may see, each leading to whose it is."""

from flask import render_template, request
from flask_babel import get_locale

from matchmaker.access import participant
from matchmaker.events.models import Event
from matchmaker.marketplace.queries import items_by_id
from matchmaker.marketplace.shelf import shelf_of
from matchmaker.people.blueprint import blueprint
from matchmaker.people.entries import people_for
from matchmaker.people.facets import Addresses, groups_of
from matchmaker.people.filters import Filters
from matchmaker.people.items import FITS, market_for
from matchmaker.people.listing import sheet_of
from matchmaker.registration.models import Participant
from matchmaker.wishes.rules import why_closed


@blueprint.get("/e/<slug>/people/offers-and-needs")
@participant
def offers_and_needs(event: Event, me: Participant) -> str:
    filters, people = Filters.of(request.args), people_for(event, me)
    fits = request.args.get("fits", "")
    fits = fits if fits in FITS else ""
    market = market_for(event, people, filters, fits)
    sheet = sheet_of(market.lines, request.args.get("page", 1, int))
    addresses = Addresses(event, "people.offers_and_needs", {"fits": fits} if fits else {})
    opened = request.args.get("more", "")
    return render_template(
        "people/offers_and_needs.html",
        me=me,
        people=people,
        has_items=bool(shelf_of(event).by_person.get(me.id)),
        filters=filters,
        fits=fits,
        groups=groups_of(addresses, filters, market.choices, people.snapshot.topics, opened),
        market=market,
        sheet=sheet,
        items=items_by_id(line.item.id for line in sheet.entries),
        topics={topic.id: topic.name for topic in people.snapshot.topics},
        locale=get_locale().language,
        address=addresses.of,
        why_closed=why_closed(event),
    )
