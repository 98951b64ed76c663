"""Campaign owners for those who watch over them: who they are, what they have sent, how it was taken."""

from django.db.models import Exists, F, FloatField, IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Cast, Coalesce, NullIf

from accounts.models import User
from campaigns.models import Mailing, Run
from campaigns.roles import CAMPAIGN_OWNERS


def owners() -> QuerySet[User]:
    """Whoever has the role or has had mailings."""
    has_mailings = Exists(Mailing.objects.filter(owner=OuterRef("pk")))
    in_group = Exists(User.groups.through.objects.filter(user=OuterRef("pk"), group__name=CAMPAIGN_OWNERS))
    return User.objects.filter(has_mailings | in_group)


def summed(name: str) -> Coalesce:
    """Over all runs of the owner."""
    runs = Run.objects.filter(mailing__owner=OuterRef("pk")).order_by().values("mailing__owner")
    total = Subquery(runs.annotate(total=Sum(name)).values("total"), output_field=IntegerField())
    return Coalesce(total, 0)


def with_figures(rows: QuerySet[User]) -> QuerySet[User]:
    """Sums and rates (of what was sent, in percent) for the rows of one page."""
    sums = {name: summed(name) for name in ("sent", "bounced", "complained")}
    sent = NullIf(Cast(F("sent"), FloatField()), 0.0)
    return (
        rows.select_related("campaign_settings")
        .annotate(**sums)
        .annotate(bounce_rate=F("bounced") * 100.0 / sent, complaint_rate=F("complained") * 100.0 / sent)
    )
