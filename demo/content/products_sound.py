"""Speakers and turntables."""

from demo.content.kinds import Article, Family, Text

SPEAKER = Family(
    "speaker",
    "speakers",
    Text(
        "Two of a kind pair into stereo by holding both power buttons. The battery is replaced with one "
        "screwdriver; we keep spares for seven years.",
        "Две одинаковые колонки соединяются в стереопару, если подержать обе кнопки питания. Батарея меняется "
        "одной отвёрткой; запасные мы храним семь лет.",
    ),
    articles=(
        Article(
            "cove-2",
            "Northwind",
            Text("Cove 2 portable speaker", "Портативная колонка Cove 2"),
            about=Text(
                "Fills a kitchen without shouting. Cove 2 measures the room with one soft tone and trims the bass so "
                "that a shelf or a corner does not make it boom. Splashes are welcome.",
                "Наполняет кухню звуком, не переходя на крик. Cove 2 измеряет комнату одним негромким тоном и "
                "убирает лишний бас, чтобы полка или угол не гудели. Брызги не страшны.",
            ),
            specs={"power": "20 W", "battery": "14 h", "bluetooth": "5.3", "water": "IPX6", "weight": "640 g"},
            price="99",
            was="119",
            palettes=("graphite", "petrol", "coral"),
            stock=36,
            popularity=770,
        ),
        Article(
            "cove-max",
            "Northwind",
            Text("Cove Max room speaker", "Комнатная колонка Cove Max"),
            about=Text(
                "A bigger sibling for living rooms: two passive radiators, a tweeter that points at the sofa and an "
                "input for the turntable. It stays plugged in and wakes up when the music starts.",
                "Старшая сестра для гостиной: два пассивных излучателя, твитер, направленный на диван, и вход для "
                "проигрывателя. Включена в розетку и просыпается, когда начинается музыка.",
            ),
            specs={
                "power": "60 W",
                "inputs": Text("Bluetooth, Wi-Fi, line", "Bluetooth, Wi-Fi, линейный"),
                "bluetooth": "5.3",
                "height": "28 cm",
                "weight": "3.2 kg",
            },
            price="249",
            palettes=("silver", "graphite"),
            stock=14,
            popularity=350,
        ),
        Article(
            "brook-shower",
            "Volna",
            Text("Brook bathroom speaker", "Колонка для ванной Brook"),
            about=Text(
                "Hangs on the tap, floats in the bath and does not mind either. One large dial for volume, one "
                "button for the next song, because shampoo and small keys do not mix.",
                "Висит на кране, плавает в ванне и не возражает ни против того, ни против другого. Одна большая "
                "ручка громкости и одна кнопка «дальше»: шампунь и мелкие клавиши несовместимы.",
            ),
            specs={"power": "8 W", "battery": "12 h", "bluetooth": "5.2", "water": "IP67", "weight": "290 g"},
            price="45",
            palettes=("petrol", "sand", "silver"),
            stock=58,
            popularity=290,
        ),
        Article(
            "hearth-radio",
            "Halden",
            Text("Hearth kitchen speaker with radio", "Кухонная колонка с радио Hearth"),
            about=Text(
                "A radio in the old sense: turn it on and it plays. Press the top for the next of eight stations, "
                "hold it for the internet, and ask it to mind the eggs.",
                "Радио в старом смысле: включил, и играет. Нажмите сверху, и включится следующая из восьми станций, "
                "подержите, и пойдёт интернет-радио; за яйцами тоже последит.",
            ),
            specs={
                "power": "15 W",
                "tuner": Text("DAB+, FM, internet", "DAB+, FM, интернет"),
                "presets": "8",
                "height": "19 cm",
                "weight": "1.4 kg",
            },
            price="139",
            palettes=("sand", "silver", "petrol"),
            stock=21,
            popularity=330,
        ),
        Article(
            "bonfire-party",
            "Volna",
            Text("Bonfire party speaker", "Колонка для праздника Bonfire"),
            about=Text(
                "For gardens and yards. Loud enough for twenty people, with a handle you can actually carry and a "
                "socket that charges the phone that plays the music. After ten in the evening it offers to be "
                "quieter.",
                "Для дачи и двора. Громкости хватит на двадцать человек, за ручку действительно можно нести, а "
                "розетка зарядит телефон, с которого играет музыка. После десяти вечера сама предложит стать тише.",
            ),
            specs={"power": "80 W", "battery": "18 h", "bluetooth": "5.3", "water": "IPX5", "weight": "4.8 kg"},
            price="199",
            was="239",
            palettes=("coral", "graphite"),
            stock=9,
            popularity=410,
        ),
    ),
)


TURNTABLE = Family(
    "turntable",
    "turntables",
    Text(
        "Set up in a quarter of an hour with the printed guide. Needles, belts and dust covers for every model "
        "are in stock, and we fit them if you bring the player in.",
        "Собирается за четверть часа по печатной инструкции. Иглы, пассики и крышки для всех моделей есть на "
        "складе; принесёте проигрыватель, и мы поставим их сами.",
    ),
    articles=(
        Article(
            "orbit-1",
            "Halden",
            Text("Orbit 1 belt-drive turntable", "Проигрыватель Orbit 1 с ременным приводом"),
            about=Text(
                "A first turntable that you will not want to replace in a year. The arm is balanced at the factory, "
                "the plinth weighs what it should, and the built-in preamp can be switched off when you buy a better "
                "one.",
                "Первый проигрыватель, который не захочется менять через год. Тонарм сбалансирован на заводе, корпус "
                "весит сколько положено, а встроенный предусилитель отключается, когда купите получше.",
            ),
            specs={
                "drive": Text("belt", "ременный"),
                "speeds": "33⅓, 45",
                "cartridge": Text("moving magnet", "с подвижным магнитом"),
                "preamp": Text("built in", "встроенный"),
                "weight": "5.4 kg",
            },
            price="279",
            palettes=("graphite", "sand"),
            stock=15,
            popularity=390,
        ),
        Article(
            "orbit-2",
            "Halden",
            Text("Orbit 2 turntable with Bluetooth", "Проигрыватель Orbit 2 с Bluetooth"),
            about=Text(
                "Records in the evening, headphones so that the children can sleep. Orbit 2 sends the sound to any "
                "speaker or headphones and lifts the arm by itself when the side is over.",
                "Пластинки вечером, наушники, чтобы дети спали. Orbit 2 передаёт звук на любую колонку или наушники "
                "и сам поднимает тонарм, когда сторона закончилась.",
            ),
            specs={
                "drive": Text("belt", "ременный"),
                "speeds": "33⅓, 45, 78",
                "cartridge": Text("moving magnet", "с подвижным магнитом"),
                "bluetooth": "5.3",
                "weight": "5.9 kg",
            },
            price="349",
            was="399",
            palettes=("silver", "petrol"),
            stock=11,
            popularity=340,
        ),
        Article(
            "meridian-direct",
            "Northwind",
            Text("Meridian direct-drive turntable", "Проигрыватель Meridian с прямым приводом"),
            about=Text(
                "Holds its speed to within a hundredth of a per cent and reaches it in a third of a second. For "
                "people who own three hundred records and for people who scratch two of them.",
                "Держит скорость с точностью до сотой доли процента и набирает её за треть секунды. Для тех, у кого "
                "триста пластинок, и для тех, кто скретчит двумя.",
            ),
            specs={
                "drive": Text("direct", "прямой"),
                "speeds": "33⅓, 45",
                "pitch": "±8%",
                "preamp": Text("switchable", "отключаемый"),
                "weight": "9.8 kg",
            },
            price="529",
            palettes=("petrol", "graphite"),
            stock=6,
            popularity=210,
        ),
        Article(
            "attic-player",
            "Volna",
            Text("Attic simple record player", "Простой проигрыватель Attic"),
            about=Text(
                "The player from grandmother's attic with its old habits removed: a decent needle, a gentle arm and "
                "a motor that does not hum. One lever, one knob, nothing to adjust.",
                "Проигрыватель с бабушкиного чердака, но без старых привычек: приличная игла, бережный тонарм и "
                "мотор, который не гудит. Один рычаг, одна ручка, настраивать нечего.",
            ),
            specs={
                "drive": Text("belt", "ременный"),
                "speeds": "33⅓, 45, 78",
                "inputs": Text("Bluetooth, line", "Bluetooth, линейный"),
                "weight": "3.1 kg",
            },
            price="119",
            palettes=("sand", "coral"),
            stock=24,
            popularity=260,
        ),
        Article(
            "orbit-anniversary",
            "Halden",
            Text("Orbit anniversary turntable", "Юбилейный проигрыватель Orbit"),
            about=Text(
                "One hundred pieces, numbered by hand, to mark the tenth year of a design that never needed "
                "changing. Walnut plinth, a heavier platter and a needle we would choose for ourselves.",
                "Сто экземпляров с ручной нумерацией к десятилетию конструкции, которую не пришлось менять. Ореховый "
                "корпус, более тяжёлый диск и игла, которую мы выбрали бы себе.",
            ),
            specs={
                "drive": Text("belt", "ременный"),
                "speeds": "33⅓, 45",
                "cartridge": Text("moving coil", "с подвижной катушкой"),
                "edition": "100",
                "weight": "8.2 kg",
            },
            price="690",
            palettes=("coral",),
            stock=3,
            popularity=150,
        ),
    ),
)
