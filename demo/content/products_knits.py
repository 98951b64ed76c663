"""Jumpers and shirts."""

from demo.content.kinds import Article, Family, Option, Text, text

SWEATER = Family(
    "sweater",
    "hoodies-knits",
    Text(
        "A darning kit in the right colour is sewn into the side seam. Moths hate cedar: a small block comes "
        "with every order of wool.",
        "В боковой шов вшит моток нити того же цвета. Моль не любит кедр: к каждой вещи из шерсти прилагаем брусочек.",
    ),
    options=(
        Option(text("XS")),
        Option(text("S")),
        Option(text("M")),
        Option(text("L")),
        Option(text("XL")),
    ),
    articles=(
        Article(
            "crew-lambswool",
            "Fjelda",
            Text("Banded lambswool jumper", "Свитер с орнаментом из овечьей шерсти"),
            about=Text(
                "Knitted in one piece from the sleeve to the hem, so there is no seam to rub. The band across the "
                "chest is the old one from the fishing villages, minus the fish.",
                "Связан целиком от рукава до низа, тереть нечему. Полоса на груди старинная, из рыбацких деревень, "
                "только без рыбы.",
            ),
            specs={
                "fabric": Text("100% lambswool", "100% шерсть ягнёнка"),
                "gauge": "7",
                "fit": Text("regular", "прямая"),
                "origin": Text("Scotland", "Шотландия"),
            },
            price="98",
            palettes=("navy", "moss", "ecru"),
            stock=7,
            popularity=540,
        ),
        Article(
            "island-jumper",
            "Fjelda",
            Text("Island pattern jumper", "Островной свитер с узором"),
            about=Text(
                "Eleven diamonds and one deliberate mistake, because every pattern on the islands had one. Warm "
                "enough to replace a coat on a dry day.",
                "Одиннадцать ромбов и одна намеренная ошибка: на островах она была в каждом узоре. В сухой день "
                "заменит пальто.",
            ),
            specs={
                "fabric": Text("100% wool", "100% шерсть"),
                "gauge": "5",
                "fit": Text("relaxed", "свободная"),
                "weight": "860 g",
            },
            price="129",
            was="149",
            palettes=("ecru", "rust"),
            stock=5,
            popularity=410,
        ),
        Article(
            "fine-merino",
            "Fjelda",
            Text("Fine merino jumper", "Тонкий джемпер из мериноса"),
            about=Text(
                "Goes under a jacket without a bulge and over a shirt without a fight. Machine washable in a bag, "
                "and we mean it.",
                "Не топорщится под пиджаком и не спорит с рубашкой. Стирается в машине в мешке, и это не "
                "преувеличение.",
            ),
            specs={
                "fabric": Text("100% merino", "100% меринос"),
                "gauge": "14",
                "fit": Text("slim", "приталенная"),
                "weight": "240 g",
            },
            price="84",
            palettes=("plum", "navy", "moss"),
            stock=9,
            popularity=380,
        ),
        Article(
            "heavy-jumper",
            "Fjelda",
            Text("Heavy winter jumper", "Тёплый зимний свитер"),
            about=Text(
                "Four strands of yarn where others take two. Goes well with a record, a lamp and no plans.",
                "Четыре нити там, где другие берут две. Хорошо сочетается с пластинкой, лампой и отсутствием планов.",
            ),
            specs={
                "fabric": Text("70% wool, 30% cotton", "70% шерсть, 30% хлопок"),
                "gauge": "7",
                "fit": Text("regular", "прямая"),
                "origin": Text("Italy", "Италия"),
            },
            price="112",
            was="130",
            palettes=("rust", "ecru", "plum"),
            stock=6,
            popularity=300,
        ),
    ),
)


OVERSHIRT = Family(
    "overshirt",
    "shirts",
    Text(
        "Spare buttons are sewn into the placket. Iron while it is still a little damp, or do not iron at all.",
        "Запасные пуговицы пришиты к планке. Гладить чуть влажной или не гладить вовсе.",
    ),
    options=(
        Option(text("S")),
        Option(text("M")),
        Option(text("L")),
        Option(text("XL")),
        Option(text("XXL")),
    ),
    articles=(
        Article(
            "canvas-overshirt",
            "Lumen Wear",
            Text("Canvas overshirt", "Рубашка-куртка из парусины"),
            about=Text(
                "Thick enough to be a jacket in May and thin enough to be a shirt in October. Two pockets with "
                "flaps, one hidden one for the ticket.",
                "Достаточно плотная, чтобы в мае быть курткой, и достаточно тонкая, чтобы в октябре быть рубашкой. "
                "Два кармана с клапанами и один потайной для билета.",
            ),
            specs={
                "fabric": Text("100% cotton", "100% хлопок"),
                "density": Text("310 g/m²", "310 г/м²"),
                "fit": Text("regular", "прямая"),
                "buttons": Text("corozo nut", "орех корозо"),
            },
            price="86",
            palettes=("navy", "moss", "rust"),
            stock=8,
            popularity=460,
        ),
        Article(
            "oxford-shirt",
            "Lumen Wear",
            Text("Oxford shirt", "Рубашка Оксфорд"),
            about=Text(
                "The shirt for the day when you do not know yet where the evening will be. The collar stands with a "
                "tie and lies without one.",
                "Рубашка на день, когда ещё неизвестно, где пройдёт вечер. Воротник стоит с галстуком и лежит без "
                "него.",
            ),
            specs={
                "fabric": Text("100% cotton", "100% хлопок"),
                "density": Text("140 g/m²", "140 г/м²"),
                "fit": Text("regular", "прямая"),
                "buttons": Text("mother-of-pearl", "перламутр"),
            },
            price="59",
            was="69",
            palettes=("ecru", "navy"),
            stock=13,
            popularity=590,
        ),
        Article(
            "flannel-shirt",
            "Tarn",
            Text("Flannel shirt", "Фланелевая рубашка"),
            about=Text(
                "Brushed on both sides and long enough to stay in the trousers while you chop wood or pretend to. "
                "Gets better with every wash until about the hundredth.",
                "С начёсом с обеих сторон и такой длины, что не выбивается из брюк, когда колешь дрова или делаешь "
                "вид. Примерно до сотой стирки становится только лучше.",
            ),
            specs={
                "fabric": Text("100% cotton", "100% хлопок"),
                "density": Text("200 g/m²", "200 г/м²"),
                "fit": Text("relaxed", "свободная"),
                "origin": Text("Portugal", "Португалия"),
            },
            price="68",
            palettes=("moss", "rust", "plum"),
            stock=10,
            popularity=400,
        ),
        Article(
            "cord-overshirt",
            "Lumen Wear",
            Text("Corduroy overshirt", "Вельветовая рубашка-куртка"),
            about=Text(
                "Fine corduroy, eleven ribs to the inch, in the colour of a brick wall at six in the evening. Lined "
                "at the shoulders, so that it goes over a jumper.",
                "Мелкий вельвет цвета кирпичной стены в шесть вечера. Плечи на подкладке, чтобы легко надевалась на "
                "свитер.",
            ),
            specs={
                "fabric": Text("100% cotton", "100% хлопок"),
                "density": Text("290 g/m²", "290 г/м²"),
                "fit": Text("relaxed", "свободная"),
                "lining": Text("shoulders", "плечи"),
            },
            price="94",
            palettes=("rust", "ecru"),
            popularity=320,
        ),
    ),
)
