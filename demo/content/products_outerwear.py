"""Jackets and trousers."""

from demo.content.kinds import Article, Family, Option, Text, text

JACKET = Family(
    "jacket",
    "jackets",
    Text(
        "Zips are replaced free of charge for five years. Wash rarely, with soap flakes, and warm it afterwards: "
        "that brings the water repellency back.",
        "Молнии меняем бесплатно пять лет. Стирайте редко, мыльной стружкой, потом прогрейте: так возвращается "
        "водоотталкивание.",
    ),
    options=(
        Option(text("S")),
        Option(text("M")),
        Option(text("L")),
        Option(text("XL")),
        Option(text("XXL")),
    ),
    articles=(
        Article(
            "harbour-jacket",
            "Tarn",
            Text("Harbour quilted rain jacket", "Стёганая непромокаемая куртка Harbour"),
            about=Text(
                "Quilting usually means holes, and holes mean water. Here the chambers are woven, not sewn, so that "
                "the rain stays outside and the warmth does not leave.",
                "Стёжка обычно означает дырочки, а дырочки означают воду. Здесь камеры сотканы, а не простёганы: "
                "дождь остаётся снаружи, тепло внутри.",
            ),
            specs={
                "fabric": Text("recycled nylon", "переработанный нейлон"),
                "water": Text("20,000 mm", "20 000 мм"),
                "hood": Text("none", "нет"),
                "weight": "430 g",
            },
            price="159",
            was="189",
            palettes=("navy", "rust", "moss"),
            stock=9,
            popularity=690,
        ),
        Article(
            "wax-jacket",
            "Brindle",
            Text("Quilted jacket in waxed cotton", "Стёганая куртка из вощёного хлопка"),
            about=Text(
                "Smells of wax, creaks for a month and then remembers how you move. Once a year it wants an evening "
                "with a tin and a cloth; the tin is in the pocket.",
                "Пахнет воском, первый месяц поскрипывает, а потом запоминает ваши движения. Раз в год просит вечер "
                "с баночкой и тряпочкой; баночка лежит в кармане.",
            ),
            specs={
                "fabric": Text("waxed cotton", "вощёный хлопок"),
                "filling": Text("wool", "шерсть"),
                "pockets": "4",
                "weight": "1.1 kg",
            },
            price="219",
            palettes=("moss", "ecru"),
            stock=5,
            popularity=360,
        ),
        Article(
            "puffer-light",
            "Tarn",
            Text("Light puffer jacket", "Лёгкая стёганая куртка"),
            about=Text(
                "Packs into its own pocket and comes out without a grudge. The filling is made of fibres that stay "
                "warm when wet, so there is no reason to panic at a cloud.",
                "Складывается в собственный карман и не обижается. Наполнитель греет и мокрым, так что паниковать "
                "при виде тучи незачем.",
            ),
            specs={
                "fabric": Text("recycled nylon", "переработанный нейлон"),
                "filling": Text("synthetic, 80 g/m²", "синтетика, 80 г/м²"),
                "hood": Text("none", "нет"),
                "weight": "320 g",
            },
            price="139",
            palettes=("rust", "plum", "navy"),
            stock=8,
            popularity=520,
        ),
        Article(
            "city-puffer",
            "Lumen Wear",
            Text("City puffer jacket", "Городской пуховик без пуха"),
            about=Text(
                "For a bus stop in January. Pockets lined with fleece, a collar up to the ears, cuffs that keep the "
                "wind out while you look for the card.",
                "Для автобусной остановки в январе. Карманы на флисе, воротник до ушей, манжеты не пускают ветер, "
                "пока вы ищете карту.",
            ),
            specs={
                "fabric": Text("cotton, nylon", "хлопок, нейлон"),
                "filling": Text("synthetic, 200 g/m²", "синтетика, 200 г/м²"),
                "hood": Text("none", "нет"),
                "weight": "980 g",
            },
            price="249",
            was="299",
            palettes=("ecru", "navy"),
            stock=4,
            popularity=430,
        ),
    ),
)


TROUSERS = Family(
    "trousers",
    "trousers",
    Text(
        "Hemmed free of charge: write the inner length into the order comment.",
        "Подгоним по длине бесплатно: напишите длину по внутреннему шву в комментарии к заказу.",
    ),
    options=(
        Option(text("30/32")),
        Option(text("32/32")),
        Option(text("32/34")),
        Option(text("34/32")),
        Option(text("34/34")),
        Option(text("36/34")),
    ),
    articles=(
        Article(
            "everyday-jeans",
            "Lumen Wear",
            Text("Everyday jeans", "Джинсы на каждый день"),
            about=Text(
                "A little room at the thigh, a little less at the ankle, and two per cent of stretch for the "
                "bicycle. Dyed with a tenth of the usual water.",
                "Чуть свободнее в бедре, чуть уже у щиколотки и два процента эластана для велосипеда. На окраску "
                "ушла десятая часть обычной воды.",
            ),
            specs={
                "fabric": Text("98% cotton, 2% elastane", "98% хлопок, 2% эластан"),
                "density": Text("370 g/m²", "370 г/м²"),
                "fit": Text("tapered", "зауженная"),
                "pockets": "5",
            },
            price="79",
            palettes=("navy", "ecru", "moss"),
            stock=11,
            popularity=560,
        ),
        Article(
            "linen-jeans",
            "Fjelda",
            Text("Summer jeans in linen and cotton", "Летние джинсы из льна с хлопком"),
            about=Text(
                "For people who do not own shorts on principle. They breathe, they crease, and by the evening nobody "
                "minds either.",
                "Для тех, кто из принципа не носит шорты. Дышат, мнутся, и к вечеру ни то ни другое уже никого не "
                "волнует.",
            ),
            specs={
                "fabric": Text("60% linen, 40% cotton", "60% лён, 40% хлопок"),
                "density": Text("240 g/m²", "240 г/м²"),
                "fit": Text("relaxed", "свободная"),
                "origin": Text("Lithuania", "Литва"),
            },
            price="79",
            was="95",
            palettes=("ecru", "moss"),
            stock=6,
            popularity=340,
        ),
        Article(
            "trek-trousers",
            "Tarn",
            Text("Trek trousers", "Походные брюки Trek"),
            about=Text(
                "They look like jeans and dry like a tent: in an hour, on you. Double knees on the inside, where "
                "nobody sees them; brambles slide off.",
                "Похожи на джинсы, а сохнут как палатка: за час, прямо на вас. Двойные колени изнутри, где их не "
                "видно; ежевика соскальзывает.",
            ),
            specs={
                "fabric": Text("65% polyester, 35% cotton", "65% полиэстер, 35% хлопок"),
                "fit": Text("regular", "прямая"),
                "pockets": "6",
                "weight": "480 g",
            },
            price="99",
            palettes=("moss", "rust"),
            stock=9,
            popularity=310,
        ),
        Article(
            "moleskin-trousers",
            "Brindle",
            Text("Moleskin trousers", "Молескиновые брюки"),
            about=Text(
                "Cotton so dense that the wind gives up. Stiff on the first day, soft in the first month, and then "
                "for about nine years just right.",
                "Хлопок такой плотный, что ветер сдаётся. В первый день жёсткие, в первый месяц мягкие, а потом лет "
                "девять в самый раз.",
            ),
            specs={
                "fabric": Text("100% cotton", "100% хлопок"),
                "density": Text("400 g/m²", "400 г/м²"),
                "fit": Text("regular", "прямая"),
                "pockets": "5",
            },
            price="118",
            palettes=("plum", "navy"),
            stock=5,
            popularity=220,
        ),
    ),
)
