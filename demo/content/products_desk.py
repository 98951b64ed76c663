"""Keyboards and mice."""

from demo.content.kinds import Article, Family, Option, Text

KEYBOARD = Family(
    "keyboard",
    "keyboards-mice",
    Text(
        "Legends in English and Russian. A puller and four spare key caps are in the box; most things that fall "
        "into a keyboard can be shaken out of this one.",
        "Гравировка английская и русская. В коробке съёмник и четыре запасные клавиши; почти всё, что падает в "
        "клавиатуру, из этой можно вытряхнуть.",
    ),
    articles=(
        Article(
            "quill-75",
            "Halden",
            Text("Quill 75 mechanical keyboard", "Механическая клавиатура Quill 75"),
            about=Text(
                "Sounds like rain on a tent rather than hail on a roof. The switches are damped and can be pulled "
                "out and swapped; three devices are remembered, and the cable is only for charging.",
                "Звучит как дождь по палатке, а не град по крыше. Переключатели приглушены, их можно вынуть и "
                "заменить; помнит три устройства, а кабель нужен только для зарядки.",
            ),
            specs={
                "layout": Text("75%, 84 keys", "75%, 84 клавиши"),
                "switches": Text("tactile, hot-swap", "тактильные, сменные"),
                "battery": "90 h",
                "connection": Text("Bluetooth, 2.4 GHz, USB-C", "Bluetooth, 2,4 ГГц, USB-C"),
                "weight": "0.82 kg",
            },
            price="129",
            palettes=("graphite", "sand", "petrol"),
            stock=34,
            popularity=620,
        ),
        Article(
            "quill-full",
            "Halden",
            Text("Quill Full keyboard with number pad", "Клавиатура Quill Full с цифровым блоком"),
            about=Text(
                "For accountants and everyone who types numbers for a living. The pad has a key of its own for the "
                "double zero, and the feet have two heights.",
                "Для бухгалтеров и всех, кто зарабатывает цифрами. На цифровом блоке есть отдельная клавиша «00», а "
                "у ножек две высоты.",
            ),
            specs={
                "layout": Text("100%, 105 keys", "100%, 105 клавиш"),
                "switches": Text("linear", "линейные"),
                "battery": "120 h",
                "connection": "Bluetooth, USB-C",
                "weight": "1.05 kg",
            },
            price="149",
            was="169",
            palettes=("silver", "graphite"),
            stock=19,
            popularity=330,
        ),
        Article(
            "feather-slim",
            "Orrin",
            Text("Feather compact keyboard", "Компактная клавиатура Feather"),
            about=Text(
                "Quiet, small and light enough for the front pocket of a backpack. The aluminium plate does not bend "
                "on the knees, and the cable unplugs at both ends.",
                "Тихая, небольшая и достаточно лёгкая для переднего кармана рюкзака. Алюминиевая пластина не гнётся "
                "на коленях, а кабель отсоединяется с обеих сторон.",
            ),
            specs={
                "layout": Text("65%, 68 keys", "65%, 68 клавиш"),
                "switches": Text("silent", "бесшумные"),
                "connection": "USB-C",
                "weight": "540 g",
            },
            price="59",
            palettes=("petrol", "silver", "coral"),
            stock=52,
            popularity=450,
        ),
        Article(
            "quill-silent",
            "Halden",
            Text("Quill Silent keyboard", "Бесшумная клавиатура Quill Silent"),
            about=Text(
                "For rooms that other people work in. Each switch lands on a drop of silicone, the case is filled "
                "with wool felt, and the space bar has been cured of its rattle.",
                "Для комнат, где работают и другие. Каждый переключатель опускается на каплю силикона, корпус "
                "проложен шерстяным войлоком, а пробел отучен греметь.",
            ),
            specs={
                "layout": Text("75%, 84 keys", "75%, 84 клавиши"),
                "switches": Text("silent, hot-swap", "бесшумные, сменные"),
                "connection": "Bluetooth, USB-C",
                "weight": "0.94 kg",
            },
            price="169",
            palettes=("sand", "graphite"),
            stock=7,
            popularity=190,
        ),
        Article(
            "type-retro",
            "Pikku",
            Text("Type 61 clicky keyboard", "Щёлкающая клавиатура Type 61"),
            about=Text(
                "Small, heavy and proud of its noise. It is a toy that works: we wrote every text on this site with "
                "one, when nobody else was in the office.",
                "Маленькая, тяжёлая и гордая своим звуком. Игрушка, которая работает: на такой написаны все тексты "
                "этого сайта, пока в офисе никого не было.",
            ),
            specs={
                "layout": Text("60%, 61 keys", "60%, 61 клавиша"),
                "switches": Text("clicky", "щёлкающие"),
                "connection": "USB-C",
                "weight": "0.88 kg",
            },
            price="99",
            palettes=("coral", "sand"),
            stock=16,
            popularity=280,
        ),
    ),
)


MOUSE = Family(
    "mouse",
    "keyboards-mice",
    Text(
        "Feet, cable and battery are sold as spare parts. If the shape does not suit your hand, send it back "
        "within thirty days, used or not.",
        "Ножки, кабель и батарея продаются отдельно. Если форма не подошла к руке, верните в течение тридцати "
        "дней, даже после использования.",
    ),
    articles=(
        Article(
            "glide-pro",
            "Halden",
            Text("Glide Pro mouse", "Мышь Glide Pro"),
            about=Text(
                "A shape that took forty clay models and one patient orthopaedist. The wheel spins freely through "
                "long documents and stops where you want it; the buttons are silent.",
                "Форма, на которую ушло сорок глиняных моделей и один терпеливый ортопед. Колесо свободно катится по "
                "длинным документам и останавливается там, где нужно; кнопки бесшумные.",
            ),
            specs={
                "sensor": Text("4,000 dpi", "4000 dpi"),
                "battery": Text("70 days", "70 дней"),
                "connection": Text("Bluetooth, 2.4 GHz", "Bluetooth, 2,4 ГГц"),
                "buttons": "6",
                "weight": "98 g",
            },
            price="79",
            palettes=("graphite", "silver", "petrol"),
            stock=41,
            popularity=580,
        ),
        Article(
            "glide-mini",
            "Halden",
            Text("Glide Mini travel mouse", "Дорожная мышь Glide Mini"),
            about=Text(
                "Goes into a trouser pocket and works on a train table, a knee or a jar of jam: the sensor reads "
                "glass as well. The receiver hides in the belly.",
                "Помещается в карман брюк и работает на столике в поезде, на колене и на банке варенья: датчик "
                "читает и стекло. Приёмник прячется внутри.",
            ),
            specs={
                "sensor": Text("2,400 dpi", "2400 dpi"),
                "battery": Text("6 months", "6 месяцев"),
                "connection": Text("Bluetooth, 2.4 GHz", "Bluetooth, 2,4 ГГц"),
                "buttons": "3",
                "weight": "62 g",
            },
            price="39",
            palettes=("silver", "coral", "sand"),
            stock=63,
            popularity=390,
        ),
        Article(
            "lift-ergo",
            "Orrin",
            Text("Lift ergonomic mouse", "Эргономичная мышь Lift"),
            about=Text(
                "Tilted by twenty degrees, which is as far as a hand turns when nobody tells it what to do. That "
                "takes the twist out of the forearm, where most desk pain begins.",
                "Наклонена на двадцать градусов: ровно так поворачивается рука, когда ей не мешают. Предплечье не "
                "скручивается, а именно с этого обычно начинается боль.",
            ),
            specs={
                "sensor": Text("3,200 dpi", "3200 dpi"),
                "battery": Text("4 months", "4 месяца"),
                "connection": "Bluetooth, USB-C",
                "buttons": "5",
                "weight": "125 g",
            },
            price="65",
            was="75",
            palettes=("petrol", "graphite"),
            stock=23,
            popularity=310,
            options=(
                Option(Text("right-handed", "для правой руки")),
                Option(Text("left-handed", "для левой руки")),
            ),
        ),
        Article(
            "orb-silent",
            "Orrin",
            Text("Orb silent mouse", "Бесшумная мышь Orb"),
            about=Text(
                "For the desk beside a cradle. No click, no wheel that ratchets, and feet of glass that make no "
                "sound on wood.",
                "Для стола рядом с колыбелью. Ни щелчка, ни трещотки колеса, а стеклянные ножки бесшумно скользят по "
                "дереву.",
            ),
            specs={
                "sensor": Text("2,000 dpi", "2000 dpi"),
                "battery": Text("4 months", "4 месяца"),
                "connection": "Bluetooth, USB-C",
                "buttons": "3",
                "weight": "87 g",
            },
            price="45",
            palettes=("sand", "graphite"),
            stock=13,
            popularity=170,
        ),
        Article(
            "dash-light",
            "Volna",
            Text("Dash ultralight mouse", "Сверхлёгкая мышь Dash"),
            about=Text(
                "Fifty-four grams, because a hand that moves all evening notices every one of them. The shell is "
                "closed, so it stays clean, and the cable is as soft as a shoelace.",
                "Пятьдесят четыре грамма: рука, которая двигается весь вечер, замечает каждый. Корпус закрытый и не "
                "забивается пылью, а кабель мягкий, как шнурок.",
            ),
            specs={
                "sensor": Text("26,000 dpi", "26 000 dpi"),
                "battery": "80 h",
                "connection": Text("2.4 GHz, USB-C", "2,4 ГГц, USB-C"),
                "buttons": "5",
                "weight": "54 g",
            },
            price="69",
            palettes=("coral", "silver"),
            stock=27,
            popularity=440,
        ),
    ),
)
