"""The address book in the account."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from store import address_book, taxes
from store.errors import StoreError
from store.forms import AddressForm
from store.models import Address

MOST_ID = 2**63 - 1


@never_cache
@login_required
def address_list(request: HttpRequest) -> HttpResponse:
    return render(request, "store/address_list.html", {"addresses": address_book.of(request.user)})


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def address_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Change an address, or add one."""
    address = own_or_404(request, pk) if pk else None
    form = AddressForm(request.POST or None, initial=initial(request, address))
    if request.method == "POST" and form.is_valid():
        try:
            is_default = form.cleaned_data["is_default"]
            address_book.save(user=request.user, customer=form.customer, pk=pk, is_default=is_default)
        except StoreError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The address is saved."))
            return redirect("store:address_list")
    status = 422 if form.errors else 200
    return render(request, "store/address_form.html", {"form": form, "address": address}, status=status)


def initial(request: HttpRequest, address: Address | None) -> dict[str, object]:
    if address is None:
        return {"country": taxes.home_country(), "full_name": request.user.get_full_name()}  # type: ignore[union-attr]
    return {name: getattr(address, name) for name in (*address_book.FIELDS, "is_default")}


@require_POST
@login_required
def address_remove(request: HttpRequest, pk: int) -> HttpResponse:
    address_book.remove(address=own_or_404(request, pk))
    messages.success(request, _("The address is removed."))
    return redirect("store:address_list")


def own_or_404(request: HttpRequest, pk: int) -> Address:
    """Another's address is as absent as one that never was."""
    address = address_book.find(user=request.user, pk=pk) if pk <= MOST_ID else None
    if address is None:
        raise Http404
    return address
