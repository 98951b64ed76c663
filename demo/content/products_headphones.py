"""Headphones and earbuds."""

from demo.content.kinds import Article, Family, Text

HEADPHONES = Family(
    "headphones",
    "headphones",
    Text(
        "In the box: a woven case, a USB-C cable and a 3.5 mm cable for the days when the battery is empty. "
        "Cushions and headband come off without tools and are sold separately.",
        "В коробке: тканевый чехол, кабель USB-C и кабель 3,5 мм на случай, если батарея села. Амбушюры и "
        "оголовье снимаются без инструмента и продаются отдельно.",
    ),
    articles=(
        Article(
            "aria-700",
            "Northwind",
            Text("Aria 700 over-ear headphones", "Полноразмерные наушники Aria 700"),
            about=Text(
                "Six microphones listen to the street so that you do not have to. The Aria 700 takes the rumble out "
                "of a train and leaves the voices in a podcast alone, and it holds on for a full working week "
                "between charges.",
                "Шесть микрофонов слушают улицу, чтобы вам не пришлось. Aria 700 убирает гул поезда, не трогая "
                "голоса в подкасте, и работает без подзарядки всю рабочую неделю.",
            ),
            specs={
                "drivers": "40 mm",
                "battery": "38 h",
                "bluetooth": "5.4",
                "noise": Text("adaptive", "адаптивное"),
                "weight": "262 g",
            },
            price="189",
            was="229",
            palettes=("graphite", "silver", "petrol"),
            stock=38,
            popularity=980,
        ),
        Article(
            "aria-500",
            "Northwind",
            Text("Aria 500 wireless headphones", "Беспроводные наушники Aria 500"),
            about=Text(
                "The same cushions and the same hinge as our best model, with simpler electronics. If you mostly "
                "listen at home or in a quiet office, this is the sensible choice: lighter, less expensive and just "
                "as comfortable in the fourth hour.",
                "Те же амбушюры и тот же шарнир, что у старшей модели, а электроника проще. Если вы слушаете дома "
                "или в тихом офисе, это разумный выбор: легче, дешевле и так же удобно на четвёртом часу.",
            ),
            specs={
                "drivers": "40 mm",
                "battery": "45 h",
                "bluetooth": "5.3",
                "noise": Text("passive", "пассивное"),
                "weight": "228 g",
            },
            price="119",
            palettes=("silver", "graphite", "coral"),
            stock=54,
            popularity=720,
        ),
        Article(
            "halo-studio",
            "Northwind",
            Text("Halo Studio wired headphones", "Проводные студийные наушники Halo Studio"),
            about=Text(
                "Made for people who edit sound and for people who like to hear what was edited. The tuning is flat, "
                "the cable unplugs at the cup, and every part down to the last screw is listed in the spare-parts "
                "shop.",
                "Для тех, кто сводит звук, и для тех, кому интересно, что там свели. Звучание ровное, кабель "
                "отсоединяется от чашки, а каждая деталь до последнего винта есть в каталоге запчастей.",
            ),
            specs={
                "drivers": "45 mm",
                "impedance": Text("80 Ohm", "80 Ом"),
                "connector": Text("3.5 mm and 6.3 mm", "3,5 мм и 6,3 мм"),
                "cable": "3 m",
                "weight": "281 g",
            },
            price="149",
            palettes=("petrol", "graphite"),
            stock=17,
            popularity=310,
        ),
        Article(
            "drift-on-ear",
            "Volna",
            Text("Drift on-ear headphones", "Накладные наушники Drift"),
            about=Text(
                "Small enough for a coat pocket and light enough to forget. Drift folds flat, pairs with a phone and "
                "a laptop at the same time, and charges for five hours of music while you make a cup of tea.",
                "Помещаются в карман пальто и настолько лёгкие, что о них забываешь. Drift складываются, держат "
                "связь сразу с телефоном и ноутбуком, а пока заваривается чай, набирают заряд на пять часов музыки.",
            ),
            specs={
                "drivers": "32 mm",
                "battery": "30 h",
                "bluetooth": "5.3",
                "noise": Text("passive", "пассивное"),
                "weight": "146 g",
            },
            price="69",
            was="84",
            palettes=("sand", "coral", "silver"),
            stock=61,
            popularity=560,
        ),
        Article(
            "pebble-kids",
            "Volna",
            Text("Pebble headphones for children", "Детские наушники Pebble"),
            about=Text(
                "A limit of 85 decibels that cannot be switched off from the tablet, a headband that grows along, "
                "and cushions that survive yoghurt: they wipe clean. Two pairs can share one cable on a long drive.",
                "Предел в 85 децибел, который не отключить с планшета, оголовье на вырост и амбушюры, которые "
                "переживут йогурт: достаточно протереть. В долгой дороге две пары слушают с одного кабеля.",
            ),
            specs={
                "drivers": "30 mm",
                "battery": "24 h",
                "loudness": Text("85 dB", "85 дБ"),
                "age": Text("from 4 years", "от 4 лет"),
                "weight": "135 g",
            },
            price="49",
            palettes=("coral", "petrol", "sand"),
            stock=42,
            popularity=270,
        ),
    ),
)


EARBUDS = Family(
    "earbuds",
    "earbuds",
    Text(
        "Four sizes of silicone tips are in the box, and a card that helps you choose: the right size is the one "
        "that stays put when you shake your head.",
        "В коробке четыре размера силиконовых насадок и карточка, которая поможет выбрать: подходит тот размер, "
        "что держится, если потрясти головой.",
    ),
    articles=(
        Article(
            "wren-3",
            "Northwind",
            Text("Wren 3 wireless earbuds", "Беспроводные вкладыши Wren 3"),
            about=Text(
                "Quiet enough for a night train, clear enough for a call from a windy bridge. Wren 3 switches from "
                "phone to laptop by itself and tells you in a soft voice how much charge is left, only when it "
                "matters.",
                "Достаточно тихо для ночного поезда, достаточно чётко для звонка с ветреного моста. Wren 3 сами "
                "переходят с телефона на ноутбук и негромко сообщают об остатке заряда, только когда это важно.",
            ),
            specs={
                "battery": Text("8 h + 24 h in the case", "8 ч + 24 ч в футляре"),
                "bluetooth": "5.4",
                "noise": Text("adaptive", "адаптивное"),
                "water": "IPX4",
                "weight": "5.1 g",
            },
            price="129",
            was="149",
            palettes=("graphite", "silver", "sand"),
            stock=47,
            popularity=910,
        ),
        Article(
            "wren-air",
            "Northwind",
            Text("Wren Air open earbuds", "Открытые вкладыши Wren Air"),
            about=Text(
                "For people who want music and the traffic too. Wren Air rests in the ear without sealing it, so a "
                "bicycle bell reaches you in time and your own voice does not boom when you speak.",
                "Для тех, кому нужна и музыка, и улица. Wren Air лежат в ухе, не закупоривая его: велосипедный "
                "звонок слышно вовремя, а собственный голос не гудит при разговоре.",
            ),
            specs={
                "battery": Text("7 h + 21 h in the case", "7 ч + 21 ч в футляре"),
                "bluetooth": "5.3",
                "noise": Text("none", "нет"),
                "water": "IPX3",
                "weight": "4.2 g",
            },
            price="89",
            palettes=("silver", "graphite", "petrol"),
            stock=33,
            popularity=480,
        ),
        Article(
            "tempo-run",
            "Volna",
            Text("Tempo sports earbuds", "Спортивные наушники Tempo"),
            about=Text(
                "A soft wing holds them through hill sprints and burpees. Rinse them under the tap after training; "
                "the buttons are real buttons, because a wet finger and a touch surface never agree.",
                "Мягкое крылышко удерживает их и на подъёмах, и в бурпи. После тренировки их можно сполоснуть под "
                "краном, а кнопки здесь настоящие: мокрый палец с сенсором не дружит.",
            ),
            specs={
                "battery": Text("9 h + 18 h in the case", "9 ч + 18 ч в футляре"),
                "bluetooth": "5.3",
                "noise": Text("passive", "пассивное"),
                "water": "IPX7",
                "weight": "6.4 g",
            },
            price="79",
            palettes=("petrol", "coral", "graphite"),
            stock=29,
            popularity=430,
        ),
        Article(
            "mote-mini",
            "Volna",
            Text("Mote mini earbuds", "Миниатюрные вкладыши Mote"),
            about=Text(
                "Our smallest pair, and the one we hand to friends who lose things. The case is the size of a walnut "
                "and clips to a key ring; a lost bud can be bought on its own.",
                "Самая маленькая пара, которую мы советуем друзьям, склонным всё терять. Футляр размером с грецкий "
                "орех крепится к ключам, а потерянный наушник можно купить отдельно.",
            ),
            specs={
                "battery": Text("5 h + 15 h in the case", "5 ч + 15 ч в футляре"),
                "bluetooth": "5.2",
                "noise": Text("passive", "пассивное"),
                "water": "IPX4",
                "weight": "3.6 g",
            },
            price="39",
            palettes=("sand", "silver", "coral"),
            popularity=640,
        ),
        Article(
            "duet-translate",
            "Orrin",
            Text("Duet earbuds with translation", "Наушники Duet с переводом"),
            about=Text(
                "Give one bud to the person across the table and talk: Duet translates eleven languages on the phone "
                "itself, without sending the conversation anywhere. Between trips they are simply good earbuds.",
                "Дайте один наушник собеседнику и разговаривайте: Duet переводит одиннадцать языков прямо на "
                "телефоне, никуда не отправляя беседу. А между поездками это просто хорошие наушники.",
            ),
            specs={
                "battery": Text("6 h + 18 h in the case", "6 ч + 18 ч в футляре"),
                "bluetooth": "5.4",
                "languages": "11",
                "water": "IPX4",
                "weight": "5.6 g",
            },
            price="159",
            palettes=("coral", "graphite"),
            stock=12,
            popularity=220,
        ),
    ),
)
