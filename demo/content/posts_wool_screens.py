"""Wool, and screens to read on."""

from demo.content.kinds import Heading, Paragraph, Points, Post, Quote, Text

POSTS: tuple[Post, ...] = (
    Post(
        "wool-wants-air",
        days=16,
        views=960,
        picture="window-evening",
        tags=(
            "clothing",
            "care",
        ),
        title=Text("Wool wants air, not washing", "Шерсти нужен воздух, а не стирка"),
        intro=Text(
            "A jumper that is washed twice a winter outlives one that is washed every week. What to do in the "
            "meantime.",
            "Свитер, который стирают дважды за зиму, переживёт тот, что стирают каждую неделю. Что делать в "
            "промежутке.",
        ),
        body=(
            Paragraph(
                Text(
                    "Wool cleans itself better than we do. Its fibres are covered with scales that shed dirt when "
                    "they dry, and the grease of the sheep, a little of which remains in good yarn, keeps smells "
                    "from settling. All it asks for is a night by an open window.",
                    "Шерсть очищается лучше, чем мы её чистим. Её волокна покрыты чешуйками, которые, высыхая, "
                    "сбрасывают грязь, а овечий жир, немного его остаётся в хорошей пряже, не даёт запахам осесть. "
                    "Она просит одного: ночь у открытого окна.",
                )
            ),
            Heading(Text("The evening routine", "Вечерний порядок")),
            Paragraph(
                Text(
                    "Do not hang a jumper: its shoulders remember the hanger. Fold it once over the back of a chair, "
                    "with the inside out. In the morning pick off what has stuck to it and put it in the drawer. On "
                    "damp days carry it to the bathroom while you shower and let the steam take out the creases.",
                    "Не вешайте свитер на плечики: плечи их запомнят. Перекиньте через спинку стула изнанкой наружу. "
                    "Утром снимите всё, что пристало, и уберите в ящик. В сырую погоду возьмите его с собой в "
                    "ванную: пока вы под душем, пар разгладит складки.",
                )
            ),
            Heading(Text("When it has to be washed", "Когда стирать всё-таки пора")),
            Points(
                (
                    Text(
                        "Cold water, the same temperature for washing and rinsing. Shocks felt wool, not heat alone.",
                        "Прохладная вода, одинаковая при стирке и полоскании. Шерсть сваливается от перепада, а не "
                        "только от жара.",
                    ),
                    Text(
                        "A spoonful of wool soap, no softener. Softener glues the scales together.",
                        "Ложка мыла для шерсти и никакого кондиционера: он склеивает чешуйки.",
                    ),
                    Text(
                        "Press, do not wring. Roll the jumper in a towel and kneel on it.",
                        "Отжимать, не выкручивая. Заверните свитер в полотенце и встаньте на него коленом.",
                    ),
                    Text(
                        "Dry flat, in the shape you want to see again.",
                        "Сушить лёжа, в той форме, которую хотите увидеть снова.",
                    ),
                ),
            ),
            Heading(Text("Pilling is not a fault", "Катышки не брак")),
            Paragraph(
                Text(
                    "Little balls appear where cloth rubs on cloth: under the arms, where the bag hangs. They are "
                    "the short fibres leaving. Comb them off with a cedar comb, and after two or three times there "
                    "are none left to leave. Yarn that never pills is usually yarn that is mostly plastic.",
                    "Катышки появляются там, где ткань трётся о ткань: под мышками, под ремнём сумки. Это уходят "
                    "короткие волокна. Снимите их кедровым гребнем, и после двух-трёх раз уходить будет нечему. "
                    "Пряжа, которая никогда не скатывается, обычно почти вся из пластика.",
                )
            ),
            Paragraph(
                Text(
                    "And moths? They want dirt and darkness. A clean jumper in a drawer with a piece of cedar is of "
                    "no interest to them. Sand the cedar once a year and it smells like new.",
                    "А моль? Ей нужны грязь и темнота. Чистый свитер в ящике с брусочком кедра её не интересует. Раз "
                    "в год пройдитесь по кедру наждачкой, и он снова пахнет как новый.",
                )
            ),
        ),
    ),
    Post(
        "a-screen-for-people-who-read",
        days=24,
        views=1490,
        picture="desk-noon",
        tags=(
            "computers",
            "buying advice",
        ),
        title=Text("A screen for people who read", "Экран для тех, кто читает"),
        intro=Text(
            "Most monitors are sold by films and games. Most are used for letters. A short guide for the second "
            "kind of day.",
            "Мониторы продают по фильмам и играм, а работают на них с письмами. Короткое руководство для дней "
            "второго рода.",
        ),
        body=(
            Paragraph(
                Text(
                    "If you write, calculate or answer other people, you look at black marks on a light ground for "
                    "eight hours. Contrast in the thousands, colours from another planet and three hundred frames a "
                    "second do nothing for you. Four plainer things do.",
                    "Если вы пишете, считаете или отвечаете людям, восемь часов в день вы смотрите на чёрные знаки "
                    "на светлом фоне. Контраст в тысячи, цвета с другой планеты и триста кадров в секунду тут ни при "
                    "чём. Помогают четыре вещи попроще.",
                )
            ),
            Heading(Text("Sharpness", "Чёткость")),
            Paragraph(
                Text(
                    "Letters should look printed. On 27 inches that takes 3840 by 2160 points; on 24 inches 1920 by "
                    "1200 is enough if you sit at arm's length. If you can see the steps in a slanted line, your "
                    "eyes will spend the day smoothing them.",
                    "Буквы должны выглядеть напечатанными. На 27 дюймах для этого нужно 3840 на 2160 точек, на 24 "
                    "хватит и 1920 на 1200, если сидеть на расстоянии вытянутой руки. Если видны ступеньки на "
                    "наклонной линии, глаза будут сглаживать их весь день.",
                )
            ),
            Heading(Text("Matte, even, steady", "Матовый, ровный, спокойный")),
            Paragraph(
                Text(
                    "A glossy screen is a mirror with text in it. A screen that is darker in the corners makes you "
                    "lean forward. A screen that flickers when dimmed gives you a headache at four o'clock. The last "
                    "one you can test in the shop: turn the brightness down and wave a pencil before it. If you see "
                    "a fan of pencils, walk on.",
                    "Глянцевый экран это зеркало с текстом. Экран с тёмными углами заставляет наклоняться. Экран, "
                    "который мерцает на низкой яркости, к четырём часам даёт головную боль. Последнее легко "
                    "проверить в магазине: убавьте яркость и помашите перед экраном карандашом. Увидели веер "
                    "карандашей, идите дальше.",
                )
            ),
            Heading(Text("Height", "Высота")),
            Paragraph(
                Text(
                    "The upper edge belongs a little below your eyes. Few stands go low enough, and nobody writes "
                    "that on the box. Ask for the distance from the desk to the lower edge: under ten centimetres is "
                    "good, with glasses for reading it should be nearly nothing.",
                    "Верхний край должен быть чуть ниже глаз. Мало какая подставка опускается достаточно низко, и на "
                    "коробке об этом не пишут. Спросите, сколько от стола до нижнего края: меньше десяти сантиметров "
                    "хорошо, а если вы в очках для чтения, почти ноль.",
                )
            ),
            Quote(
                Text(
                    "Set the brightness so that a sheet of paper beside the screen looks just as white.",
                    "Поставьте такую яркость, чтобы лист бумаги рядом с экраном казался таким же белым.",
                )
            ),
            Heading(Text("One cable", "Один кабель")),
            Paragraph(
                Text(
                    "It sounds like a convenience and it is a matter of health. If the laptop connects with one "
                    "plug, you will use the large screen for half an hour as well. If it takes three, you will bend "
                    "over the small one. That is the whole secret of tidy desks.",
                    "Звучит как мелочь, а дело в здоровье. Если ноутбук подключается одним штекером, вы сядете за "
                    "большой экран и на полчаса. Если нужны три, будете горбиться над маленьким. Вот и весь секрет "
                    "порядка на столе.",
                )
            ),
        ),
    ),
)
