"""Phone cases and power banks."""

from demo.content.kinds import Article, Family, Option, Text, text

PHONE_CASE = Family(
    "phone-case",
    "cases-power",
    Text(
        "Cut for the phones named above, tested for a fall from a table two hundred times.",
        "Вырезан для названных моделей и двести раз проверен падением со стола.",
    ),
    options=(
        Option(text("Orrin 6")),
        Option(text("Orrin 6 Pro")),
        Option(text("Orrin Mini")),
    ),
    articles=(
        Article(
            "shell-card",
            "Pikku",
            Text("Shell case with card pocket", "Чехол Shell с карманом для карты"),
            about=Text(
                "Recycled plastic under a thin coat of vegan leather, a raised rim around the camera and room for "
                "one card: the one for the tram.",
                "Переработанный пластик под тонким слоем экокожи, бортик вокруг камеры и место для одной карты: той, "
                "что для трамвая.",
            ),
            specs={
                "material": Text("recycled polycarbonate", "переработанный поликарбонат"),
                "cards": "1",
                "weight": "32 g",
            },
            price="29",
            palettes=("graphite", "silver", "petrol"),
            stock=120,
            popularity=520,
        ),
        Article(
            "shell-leather",
            "Brindle",
            Text("Leather phone case", "Кожаный чехол для телефона"),
            about=Text(
                "Vegetable-tanned leather that darkens where you hold it. After a year no two of them look alike, "
                "and that is the whole point.",
                "Кожа растительного дубления, которая темнеет там, где её держат. Через год не найти двух "
                "одинаковых, в этом и смысл.",
            ),
            specs={
                "material": Text("cow leather", "говяжья кожа"),
                "lining": Text("microfibre", "микрофибра"),
                "weight": "31 g",
            },
            price="49",
            palettes=("silver", "sand", "coral"),
            stock=38,
            popularity=280,
        ),
        Article(
            "pocket-wallet",
            "Brindle",
            Text("Pocket wallet case", "Чехол-бумажник Pocket"),
            about=Text(
                "Two cards, one banknote and the phone: most days that is all one needs. The flap closes with a "
                "magnet that leaves the cards alone.",
                "Две карты, одна купюра и телефон: чаще всего больше ничего и не нужно. Клапан закрывается магнитом, "
                "который картам не вредит.",
            ),
            specs={"material": Text("cow leather", "говяжья кожа"), "cards": "2", "weight": "46 g"},
            price="39",
            was="45",
            palettes=("petrol", "graphite", "sand"),
            stock=44,
            popularity=310,
        ),
        Article(
            "loop-case",
            "Pikku",
            Text("Loop stitched phone case", "Прошитый чехол Loop"),
            about=Text(
                "Sewn from the offcuts of our jackets, so no two have quite the same grain. The stitching is thick "
                "on purpose: the thumb finds it in the dark.",
                "Сшит из обрезков наших курток, поэтому двух одинаковых не бывает. Строчка толстая нарочно: большой "
                "палец находит её в темноте.",
            ),
            specs={"material": Text("canvas, cork", "парусина, пробка"), "cards": "1", "weight": "36 g"},
            price="35",
            palettes=("sand", "petrol", "coral"),
            stock=57,
            popularity=220,
        ),
        Article(
            "armour-field",
            "Tarn",
            Text("Armour outdoor case", "Защитный чехол Armour"),
            about=Text(
                "For building sites, bicycles and boats. Two layers, ports with plugs, a loop for a carabiner, and a "
                "colour that can be found in the grass.",
                "Для стройки, велосипеда и лодки. Два слоя, заглушки на разъёмах, петля для карабина и цвет, который "
                "видно в траве.",
            ),
            specs={"material": Text("rubber, polycarbonate", "резина, поликарбонат"), "fall": "3 m", "weight": "58 g"},
            price="35",
            palettes=("coral", "graphite"),
            stock=4,
            popularity=190,
        ),
    ),
)


POWER_BANK = Family(
    "power-bank",
    "cases-power",
    Text(
        "The capacity printed on the case is the one you get at the plug, measured by us, not the one of the "
        "cells inside.",
        "Ёмкость на корпусе та, что вы получаете на выходе, измеренная нами, а не ёмкость элементов внутри.",
    ),
    articles=(
        Article(
            "brick-10",
            "Volna",
            Text("Brick 10 power bank", "Внешний аккумулятор Brick 10"),
            about=Text(
                "Two full charges for a phone, the size of a bar of soap. A row of five lights tells the truth about "
                "what is left.",
                "Две полные зарядки телефона в размере куска мыла. Ряд из пяти огоньков честно показывает остаток.",
            ),
            specs={"capacity": "10,000 mAh", "power": "22 W", "ports": "USB-C, USB-A", "weight": "198 g"},
            price="35",
            palettes=("graphite", "silver", "coral"),
            stock=88,
            popularity=630,
        ),
        Article(
            "brick-20",
            "Volna",
            Text("Brick 20 power bank", "Внешний аккумулятор Brick 20"),
            about=Text(
                "Charges a laptop on the train and a phone at the same time, and is still allowed in the cabin of a "
                "plane. The cable doubles as a handle.",
                "Заряжает в поезде ноутбук и телефон одновременно, и с ним по-прежнему пускают в самолёт. Кабель "
                "служит ручкой.",
            ),
            specs={"capacity": "20,000 mAh", "power": "65 W", "ports": "2 × USB-C, USB-A", "weight": "402 g"},
            price="59",
            was="69",
            palettes=("silver", "graphite"),
            stock=51,
            popularity=470,
        ),
        Article(
            "snap-cable",
            "Orrin",
            Text("Snap power bank with cable", "Аккумулятор Snap с кабелем"),
            about=Text(
                "The cable is part of it and cannot be left at home. It folds back into its groove, charges in both "
                "directions and is replaced with one screw.",
                "Кабель здесь часть корпуса, и забыть его дома не получится. Он укладывается в паз, заряжает в обе "
                "стороны и меняется одним винтом.",
            ),
            specs={"capacity": "8,000 mAh", "power": "30 W", "ports": "USB-C", "weight": "168 g"},
            price="49",
            palettes=("petrol", "sand", "silver"),
            stock=33,
            popularity=390,
        ),
        Article(
            "field-power",
            "Tarn",
            Text("Field weatherproof power bank", "Защищённый аккумулятор Field"),
            about=Text(
                "A week in the hills for a phone and a head torch. Falls from a rucksack, lies in wet grass, works "
                "at ten below zero, and has a small lamp in its lid.",
                "Неделя в горах для телефона и налобного фонаря. Падает с рюкзака, лежит в мокрой траве, работает "
                "при десяти градусах мороза, а в крышке маленькая лампа.",
            ),
            specs={"capacity": "24,000 mAh", "power": "45 W", "ports": "2 × USB-C", "water": "IP65", "weight": "512 g"},
            price="89",
            palettes=("sand", "graphite"),
            stock=15,
            popularity=210,
        ),
        Article(
            "pocket-charge",
            "Pikku",
            Text("Pocket small power bank", "Маленький аккумулятор Pocket"),
            about=Text(
                "For the last forty minutes on the way home. Lives in the side pocket and is charged once a month "
                "whether you used it or not.",
                "На последние сорок минут по дороге домой. Живёт в боковом кармане и заряжается раз в месяц "
                "независимо от того, пригодился или нет.",
            ),
            specs={"capacity": "3,000 mAh", "power": "10 W", "ports": "USB-C", "weight": "84 g"},
            price="19",
            palettes=("coral", "petrol", "sand"),
            stock=96,
            popularity=330,
        ),
    ),
)
