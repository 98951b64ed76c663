"""What stands around every page: the company, its announcement and the menus."""

from wagtail.models import Page, Site

from blog.models import BlogIndexPage
from company.models import Announcement, Company
from demo import ledger, prose
from demo.content import front
from demo.content.kinds import Text
from home.models import Navigation, StandardPage
from store.models import Category, InvoiceSettings


def make(*, site: Site) -> None:
    promise = {f"promise_{code}": front.PROMISE[code] for code in ("en", "ru")}
    ledger.change(Company.for_site(site), "company", **front.COMPANY, **promise)
    note = {f"note_{code}": front.INVOICE_NOTE[code] for code in ("en", "ru")}
    ledger.change(InvoiceSettings.for_site(site), "invoices", **note)
    ledger.change(
        Announcement.for_site(site),
        "announcement",
        active=True,
        text_en=front.ANNOUNCEMENT.en,
        text_ru=front.ANNOUNCEMENT.ru,
        link=front.ANNOUNCEMENT_LINK,
    )
    journal = BlogIndexPage.objects.child_of(site.root_page).first()
    ledger.change(
        Navigation.for_site(site),
        "menus",
        header=[*shelves(front.HEADER), *pages([journal])],
        footer=[
            column(front.FOOTER_SHOP, shelves(front.FOOTER_SHELVES)),
            column(front.FOOTER_HELP, sheets(site, front.FOOTER_HELP_PAGES)),
            column(front.FOOTER_US, [*sheets(site, front.FOOTER_US_PAGES), *pages([journal])]),
        ],
    )


def column(label: Text, links: list[prose.Block]) -> prose.Block:
    return "column", {"label_en": label.en, "label_ru": label.ru, "links": links}


def shelves(slugs: tuple[str, ...]) -> list[prose.Block]:
    found = Category.objects.in_bulk(list(slugs), field_name="slug")
    return [("category", unlabelled(category=found[slug])) for slug in slugs if slug in found]


def sheets(site: Site, slugs: tuple[str, ...]) -> list[prose.Block]:
    found = {page.slug: page for page in StandardPage.objects.filter(slug__in=slugs).child_of(site.root_page)}
    return pages([found.get(slug) for slug in slugs])


def pages(found: list[Page | None]) -> list[prose.Block]:
    return [("page", unlabelled(page=page)) for page in found if page]


def unlabelled(**target: object) -> dict[str, object]:
    """Links go by their target's own name, which is translated already."""
    return {"label_en": "", "label_ru": "", **target}
