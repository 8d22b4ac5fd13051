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


class TrialStage(models.TextChoices):
    """How far a trial is, after OPSI's innovation lifecycle; that it is over is a dated fact of the entry."""

    DISCOVER = "discover", _("Finding problems")
    DESIGN = "design", _("Generating ideas")
    PROPOSAL = "proposal", _("Developing proposal")
    IMPLEMENT = "implement", _("Implementing")
    EVALUATE = "evaluate", _("Evaluating")
    DIFFUSE = "diffuse", _("Diffusing lessons")


class Changed(models.TextChoices):
    """What something learned has changed."""

    NEED = "need", _("The need")
    METHOD = "method", _("The method")
    SOLUTION = "solution", _("The solution")
    NOTHING = "nothing", pgettext_lazy("learning", "Nothing yet")


class SolutionStage(models.TextChoices):
    """How far a solution has been brought, as it is told."""

    IDEA = "idea", pgettext_lazy("solution", "Idea")
    PROOF = "proof", _("Proof of concept")
    TRIAL = "trial", pgettext_lazy("solution", "Trial")
    IN_USE = "in_use", _("In use")


class Reached(models.TextChoices):
    """What lists file a solution under: the stage told, or what its values and adoptions show."""

    IDEA = "idea", pgettext_lazy("solution", "Idea")
    PROOF = "proof", _("Proof of concept")
    TRIAL = "trial", pgettext_lazy("solution", "Trial")
    IN_USE = "in_use", _("In use")
    DOCUMENTED = "documented", _("Documented value")
    SPREAD = "spread", _("Spread")


class InnovationType(models.TextChoices):
    """What kind of innovation something is (Innovationsbarometeret)."""

    PRODUCT = "product", _("Product")
    SERVICE = "service", _("Service")
    PROCESS_ORG = "process_org", _("Process or way of organising")
    COMMUNICATION = "communication", _("Way of communicating")


class Novelty(models.TextChoices):
    """How far a solution departs from what was done before."""

    RADICAL = "radical", _("Radical: something else than before")
    INCREMENTAL = "incremental", _("Incremental: a better way of doing the same")


class Reuse(models.TextChoices):
    """Whether something was developed here or taken over (Innovationsbarometeret)."""

    FIRST = "first", _("First to develop and introduce (as far as we know)")
    ADAPTED = "adapted", _("Inspired by others, adapted substantially")
    COPY = "copy", _("Largely a copy of others' solution")


class Contributor(models.TextChoices):
    """Who started or carried an innovation (Innovationsbarometeret)."""

    EMPLOYEES = "employees", _("Employees")
    LEADERS = "leaders", _("Leaders")
    CITIZENS = "citizens", _("Citizens")
    POLITICIANS = "politicians", _("Politicians")
    LEGISLATION = "legislation", _("Legislation")
    COMPANIES = "companies", pgettext_lazy("contributor", "Companies")
    RESEARCHERS = "researchers", _("Researchers")


class ValueKind(models.TextChoices):
    """The five kinds of value (Innovationsbarometeret)."""

    QUALITY = "quality", _("Quality")
    EFFICIENCY = "efficiency", _("Efficiency")
    CITIZEN_INVOLVEMENT = "citizen_involvement", _("Citizen involvement")
    EMPLOYEE_SATISFACTION = "employee_satisfaction", _("Employee satisfaction")
    POLITICAL_GOALS = "political_goals", _("Political goals achieved")


class Evidence(models.TextChoices):
    """How one knows of a value; what is only experienced is not documented."""

    FELT = "felt", _("Experienced")
    COUNTED = "counted", _("Counted before and after")
    EVALUATED = "evaluated", _("Evaluated by others")
    COMPARED = "compared", _("Compared with a control")


class Operable(models.TextChoices):
    """Whether daily operation can use something (driftbarhed)."""

    YES = "yes", _("Daily operation can use it")
    PARTLY = "partly", _("Daily operation can use part of it")
    NOT_YET = "not_yet", _("Daily operation cannot use it yet")


class Obstacle(models.TextChoices):
    """What a solution waits for between trial and operation."""

    DECISION = "decision", _("A decision by leaders or politicians")
    MONEY = "money", _("Money for operation")
    PROCUREMENT = "procurement", _("Procurement or a contract")
    IT = "it", _("IT and integration")
    LAW = "law", _("Law, data protection or ethics")
    STAFF = "staff", _("Time and skills of staff")
    OWNER = "owner", _("Somebody in operation who takes it over")
    EVIDENCE = "evidence", _("Documented effect")
    SUPPLIER = "supplier", _("A supplier who delivers")


class HeardThrough(models.TextChoices):
    """How somebody came to hear of a solution they took over."""

    COLLEAGUES = "colleagues", _("Colleagues elsewhere")
    NETWORK = "network", _("A network or professional community")
    EVENT = "event", _("A conference or a visit")
    MEDIA = "media", _("Media or a newsletter")
    RESEARCH = "research", _("Researchers")
    SUPPLIER = "supplier", pgettext_lazy("heard", "A supplier")
    AUTHORITY = "authority", _("A ministry, a region or KL")
    REGISTER = "register", _("Stedkraft")
    OTHER = "other", pgettext_lazy("heard", "Something else")


class Half(models.TextChoices):
    """For whom a sheet of PULL-spejlet is answered."""

    LAB = "lab", _("For the lab")
    HOST = "host", _("For the host")


class Shown(models.TextChoices):
    """What everybody may read of a finished assessment; nothing is the empty value."""

    DONE = "done", _("Only that it was done")
    ALL = "all", _("The whole result")
