"""Cameras and lenses."""

from demo.content.kinds import Article, Family, Option, Text

CAMERA = Family(
    "camera",
    "cameras",
    Text(
        "Every camera is tried in our shop before it is sent: shutter, sensor, each button. The sheet with the "
        "result is in the box.",
        "Каждую камеру мы пробуем перед отправкой: затвор, матрицу, все кнопки. Лист с результатом лежит в коробке.",
    ),
    options=(
        Option(Text("body", "корпус")),
        Option(Text("with 35 mm lens", "с объективом 35 мм"), "320"),
    ),
    articles=(
        Article(
            "aster-one",
            "Aster",
            Text("Aster One mirrorless camera", "Беззеркальная камера Aster One"),
            about=Text(
                "Two dials, one lever and a viewfinder in the corner where your nose is not. The menu has nine "
                "pages, all of them in plain language, and you will need three.",
                "Два диска, один рычаг и видоискатель в углу, где не мешает нос. В меню девять страниц, все понятным "
                "языком, и понадобятся вам три.",
            ),
            specs={
                "sensor": Text("APS-C, 26 MP", "APS-C, 26 Мп"),
                "stabiliser": Text("in body", "в корпусе"),
                "video": Text("4K, 60 fps", "4K, 60 к/с"),
                "cards": "2 × SD",
                "weight": "438 g",
            },
            price="899",
            was="990",
            palettes=("graphite", "silver"),
            stock=13,
            popularity=540,
        ),
        Article(
            "aster-street",
            "Aster",
            Text("Aster Street compact camera", "Компактная камера Aster Street"),
            about=Text(
                "One lens that does not come off, a shutter that makes no noise, and a body for a coat pocket. It is "
                "ready before the scene is over.",
                "Один несъёмный объектив, бесшумный затвор и корпус под карман пальто. Она готова раньше, чем сцена "
                "закончится.",
            ),
            specs={
                "sensor": Text("APS-C, 24 MP", "APS-C, 24 Мп"),
                "lens": "28 mm, f/2.8",
                "video": Text("4K, 30 fps", "4K, 30 к/с"),
                "cards": "SD",
                "weight": "291 g",
            },
            price="749",
            palettes=("silver", "sand"),
            stock=8,
            popularity=430,
        ),
        Article(
            "aster-full",
            "Aster",
            Text("Aster Full-frame camera", "Полнокадровая камера Aster"),
            about=Text(
                "For weddings, concerts and other places where nobody turns the light on for you. Two card slots "
                "write at the same time, and the battery is the same as in the smaller model.",
                "Для свадеб, концертов и других мест, где для вас не включат свет. Два слота пишут одновременно, а "
                "батарея та же, что у младшей модели.",
            ),
            specs={
                "sensor": Text("full frame, 33 MP", "полный кадр, 33 Мп"),
                "stabiliser": Text("in body", "в корпусе"),
                "video": Text("4K, 120 fps", "4K, 120 к/с"),
                "cards": "2 × SD",
                "weight": "615 g",
            },
            price="1890",
            was="2090",
            palettes=("petrol", "graphite"),
            stock=4,
            popularity=310,
        ),
        Article(
            "aster-first",
            "Aster",
            Text("Aster First camera for beginners", "Камера для начинающих Aster First"),
            about=Text(
                "It explains itself: turn the dial and the screen shows what will change, with two small pictures "
                "instead of a number. After a summer you will not need the pictures any more.",
                "Объясняет себя сама: поверните диск, и экран двумя маленькими снимками покажет, что изменится. К "
                "концу лета подсказки станут не нужны.",
            ),
            specs={
                "sensor": Text("APS-C, 24 MP", "APS-C, 24 Мп"),
                "stabiliser": Text("in lens", "в объективе"),
                "video": Text("4K, 30 fps", "4K, 30 к/с"),
                "cards": "SD",
                "weight": "352 g",
            },
            price="529",
            palettes=("sand", "coral"),
            stock=19,
            popularity=370,
        ),
        Article(
            "splash-cam",
            "Tarn",
            Text("Splash waterproof camera", "Подводная камера Splash"),
            about=Text(
                "Fifteen metres under water, two metres down onto a deck, ten degrees below zero. Floats face up "
                "with its bright back to the sky.",
                "Пятнадцать метров под водой, два метра до палубы, десять градусов мороза. Всплывает яркой спинкой "
                "вверх.",
            ),
            specs={
                "sensor": Text("1/2.3″, 16 MP", "1/2,3″, 16 Мп"),
                "depth": "15 m",
                "video": Text("4K, 30 fps", "4K, 30 к/с"),
                "cards": "microSD",
                "weight": "253 g",
            },
            price="329",
            palettes=("coral", "petrol"),
            stock=16,
            popularity=280,
            options=(),
        ),
    ),
)


LENS = Family(
    "lens",
    "lenses",
    Text(
        "Comes with a hood, two caps and a cloth pouch. Fits every Aster body; adapters for older mounts are on "
        "the shelf.",
        "В комплекте бленда, две крышки и мешочек. Подходит ко всем камерам Aster; переходники для старых "
        "байонетов тоже есть.",
    ),
    articles=(
        Article(
            "lens-35",
            "Aster",
            Text("35 mm f/1.8 everyday lens", "Объектив 35 мм f/1,8 на каждый день"),
            about=Text(
                "If you own one lens, let it be this one. It sees about what you see, in a room lit by one lamp as "
                "well as on a bright street.",
                "Если объектив один, пусть будет этот. Он видит примерно то же, что и вы, и при одной лампе, и на "
                "яркой улице.",
            ),
            specs={"focal": "35 mm", "aperture": "f/1.8", "filter": "52 mm", "close": "0.22 m", "weight": "214 g"},
            price="389",
            palettes=("graphite", "silver"),
            stock=20,
            popularity=440,
        ),
        Article(
            "lens-85",
            "Aster",
            Text("85 mm f/1.8 portrait lens", "Портретный объектив 85 мм f/1,8"),
            about=Text(
                "Kind to faces and strict with backgrounds. The focus ring turns with a little resistance, the way a "
                "good door closes.",
                "Добр к лицам и строг к фону. Кольцо фокусировки ходит с лёгким сопротивлением, как закрывается "
                "хорошая дверь.",
            ),
            specs={"focal": "85 mm", "aperture": "f/1.8", "filter": "67 mm", "close": "0.8 m", "weight": "398 g"},
            price="529",
            was="590",
            palettes=("silver", "graphite"),
            stock=9,
            popularity=300,
        ),
        Article(
            "lens-16-50",
            "Aster",
            Text("16–50 mm travel zoom", "Дорожный зум 16–50 мм"),
            about=Text(
                "From a narrow street to a face across the table without changing lenses in the dust. Collapses to "
                "the thickness of two fingers.",
                "От узкой улицы до лица напротив, и не надо менять объектив в пыли. Складывается до толщины двух "
                "пальцев.",
            ),
            specs={
                "focal": "16–50 mm",
                "aperture": "f/3.5–5.6",
                "stabiliser": Text("in lens", "в объективе"),
                "filter": "49 mm",
                "weight": "172 g",
            },
            price="299",
            palettes=("petrol", "graphite"),
            stock=25,
            popularity=350,
        ),
        Article(
            "lens-macro",
            "Aster",
            Text("60 mm macro lens", "Макрообъектив 60 мм"),
            about=Text(
                "Shows the hairs on a bee and the thread in a button. Distances are engraved on the barrel, because "
                "at this range a millimetre decides.",
                "Покажет волоски на пчеле и нитку в пуговице. Дистанции выгравированы на оправе: здесь всё решает "
                "миллиметр.",
            ),
            specs={"focal": "60 mm", "aperture": "f/2.8", "magnification": "1:1", "close": "0.19 m", "weight": "346 g"},
            price="459",
            palettes=("sand", "graphite"),
            stock=7,
            popularity=210,
        ),
        Article(
            "lens-200",
            "Aster",
            Text("70–200 mm telephoto zoom", "Телезум 70–200 мм"),
            about=Text(
                "For football from the stand and swallows from the balcony. The foot for the tripod turns without "
                "losing its grip, and the zoom does not creep.",
                "Для футбола с трибуны и ласточек с балкона. Лапка для штатива поворачивается, не теряя хватки, а "
                "хобот не сползает.",
            ),
            specs={
                "focal": "70–200 mm",
                "aperture": "f/4",
                "stabiliser": Text("in lens", "в объективе"),
                "filter": "72 mm",
                "weight": "968 g",
            },
            price="990",
            was="1090",
            palettes=("coral", "graphite"),
            popularity=240,
        ),
    ),
)
