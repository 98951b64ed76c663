"""Phones and tablets."""

from demo.content.kinds import Article, Family, Option, Text, text

PHONE = Family(
    "phone",
    "phones",
    Text(
        "Security updates for six years, batteries and screens as spare parts for eight. We fit them at the "
        "counter while you wait.",
        "Обновления безопасности шесть лет, батареи и экраны в запчастях восемь. Меняем у прилавка, пока вы ждёте.",
    ),
    options=(
        Option(text("128 GB")),
        Option(text("256 GB"), "80"),
        Option(text("512 GB"), "190"),
    ),
    articles=(
        Article(
            "orrin-6",
            "Orrin",
            Text("Orrin 6 phone", "Телефон Orrin 6"),
            about=Text(
                "Not the largest and not the thinnest, and that is why it fits a hand and lasts two days. The main "
                "camera is very good; the other two are there when you need them and keep quiet when you do not.",
                "Не самый большой и не самый тонкий, поэтому лежит в руке и работает два дня. Основная камера очень "
                "хороша, две другие рядом, когда нужны, и не мешают, когда нет.",
            ),
            specs={
                "screen": "6.1″, 120 Hz",
                "camera": Text("50 MP + 12 MP + 10 MP", "50 Мп + 12 Мп + 10 Мп"),
                "capacity": "4,600 mAh",
                "water": "IP68",
                "weight": "176 g",
            },
            price="649",
            was="699",
            palettes=("graphite", "silver", "petrol"),
            stock=40,
            popularity=990,
        ),
        Article(
            "orrin-6-pro",
            "Orrin",
            Text("Orrin 6 Pro phone", "Телефон Orrin 6 Pro"),
            about=Text(
                "For those who photograph more than they call. A long lens that reaches the far bank of the river, a "
                "microphone that hears the water, and storage for a summer of both.",
                "Для тех, кто снимает чаще, чем звонит. Длиннофокусный объектив достаёт до другого берега, микрофон "
                "слышит воду, а памяти хватит на целое лето.",
            ),
            specs={
                "screen": "6.5″, 120 Hz",
                "camera": Text("50 MP + 48 MP + 12 MP", "50 Мп + 48 Мп + 12 Мп"),
                "capacity": "5,100 mAh",
                "water": "IP68",
                "weight": "208 g",
            },
            price="949",
            palettes=("silver", "graphite", "sand"),
            stock=21,
            popularity=760,
        ),
        Article(
            "orrin-mini",
            "Orrin",
            Text("Orrin Mini phone", "Телефон Orrin Mini"),
            about=Text(
                "A small phone that is not a cheap phone. You reach the upper corner with your thumb, it slips into "
                "a shirt pocket, and inside it is nearly the same as its bigger brother.",
                "Маленький телефон, который не притворяется дешёвым. Большой палец достаёт до верхнего угла, телефон "
                "помещается в нагрудный карман, а внутри почти то же, что у старшего брата.",
            ),
            specs={
                "screen": "5.4″, 90 Hz",
                "camera": Text("50 MP + 12 MP", "50 Мп + 12 Мп"),
                "capacity": "3,700 mAh",
                "water": "IP67",
                "weight": "139 g",
            },
            price="529",
            palettes=("petrol", "coral", "graphite"),
            stock=17,
            popularity=610,
        ),
        Article(
            "meadow-5",
            "Volna",
            Text("Meadow 5 phone", "Телефон Meadow 5"),
            about=Text(
                "Everything that most people need: a bright screen, a battery for two days, a headphone socket and "
                "room for a memory card. No leather, no gold, no surprises.",
                "Всё, что нужно большинству: яркий экран, батарея на два дня, разъём для наушников и место для карты "
                "памяти. Ни кожи, ни золота, ни сюрпризов.",
            ),
            specs={
                "screen": "6.4″, 90 Hz",
                "camera": Text("48 MP + 8 MP", "48 Мп + 8 Мп"),
                "capacity": "5,000 mAh",
                "sim": "2 + microSD",
                "weight": "189 g",
            },
            price="289",
            was="329",
            palettes=("sand", "silver", "petrol"),
            stock=46,
            popularity=680,
        ),
        Article(
            "rugged-field",
            "Tarn",
            Text("Field outdoor phone", "Защищённый телефон Field"),
            about=Text(
                "Survives a fall on gravel, a night in the snow and the pocket of a seven-year-old. The torch is a "
                "real torch, the loudspeaker is a real loudspeaker, and gloves do not bother it.",
                "Переживёт падение на гравий, ночь в снегу и карман семилетки. Фонарь здесь настоящий, динамик "
                "громкий, и перчатки ему не мешают.",
            ),
            specs={
                "screen": "6.0″, 60 Hz",
                "camera": Text("48 MP", "48 Мп"),
                "capacity": "7,000 mAh",
                "water": "IP69K",
                "weight": "312 g",
            },
            price="459",
            palettes=("coral", "graphite"),
            stock=10,
            popularity=240,
        ),
    ),
)


TABLET = Family(
    "tablet",
    "tablets",
    Text(
        "The pencil is in the box, not an extra. It charges at the edge of the tablet and its tips cost less "
        "than a coffee.",
        "Перо входит в комплект, а не продаётся отдельно. Заряжается у края планшета, а наконечники стоят "
        "дешевле чашки кофе.",
    ),
    options=(
        Option(text("128 GB")),
        Option(text("256 GB"), "90"),
    ),
    articles=(
        Article(
            "canvas-11",
            "Orrin",
            Text("Canvas 11 tablet", "Планшет Canvas 11"),
            about=Text(
                "A sketchbook that also reads the post. The glass is finely etched and feels like paper under the "
                "pencil, and reflections of the window disappear with it.",
                "Альбом для набросков, который заодно читает почту. Стекло тонко протравлено: под пером оно как "
                "бумага, и отражения окна на нём пропадают.",
            ),
            specs={
                "screen": "11″, 2560 × 1600",
                "battery": "12 h",
                "pencil": Text("4,096 levels", "4096 уровней"),
                "weight": "478 g",
            },
            price="499",
            palettes=("graphite", "silver", "sand"),
            stock=28,
            popularity=570,
        ),
        Article(
            "canvas-13",
            "Orrin",
            Text("Canvas 13 tablet", "Планшет Canvas 13"),
            about=Text(
                "The size of a music stand and of a magazine page. Scores turn with a nod, comics are read without "
                "zooming, and with a keyboard it replaces the laptop on most journeys.",
                "Размером с пюпитр и с журнальную страницу. Ноты листаются кивком, комиксы читаются без увеличения, "
                "а с клавиатурой он в большинстве поездок заменит ноутбук.",
            ),
            specs={
                "screen": "13″, 2880 × 1920",
                "battery": "11 h",
                "pencil": Text("4,096 levels", "4096 уровней"),
                "weight": "612 g",
            },
            price="799",
            was="879",
            palettes=("silver", "petrol"),
            stock=12,
            popularity=380,
        ),
        Article(
            "leaf-8",
            "Volna",
            Text("Leaf 8 reading tablet", "Планшет для чтения Leaf 8"),
            about=Text(
                "Warm light in the evening, a matte screen in the sun and a case that stands up on a breakfast "
                "table. Made for books, recipes and long articles, and content to be nothing else.",
                "Тёплый свет вечером, матовый экран на солнце и обложка, которая стоит на столе за завтраком. Сделан "
                "для книг, рецептов и длинных статей и ничем другим быть не пытается.",
            ),
            specs={
                "screen": "8.4″, 1920 × 1200",
                "battery": "15 h",
                "light": Text("warm to cold", "от тёплого до холодного"),
                "weight": "298 g",
            },
            price="229",
            palettes=("petrol", "sand"),
            stock=35,
            popularity=420,
        ),
        Article(
            "garden-kids",
            "Volna",
            Text("Garden tablet for children", "Детский планшет Garden"),
            about=Text(
                "A thick soft frame, a time limit that children understand because it is drawn as a setting sun, and "
                "no advertising anywhere. Parents set it up from their own phone.",
                "Толстая мягкая рамка, ограничение времени, понятное детям, потому что оно нарисовано заходящим "
                "солнцем, и никакой рекламы. Родители настраивают всё со своего телефона.",
            ),
            specs={
                "screen": "8″, 1280 × 800",
                "battery": "12 h",
                "age": Text("from 4 years", "от 4 лет"),
                "weight": "415 g",
            },
            price="189",
            was="219",
            palettes=("sand", "coral", "petrol"),
            stock=22,
            popularity=360,
        ),
        Article(
            "slate-note",
            "Halden",
            Text("Slate Note business tablet", "Планшет для работы Slate Note"),
            about=Text(
                "For site inspections and stock counts: a screen for full sun, a strap on the back, a battery that "
                "is changed in ten seconds, and handwriting that becomes text in English and Russian.",
                "Для осмотров и инвентаризаций: экран, видный на ярком солнце, ремешок на спинке, батарея, которая "
                "меняется за десять секунд, и почерк, который превращается в текст на русском и английском.",
            ),
            specs={
                "screen": "10.4″, 2000 × 1200",
                "battery": Text("2 × 9 h", "2 × 9 ч"),
                "water": "IP65",
                "weight": "690 g",
            },
            price="649",
            palettes=("coral", "graphite"),
            popularity=230,
        ),
    ),
)
