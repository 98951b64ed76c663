"""Batteries, and shoes that fit."""

from demo.content.kinds import Heading, Paragraph, Points, Post, Quote, Shelved, Text

POSTS: tuple[Post, ...] = (
    Post(
        "the-battery-drawer",
        days=33,
        views=720,
        picture="shelf-noon",
        tags=(
            "repair",
            "stories",
        ),
        title=Text("The battery drawer", "Ящик с батареями"),
        intro=Text(
            "Why there is a cabinet with four hundred small drawers behind our counter, and what we learned from "
            "filling it.",
            "Почему за нашим прилавком стоит шкаф на четыреста ящичков и чему мы научились, заполняя его.",
        ),
        body=(
            Paragraph(
                Text(
                    "In our second year a woman came with headphones that played for eleven minutes. They were three "
                    "years old, in perfect shape, and the maker suggested a new pair at a discount. Dmitri at the "
                    "workbench opened them with a guitar pick, read the number on the cell and found the same one in "
                    "a hearing-aid catalogue. It cost four euros. She paid with a cake.",
                    "На второй год к нам пришла женщина с наушниками, которые играли одиннадцать минут. Им было три "
                    "года, выглядели они прекрасно, а производитель предложил новые со скидкой. Дмитрий за верстаком "
                    "вскрыл их медиатором, прочёл номер элемента и нашёл такой же в каталоге слуховых аппаратов. Он "
                    "стоил четыре евро. Заплатила она тортом.",
                )
            ),
            Paragraph(
                Text(
                    "After that we began to ask every supplier one question before the price: which battery is "
                    "inside, and how does one get at it? Some were offended. Some sent a drawing by return. We stock "
                    "the second kind.",
                    "С тех пор мы каждому поставщику ещё до цены задаём один вопрос: какая внутри батарея и как до "
                    "неё добраться? Кто-то обижался. Кто-то в ответ присылал чертёж. Мы торгуем с теми, кто прислал "
                    "чертёж.",
                )
            ),
            Heading(Text("What a drawer costs", "Сколько стоит ящик")),
            Paragraph(
                Text(
                    "Not the cell, that is the cheap part. It costs to know which of forty nearly equal cells is the "
                    "right one, to keep it charged halfway so that it does not age on the shelf, and to throw it out "
                    "when it has been there for two years. We lose a little on every drawer. We win it back on "
                    "customers who return for something else.",
                    "Не элемент, он-то как раз дешёвый. Стоит денег знать, какой из сорока почти одинаковых нужен, "
                    "держать его заряженным наполовину, чтобы не старел на полке, и выбросить, если пролежал два "
                    "года. На каждом ящике мы немного теряем. И возвращаем это на покупателях, которые приходят за "
                    "чем-нибудь ещё.",
                )
            ),
            Heading(Text("What you can do yourself", "Что можно сделать самому")),
            Points(
                (
                    Text(
                        "Keep devices between twenty and eighty per cent if they lie around most of the time.",
                        "Держите заряд между двадцатью и восемьюдесятью процентами, если вещь в основном лежит.",
                    ),
                    Text(
                        "Heat ages a battery faster than use. A windscreen in July does in a day what a year of "
                        "music does.",
                        "Жара старит батарею быстрее, чем работа. Июльское лобовое стекло за день делает то же, что "
                        "год музыки.",
                    ),
                    Text(
                        "If the case no longer closes, stop. A swollen cell belongs on a stone floor, not in a bag; "
                        "call us.",
                        "Если корпус перестал закрываться, остановитесь. Вздувшемуся элементу место на каменном "
                        "полу, а не в сумке; позвоните нам.",
                    ),
                ),
            ),
            Paragraph(
                Text(
                    "Last spring we counted: one thousand nine hundred batteries changed, none of them dramatic. "
                    "Eleven cakes.",
                    "Прошлой весной мы посчитали: тысяча девятьсот заменённых батарей, и ни одной драмы. Одиннадцать "
                    "тортов.",
                )
            ),
        ),
    ),
    Post(
        "measure-your-feet-in-the-evening",
        days=41,
        views=880,
        picture="hallway-evening",
        tags=(
            "clothing",
            "how to",
            "footwear",
        ),
        title=Text("Measure your feet in the evening", "Измеряйте ногу вечером"),
        intro=Text(
            "One shoe in five comes back to us because of its size. Two minutes with a sheet of paper save the parcel.",
            "Каждая пятая пара возвращается к нам из-за размера. Две минуты с листом бумаги сберегут посылку.",
        ),
        body=(
            Paragraph(
                Text(
                    "A foot is not a number. It is longer in the evening than in the morning, longer when you stand "
                    "than when you sit, and the left one is usually not the same as the right. The size printed in a "
                    "shoe describes the last it was built on, and every maker has different lasts. Centimetres, "
                    "however, are the same everywhere.",
                    "Нога не число. Вечером она длиннее, чем утром, стоя длиннее, чем сидя, и левая обычно не равна "
                    "правой. Размер внутри ботинка описывает колодку, а колодки у всех разные. Зато сантиметры везде "
                    "одинаковы.",
                )
            ),
            Heading(Text("How to do it", "Как измерить")),
            Points(
                (
                    Text(
                        "In the evening, in the socks you mean to wear.",
                        "Вечером, в тех носках, которые будете носить.",
                    ),
                    Text(
                        "Put the paper against a wall, your heel against the wall, your weight on that foot.",
                        "Лист к стене, пятку к стене, вес на эту ногу.",
                    ),
                    Text(
                        "Mark the longest toe. It may be the second one.",
                        "Отметьте самый длинный палец. Он может быть вторым.",
                    ),
                    Text(
                        "Measure both feet and keep the larger figure.", "Измерьте обе ноги и возьмите большее число."
                    ),
                ),
            ),
            Paragraph(
                Text(
                    "Add one centimetre for sneakers, one and a half for winter boots, half for anything made of "
                    "thin leather that will give. Then look at the table beside the product, in which we write the "
                    "inside length as we measured it, not as it was told to us.",
                    "Прибавьте сантиметр для кроссовок, полтора для зимних ботинок и полсантиметра для тонкой кожи, "
                    "которая разносится. Потом загляните в таблицу у товара: там внутренняя длина, которую измерили "
                    "мы сами, а не та, что нам назвали.",
                )
            ),
            Heading(Text("Width", "Полнота")),
            Paragraph(
                Text(
                    "Stand on the insole of a shoe you like, taken out of the shoe. Where the foot hangs over, the "
                    "new pair must be wider. Where an empty edge can be seen, laces will have to work. This looks "
                    "silly and has never been wrong.",
                    "Встаньте на стельку, вынутую из любимой пары. Там, где нога свисает, новая пара должна быть "
                    "шире. Там, где виден пустой край, придётся поработать шнуркам. Выглядит смешно и ещё ни разу не "
                    "подвело.",
                )
            ),
            Quote(
                Text(
                    "If you hesitate between two sizes, order both. Sending one back costs you nothing.",
                    "Сомневаетесь между двумя размерами, закажите оба. Вернуть один ничего не стоит.",
                )
            ),
            Paragraph(
                Text(
                    "And walk on a carpet first. A sole without scratches can go back on the shelf; one that has "
                    "seen the street cannot.",
                    "И первые шаги делайте по ковру. Подошва без царапин вернётся на полку, а побывавшая на улице нет.",
                )
            ),
            Shelved(Text("With soles that can be renewed", "С подошвой, которую можно заменить"), "footwear", "rating"),
        ),
    ),
)
