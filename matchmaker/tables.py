"""Imports every module that declares tables, so that the metadata is whole."""

from matchmaker.accounts import models as accounts
from matchmaker.accounts import models_two_factor as two_factor
from matchmaker.agenda import models as agenda
from matchmaker.agenda import models_draft as drafts
from matchmaker.audit import models as audit
from matchmaker.database import Base
from matchmaker.events import models as events
from matchmaker.events import models_look as look
from matchmaker.events import models_team as team
from matchmaker.followup import models as followup
from matchmaker.mailings import models as mailings
from matchmaker.marketplace import models as marketplace
from matchmaker.matching import models as matching
from matchmaker.matching import models_capacity as capacity
from matchmaker.merging import models as merging
from matchmaker.messages import models as messages
from matchmaker.organisations import models as organisations
from matchmaker.organisations import models_cluster as clusters
from matchmaker.people import models as people
from matchmaker.programme import models as programme
from matchmaker.questions import models as questions
from matchmaker.registration import models as registration
from matchmaker.registration import models_consents as consents
from matchmaker.registration import models_disruptions as disruptions
from matchmaker.registration import models_points as points
from matchmaker.registration import models_profile as profiles
from matchmaker.registration import models_sessions as chosen_sessions
from matchmaker.registration import models_tags as tags
from matchmaker.registration import models_views as views
from matchmaker.roster import models as roster
from matchmaker.setup import models as setup
from matchmaker.wishes import models as wishes

MODULES = (
    accounts,
    two_factor,
    organisations,
    clusters,
    events,
    look,
    team,
    programme,
    registration,
    consents,
    disruptions,
    points,
    profiles,
    chosen_sessions,
    tags,
    views,
    questions,
    marketplace,
    wishes,
    matching,
    capacity,
    people,
    agenda,
    drafts,
    followup,
    roster,
    mailings,
    merging,
    setup,
    messages,
    audit,
)
metadata = Base.metadata
