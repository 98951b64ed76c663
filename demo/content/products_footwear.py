"""Sneakers and boots."""

from demo.content.kinds import Article, Family, Option, Text, text

SNEAKER = Family(
    "sneaker",
    "footwear",
    Text(
        "Insoles come out, laces are sold in eleven colours, and the sole can be renewed at our bench for a "
        "third of the price.",
        "Стельки вынимаются, шнурки есть одиннадцати цветов, а подошву на нашем верстаке обновят за треть цены.",
    ),
    options=(
        Option(text("37")),
        Option(text("38")),
        Option(text("39")),
        Option(text("40")),
        Option(text("41")),
        Option(text("42")),
        Option(text("43")),
        Option(text("44")),
        Option(text("45")),
    ),
    articles=(
        Article(
            "harbour-mid",
            "Tarn",
            Text("Harbour mid sneaker", "Высокие кеды Harbour"),
            about=Text(
                "Canvas that has been washed before sewing and a sole that is stitched as well as glued. They look "
                "best from the second month on.",
                "Парусина, выстиранная до пошива, и подошва, которая не только приклеена, но и прошита. Лучше всего "
                "выглядят со второго месяца.",
            ),
            specs={
                "upper": Text("canvas", "парусина"),
                "sole": Text("natural rubber", "натуральный каучук"),
                "closure": Text("laces", "шнурки"),
                "weight": "390 g",
            },
            price="94",
            palettes=("navy", "ecru", "rust"),
            stock=6,
            popularity=830,
        ),
        Article(
            "court-low",
            "Lumen Wear",
            Text("Court leather sneaker", "Кожаные кроссовки Court"),
            about=Text(
                "Plain, white at heart and polite enough for an office. The leather is thick, so the toe does not "
                "collapse.",
                "Простые, белые в душе и достаточно вежливые для офиса. Кожа плотная, носок не проваливается.",
            ),
            specs={
                "upper": Text("leather", "кожа"),
                "lining": Text("leather", "кожа"),
                "sole": Text("rubber", "резина"),
                "weight": "410 g",
            },
            price="119",
            was="139",
            palettes=("ecru", "plum"),
            stock=5,
            popularity=650,
        ),
        Article(
            "pace-trainer",
            "Volna",
            Text("Pace training shoe", "Тренировочные кроссовки Pace"),
            about=Text(
                "For the hall, the stairs and the bus that is about to leave. Flat enough to lift weights in, soft "
                "enough to skip.",
                "Для зала, лестницы и уходящего автобуса. Достаточно ровные для штанги, достаточно мягкие для "
                "скакалки.",
            ),
            specs={
                "upper": Text("canvas, mesh", "парусина, сетка"),
                "drop": "4 mm",
                "closure": Text("laces", "шнурки"),
                "weight": "365 g",
            },
            price="89",
            palettes=("rust", "navy"),
            stock=7,
            popularity=470,
        ),
        Article(
            "trail-mid",
            "Tarn",
            Text("Trail mid sneaker", "Треккинговые кеды Trail"),
            about=Text(
                "Grip for wet roots, a plate under the arch for sharp stones, and looks that are let into a café "
                "afterwards.",
                "Сцепление на мокрых корнях, пластина под сводом от острых камней и вид, с которым потом пускают в "
                "кафе.",
            ),
            specs={
                "upper": Text("suede, canvas", "замша, парусина"),
                "membrane": Text("yes", "есть"),
                "sole": Text("lugged rubber", "резина с протектором"),
                "weight": "420 g",
            },
            price="139",
            was="159",
            palettes=("moss", "rust"),
            popularity=350,
        ),
        Article(
            "gym-canvas",
            "Lumen Wear",
            Text("Gym canvas shoe", "Парусиновые кеды Gym"),
            about=Text(
                "The shoe from every school photograph, with an insole this time. Machine washable, twice a year, "
                "without laces.",
                "Обувь с каждой школьной фотографии, на этот раз со стелькой. Можно стирать в машине, дважды в год, "
                "без шнурков.",
            ),
            specs={
                "upper": Text("canvas", "парусина"),
                "sole": Text("rubber", "резина"),
                "closure": Text("laces", "шнурки"),
                "weight": "340 g",
            },
            price="49",
            palettes=("plum", "navy", "ecru"),
            stock=9,
            popularity=400,
        ),
    ),
)


BOOTS = Family(
    "boots",
    "footwear",
    Text(
        "Sewn through the welt, so a cobbler anywhere can put a new sole on them. A tin of wax is in the box.",
        "Рантовый шов: новую подошву поставит любой сапожник. Баночка воска в коробке.",
    ),
    options=(
        Option(text("38")),
        Option(text("39")),
        Option(text("40")),
        Option(text("41")),
        Option(text("42")),
        Option(text("43")),
        Option(text("44")),
        Option(text("45")),
    ),
    articles=(
        Article(
            "keel-boots",
            "Brindle",
            Text("Keel leather boots", "Кожаные ботинки Keel"),
            about=Text(
                "Stiff for two weeks, then yours for ten years. Lined with leather, closed at the tongue, with a "
                "heel that is quiet on stairs.",
                "Две недели жёсткие, потом десять лет ваши. Кожаная подкладка, глухой язык и каблук, который не "
                "стучит по лестнице.",
            ),
            specs={
                "upper": Text("leather", "кожа"),
                "lining": Text("leather", "кожа"),
                "sole": Text("rubber, welted", "резина, рантовая"),
                "weight": "720 g",
            },
            price="219",
            palettes=("navy", "rust"),
            stock=5,
            popularity=450,
        ),
        Article(
            "ridge-boots",
            "Tarn",
            Text("Ridge mountain boots", "Горные ботинки Ridge"),
            about=Text(
                "Dry feet and steady ankles on a path that has stopped being one. The hooks at the top take frozen "
                "laces.",
                "Сухие ноги и устойчивая лодыжка на тропе, которая перестала быть тропой. Верхние крючки берут и "
                "замёрзшие шнурки.",
            ),
            specs={
                "upper": Text("nubuck", "нубук"),
                "membrane": Text("yes", "есть"),
                "sole": Text("lugged rubber", "резина с протектором"),
                "weight": "640 g",
            },
            price="189",
            was="215",
            palettes=("moss", "ecru"),
            stock=4,
            popularity=310,
        ),
        Article(
            "frost-boots",
            "Tarn",
            Text("Frost winter boots", "Зимние ботинки Frost"),
            about=Text(
                "For minus twenty-five and a tram that is late. Wool inside, a tall sole against slush, and a zip at "
                "the side for impatient people.",
                "Для минус двадцати пяти и опаздывающего трамвая. Шерсть внутри, высокая подошва от слякоти и молния "
                "сбоку для нетерпеливых.",
            ),
            specs={
                "upper": Text("leather, textile", "кожа, текстиль"),
                "lining": Text("wool", "шерсть"),
                "closure": Text("zip, laces", "молния, шнурки"),
                "weight": "780 g",
            },
            price="169",
            palettes=("plum", "navy"),
            stock=6,
            popularity=280,
        ),
    ),
)
