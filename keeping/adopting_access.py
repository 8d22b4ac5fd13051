"""Which solution somebody takes over, which adoptions are read, and who may do what with one."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404

from actors.access import Standing, standing
from actors.models import Actor
from curation.access import Visitor, record_to_read
from curation.choices import Kind
from labs.models import Adoption, Solution


def solution_to_adopt(slug: str) -> Solution:
    """A published solution, ended ones too: it may be in use elsewhere."""
    record = record_to_read(Kind.SOLUTION, slug, "owner__record", "lab__record")
    if record.slug != slug:
        raise Http404
    solution: Solution = record.solution
    solution.record = record
    return solution


@dataclass(frozen=True)
class Read:
    """An adoption with what whoever reads it may do."""

    adoption: Adoption
    stands: Standing

    @property
    def speaks(self) -> bool:
        """Whether one speaks for the organisation that took it over."""
        return self.adoption.adopter_id in self.stands.speaks_for

    @property
    def may_change(self) -> bool:
        """Those who speak for it and who look after it; until it is confirmed also who told it."""
        adoption = self.adoption
        told = self.stands.user.is_authenticated and adoption.made_by_id == self.stands.user.pk
        return self.speaks or self.looks_after or (told and not adoption.confirmed)

    @property
    def may_confirm(self) -> bool:
        return self.speaks and not self.adoption.confirmed

    @property
    def may_decline(self) -> bool:
        """While it is only named: those it names, and those who look after the solution."""
        named_only = not self.adoption.confirmed and self.adoption.ended_on is None
        return named_only and (self.speaks or self.stands.may_edit(self.adoption.solution))

    @property
    def looks_after(self) -> bool:
        """Whether one is a curator, or a steward of the solution or of who took it over."""
        adoption, scope = self.adoption, self.stands.scope
        return scope.covers(adoption.solution.record) or scope.covers(adoption.adopter.record)


def adoption_to_read(user: Visitor, slug: str, number: int) -> Read:
    """An adoption everybody may read. One by an organisation that waits is there for who may change it."""
    found = Adoption.objects.with_all().filter(pk=number, solution__record__slug=slug).first()
    if found is None or not found.solution.record.is_public:
        raise Http404
    read = Read(found, standing(user))
    if not found.adopter.record.is_public and not read.may_change:
        raise Http404
    return read


def adoption_to_change(user: Visitor, slug: str, number: int) -> Read:
    """The same for those who may change it. Others get 403."""
    read = adoption_to_read(user, slug, number)
    if not read.may_change:
        raise PermissionDenied
    return read


def own_to_adopt(stands: Standing, solution: Solution) -> Actor | None:
    """The organisation somebody most likely tells of: one's own, unless it is named already or began it."""
    if solution.owner_id is not None and solution.owner_id in stands.speaks_for:
        return None
    theirs = Actor.objects.published().filter(pk__in=stands.speaks_for, record__ended=False)
    free = theirs.exclude(adoptions__solution=solution).select_related("record")
    found = sorted(free.order_by("pk"), key=lambda actor: actor.pk not in stands.memberships)
    return found[0] if found else None
