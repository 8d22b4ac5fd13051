"""The app's place in the project."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LabsConfig(AppConfig):
    """Names the app, tells the search index how to read its entries, and what is kept of people."""

    name = "labs"
    verbose_name = _("Labs, trials and solutions")

    def ready(self) -> None:
        from accounts import personal
        from curation import phases, search
        from curation.choices import Kind

        from . import index, solution_index, solution_stages, trial_index, trial_stages
        from .models import Lab, Solution, Trial
        from .personal import erase, export

        search.register(Kind.LAB, Lab.objects.all, index.facts, index.linked)
        search.register(Kind.TRIAL, Trial.objects.all, trial_index.facts, trial_index.linked)
        search.register(Kind.SOLUTION, Solution.objects.all, solution_index.facts, solution_index.linked)
        phases.register(Kind.TRIAL, trial_stages.SHOWN)
        phases.register(Kind.SOLUTION, solution_stages.SHOWN)
        personal.register("labs", export, erase)
