"""The controlled lists of actors."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ActorKind(models.TextChoices):
    """What an organisation is."""

    MUNICIPALITY = "municipality", _("Municipality")
    MUNICIPAL_UNIT = "municipal_unit", _("Municipal institution or unit")
    REGION = "region", _("Region")
    HOSPITAL = "hospital", _("Hospital or clinic")
    GENERAL_PRACTICE = "general_practice", _("General practice / primary care")
    STATE_AGENCY = "state_agency", _("State agency")
    HOUSING_ASSOCIATION = "housing_association", _("Social housing organisation")
    UTILITY = "utility", _("Utility company")
    SCHOOL = "school", _("School or day care")
    CIVIL_SOCIETY = "civil_society", _("Association or NGO")
    CITIZEN_GROUP = "citizen_group", _("Citizens' or patient group")
    LOCAL_COMMUNITY = "local_community", _("Village or neighbourhood community")
    UNIVERSITY = "university", _("University")
    UNIVERSITY_COLLEGE = "university_college", _("University college")
    RESEARCH_GROUP = "research_group", _("Research group or centre")
    GTS = "gts", _("RTO / GTS institute")
    COMPANY = "company", _("Company")
    STARTUP = "startup", _("Start-up")
    TECH_TRANSFER = "tech_transfer", _("Technology transfer office")
    SCIENCE_PARK = "science_park", _("Science park or incubator")
    FOUNDATION = "foundation", _("Foundation")
    PUBLIC_FUND = "public_fund", _("Public funding body")
    CLUSTER = "cluster", _("Cluster organisation")
    LIVING_LAB = "living_lab", pgettext_lazy("organisation", "Living lab")
    TEST_CENTRE = "test_centre", _("Test or demonstration centre")
    INNOVATION_UNIT = "innovation_unit", _("Public innovation unit")
    BUSINESS_HUB = "business_hub", _("Business hub")
    NETWORK = "network", _("Network or professional community")
    OTHER = "other", _("Another kind")


class Role(models.TextChoices):
    """The twelve roles of a coalition, in the order pages draw them."""

    HOST = "host", _("Host")
    FACILITATOR = "facilitator", _("Orchestrator")
    RESEARCH = "research", _("Research partner")
    NEED_OWNER = "need_owner", _("Need owner in operations")
    SPONSOR = "sponsor", _("Management or political sponsor")
    USERS = "users", _("Users or citizens")
    FRONTLINE = "frontline", _("Front-line staff")
    CIVIL_SOCIETY = "civil_society", _("Civil society")
    COMPANY = "company", _("Company partner")
    FUNDER = "funder", _("Funder")
    EVALUATOR = "evaluator", _("Evaluator")
    PEER = "peer", _("Peer place")


class RoleSaid(models.TextChoices):
    """What sources call a party whose role in the coalition they do not tell."""

    MUNICIPALITY = "municipality", _("Municipality")
    REGION = "region", _("Region")
    AUTHORITY = "authority", _("Authority")
    PARTNER = "partner", _("Partner")
    NETWORK = "network", pgettext_lazy("role", "Network")
    ADVISER = "adviser", _("Adviser")


class RelationVerb(models.TextChoices):
    """How one organisation is tied to another."""

    PARTNERS_WITH = "partners_with", _("works with")
    FUNDS = "funds", _("funds")
    SUPPLIES_KNOWLEDGE = "supplies_knowledge", _("supplies knowledge to")
    TESTS_AT = "tests_at", _("tests at")
    ADOPTED_FROM = "adopted_from", _("has adopted from")
    INSPIRED_BY = "inspired_by", _("is inspired by")
    PART_OF = "part_of", _("is part of")
    MEMBER_OF = "member_of", _("is a member of")
    SUCCEEDS = "succeeds", _("succeeds")


class OfferKind(models.TextChoices):
    """What an actor can bring.

    The first eight are the service classes of the VITALISE living-lab catalogue.
    """

    TESTING_VALIDATION = "testing_validation", _("Testing and validation")
    COMMUNITY_NETWORK = "community_network", _("Community and network building")
    PLANNING_MANAGEMENT = "planning_management", _("Project planning and management")
    COCREATION = "cocreation", _("Co-creation")
    CAPACITY_BUILDING = "capacity_building", _("Capacity building")
    ADVISORY = "advisory", _("Advisory services")
    MARKET_SALES = "market_sales", _("Market and sales support")
    INFRASTRUCTURE_DATA = "infrastructure_data", _("Infrastructure and data management")
    RESEARCH = "research", _("Research capacity")
    PANEL = "panel", pgettext_lazy("offer", "User panel")
    SITE = "site", _("Real site to test in")
    DATA_ACCESS = "data_access", _("Access to data")
    STUDENTS = "students", pgettext_lazy("offer", "Students")
    FINANCE = "finance", _("Finance")
    LICENCE = "licence", _("Technology or patent for licence")
    EVALUATION = "evaluation", _("Evaluation")
    MENTOR = "mentor", _("Peer who has done it")


class OfferStatus(models.TextChoices):
    """Whether an offer stands; not known is the empty value and is said to be."""

    OPEN = "open", pgettext_lazy("offer", "Open")
    CLOSED = "closed", pgettext_lazy("offer", "Closed")
    EXPIRED = "expired", pgettext_lazy("offer", "Expired")


# An offer in one of these is history: it has ended.
OFFER_OVER = (OfferStatus.CLOSED, OfferStatus.EXPIRED)


class MemberRole(models.TextChoices):
    """What a member of an organisation may do."""

    EDITOR = "editor", _("Editor")
    OWNER = "owner", pgettext_lazy("member", "Owner")


class Basis(models.TextChoices):
    """What a membership rests on."""

    REGISTERED = "registered", _("Registered the organisation")
    INVITED = "invited", _("Invited by an owner")
    CLAIMED = "claimed", _("Claimed the entry")
    STEWARD = "steward", _("Given by a steward")


class EnquiryState(models.TextChoices):
    """Where a message to those behind an entry stands."""

    UNCONFIRMED = "unconfirmed", pgettext_lazy("enquiry", "Address not confirmed yet")
    SENT = "sent", pgettext_lazy("enquiry", "Sent, not answered yet")
    ANSWERED = "answered", pgettext_lazy("enquiry", "Answered")
    CLOSED = "closed", pgettext_lazy("enquiry", "Closed")


class WhatCame(models.TextChoices):
    """What came of an enquiry, asked of both sides 60 days later."""

    MEETING = "meeting", _("A meeting")
    PROJECT = "project", _("A project together")
    APPLICATION = "application", _("A joint application")
    NOTHING = "nothing", pgettext_lazy("enquiry", "Nothing")
