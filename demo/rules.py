"""Coupons to try, the rates of special goods, and terms to accept."""

from decimal import Decimal

from company.models import TermsVersion
from demo import ledger
from demo.content.delivery import HOME
from demo.content.rules import CLASSES, CODES, TERMS, TERMS_VERSION, Code
from store.models import Coupon, TaxClass, TaxRate, code_key


def make() -> None:
    """Add what is missing; what the operator has made under these names stays theirs."""
    for item in CODES:
        if not Coupon.objects.filter(key=code_key(item.code)).exists():
            ledger.record(make_coupon(item), item.code)
    for code, (name, rate) in CLASSES.items():
        if not TaxClass.objects.filter(code=code).exists():
            row = TaxClass.objects.create(code=code, name_en=name.en, name_ru=name.ru)
            ledger.record(row, code)
            special = TaxRate.objects.create(country=HOME, tax_class=row, rate=Decimal(rate))
            ledger.record(special, f"{HOME}/{code}")
    if not TermsVersion.objects.exists():
        terms = TermsVersion.objects.create(version=TERMS_VERSION, text_en=TERMS.en, text_ru=TERMS.ru)
        ledger.record(terms, TERMS_VERSION)


def make_coupon(item: Code) -> Coupon:
    return Coupon.objects.create(
        code=item.code,
        kind=item.kind,
        value=Decimal(item.value),
        minimum=Decimal(item.minimum) if item.minimum else None,
        max_uses=item.uses,
        max_uses_each=item.each,
        excludes_sale=item.excludes_sale,
        batch="Demo",
    )
