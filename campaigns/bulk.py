"""One thing done to many recipients: at once to a few, as a long job to a whole list."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from campaigns import own_fields, tags
from campaigns.errors import CampaignError
from campaigns.models import Recipient, RecipientField, Suppression, Tag
from campaigns.recipient_search import Search
from campaigns.recipients import suppressed_states
from campaigns.suppression import suppress
from jobs import work as works
from jobs.errors import JobError
from jobs.models import Work
from jobs.work import Kind, Shift

KIND = "campaigns.change_recipients"
# So many are changed while one waits.
AT_ONCE = 500
BATCH, BATCH_OF_SQLITE = 2000, 200
ADD_TAG, REMOVE_TAG, UNSUBSCRIBE, DELETE, CONSENT = "add-tag", "remove-tag", "unsubscribe", "delete", "consent"
FORGET_FIELD = "forget-field"
ACTIONS = {
    ADD_TAG: gettext_lazy("Add a tag"),
    REMOVE_TAG: gettext_lazy("Remove a tag"),
    CONSENT: gettext_lazy("Note their consent"),
    UNSUBSCRIBE: gettext_lazy("Unsubscribe"),
    DELETE: gettext_lazy("Delete"),
}


def meant(*, owner: User, ids: Sequence[int] | None, search: Search) -> QuerySet[Recipient]:
    """The recipients that were ticked, or, with `ids` None, all that the search finds."""
    return search.rows(owner) if ids is None else Recipient.objects.filter(owner=owner, pk__in=ids)


def change_many(
    *, owner: User, action: str, ids: Sequence[int] | None, search: Search, options: Mapping[str, Any]
) -> tuple[int, Work | None]:
    """Do it, and say to how many; for very many, ask for it as a long job.

    `options`: `tag` (a name) for the tags; `basis` and `source` for the consent. Raises CampaignError, ValidationError.
    """
    settled = settle(owner, action, options)
    rows = meant(owner=owner, ids=ids, search=search)
    first = list(rows.order_by("pk").values_list("pk", flat=True)[: AT_ONCE + 1])
    if len(first) <= AT_ONCE:
        with transaction.atomic():
            apply(owner, action, settled, first)
        return len(first), None
    last = rows.aggregate(last=Max("pk"))["last"]
    params = {"owner": owner.pk, "action": action, "options": settled, "search": search.params, "last": last}
    params["ids"] = None if ids is None else list(ids)
    return rows.count(), works.start(kind=KIND, title=str(ACTIONS[action]), owner=owner, params=params)


def settle(owner: User, action: str, options: Mapping[str, Any]) -> dict[str, Any]:
    if action not in ACTIONS:
        raise CampaignError(_("Choose what to do."))
    if action in (ADD_TAG, REMOVE_TAG):
        name = " ".join(str(options.get("tag") or "").split())
        if not name:
            raise CampaignError(_("Say which tag."))
        known = Tag.objects.filter(owner=owner, name=name).first()
        if action == REMOVE_TAG and known is None:
            raise CampaignError(_("There is no tag “%(name)s”.") % {"name": name})
        return {"tag": (known or tags.tags_named(owner=owner, names=[name])[0]).pk}
    if action == CONSENT:
        basis = str(options.get("basis") or "")
        if basis not in (Recipient.Consent.OPT_IN, Recipient.Consent.CUSTOMER):
            raise CampaignError(_("Say what allows you to write to them."))
        return {"basis": basis, "source": str(options.get("source") or "").replace("\0", "").strip()[:200]}
    return {}


def delete_field(*, field: RecipientField) -> None:
    """The field at once, its values with a long job. Raises CampaignError while a segment asks for it."""
    owner, key, title = field.owner, field.key, _("Forget the field “%(name)s”") % {"name": field.label}
    last = Recipient.objects.filter(owner=owner).aggregate(last=Max("pk"))["last"] or 0
    params = {"owner": owner.pk, "action": FORGET_FIELD, "options": {"key": key}, "search": {}, "ids": None}
    with transaction.atomic():
        own_fields.delete_field(field=field)
        works.start(kind=KIND, title=title, owner=owner, params=params | {"last": last})


def run(shift: Shift) -> None:
    """One slice. Each recipient is looked at once, by rising key: what matches changes under our hands."""
    params = shift.params
    owner = User.objects.get(pk=params["owner"])
    size = BATCH if connection.vendor == "postgresql" else BATCH_OF_SQLITE
    try:
        search, ids, last = Search.of(params["search"]), params["ids"], params["last"]
        if shift.work.total is None:
            shift.step(done=0, total=meant(owner=owner, ids=ids, search=search).filter(pk__lte=last).count())
        rows = meant(owner=owner, ids=None, search=search if ids is None else Search()).filter(pk__lte=last)
        for batch in batches(rows, ids, after=shift.checkpoint.get("after", 0), size=size):
            with transaction.atomic():
                apply(owner, params["action"], params["options"], batch)
                done = shift.work.done + len(batch)
                shift.step(done=done, counts={"changed": len(batch)}, after=batch[-1])
            shift.breathe()
    except CampaignError as error:
        raise JobError(str(error)) from error


def batches(rows: QuerySet[Recipient], ids: Sequence[int] | None, *, after: int, size: int) -> Iterator[list[int]]:
    """Keys of the rows, of the ticked ones if `ids` is given, rising from `after`; what is asked for is never large."""
    keys = rows.order_by("pk").values_list("pk", flat=True)
    if ids is not None:
        left = sorted(pk for pk in ids if pk > after)
        windows = (left[start : start + size] for start in range(0, len(left), size))
        yield from filter(None, (list(keys.filter(pk__in=window)) for window in windows))
        return
    while batch := list(keys.filter(pk__gt=after)[:size]):
        yield batch
        after = batch[-1]


def apply(owner: User, action: str, options: Mapping[str, Any], batch: Sequence[int]) -> None:
    """Do it to these; call it in a transaction."""
    rows = Recipient.objects.filter(owner=owner, pk__in=batch)
    if action in (ADD_TAG, REMOVE_TAG):
        tag = Tag.objects.filter(owner=owner, pk=options["tag"]).first()
        if tag is None:
            raise CampaignError(_("The tag is not there any more."))
        people = list(rows.values_list("pk", flat=True))
        tags.put_on(tag, people) if action == ADD_TAG else tags.take_off(tag, people)
    elif action == UNSUBSCRIBE:
        gone = Q(state__in=[Recipient.State.COMPLAINED, Recipient.State.BOUNCED])
        emails = list(rows.exclude(gone).values_list("email", flat=True))
        reason = Suppression.Reason.UNSUBSCRIBED
        suppress(owner_id=owner.pk, emails=emails, reason=reason, state=Recipient.State.UNSUBSCRIBED)
    elif action == DELETE:
        rows.delete()
    elif action == CONSENT:
        agree(owner, rows, options)
    elif action == FORGET_FIELD:
        forget(rows, options["key"])


def agree(owner: User, rows: QuerySet[Recipient], options: Mapping[str, Any]) -> None:
    """Who was unconfirmed may be written to now; who has left, bounced or complained stays away."""
    waiting = dict(rows.filter(state=Recipient.State.UNCONFIRMED).values_list("pk", "email_hash"))
    suppressed = suppressed_states(owner, waiting.values())
    free = [pk for pk, email_hash in waiting.items() if email_hash not in suppressed]
    rows.filter(pk__in=free).update(
        state=Recipient.State.ACTIVE,
        consent_basis=options["basis"],
        consent_source=options["source"],
        consented_at=timezone.now(),
    )


def forget(rows: QuerySet[Recipient], key: str) -> None:
    people = list(rows.filter(attributes__has_key=key).only("pk", "attributes"))
    for recipient in people:
        recipient.attributes.pop(key, None)
    Recipient.objects.bulk_update(people, ["attributes"], 200)


CHANGE = Kind(
    name=KIND,
    label=gettext_lazy("Change of recipients"),
    run=run,
    permission="campaigns.view_all",
    counts={"changed": gettext_lazy("Changed")},
)
