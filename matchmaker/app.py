"""The application factory: builds, wires, returns."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from matchmaker import clock
from matchmaker.access import organises
from matchmaker.accounts.views import blueprint as accounts
from matchmaker.accounts.views_passkeys import blueprint as two_factor
from matchmaker.agenda.acquaintances import met_by
from matchmaker.agenda.own_meetings import own_meetings
from matchmaker.agenda.planner import AgendaPlanner
from matchmaker.agenda.queries_changes import published_meetings, settled_meetings
from matchmaker.agenda.queries_runs import published_runs, run_in_force
from matchmaker.agenda.services_changes import call_off_all
from matchmaker.agenda.views import blueprint as agenda
from matchmaker.agenda.views_cards import blueprint as cards
from matchmaker.agenda.views_changes import blueprint as meetings
from matchmaker.agenda.views_grid import blueprint as grid
from matchmaker.agenda.views_offers import blueprint as offers
from matchmaker.agenda.views_offline import blueprint as offline
from matchmaker.agenda.views_repair import blueprint as repair
from matchmaker.agenda.views_versions import blueprint as versions
from matchmaker.audit.views import blueprint as audit
from matchmaker.configuration import Config
from matchmaker.error_pages import register_error_pages
from matchmaker.events.views import blueprint as events
from matchmaker.events.views_team import blueprint as team
from matchmaker.exchange.views import blueprint as exchange
from matchmaker.exchange.views_runs import blueprint as run_tables
from matchmaker.extensions import babel, compress, csrf, db, limiter, login, migrate
from matchmaker.followup.earlier import met_before
from matchmaker.followup.views import blueprint as followup
from matchmaker.formatting import register_filters
from matchmaker.insights.views import blueprint as insights
from matchmaker.locales import select_locale
from matchmaker.mailings.views import blueprint as mailings
from matchmaker.mailings.views_health import blueprint as health
from matchmaker.marketplace.views import blueprint as marketplace
from matchmaker.matching.views import blueprint as matching
from matchmaker.matching.views_capacity import blueprint as capacity
from matchmaker.matching.views_history import blueprint as runs
from matchmaker.merging.views import blueprint as merging
from matchmaker.messages.views import blueprint as messages
from matchmaker.navigation import register_navigation
from matchmaker.organisations.views import blueprint as organisations
from matchmaker.people.views import blueprint as people
from matchmaker.privacy.views import blueprint as privacy
from matchmaker.programme.views import blueprint as programme
from matchmaker.questions.queries import has_unanswered
from matchmaker.questions.views import blueprint as questions
from matchmaker.registration.announcing import tell_of_phase
from matchmaker.registration.attending import attending
from matchmaker.registration.on_behalf import acted_for
from matchmaker.registration.on_behalf_log import watch
from matchmaker.registration.views import blueprint as registration
from matchmaker.resources import resource_dir
from matchmaker.roster.views import blueprint as roster
from matchmaker.setup.views import blueprint as setup
from matchmaker.setup.views_look import blueprint as look
from matchmaker.setup.views_new import blueprint as new_event
from matchmaker.setup.views_points import blueprint as points
from matchmaker.styles import blueprint as styles
from matchmaker.styles import stylesheet_url
from matchmaker.web import RowNumber, flask_settings, register_request_rules
from matchmaker.wishes.views import blueprint as wishes

BLUEPRINTS = (
    accounts,
    two_factor,
    organisations,
    events,
    team,
    programme,
    registration,
    questions,
    marketplace,
    wishes,
    matching,
    runs,
    capacity,
    people,
    agenda,
    meetings,
    cards,
    offers,
    offline,
    followup,
    grid,
    repair,
    versions,
    insights,
    health,
    mailings,
    messages,
    audit,
    exchange,
    run_tables,
    roster,
    merging,
    new_event,
    look,
    points,
    setup,
    privacy,
    styles,
)


@contextmanager
def opened_app(config: Config) -> Iterator[Flask]:
    """The application in hand for one command; its database is closed at the end."""
    app = create_app(config)
    with app.app_context():
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()


def create_app(config: Config) -> Flask:
    """The web application for one configuration; touches neither environment nor disk."""
    app = Flask(
        "matchmaker",
        template_folder=str(resource_dir("templates")),
        static_folder=str(resource_dir("static")),
    )
    app.config.from_mapping(flask_settings(config))
    app.url_map.converters["int"] = RowNumber
    app.extensions["matchmaker.config"] = config
    app.extensions["matchmaker.met_by"] = met_by
    app.extensions["matchmaker.met_before"] = met_before
    app.extensions["matchmaker.organises"] = organises
    app.extensions["matchmaker.phase_moved"] = tell_of_phase
    app.extensions["matchmaker.unanswered"] = has_unanswered
    app.extensions["matchmaker.planner"] = AgendaPlanner()
    app.extensions["matchmaker.settled"] = settled_meetings
    app.extensions["matchmaker.meetings_of"] = own_meetings
    app.extensions["matchmaker.published"] = published_meetings
    app.extensions["matchmaker.published_runs"] = published_runs
    app.extensions["matchmaker.run_in_force"] = run_in_force
    app.extensions["matchmaker.call_off"] = call_off_all
    clock.stop_at(config.stop_clock_at)
    _bind_extensions(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    register_request_rules(app)
    register_error_pages(app)
    register_filters(app)
    app.jinja_env.globals["stylesheet_url"] = stylesheet_url
    app.jinja_env.globals["acted_for"] = acted_for
    app.jinja_env.globals["attended_by_reader"] = attending
    register_navigation(app)
    if config.proxy_hops:
        hops = config.proxy_hops
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops
        )
    return app


def _bind_extensions(app: Flask) -> None:
    db.init_app(app)
    migrate.init_app(app, db, directory=str(resource_dir("migrations")))
    login.init_app(app)
    csrf.init_app(app)
    limiter.init_app(app)
    compress.init_app(app)
    babel.init_app(app, locale_selector=select_locale)
    watch()
