"""The category tree and the brands, all of them invented."""

from demo.content.kinds import Shelf, Text

BRANDS = ("Aster", "Brindle", "Fjelda", "Halden", "Lumen Wear", "Northwind", "Orrin", "Pikku", "Tarn", "Volna")

ELECTRONICS = Shelf(
    "electronics",
    Text("Electronics", "Электроника"),
    Text(
        "Things with a plug or a battery that can be opened, mended and kept.",
        "Вещи с вилкой или батареей, которые можно открыть, починить и оставить себе надолго.",
    ),
    "laptop-silver",
    (
        Shelf(
            "audio",
            Text("Audio", "Звук"),
            Text(
                "Headphones, speakers and turntables that we have listened to for at least a month.",
                "Наушники, колонки и проигрыватели, которые мы слушали не меньше месяца.",
            ),
            "headphones-sand",
            (
                Shelf(
                    "headphones",
                    Text("Headphones", "Наушники"),
                    Text("Over the ear and on the ear.", "Полноразмерные и накладные."),
                    "headphones-graphite",
                ),
                Shelf(
                    "earbuds",
                    Text("Earbuds", "Вкладыши"),
                    Text("Small enough to lose, good enough to look for.", "Легко потерять, жалко не искать."),
                    "earbuds-petrol",
                ),
                Shelf(
                    "speakers",
                    Text("Speakers", "Колонки"),
                    Text("From the bathroom to the garden.", "От ванной до дачи."),
                    "speaker-coral",
                ),
                Shelf(
                    "turntables",
                    Text("Turntables", "Проигрыватели"),
                    Text("For records new and inherited.", "Для пластинок новых и доставшихся в наследство."),
                    "turntable-graphite",
                ),
            ),
        ),
        Shelf(
            "computers",
            Text("Computers", "Компьютеры"),
            Text("What stands on a desk and what leaves it.", "То, что стоит на столе, и то, что его покидает."),
            "keyboard-sand",
            (
                Shelf(
                    "laptops",
                    Text("Laptops", "Ноутбуки"),
                    Text(
                        "For letters, lectures, photographs and long nights.",
                        "Для писем, лекций, фотографий и долгих ночей.",
                    ),
                    "laptop-petrol",
                ),
                Shelf(
                    "monitors",
                    Text("Monitors", "Мониторы"),
                    Text("Sharp, even and at the right height.", "Чёткие, ровные и на правильной высоте."),
                    "monitor-silver",
                ),
                Shelf(
                    "keyboards-mice",
                    Text("Keyboards & mice", "Клавиатуры и мыши"),
                    Text("What your hands touch all day.", "То, чего руки касаются весь день."),
                    "mouse-coral",
                ),
            ),
        ),
        Shelf(
            "phones-tablets",
            Text("Phones & tablets", "Телефоны и планшеты"),
            Text("With spare parts for years.", "С запчастями на годы вперёд."),
            "phone-petrol",
            (
                Shelf(
                    "phones",
                    Text("Phones", "Телефоны"),
                    Text("Small, large and unbreakable.", "Маленькие, большие и неубиваемые."),
                    "phone-sand",
                ),
                Shelf(
                    "tablets",
                    Text("Tablets", "Планшеты"),
                    Text("For drawing, reading and counting stock.", "Чтобы рисовать, читать и считать остатки."),
                    "tablet-petrol",
                ),
                Shelf(
                    "cases-power",
                    Text("Cases & power", "Чехлы и зарядка"),
                    Text("The things that save a phone.", "То, что спасает телефон."),
                    "phone-case-coral",
                ),
            ),
        ),
        Shelf(
            "wearables",
            Text("Watches", "Часы"),
            Text(
                "They count, they call, and some of them only tell the time.",
                "Считают, звонят, а некоторые просто показывают время.",
            ),
            "smartwatch-petrol",
        ),
        Shelf(
            "photo",
            Text("Cameras", "Фото"),
            Text("Every one tried in the shop before it is sent.", "Каждая камера проверена перед отправкой."),
            "camera-silver",
            (
                Shelf(
                    "cameras",
                    Text("Camera bodies", "Камеры"),
                    Text("From the first one to the full frame.", "От первой до полнокадровой."),
                    "camera-graphite",
                ),
                Shelf(
                    "lenses",
                    Text("Lenses", "Объективы"),
                    Text("One mount, five points of view.", "Один байонет, пять взглядов."),
                    "lens-silver",
                ),
            ),
        ),
        Shelf(
            "gaming",
            Text("Gaming", "Игры"),
            Text("For the sofa, for two and for the queue.", "Для дивана, для двоих и для очереди."),
            "controller-coral",
        ),
        Shelf(
            "lighting",
            Text("Home & light", "Дом и свет"),
            Text("Good light, without a transformer that sings.", "Хороший свет без поющего трансформатора."),
            "desk-lamp-sand",
        ),
    ),
)

CLOTHING = Shelf(
    "clothing",
    Text("Clothing", "Одежда"),
    Text(
        "Few pieces, thick cloth, seams you can turn inside out and show.",
        "Немного вещей, плотная ткань и швы, которые не стыдно показать с изнанки.",
    ),
    "overshirt-moss",
    (
        Shelf(
            "t-shirts",
            Text("T-shirts", "Футболки"),
            Text("Washed before cutting.", "Выстираны до раскроя."),
            "tshirt-rust",
        ),
        Shelf(
            "hoodies-knits",
            Text("Hoodies & knits", "Худи и трикотаж"),
            Text("For balconies, fires and open windows.", "Для балконов, костров и открытых окон."),
            "sweater-ecru",
        ),
        Shelf(
            "shirts",
            Text("Shirts", "Рубашки"),
            Text("With and without a collar that stands.", "Со стоячим воротником и без него."),
            "overshirt-navy",
        ),
        Shelf(
            "trousers",
            Text("Trousers", "Брюки"),
            Text("Hemmed free of charge.", "Подгоним по длине бесплатно."),
            "trousers-moss",
        ),
        Shelf(
            "jackets",
            Text("Jackets", "Куртки"),
            Text("Rain, wind and January.", "Дождь, ветер и январь."),
            "jacket-rust",
        ),
        Shelf(
            "footwear",
            Text("Footwear", "Обувь"),
            Text("With soles that can be renewed.", "С подошвой, которую можно заменить."),
            "sneaker-navy",
        ),
        Shelf(
            "accessories",
            Text("Accessories", "Аксессуары"),
            Text("Bags, hats and glasses.", "Сумки, шапки и очки."),
            "backpack-moss",
        ),
    ),
)

TREE = (ELECTRONICS, CLOTHING)
