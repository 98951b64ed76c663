"""Bags, hats and sunglasses."""

from demo.content.kinds import Article, Family, Text

CAP = Family(
    "cap",
    "accessories",
    Text(
        "One size, set with a strap at the back. Wash by hand, dry over a bowl.",
        "Размер один, регулируется ремешком. Стирать руками, сушить на миске.",
    ),
    articles=(
        Article(
            "field-cap",
            "Lumen Wear",
            Text("Field cap", "Кепка Field"),
            about=Text(
                "Six panels of washed cotton and a brim that bends without cracking. Folds into a back pocket and "
                "forgives it.",
                "Шесть клиньев из стираного хлопка и козырёк, который гнётся, не ломаясь. Складывается в задний "
                "карман и прощает это.",
            ),
            specs={
                "fabric": Text("100% cotton", "100% хлопок"),
                "size": "55–61 cm",
                "closure": Text("strap", "ремешок"),
            },
            price="26",
            palettes=("moss", "navy", "rust"),
            stock=25,
            popularity=360,
        ),
        Article(
            "run-cap",
            "Volna",
            Text("Running cap", "Беговая кепка"),
            about=Text(
                "Thirty-eight grams, a dark underside against glare and a band that keeps sweat out of your eyes.",
                "Тридцать восемь граммов, тёмный низ козырька от бликов и лента, которая не пускает пот в глаза.",
            ),
            specs={
                "fabric": Text("recycled polyester", "переработанный полиэстер"),
                "size": "54–60 cm",
                "weight": "38 g",
            },
            price="29",
            was="34",
            palettes=("ecru", "plum"),
            stock=18,
            popularity=210,
        ),
    ),
)


BEANIE = Family(
    "beanie",
    "accessories",
    Text(
        "One size that suits nearly everybody; the cuff turns up once or twice.",
        "Один размер почти на всех; отворот подгибается один или два раза.",
    ),
    articles=(
        Article(
            "watch-beanie",
            "Fjelda",
            Text("Pompom beanie", "Шапка с помпоном"),
            about=Text(
                "Two layers of lambswool and a pompom that comes off with a button when the occasion is serious. "
                "Covers the ears when they need it.",
                "Два слоя овечьей шерсти и помпон, который отстёгивается, если повод серьёзный. Закрывает уши, когда "
                "им это нужно.",
            ),
            specs={"fabric": Text("100% lambswool", "100% шерсть ягнёнка"), "size": "54–62 cm", "weight": "92 g"},
            price="29",
            palettes=("navy", "rust", "moss"),
            stock=30,
            popularity=390,
        ),
        Article(
            "ribbed-beanie",
            "Fjelda",
            Text("Ribbed beanie", "Шапка в рубчик"),
            about=Text(
                "The little sister of our island jumper, from the same yarn, with a mistake of its own somewhere in "
                "the ribbing.",
                "Младшая сестра нашего островного свитера: та же пряжа и собственная ошибка где-то в рубчике.",
            ),
            specs={"fabric": Text("100% wool", "100% шерсть"), "size": "54–60 cm", "weight": "118 g"},
            price="34",
            palettes=("plum", "ecru"),
            stock=2,
            popularity=230,
        ),
    ),
)


BACKPACK = Family(
    "backpack",
    "accessories",
    Text(
        "A repair patch and a spare buckle are in the inner pocket. Empty it, brush it, wash it in the bath; "
        "never in the machine.",
        "Во внутреннем кармане заплатка и запасная пряжка. Вытряхнуть, вычистить щёткой, мыть в ванне, а не в машине.",
    ),
    articles=(
        Article(
            "commute-20",
            "Brindle",
            Text("Commute 20 backpack", "Рюкзак Commute 20"),
            about=Text(
                "Stands up by itself beside a desk. A sleeve for the laptop that does not touch the ground, a pocket "
                "for keys that you find with one hand, and nothing that dangles.",
                "Сам стоит у стола. Отделение для ноутбука не касается пола, карман для ключей находится одной "
                "рукой, и ничего не болтается.",
            ),
            specs={
                "volume": "20 l",
                "laptop": Text("up to 16″", "до 16″"),
                "material": Text("waxed cotton, leather", "вощёный хлопок, кожа"),
                "weight": "880 g",
            },
            price="98",
            palettes=("navy", "ecru", "plum"),
            stock=15,
            popularity=570,
        ),
        Article(
            "flap-25",
            "Tarn",
            Text("Flap 25 backpack", "Рюкзак с клапаном Flap 25"),
            about=Text(
                "Two buckles that open with gloves on, a flap that keeps the rain out, and seven more litres when "
                "you come home by way of the market. Visible from afar at dusk.",
                "Две пряжки, которые расстёгиваются в перчатках, клапан, который не пускает дождь, и семь литров про "
                "запас, если домой идти через рынок. В сумерках виден издалека.",
            ),
            specs={"volume": "25–32 l", "laptop": Text("up to 15″", "до 15″"), "water": "IPX4", "weight": "940 g"},
            price="109",
            was="129",
            palettes=("rust", "moss"),
            stock=10,
            popularity=410,
        ),
        Article(
            "day-12",
            "Lumen Wear",
            Text("Day 12 small backpack", "Маленький рюкзак Day 12"),
            about=Text(
                "For a book, a bottle, a jumper and lunch. Straps for adults and for children of ten, so it can "
                "change owners on the way.",
                "Для книги, бутылки, свитера и обеда. Лямки подойдут и взрослому, и десятилетнему, так что по дороге "
                "рюкзак может сменить владельца.",
            ),
            specs={"volume": "12 l", "material": Text("cotton canvas", "хлопковая парусина"), "weight": "390 g"},
            price="54",
            palettes=("moss", "plum"),
            stock=21,
            popularity=320,
        ),
        Article(
            "weekender-38",
            "Brindle",
            Text("Weekender 38 travel backpack", "Дорожный рюкзак Weekender 38"),
            about=Text(
                "Opens like a suitcase, carries like a backpack and fits above the seat. Shoes have a compartment of "
                "their own.",
                "Открывается как чемодан, носится как рюкзак и помещается на полку над креслом. Для обуви отдельный "
                "отсек.",
            ),
            specs={
                "volume": "38 l",
                "laptop": Text("up to 16″", "до 16″"),
                "material": Text("waxed cotton, leather", "вощёный хлопок, кожа"),
                "weight": "1.4 kg",
            },
            price="169",
            palettes=("ecru", "navy"),
            stock=4,
            popularity=290,
        ),
    ),
)


SUNGLASSES = Family(
    "sunglasses",
    "accessories",
    Text(
        "Full protection from ultraviolet light in every model. Screws are tightened and pads replaced for "
        "nothing, for as long as you own them.",
        "Полная защита от ультрафиолета во всех моделях. Винты подтягиваем и носоупоры меняем бесплатно, сколько "
        "бы лет ни прошло.",
    ),
    articles=(
        Article(
            "shore-glasses",
            "Lumen Wear",
            Text("Shore sunglasses", "Солнцезащитные очки Shore"),
            about=Text(
                "Acetate that is milled, not moulded, and hinges with five barrels. Brown lenses that leave the sea "
                "its colour.",
                "Ацетат, который фрезеруют, а не льют, и петли на пять звеньев. Коричневые линзы оставляют морю его "
                "цвет.",
            ),
            specs={
                "frame": Text("acetate", "ацетат"),
                "lenses": Text("polarised, category 3", "поляризованные, категория 3"),
                "width": "142 mm",
                "weight": "29 g",
            },
            price="59",
            palettes=("navy", "rust"),
            stock=20,
            popularity=440,
        ),
        Article(
            "glacier-glasses",
            "Tarn",
            Text("Glacier mountain glasses", "Горные очки Glacier"),
            about=Text(
                "Darker than usual, closed at the sides, with a cord that stays on in the wind. Not for driving.",
                "Темнее обычных, закрыты с боков, со шнурком, который держит на ветру. Не для вождения.",
            ),
            specs={
                "frame": Text("nylon", "нейлон"),
                "lenses": Text("category 4", "категория 4"),
                "width": "138 mm",
                "weight": "33 g",
            },
            price="89",
            was="99",
            palettes=("moss", "ecru"),
            stock=7,
            popularity=180,
        ),
        Article(
            "cafe-glasses",
            "Pikku",
            Text("Café sunglasses", "Очки для веранды"),
            about=Text(
                "A light frame, a tint that lets you read the menu, and a case that doubles as a cleaning cloth.",
                "Лёгкая оправа, оттенок, с которым видно меню, и чехол, который заодно служит салфеткой.",
            ),
            specs={
                "frame": Text("nylon", "нейлон"),
                "lenses": Text("category 2", "категория 2"),
                "width": "135 mm",
                "weight": "21 g",
            },
            price="45",
            palettes=("plum", "ecru"),
            stock=14,
            popularity=250,
        ),
    ),
)
