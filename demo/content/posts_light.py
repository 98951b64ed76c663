"""Photographs and lamps."""

from demo.content.kinds import Heading, Paragraph, Points, Post, Quote, Text

POSTS: tuple[Post, ...] = (
    Post(
        "one-window-one-lamp",
        days=66,
        views=1270,
        picture="shelf-evening",
        tags=(
            "cameras",
            "how to",
        ),
        title=Text("One window, one lamp", "Одно окно, одна лампа"),
        intro=Text(
            "How to photograph things at home so that they look like themselves. No studio, no flash, any camera.",
            "Как снимать вещи дома, чтобы они были похожи на себя. Без студии, без вспышки, любой камерой.",
        ),
        body=(
            Paragraph(
                Text(
                    "Whether you sell a coat, document your grandmother's china or send us a picture of a torn seam, "
                    "the same three mistakes spoil it: light from several sides, a camera that is too near, and a "
                    "background with a life of its own. All three can be cured for nothing.",
                    "Продаёте ли вы пальто, описываете бабушкин фарфор или шлёте нам снимок разошедшегося шва, "
                    "портят всё одни и те же три ошибки: свет с разных сторон, камера слишком близко и фон, живущий "
                    "собственной жизнью. Все три лечатся бесплатно.",
                )
            ),
            Heading(Text("Turn the ceiling light off", "Выключите верхний свет")),
            Paragraph(
                Text(
                    "A window on a cloudy day is the best lamp ever made: large, soft and white. Put the object "
                    "beside it, not before it. The side that is turned away will be too dark; stand a sheet of white "
                    "cardboard there, just outside the picture, and watch the shadow open.",
                    "Окно в пасмурный день лучшая лампа на свете: большая, мягкая и белая. Поставьте предмет сбоку "
                    "от него, а не перед ним. Дальняя сторона выйдет слишком тёмной; поставьте туда лист белого "
                    "картона, чуть за краем кадра, и тень раскроется.",
                )
            ),
            Paragraph(
                Text(
                    "In the evening one desk lamp does the same. Let it shine through a sheet of baking paper from "
                    "half a metre. One lamp, though: two give two shadows, and the eye believes neither.",
                    "Вечером то же сделает одна настольная лампа. Пусть светит сквозь лист бумаги для выпечки с "
                    "полуметра. Но именно одна: от двух ламп две тени, и глаз не верит ни одной.",
                )
            ),
            Heading(Text("Step back and zoom", "Отойдите и приблизьте")),
            Paragraph(
                Text(
                    "From twenty centimetres a cup has a large mouth and a small foot. From a metre and a half it "
                    "has its own shape. Step back, zoom in, put your elbows on something. If you have a choice of "
                    "lenses, take the longer one.",
                    "С двадцати сантиметров у чашки огромный край и крошечное донышко. С полутора метров у неё своя "
                    "форма. Отойдите, приблизьте зумом, обопритесь на локти. Если есть выбор объективов, берите тот, "
                    "что длиннее.",
                )
            ),
            Quote(
                Text(
                    "A picture is finished when there is nothing left in it to tidy up.",
                    "Снимок готов, когда на нём больше нечего прибирать.",
                )
            ),
            Heading(Text("The background", "Фон")),
            Points(
                (
                    Text(
                        "A sheet of drawing paper, bent and not folded, from the wall down to the table.",
                        "Лист ватмана, изогнутый без складки, от стены на стол.",
                    ),
                    Text(
                        "Grey is kinder than white: white turns yellow or blue, grey stays grey.",
                        "Серый добрее белого: белый желтеет или синеет, серый остаётся серым.",
                    ),
                    Text(
                        "Nothing with letters on it. People read before they look.",
                        "Ничего с буквами. Люди сначала читают, потом смотрят.",
                    ),
                ),
            ),
            Paragraph(
                Text(
                    "Then take five pictures instead of fifty, and look at them on a large screen before you put "
                    "things away. The crumb is always in the best one.",
                    "Потом сделайте пять снимков вместо пятидесяти и посмотрите их на большом экране, прежде чем "
                    "убирать. Крошка всегда на лучшем.",
                )
            ),
        ),
    ),
    Post(
        "light-for-a-desk",
        days=74,
        views=830,
        picture="desk-morning",
        tags=(
            "home",
            "buying advice",
        ),
        title=Text("Light for a desk", "Свет для стола"),
        intro=Text(
            "Lumens, kelvins, Ra: three figures from the box and what they mean on the paper in front of you.",
            "Люмены, кельвины, Ra: три числа с коробки и что они значат для листа бумаги перед вами.",
        ),
        body=(
            Paragraph(
                Text(
                    "A lamp is the only piece of furniture that changes everything around it. It is also the one "
                    "most often bought for its looks alone. We like handsome lamps, but we hang them above a "
                    "newspaper first.",
                    "Лампа единственный предмет мебели, который меняет всё вокруг. И чаще других её выбирают только "
                    "за внешность. Мы тоже любим красивые лампы, но сначала вешаем их над газетой.",
                )
            ),
            Heading(Text("How much", "Сколько")),
            Paragraph(
                Text(
                    "For reading, 500 lux should arrive on the page. A lamp of 800 lumens forty centimetres above it "
                    "does that with something to spare; at eighty centimetres only a quarter is left. So the length "
                    "of the arm matters as much as the figure on the bulb.",
                    "Для чтения на страницу должно приходить 500 люкс. Лампа в 800 люменов на высоте сорока "
                    "сантиметров даёт это с запасом, а с восьмидесяти останется четверть. Так что длина плеча важна "
                    "не меньше, чем число на лампочке.",
                )
            ),
            Heading(Text("What colour", "Какого цвета")),
            Paragraph(
                Text(
                    "2,700 kelvin is the light of an evening, 4,000 that of a morning. For figures and drawings the "
                    "cooler one keeps you awake; after nine it keeps you awake as well, and then you mind. A lamp "
                    "that can do both is worth its extra ten euros.",
                    "2700 кельвинов это вечер, 4000 это утро. Над цифрами и чертежами холодный свет бодрит; после "
                    "девяти он тоже бодрит, и вот это уже некстати. Лампа, которая умеет и то и другое, стоит лишних "
                    "десяти евро.",
                )
            ),
            Heading(Text("How true", "Насколько верно")),
            Paragraph(
                Text(
                    "Ra tells how far colours agree with daylight; the scale ends at 100. Under Ra 80 a navy sock "
                    "and a black one are the same sock. Take 90 for the desk, 95 if you sew, paint or choose yarn.",
                    "Ra показывает, насколько цвета похожи на дневные; шкала кончается на 100. При Ra 80 тёмно-синий "
                    "носок и чёрный это один и тот же носок. Для стола берите 90, а если шьёте, рисуете или "
                    "подбираете пряжу, то 95.",
                )
            ),
            Quote(
                Text(
                    "Right-handed people want the lamp on the left. Try it tonight; you will not move it back.",
                    "Правше лампа нужна слева. Попробуйте сегодня вечером, обратно не переставите.",
                )
            ),
            Paragraph(
                Text(
                    "Finally, look for the screw that lets you change the light source. LEDs live long, not for "
                    "ever, and a good arm should not be thrown away because of a small round board.",
                    "И последнее: найдите винт, который позволяет сменить источник света. Светодиоды живут долго, но "
                    "не вечно, и жалко выбрасывать хорошее плечо из-за маленькой круглой платы.",
                )
            ),
        ),
    ),
)
