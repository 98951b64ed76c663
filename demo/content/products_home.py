"""Watches and lamps."""

from demo.content.kinds import Article, Family, Option, Text, text

SMARTWATCH = Family(
    "smartwatch",
    "wearables",
    Text(
        "Straps of any make with ordinary 20 mm pins fit. Health readings stay on the watch and the phone; we "
        "never see them.",
        "Подходят ремешки любых марок на обычных шпильках 20 мм. Данные о здоровье остаются на часах и телефоне, "
        "мы их не видим.",
    ),
    options=(
        Option(text("41 mm")),
        Option(text("45 mm"), "30"),
    ),
    articles=(
        Article(
            "pulse-4",
            "Volna",
            Text("Pulse 4 watch", "Часы Pulse 4"),
            about=Text(
                "Counts steps, sleep and lengths in the pool, shows who is calling, and lasts nine days. The dial is "
                "drawn to be read at a glance, not to be admired at a desk.",
                "Считает шаги, сон и бассейны, показывает, кто звонит, и работает девять дней. Циферблат нарисован "
                "так, чтобы читать его мельком, а не любоваться за столом.",
            ),
            specs={
                "battery": Text("9 days", "9 дней"),
                "water": "5 ATM",
                "screen": "1.4″",
                "gps": Text("yes", "есть"),
                "weight": "38 g",
            },
            price="199",
            was="229",
            palettes=("graphite", "silver", "coral"),
            stock=30,
            popularity=740,
        ),
        Article(
            "pulse-lite",
            "Volna",
            Text("Pulse Lite watch", "Часы Pulse Lite"),
            about=Text(
                "Time, steps, pulse, an alarm that wakes only you, and two weeks without a charger. If you are not "
                "sure whether you need such a watch, start here.",
                "Время, шаги, пульс, будильник, который будит только вас, и две недели без зарядки. Если вы не "
                "уверены, нужны ли вам такие часы, начните с этих.",
            ),
            specs={
                "battery": Text("14 days", "14 дней"),
                "water": "5 ATM",
                "screen": "1.2″",
                "gps": Text("by phone", "через телефон"),
                "weight": "29 g",
            },
            price="89",
            palettes=("silver", "sand", "petrol"),
            stock=49,
            popularity=530,
        ),
        Article(
            "trail-x",
            "Tarn",
            Text("Trail X outdoor watch", "Походные часы Trail X"),
            about=Text(
                "Maps that work without a phone, a compass that works without moving, and buttons that work with "
                "gloves. On a long walk it saves power by itself and tells you when you will be back.",
                "Карты без телефона, компас без движения, кнопки без снятия перчаток. В долгом походе сами экономят "
                "заряд и подсказывают, когда вы вернётесь.",
            ),
            specs={
                "battery": Text("21 days", "21 день"),
                "water": "10 ATM",
                "maps": Text("offline", "без сети"),
                "gps": Text("dual band", "двухдиапазонный"),
                "weight": "61 g",
            },
            price="379",
            palettes=("petrol", "graphite"),
            stock=11,
            popularity=400,
        ),
        Article(
            "ritual-dress",
            "Orrin",
            Text("Ritual dress watch", "Классические часы Ritual"),
            about=Text(
                "Real hands over a quiet screen that lights up only when asked. In a meeting it looks like a watch, "
                "because it is one.",
                "Настоящие стрелки над неброским экраном, который загорается, только если попросить. На встрече "
                "выглядят как часы, потому что это и есть часы.",
            ),
            specs={
                "battery": Text("18 days", "18 дней"),
                "water": "3 ATM",
                "glass": Text("sapphire", "сапфировое"),
                "strap": Text("leather", "кожаный"),
                "weight": "52 g",
            },
            price="269",
            was="299",
            palettes=("sand", "silver"),
            stock=14,
            popularity=320,
        ),
        Article(
            "first-watch",
            "Volna",
            Text("First watch for schoolchildren", "Детские часы First"),
            about=Text(
                "Calls six numbers, shows parents the way home and is silent during lessons. No games, no shop, no "
                "strangers.",
                "Звонят на шесть номеров, показывают родителям дорогу домой и молчат на уроках. Ни игр, ни магазина, "
                "ни незнакомцев.",
            ),
            specs={
                "battery": Text("3 days", "3 дня"),
                "water": "IP68",
                "sim": "nano-SIM",
                "age": Text("from 6 years", "от 6 лет"),
                "weight": "41 g",
            },
            price="119",
            palettes=("coral", "petrol"),
            stock=26,
            popularity=260,
        ),
    ),
)


DESK_LAMP = Family(
    "desk-lamp",
    "lighting",
    Text(
        "The light source can be replaced without tools. Colours look the same under it as by the window: Ra 95 "
        "and better.",
        "Источник света меняется без инструмента. Цвета под ней такие же, как у окна: Ra 95 и выше.",
    ),
    articles=(
        Article(
            "arc-desk",
            "Pikku",
            Text("Arc desk lamp", "Настольная лампа Arc"),
            about=Text(
                "Two arms, three joints, no springs that sing. It stays where you put it, reaches over a large sheet "
                "of paper and dims with a turn of the shade.",
                "Два плеча, три шарнира и никаких поющих пружин. Остаётся там, где поставили, дотягивается до края "
                "большого листа и приглушается поворотом плафона.",
            ),
            specs={
                "light": Text("2,700–5,000 K", "2700–5000 К"),
                "brightness": Text("800 lm", "800 лм"),
                "power": "9 W",
                "reach": "72 cm",
            },
            price="89",
            palettes=("graphite", "silver", "sand"),
            stock=27,
            popularity=460,
        ),
        Article(
            "arc-tall",
            "Pikku",
            Text("Arc tall desk lamp", "Высокая лампа Arc"),
            about=Text(
                "The same lamp with longer arms, for a monitor in the middle of the desk. It looks over the screen "
                "and lights the paper in front of it, not the glass.",
                "Та же лампа с длинными плечами, для стола с монитором посередине. Смотрит поверх экрана и светит на "
                "бумагу, а не на стекло.",
            ),
            specs={
                "light": Text("2,700–5,000 K", "2700–5000 К"),
                "brightness": Text("950 lm", "950 лм"),
                "power": "11 W",
                "reach": "94 cm",
            },
            price="99",
            was="115",
            palettes=("silver", "graphite"),
            stock=31,
            popularity=300,
        ),
        Article(
            "dusk-bedside",
            "Pikku",
            Text("Dusk bedside lamp", "Прикроватная лампа Dusk"),
            about=Text(
                "Knows two things: reading and night. Touch it once for a page, twice for the way to the bathroom; "
                "in the morning it gets brighter over half an hour.",
                "Умеет две вещи: чтение и ночь. Одно касание для страницы, два для дороги в ванную, а утром светлеет "
                "в течение получаса.",
            ),
            specs={
                "light": Text("1,800–3,000 K", "1800–3000 К"),
                "brightness": Text("350 lm", "350 лм"),
                "power": "5 W",
                "height": "31 cm",
            },
            price="65",
            palettes=("petrol", "coral"),
            stock=22,
            popularity=280,
        ),
        Article(
            "atelier-lamp",
            "Halden",
            Text("Atelier drawing lamp", "Чертёжная лампа Atelier"),
            about=Text(
                "For drawing boards and sewing machines: an even rectangle of light, a metre wide, without a hard "
                "shadow from your own hand.",
                "Для чертёжных досок и швейных машин: ровный прямоугольник света шириной в метр, без резкой тени от "
                "собственной руки.",
            ),
            specs={
                "light": Text("4,000–6,500 K", "4000–6500 К"),
                "brightness": Text("1,500 lm", "1500 лм"),
                "power": "18 W",
                "reach": "98 cm",
            },
            price="159",
            palettes=("sand", "graphite"),
            stock=8,
            popularity=170,
        ),
        Article(
            "spark-mini",
            "Volna",
            Text("Spark cordless lamp", "Беспроводная лампа Spark"),
            about=Text(
                "From the desk to the balcony table and back. Ten hours on one charge, a hook under the shade, and "
                "rain does it no harm.",
                "Со стола на балкон и обратно. Десять часов от одной зарядки, крючок под плафоном, и дождь ей нипочём.",
            ),
            specs={
                "light": Text("2,700 K", "2700 К"),
                "brightness": Text("250 lm", "250 лм"),
                "battery": "10 h",
                "water": "IP54",
                "weight": "420 g",
            },
            price="45",
            palettes=("coral", "sand", "petrol"),
            stock=3,
            popularity=340,
        ),
    ),
)
