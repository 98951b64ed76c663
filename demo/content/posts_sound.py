"""Headphones and records."""

from demo.content.kinds import Goods, Heading, Paragraph, Points, Post, Quote, Shelved, Text

POSTS: tuple[Post, ...] = (
    Post(
        "headphones-for-the-fourth-hour",
        days=3,
        views=1840,
        picture="window-morning",
        tags=(
            "audio",
            "buying advice",
        ),
        title=Text("Headphones for the fourth hour", "Наушники для четвёртого часа"),
        intro=Text(
            "In the shop every pair sounds good for five minutes. Here is how to find out what it will be like "
            "after lunch.",
            "В магазине любая пара хорошо звучит пять минут. Рассказываем, как узнать, что будет после обеда.",
        ),
        body=(
            Paragraph(
                Text(
                    "People come to us with a list of decibels and leave with a pair that does not press. The order "
                    "of questions is nearly always wrong, and nobody can be blamed for it: sound can be measured and "
                    "printed on a box, comfort cannot. So let us begin at the other end.",
                    "К нам приходят со списком децибелов, а уходят с парой, которая не давит. Порядок вопросов почти "
                    "всегда неправильный, и винить тут некого: звук можно измерить и напечатать на коробке, а "
                    "удобство нельзя. Поэтому начнём с другого конца.",
                )
            ),
            Heading(Text("Weight is a matter of where, not of how much", "Вес: важно не сколько, а где")),
            Paragraph(
                Text(
                    "A pair of 260 grams can disappear and a pair of 200 can hurt. What counts is how the weight is "
                    "shared. Put the headphones on and tilt your head back. If they slide, the band carries too "
                    "little; if the crown of your head feels warm, it carries everything. A good band spreads its "
                    "load over the width of two fingers.",
                    "Пара в 260 граммов может исчезнуть, а пара в 200 давить. Важно, как вес распределён. Наденьте "
                    "наушники и запрокините голову. Съезжают, значит, оголовье почти не держит; тепло на макушке, "
                    "значит, держит только оно. Хорошее оголовье делит нагрузку на ширину двух пальцев.",
                )
            ),
            Heading(Text("Glasses, earrings, hair", "Очки, серьги, волосы")),
            Paragraph(
                Text(
                    "Take everything you wear on a working day with you. A soft cushion closes around the temple of "
                    "a pair of glasses; a firm one leaves a gap, and through the gap goes the bass that you paid "
                    "for. If you can hear your own footsteps clearly, the seal is good.",
                    "Возьмите с собой всё, что носите в рабочий день. Мягкий амбушюр смыкается вокруг дужки очков, "
                    "жёсткий оставляет щель, и в неё уходит тот самый бас, за который вы заплатили. Если отчётливо "
                    "слышны собственные шаги, прилегание хорошее.",
                )
            ),
            Quote(
                Text(
                    "Borrow a pair for a week. Our return desk has never asked anybody why.",
                    "Возьмите пару на неделю. На возврате у нас ещё никого не спросили почему.",
                )
            ),
            Heading(Text("Do you need noise cancelling?", "Нужно ли шумоподавление?")),
            Paragraph(
                Text(
                    "It helps against steady sounds: engines, fans, a fridge. It does little against voices, and in "
                    "a quiet room it adds a faint pressure that some people dislike. If you commute by train, take "
                    "it. If you work at home and the children are at school, save the seventy euros and buy records"
                    " for [the turntable](category:turntables).",
                    "Оно помогает от ровных звуков: двигатель, вентилятор, холодильник. От голосов почти не спасает, "
                    "а в тихой комнате добавляет лёгкое давление, которое нравится не всем. Ездите на электричке, "
                    "берите. Работаете дома, а дети в школе, сэкономьте семьдесят евро и купите пластинок"
                    " для [проигрывателя](category:turntables).",
                )
            ),
            Heading(Text("Three questions before you pay", "Три вопроса перед оплатой")),
            Points(
                (
                    Text(
                        "Can the cushions be bought separately, and what do they cost? They last two years at best.",
                        "Продаются ли амбушюры отдельно и сколько стоят? Они живут от силы два года.",
                    ),
                    Text(
                        "Can the battery be replaced? Ask to be shown the page in the manual.",
                        "Меняется ли батарея? Попросите показать страницу в руководстве.",
                    ),
                    Text(
                        "Is there a cable for the day when it is empty?", "Есть ли кабель на день, когда батарея сядет?"
                    ),
                ),
            ),
            Paragraph(
                Text(
                    "If all three answers are yes, you hold a pair that can be with you for ten years. Then, by all "
                    "means, listen to how it sounds.",
                    "Если на все три вопроса ответили «да», у вас в руках пара лет на десять. Вот теперь можно и "
                    "послушать, как она звучит.",
                )
            ),
            Goods(
                Text("Pairs for the fourth hour", "Пары для четвёртого часа"),
                ("aria-700", "halo-studio", "drift-on-ear"),
            ),
        ),
    ),
    Post(
        "a-quarter-of-an-hour-for-a-turntable",
        days=9,
        views=1310,
        picture="shelf-morning",
        tags=(
            "audio",
            "how to",
        ),
        title=Text("A quarter of an hour for a turntable", "Четверть часа на проигрыватель"),
        intro=Text(
            "Setting up a record player is easier than its reputation. You need a spirit level, a sheet of paper "
            "and no hurry.",
            "Настроить проигрыватель проще, чем принято думать. Нужны уровень, лист бумаги и никакой спешки.",
        ),
        body=(
            Paragraph(
                Text(
                    "The box has been standing in the hall for three days because somebody on the internet wrote "
                    "about azimuth. Bring it in. Modern players leave the factory with their needle mounted, and "
                    "what is left to do can be done before the kettle boils twice.",
                    "Коробка третий день стоит в прихожей, потому что в интернете кто-то написал про азимут. Несите "
                    "её в комнату. Современные проигрыватели приходят с установленной иглой, и всё, что осталось "
                    "сделать, делается, пока дважды вскипит чайник.",
                )
            ),
            Heading(Text("Level first", "Сначала уровень")),
            Paragraph(
                Text(
                    "Choose a shelf that does not shake when you walk past. Lay the level on the plinth in both "
                    "directions and put folded paper under the feet until the bubble is content. A tilted player "
                    "pushes the needle against one wall of the groove, and you hear it as a voice that stands too "
                    "far to one side.",
                    "Выберите полку, которая не дрожит, когда вы идёте мимо. Положите уровень на корпус вдоль и "
                    "поперёк и подкладывайте сложенную бумагу под ножки, пока пузырёк не успокоится. Наклонённый "
                    "проигрыватель прижимает иглу к одной стенке канавки, и голос певицы уходит вбок.",
                )
            ),
            Heading(Text("Two grams, more or less", "Два грамма, плюс-минус")),
            Paragraph(
                Text(
                    "Turn the weight at the back of the arm until the arm floats freely above the mat. Set the ring "
                    "on the weight to zero without moving the weight itself. Then turn both together to the figure "
                    "in the manual, usually between 1.8 and 2.2 grams. Too light does more harm than too heavy: a "
                    "needle that jumps is a chisel.",
                    "Крутите противовес на конце тонарма, пока тонарм не повиснет над матом. Поставьте кольцо на "
                    "ноль, не сдвигая сам противовес. Затем поверните их вместе до цифры из руководства, обычно от "
                    "1,8 до 2,2 грамма. Слишком мало хуже, чем слишком много: подпрыгивающая игла работает как "
                    "стамеска.",
                )
            ),
            Quote(
                Text(
                    "The best upgrade costs nothing: move the player away from the loudspeakers.",
                    "Лучшее улучшение бесплатное: отодвиньте проигрыватель от колонок.",
                )
            ),
            Heading(Text("The first record", "Первая пластинка")),
            Paragraph(
                Text(
                    "Take one that you know well and do not treasure. Listen to the beginning and to the end of a "
                    "side. If the last song hisses on the letter S, the needle is worn or the arm needs a little "
                    "more weight. If everything is fine, you are finished. Put the paper away.",
                    "Возьмите ту, что знаете наизусть и которой не слишком дорожите. Послушайте начало и конец "
                    "стороны. Если в последней песне шипят буквы «с», игла изношена или тонарму нужно чуть больше "
                    "веса. Если всё в порядке, вы закончили. Уберите бумагу.",
                )
            ),
            Paragraph(
                Text(
                    "And the dust? A soft brush along the grooves before each side, a drop of distilled water once "
                    "in a while, sleeves without creases. Your grandmother did no more than that, and her records "
                    "still play.",
                    "А пыль? Мягкая щётка вдоль канавок перед каждой стороной, иногда капля дистиллированной воды и "
                    "конверты без заломов. Ваша бабушка делала ровно столько же, и её пластинки до сих пор играют.",
                )
            ),
            Shelved(
                Text("Players that need no more than this", "Проигрыватели, которым больше ничего не нужно"),
                "turntables",
            ),
        ),
    ),
)
