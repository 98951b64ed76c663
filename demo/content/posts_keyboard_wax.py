"""A week with a keyboard, an evening with a jacket."""

from demo.content.kinds import Heading, Paragraph, Points, Post, Quote, Text

POSTS: tuple[Post, ...] = (
    Post(
        "seven-days-with-a-split-keyboard",
        days=50,
        views=1120,
        picture="desk-evening",
        tags=(
            "computers",
            "stories",
        ),
        title=Text("Seven days with a split keyboard", "Семь дней с раздельной клавиатурой"),
        intro=Text(
            "Our bookkeeper agreed to a trial and kept a diary. It begins with swearing and ends with a request.",
            "Наш бухгалтер согласилась на опыт и вела дневник. Он начинается с ругани, а заканчивается просьбой.",
        ),
        body=(
            Paragraph(
                Text(
                    "Vera has typed for thirty years, with ten fingers and without looking. In autumn her right "
                    "wrist began to complain. We put a split keyboard on her desk, hid the old one and promised not "
                    "to hurry her with the quarterly report.",
                    "Вера печатает тридцать лет, десятью пальцами и вслепую. Осенью у неё заныло правое запястье. Мы "
                    "поставили ей на стол раздельную клавиатуру, спрятали старую и пообещали не торопить с "
                    "квартальным отчётом.",
                )
            ),
            Heading(Text("Monday and Tuesday", "Понедельник и вторник")),
            Paragraph(
                Text(
                    "Nineteen words a minute. The letter in the middle is on the other half, because for thirty "
                    "years I have struck it with the wrong finger and nobody noticed. Passwords are the worst: the "
                    "fingers know them and I do not.",
                    "Девятнадцать слов в минуту. Средняя буква оказалась на другой половине, потому что тридцать лет "
                    "я била по ней не тем пальцем и никто не замечал. Хуже всего пароли: пальцы их знают, а я нет.",
                )
            ),
            Heading(Text("Wednesday", "Среда")),
            Paragraph(
                Text(
                    "Moved the halves to the width of my shoulders and raised the inner edges a little. Something "
                    "between the shoulder blades let go. I had not known that it was holding on.",
                    "Развела половины на ширину плеч и чуть приподняла внутренние края. Между лопатками что-то "
                    "отпустило. Я и не знала, что оно держалось.",
                )
            ),
            Heading(Text("Thursday and Friday", "Четверг и пятница")),
            Paragraph(
                Text(
                    "Forty words. There is a place for a cup of tea exactly in the middle, within reach of both "
                    "hands. This alone justifies the invention.",
                    "Сорок слов. Ровно посередине нашлось место для чашки чая, до неё достают обе руки. Одно это "
                    "оправдывает изобретение.",
                )
            ),
            Quote(
                Text(
                    "On Sunday I wrote a letter at home on the old one and felt like somebody typing inside a shoe "
                    "box.",
                    "В воскресенье я писала дома письмо на старой и чувствовала себя так, будто печатаю в обувной "
                    "коробке.",
                )
            ),
            Heading(Text("The next Monday", "Следующий понедельник")),
            Paragraph(
                Text(
                    "Fifty-eight words, two fewer than before, and the wrist is quiet. The quarterly report was "
                    "finished on time, which we mention only because Vera insists. Her request: a second one for "
                    "home.",
                    "Пятьдесят восемь слов, на два меньше прежнего, и запястье молчит. Квартальный отчёт сдан "
                    "вовремя, о чём мы упоминаем только по настоянию Веры. Её просьба: вторую такую же домой.",
                )
            ),
            Paragraph(
                Text(
                    "If you want to try it yourself, choose a week without deadlines, print the layout and hang it "
                    "at eye height, and do not go back to the old one in between. Pain that does not pass is a "
                    "matter for a doctor, not for a shop.",
                    "Если хотите попробовать сами, выберите неделю без сроков, распечатайте раскладку, повесьте на "
                    "уровне глаз и не возвращайтесь к старой в промежутках. А если боль не проходит, это к врачу, а "
                    "не в магазин.",
                )
            ),
        ),
    ),
    Post(
        "an-evening-with-a-tin-of-wax",
        days=58,
        views=540,
        picture="hallway-noon",
        tags=(
            "clothing",
            "care",
        ),
        title=Text("An evening with a tin of wax", "Вечер с баночкой воска"),
        intro=Text(
            "A waxed jacket asks for attention once a year. It pays back with ten winters.",
            "Вощёная куртка просит внимания раз в год. И возвращает десятью зимами.",
        ),
        body=(
            Paragraph(
                Text(
                    "You can tell that the time has come when rain no longer stands on the shoulders in beads but "
                    "soaks in and leaves a map. Choose a dry evening, cover the table with an old sheet and put on "
                    "something that may be stained. The smell is pleasant and stays for two days.",
                    "Пора, если дождь уже не стоит на плечах каплями, а впитывается и рисует карту. Выберите сухой "
                    "вечер, накройте стол старой простынёй и наденьте то, чего не жалко. Запах приятный и держится "
                    "дня два.",
                )
            ),
            Heading(Text("Brush, wipe, wait", "Щётка, тряпка, терпение")),
            Paragraph(
                Text(
                    "Brush the dry jacket along the seams, where sand collects and saws at the thread. Wipe it with "
                    "a cold sponge and no soap at all: soap takes the wax out for good. Let it hang until morning if "
                    "it got wet.",
                    "Пройдитесь щёткой вдоль швов: там собирается песок и пилит нитку. Протрите холодной губкой без "
                    "всякого мыла: мыло вымывает воск навсегда. Если куртка намокла, пусть висит до утра.",
                )
            ),
            Heading(Text("Warm the tin, not the jacket", "Грейте баночку, а не куртку")),
            Paragraph(
                Text(
                    "Stand the tin in hot water until the wax is as runny as oil. Dip a corner of cotton cloth, "
                    "start at the shoulders and rub in small circles. Creases, elbows and the edge of the hood drink "
                    "the most. Leave out the corduroy of the collar and the inside of the pockets, or your telephone "
                    "will smell like a church.",
                    "Поставьте баночку в горячую воду, чтобы воск стал жидким, как масло. Обмакните уголок хлопковой "
                    "тряпочки и начните с плеч, мелкими кругами. Больше всего пьют сгибы, локти и край капюшона. "
                    "Вельветовый воротник и карманы изнутри не трогайте, иначе телефон будет пахнуть церковью.",
                )
            ),
            Points(
                (
                    Text(
                        "Too much wax shows as a white film: warm it with a hair dryer and wipe.",
                        "Излишек виден как белёсая плёнка: прогрейте феном и сотрите.",
                    ),
                    Text(
                        "Hang the jacket in the warm for a night, away from the sofa.",
                        "На ночь повесьте куртку в тепло, подальше от дивана.",
                    ),
                    Text(
                        "For a week, do not sit in light-coloured cars.",
                        "Неделю не садитесь в машины со светлым салоном.",
                    ),
                ),
            ),
            Paragraph(
                Text(
                    "The lines that remain at the elbows are yours. Nobody else's jacket has them in the same place.",
                    "Полосы, которые останутся на локтях, ваши. Ни на чьей другой куртке их на этом месте нет.",
                )
            ),
        ),
    ),
)
