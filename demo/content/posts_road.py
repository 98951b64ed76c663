"""A backpack, and a visit to the knitters."""

from demo.content.kinds import Heading, Paragraph, Points, Post, Quote, Text

POSTS: tuple[Post, ...] = (
    Post(
        "five-days-one-backpack",
        days=83,
        views=1560,
        picture="hallway-morning",
        tags=(
            "travel",
            "clothing",
        ),
        title=Text("Five days, one backpack", "Пять дней, один рюкзак"),
        intro=Text(
            "A packing list that has been to Riga, Tbilisi and a wedding, and what we took out of it each time.",
            "Список вещей, который побывал в Риге, в Тбилиси и на свадьбе, и что мы каждый раз из него вычёркивали.",
        ),
        body=(
            Paragraph(
                Text(
                    "The bag that fits above the seat saves forty euros, half an hour at the belt and the question "
                    "of who will carry the other one. It demands a decision, though: you cannot take things for all "
                    "the people you might be on the journey.",
                    "Сумка, которая помещается над креслом, экономит сорок евро, полчаса у ленты и вопрос, кто "
                    "понесёт вторую. Но требует решения: нельзя взять вещи для всех людей, которыми вы, возможно, "
                    "станете в дороге.",
                )
            ),
            Heading(Text("What goes in", "Что берём")),
            Points(
                (
                    Text(
                        "Two merino T-shirts. You wear one, the other dries on the chair.",
                        "Две футболки из мериноса. Одна на вас, другая сохнет на стуле.",
                    ),
                    Text(
                        "One shirt that can sit at a table with a cloth.",
                        "Одна рубашка, с которой не стыдно за стол со скатертью.",
                    ),
                    Text(
                        "Trousers that are neither jeans nor a suit; the second pair is on you.",
                        "Брюки, не джинсы и не костюмные; вторая пара на вас.",
                    ),
                    Text(
                        "A thin jumper, because restaurants believe in air conditioning.",
                        "Тонкий джемпер, потому что рестораны верят в кондиционер.",
                    ),
                    Text(
                        "A rain jacket that folds to the size of a grapefruit.",
                        "Дождевик, который складывается до размеров грейпфрута.",
                    ),
                    Text("One pair of shoes, on your feet.", "Одна пара обуви, на ногах."),
                ),
            ),
            Paragraph(
                Text(
                    "Everything in two colours that like each other. With navy and grey you can get dressed in the "
                    "dark, which at a quarter to five in a hotel is no figure of speech.",
                    "Всё в двух цветах, которые друг другу нравятся. В тёмно-синем и сером можно одеваться в "
                    "темноте, и без четверти пять в гостинице это не фигура речи.",
                )
            ),
            Heading(Text("The small things", "Мелочи")),
            Paragraph(
                Text(
                    "One charger with two sockets and one long cable. Headphones in the pocket of the jacket, not in "
                    "the bag, because the bag is above you when you want them. A bag for laundry, an empty bottle, "
                    "two clothes pegs. The pegs close a packet of nuts, hang a shirt and shut the curtain.",
                    "Одна зарядка на два гнезда и один длинный кабель. Наушники в кармане куртки, а не в рюкзаке: "
                    "когда они понадобятся, рюкзак будет над головой. Мешок для белья, пустая бутылка, две прищепки. "
                    "Прищепки закроют пакет орехов, повесят рубашку и сведут штору.",
                )
            ),
            Heading(Text("What came out", "Что вычеркнули")),
            Paragraph(
                Text(
                    "A third pair of everything. A book of six hundred pages (a tablet weighs three hundred grams "
                    "and contains the library). A travel iron, which we mention for the sake of honesty. And the "
                    "umbrella: where it rains in earnest, it is the wind that decides.",
                    "Третью пару чего угодно. Книгу на шестьсот страниц (планшет весит триста граммов и вмещает "
                    "библиотеку). Дорожный утюг, о котором упоминаем честности ради. И зонт: там, где льёт всерьёз, "
                    "всё решает ветер.",
                )
            ),
            Quote(
                Text(
                    "Lay out everything you want to take. Put half of it back. Then you are nearly right.",
                    "Разложите всё, что хотите взять. Половину уберите. Теперь почти правильно.",
                )
            ),
        ),
    ),
    Post(
        "the-mistake-in-the-jumper",
        days=92,
        views=690,
        picture="wardrobe-evening",
        tags=(
            "stories",
            "clothing",
        ),
        title=Text("The mistake in the jumper", "Ошибка в свитере"),
        intro=Text(
            "A visit to the knitters who work one wrong stitch into every piece, and never the same one.",
            "Поездка к вязальщицам, которые в каждую вещь вносят одну неверную петлю и никогда не повторяются.",
        ),
        body=(
            Paragraph(
                Text(
                    "The road ends at a fish shed. Behind it stands a low house with large windows, and behind the "
                    "windows sit eleven women and one man with a machine from 1974 that sounds like a tram. This is "
                    "where our island jumper is made, forty of them a week, no more.",
                    "Дорога кончается у рыбного сарая. За ним низкий дом с большими окнами, а за окнами одиннадцать "
                    "женщин и один мужчина с машиной 1974 года, которая звучит как трамвай. Здесь делают наш "
                    "островной свитер, сорок штук в неделю, не больше.",
                )
            ),
            Paragraph(
                Text(
                    "Inga, who runs the place, lays one on the table and asks me to find the mistake. I look for the "
                    "time it takes to drink a coffee. She turns the left cuff over and points: a diamond that leans "
                    "to the right where all the others stand straight.",
                    "Инга, которая всем тут заправляет, кладёт один на стол и просит найти ошибку. Я ищу столько, "
                    "сколько пьётся кофе. Она отворачивает левый манжет и показывает: один ромб завалился направо, а "
                    "остальные стоят ровно.",
                )
            ),
            Heading(Text("Why on purpose", "Почему нарочно")),
            Paragraph(
                Text(
                    "There are three explanations, and she tells them all. The pious one: only God makes things "
                    "without a fault. The practical one: a knitter recognises her own work by it, and in her "
                    "grandmother's time that meant being paid for it. The third one she likes best: whoever looks "
                    "for the mistake looks at the jumper for a long time.",
                    "Объяснений три, и она рассказывает все. Благочестивое: без изъяна творит только Бог. "
                    "Практичное: по ошибке вязальщица узнаёт свою работу, а во времена её бабушки это значило "
                    "получить за неё деньги. Третье нравится ей больше всего: кто ищет ошибку, тот долго смотрит на "
                    "свитер.",
                )
            ),
            Heading(Text("Nine hours", "Девять часов")),
            Paragraph(
                Text(
                    "The machine knits the plain parts, hands do the pattern, the collar and the seams. Nine hours "
                    "for one piece. When I ask why not more machines, the man at the tram answers without looking "
                    "up: it can do patterns, he says, but then it makes the mistake every time in the same place, "
                    "and that is just a fault.",
                    "Машина вяжет гладкое, руки делают узор, ворот и швы. Девять часов на вещь. Когда я спрашиваю, "
                    "почему бы не поставить ещё машин, мужчина у «трамвая» отвечает, не поднимая глаз: узор она "
                    "может, но ошибается каждый раз в одном месте, а это уже просто брак.",
                )
            ),
            Quote(
                Text(
                    "If you find yours, write to us. We keep a list, and Inga likes to hear of it.",
                    "Найдёте свою, напишите нам. Мы ведём список, а Инге приятно о нём слышать.",
                )
            ),
            Paragraph(
                Text(
                    "On the way back the heating in the car did not work. I did not notice until the ferry.",
                    "На обратном пути в машине не работала печка. Заметил я это только на пароме.",
                )
            ),
        ),
    ),
)
