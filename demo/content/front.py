"""The front page, the menus and who runs the shop."""

from dataclasses import dataclass

from demo.content.kinds import Heading, Paragraph, Part, Quote, Shelved, Text


@dataclass(frozen=True, slots=True)
class Slide:
    picture: str
    title: Text
    text: Text
    button: Text
    shelf: str


SLIDES = (
    Slide(
        "desk-morning",
        Text("A desk you like to come back to", "Стол, к которому хочется вернуться"),
        Text(
            "Screens, keyboards and lamps for long days, tried on our own.",
            "Экраны, клавиатуры и лампы для долгих дней, проверенные на себе.",
        ),
        Text("See computers", "К компьютерам"),
        "computers",
    ),
    Slide(
        "wardrobe-morning",
        Text("Clothes that can be mended", "Одежда, которую можно починить"),
        Text(
            "Thick cloth, honest seams, and a spare button in every one.",
            "Плотная ткань, честные швы и запасная пуговица в каждой вещи.",
        ),
        Text("See clothing", "К одежде"),
        "clothing",
    ),
    Slide(
        "shelf-noon",
        Text("Music that stays in the room", "Музыка, которая остаётся в комнате"),
        Text(
            "Turntables, speakers and headphones with parts for seven years.",
            "Проигрыватели, колонки и наушники с запчастями на семь лет.",
        ),
        Text("See audio", "К звуку"),
        "audio",
    ),
)

PRODUCTS_TITLE = Text("People come back for these", "За этим возвращаются")
PRODUCTS = (
    "aria-700",
    "slate-14",
    "harbour-mid",
    "heavy-tee",
    "orrin-6",
    "orbit-1",
    "harbour-jacket",
    "commute-20",
)


@dataclass(frozen=True, slots=True)
class Promise:
    icon: str
    title: Text
    text: Text


PROMISES = (
    Promise(
        "truck",
        Text("Free delivery from €60", "Бесплатная доставка от 60 €"),
        Text("Paid before two, sent the same day.", "Оплачено до двух, отправлено в тот же день."),
    ),
    Promise(
        "return",
        Text("Thirty days to think", "Тридцать дней на раздумья"),
        Text("Use it as one uses things. Returning is free.", "Пользуйтесь как обычно. Возврат бесплатный."),
    ),
    Promise(
        "star",
        Text("Three years of warranty", "Три года гарантии"),
        Text("Batteries count as things that break.", "Батарея тоже считается поломкой."),
    ),
)

TILES_TITLE = Text("Where to begin", "С чего начать")
TILES = ("audio", "computers", "phones-tablets", "t-shirts", "jackets", "footwear")

NEW_CLOTHES = Shelved(Text("New on the rail", "Новое на вешалке"), "clothing", "newest", 4)
BODY: tuple[Part, ...] = (
    Heading(Text("A shop with a workbench behind it", "Магазин, за которым стоит верстак")),
    Paragraph(
        Text(
            "Everything here has been opened before it was ordered. If a battery cannot be changed, a seam cannot be "
            "sewn again or a part cannot be bought, we look for something else. That leaves fewer things to choose "
            "from, and none that we would not keep ourselves. [Jackets](category:jackets) are where "
            "most people begin, and [the Harbour](product:harbour-jacket) is where many of them stay.",
            "Всё, что здесь есть, мы вскрыли, прежде чем заказать. Если батарею нельзя заменить, шов перешить, а "
            "деталь купить, ищем дальше. Выбор от этого меньше, зато в нём нет ничего, что мы не оставили бы себе. "
            "Большинство начинает с [курток](category:jackets), и многие остаются с [Harbour](product:harbour-jacket).",
        )
    ),
    Quote(
        Text("A thing is cheap when you need not buy it again.", "Вещь дешёвая, если её не приходится покупать снова.")
    ),
)

JOURNAL_INTRO = Text(
    "Advice before you buy, care afterwards, and stories from the workbench.",
    "Советы до покупки, уход после неё и истории с верстака.",
)

TAGS = {
    "audio": Text("audio", "звук"),
    "buying advice": Text("buying advice", "как выбрать"),
    "how to": Text("how to", "как сделать"),
    "clothing": Text("clothing", "одежда"),
    "care": Text("care", "уход"),
    "computers": Text("computers", "компьютеры"),
    "repair": Text("repair", "ремонт"),
    "stories": Text("stories", "истории"),
    "footwear": Text("footwear", "обувь"),
    "cameras": Text("cameras", "фото"),
    "home": Text("home", "дом"),
    "travel": Text("travel", "в дороге"),
}

PROMISE = Text(
    "Free delivery from €60, returns within 30 days", "Бесплатная доставка от 60 €, возврат в течение 30 дней"
)
INVOICE_NOTE = Text(
    "Thank you for buying from us. This shop is a demonstration: nothing is owed and nothing is delivered.",
    "Спасибо за покупку. Это демонстрационный магазин: платить не нужно, товары не отправляются.",
)
ANNOUNCEMENT = Text(
    "Workshop day on Thursday: bring a jacket, take it home with a new zip.",
    "В четверг день мастерской: приносите куртку, унесёте с новой молнией.",
)
ANNOUNCEMENT_LINK = "/about/"

COMPANY = {
    "legal_name": "Vitrina Demo Ltd (invented)",
    "legal_address": "12 Harbour Street\nNorthhaven NH1 2AB",
    "tax_number": "XX 000 0000 00",
    "registration": "Register of Examples, No. 0000001",
    "bank_details": "Example Bank\nIBAN XX00 EXAM 0000 0000 0000 00\nBIC EXAMXX00",
    "email": "shop@example.com",
    "phone": "+44 20 7946 0100",
}

# Shelves in the row under the header, and the columns of the footer.
HEADER = ("audio", "computers", "phones-tablets", "wearables", "photo", "clothing", "footwear")
FOOTER_SHOP = Text("Shop", "Магазин")
FOOTER_HELP = Text("Help", "Помощь")
FOOTER_US = Text("About us", "О нас")
FOOTER_SHELVES = ("electronics", "clothing", "accessories", "lighting")
FOOTER_HELP_PAGES = ("delivery-and-returns", "contacts")
FOOTER_US_PAGES = ("about", "privacy")
