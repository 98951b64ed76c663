"""Game controllers."""

from demo.content.kinds import Article, Family, Text

CONTROLLER = Family(
    "controller",
    "gaming",
    Text(
        "Sticks without wear parts, a battery you can change, and a firmware that never has to be updated before "
        "you may play.",
        "Стики без изнашиваемых частей, сменная батарея и прошивка, которую не надо обновлять, чтобы начать играть.",
    ),
    articles=(
        Article(
            "pad-one",
            "Volna",
            Text("Pad One game controller", "Геймпад Pad One"),
            about=Text(
                "Sits in large and small hands alike, keeps two consoles and a phone in memory, and clicks a little "
                "more softly than the ones you know.",
                "Удобен и большим рукам, и маленьким, помнит две приставки и телефон и щёлкает чуть мягче тех, что "
                "вы знаете.",
            ),
            specs={
                "battery": "40 h",
                "connection": "Bluetooth, USB-C",
                "vibration": Text("yes", "есть"),
                "weight": "231 g",
            },
            price="59",
            palettes=("graphite", "silver", "petrol"),
            stock=45,
            popularity=600,
        ),
        Article(
            "pad-pro",
            "Volna",
            Text("Pad Pro game controller", "Геймпад Pad Pro"),
            about=Text(
                "Four paddles at the back, triggers with an adjustable stop and sticks in two heights. The case "
                "charges it and keeps the spare parts in order.",
                "Четыре лепестка сзади, курки с регулируемым ходом и стики двух высот. Футляр заряжает геймпад и "
                "держит запасные части в порядке.",
            ),
            specs={
                "battery": "32 h",
                "connection": Text("2.4 GHz, Bluetooth, USB-C", "2,4 ГГц, Bluetooth, USB-C"),
                "vibration": Text("yes", "есть"),
                "weight": "268 g",
            },
            price="129",
            was="149",
            palettes=("silver", "graphite"),
            stock=18,
            popularity=420,
        ),
        Article(
            "pad-mini",
            "Pikku",
            Text("Pad Mini controller for small hands", "Геймпад Pad Mini для маленьких рук"),
            about=Text(
                "A fifth smaller than usual, with sticks that need less of a push. Made for eight-year-olds and "
                "popular with their mothers.",
                "На пятую часть меньше обычного, и стики поддаются легче. Сделан для восьмилетних, полюбился их мамам.",
            ),
            specs={"battery": "20 h", "connection": "Bluetooth", "vibration": Text("yes", "есть"), "weight": "164 g"},
            price="35",
            palettes=("petrol", "coral", "sand"),
            stock=39,
            popularity=290,
        ),
        Article(
            "pad-duo",
            "Pikku",
            Text("Pad Duo set of two controllers", "Комплект из двух геймпадов Pad Duo"),
            about=Text(
                "Two simple controllers in two colours, so that nobody has to wait. They charge from one cable and "
                "recognise each other when switched on together.",
                "Два простых геймпада двух цветов, чтобы никому не ждать очереди. Заряжаются от одного кабеля и "
                "узнают друг друга при включении.",
            ),
            specs={
                "battery": "25 h",
                "connection": "Bluetooth",
                "players": "2",
                "weight": Text("2 × 165 g", "2 × 165 г"),
            },
            price="79",
            was="89",
            palettes=("sand", "coral"),
            stock=23,
            popularity=310,
        ),
        Article(
            "pad-arcade",
            "Volna",
            Text("Pad Arcade wired controller", "Проводной геймпад Pad Arcade"),
            about=Text(
                "For fighting games: a cross that clicks in eight directions, buttons from the arcade, and three "
                "metres of cable because a thousandth of a second is a thousandth of a second.",
                "Для файтингов: крестовина со щелчком в восьми направлениях, кнопки из игровых автоматов и три метра "
                "кабеля, потому что тысячная секунды это тысячная секунды.",
            ),
            specs={"connection": "USB-C", "cable": "3 m", "vibration": Text("none", "нет"), "weight": "240 g"},
            price="69",
            palettes=("coral", "graphite"),
            stock=5,
            popularity=160,
        ),
    ),
)
