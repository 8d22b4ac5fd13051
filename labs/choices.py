"""The controlled lists of living labs."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Driver(models.TextChoices):
    """Who drives a lab (Leminen, Westerlund & Nyström 2012)."""

    ENABLER = "enabler", _("Driven by a public or funding body")
    PROVIDER = "provider", _("Driven by a knowledge institution")
    UTILIZER = "utilizer", _("Driven by companies")
    USER = "user", _("Driven by users or citizens")


class Form(models.TextChoices):
    """What a lab is built as."""

    PLATFORM = "platform", _("Permanent platform")
    PLACE = "place", _("Place or neighbourhood")
    INSTITUTION = "institution", _("Institution in operation")
    NETWORK = "network", _("Network of sites")
    PROJECT = "project", _("Time-limited project")
    VIRTUAL = "virtual", _("Digital or home-based")


class Disposition(models.TextChoices):
    """What an urban lab does to its city (Bulkeley et al. 2019)."""

    TRIAL = "trial", _("Trial")
    ENCLAVE = "enclave", _("Enclave")
    DEMONSTRATION = "demonstration", _("Demonstration")
    PLATFORM = "platform", _("Platform")


class Setting(models.TextChoices):
    """The daily life a lab takes place in."""

    HOME = "home", _("Home")
    CARE_HOME = "care_home", _("Care home")
    HOSPITAL_WARD = "hospital_ward", _("Hospital ward")
    SCHOOL_DAYCARE = "school_daycare", pgettext_lazy("setting", "School or day care")
    CAMPUS = "campus", _("Campus")
    STREET_PUBLIC_SPACE = "street_public_space", _("Street and public space")
    BUILDING = "building", _("Building")
    WHOLE_MUNICIPALITY = "whole_municipality", _("Whole municipality")
    VILLAGE = "village", _("Village")
    ISLAND = "island", _("Island")
    FARM_NATURE = "farm_nature", _("Farming and nature")
    COAST = "coast", _("Coast")
    WETLAND = "wetland", _("Wetland")
    HARBOUR_INDUSTRY = "harbour_industry", _("Harbour or business area")
    ENERGY_SYSTEM = "energy_system", _("Energy system")
    TEST_CENTRE = "test_centre", _("Test centre")
    AIR_SPACE = "air_space", _("Air space")
    FESTIVAL = "festival", _("Festival")
    DIGITAL = "digital", _("Digital space")


class Method(models.TextChoices):
    """How a lab works."""

    NEED_FINDING = "need_finding", _("Need finding")
    INTERVIEW = "interview", _("Interview")
    OBSERVATION = "observation", _("Field observation")
    WORKSHOP = "workshop", _("Co-design workshop")
    DESIGN_SPRINT = "design_sprint", _("Design sprint")
    INNOVATION_PARTNERSHIP = "innovation_partnership", _("Innovation partnership")
    DESIGN_THINKING = "design_thinking", _("Design thinking")
    BEHAVIOURAL = "behavioural", _("Behavioural insights")
    PROTOTYPE = "prototype", _("Prototyping")
    USABILITY = "usability", _("Usability test")
    REAL_LIFE_TRIAL = "real_life_trial", _("Real-life trial")
    PILOT = "pilot", _("Pilot")
    RCT = "rct", _("Randomised trial")
    QUASI = "quasi", _("Quasi-experiment")
    SURVEY = "survey", _("Survey")
    REGISTER_DATA = "register_data", _("Register data")
    SENSOR = "sensor", _("Sensor data")
    PANEL = "panel", _("User panel")
    CITIZEN_SCIENCE = "citizen_science", _("Citizen science")
    ACTION_RESEARCH = "action_research", _("Action research")
    THEORY_OF_CHANGE = "theory_of_change", _("Theory of change")
    COST_BENEFIT = "cost_benefit", _("Cost-benefit")
    PROCUREMENT = "procurement", _("Innovative procurement")
    MISSION_LAB = "mission_lab", _("Mission lab")
    OTHER = "other", _("Other")


class OpenTo(models.TextChoices):
    """What a lab is open to now."""

    RESEARCH = "research", _("Research partners")
    COMPANIES = "companies", _("Companies with something to test")
    PEERS = "peers", _("Peer places")
    STUDENTS = "students", _("Students")
    CITIZENS = "citizens", _("Citizens who want to take part")
    VISITS = "visits", _("Visits")
