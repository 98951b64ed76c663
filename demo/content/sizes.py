"""Size guides, by the slug of the category that they are written for."""

from dataclasses import dataclass

from demo.content.kinds import Text


@dataclass(frozen=True, slots=True)
class Table:
    """The first row and the first column are headings. A plain string is the same in both languages."""

    caption: Text
    rows: tuple[tuple[Text | str, ...], ...]


@dataclass(frozen=True, slots=True)
class Guide:
    measure: tuple[Text, ...]
    tables: tuple[Table, ...]
    advice: Text


HOW = Text("How to measure", "Как измерить")
SIZE = Text("Size", "Размер")

CLOTHES = Guide(
    (
        Text(
            "Chest: around the fullest part, arms down, the tape level all the way round.",
            "Грудь: по самой широкой части, руки опущены, лента ровно по кругу.",
        ),
        Text(
            "Waist: where you bend to the side, with two fingers under the tape.",
            "Талия: там, где вы сгибаетесь в сторону, два пальца под лентой.",
        ),
        Text(
            "Sleeve: from the middle of the neck over the shoulder to the wrist.",
            "Рукав: от середины шеи через плечо до запястья.",
        ),
    ),
    (
        Table(
            Text("Body, cm", "Фигура, см"),
            (
                (SIZE, Text("Chest", "Грудь"), Text("Waist", "Талия"), Text("Sleeve", "Рукав")),
                ("XS", "84–88", "70–74", "80"),
                ("S", "89–94", "75–80", "82"),
                ("M", "95–100", "81–86", "84"),
                ("L", "101–107", "87–93", "86"),
                ("XL", "108–114", "94–101", "88"),
                ("XXL", "115–122", "102–110", "90"),
            ),
        ),
    ),
    Text(
        "Between two sizes, take the larger one if you wear a jumper underneath. Exchanging it is free.",
        "Между двумя размерами берите больший, если носите под низ свитер. Обмен бесплатный.",
    ),
)

TROUSERS = Guide(
    (
        Text(
            "Waist: a pair that fits, buttoned and laid flat, measured along the top and doubled.",
            "Талия: застегните пару, которая сидит хорошо, измерьте пояс и удвойте.",
        ),
        Text(
            "Inside leg: from the crotch seam down to the hem, along the seam.",
            "Шаговый шов: от промежности до низа, вдоль шва.",
        ),
    ),
    (
        Table(
            Text("Trousers, cm", "Брюки, см"),
            (
                (SIZE, Text("Waist", "Талия"), Text("Hips", "Бёдра"), Text("Inside leg", "Шаговый шов")),
                ("30/32", "76–78", "92–94", "81"),
                ("32/32", "81–83", "97–99", "81"),
                ("32/34", "81–83", "97–99", "86"),
                ("34/32", "86–88", "102–104", "81"),
                ("34/34", "86–88", "102–104", "86"),
                ("36/34", "91–93", "107–109", "86"),
            ),
        ),
    ),
    Text("We hem them to your length free of charge.", "Подогнём под вашу длину бесплатно."),
)

SHOES = Guide(
    (
        Text(
            "Stand on a sheet of paper in the evening, when feet are largest, with the socks you will wear.",
            "Вечером, когда ступня больше всего, встаньте на лист бумаги в тех носках, которые будете носить.",
        ),
        Text(
            "Mark heel and longest toe, measure between the marks, and do the same with the other foot.",
            "Отметьте пятку и самый длинный палец, измерьте расстояние и повторите со второй ногой.",
        ),
        Text("The longer foot decides.", "Считается та нога, что длиннее."),
    ),
    (
        Table(
            Text("Shoes", "Обувь"),
            (
                ("EU", Text("Foot, cm", "Ступня, см"), "UK", "US"),
                ("38", "24.0", "5", "6"),
                ("39", "24.7", "5.5", "6.5"),
                ("40", "25.3", "6.5", "7.5"),
                ("41", "26.0", "7.5", "8.5"),
                ("42", "26.7", "8", "9"),
                ("43", "27.3", "9", "10"),
                ("44", "28.0", "9.5", "10.5"),
                ("45", "28.7", "10.5", "11.5"),
            ),
        ),
    ),
    Text(
        "Our boots run half a size large: with thin socks take the smaller one.",
        "Наши ботинки больше на полразмера: с тонкими носками берите меньший.",
    ),
)

GUIDES = {"clothing": CLOTHES, "trousers": TROUSERS, "footwear": SHOES}
