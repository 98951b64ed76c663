"""T-shirts and hoodies."""

from demo.content.kinds import Article, Family, Option, Text, text

TSHIRT = Family(
    "tshirt",
    "t-shirts",
    Text(
        "Wash at 30 degrees, inside out, and dry in the air. Shrinks less than two per cent: we wash every batch "
        "before it is cut.",
        "Стирать при 30 градусах, вывернув наизнанку, сушить на воздухе. Усадка меньше двух процентов: каждую "
        "партию стираем до раскроя.",
    ),
    options=(
        Option(text("XS")),
        Option(text("S")),
        Option(text("M")),
        Option(text("L")),
        Option(text("XL")),
        Option(text("XXL")),
    ),
    articles=(
        Article(
            "heavy-tee",
            "Lumen Wear",
            Text("Heavy cotton T-shirt", "Футболка из плотного хлопка"),
            about=Text(
                "Two hundred and forty grams of cotton to the square metre: opaque in white, calm on the body and "
                "still straight at the seams after fifty washes. A collar that does not turn into bacon.",
                "Двести сорок граммов хлопка на квадратный метр: не просвечивает в белом, спокойно сидит и после "
                "пятидесяти стирок не перекашивается. Ворот, который не идёт волной.",
            ),
            specs={
                "fabric": Text("100% organic cotton", "100% органический хлопок"),
                "density": Text("240 g/m²", "240 г/м²"),
                "fit": Text("regular", "прямая"),
                "origin": Text("Portugal", "Португалия"),
            },
            price="28",
            palettes=("navy", "ecru", "moss", "rust"),
            stock=14,
            popularity=950,
        ),
        Article(
            "sunrise-tee",
            "Lumen Wear",
            Text("Sunrise printed T-shirt", "Футболка Sunrise с рисунком"),
            about=Text(
                "Our emblem, printed with water-based ink that you cannot feel with your fingers. The sun fades a "
                "little over the years, as it should.",
                "Наш знак, напечатанный краской на водной основе: пальцами её не почувствовать. С годами солнце "
                "немного бледнеет, как ему и положено.",
            ),
            specs={
                "fabric": Text("100% organic cotton", "100% органический хлопок"),
                "density": Text("200 g/m²", "200 г/м²"),
                "fit": Text("regular", "прямая"),
                "print": Text("water-based", "на водной основе"),
            },
            price="32",
            palettes=("ecru", "rust", "navy"),
            stock=11,
            popularity=820,
        ),
        Article(
            "linen-tee",
            "Fjelda",
            Text("Linen blend T-shirt", "Футболка из льна с хлопком"),
            about=Text(
                "For the hottest week of the year. Linen lets the air through, cotton keeps it from scratching, and "
                "creases are part of the agreement.",
                "Для самой жаркой недели года. Лён пропускает воздух, хлопок не даёт колоться, а складки входят в "
                "условия.",
            ),
            specs={
                "fabric": Text("55% linen, 45% cotton", "55% лён, 45% хлопок"),
                "density": Text("160 g/m²", "160 г/м²"),
                "fit": Text("relaxed", "свободная"),
                "origin": Text("Lithuania", "Литва"),
            },
            price="39",
            was="46",
            palettes=("moss", "ecru"),
            stock=8,
            popularity=430,
        ),
        Article(
            "merino-tee",
            "Tarn",
            Text("Merino T-shirt for the road", "Дорожная футболка из мериноса"),
            about=Text(
                "Four days in one shirt and nobody in the compartment will know. Dries overnight on a chair, weighs "
                "as much as an apple.",
                "Четыре дня в одной футболке, и никто в купе не догадается. Высыхает за ночь на стуле и весит как "
                "яблоко.",
            ),
            specs={
                "fabric": Text("87% merino, 13% nylon", "87% меринос, 13% нейлон"),
                "density": Text("150 g/m²", "150 г/м²"),
                "fit": Text("slim", "приталенная"),
                "weight": "138 g",
            },
            price="64",
            palettes=("rust", "navy", "moss"),
            stock=9,
            popularity=390,
        ),
        Article(
            "boxy-tee",
            "Lumen Wear",
            Text("Boxy T-shirt", "Свободная футболка"),
            about=Text(
                "Shorter, wider, with sleeves to the elbow. Looks as if it had been in the family for years, without "
                "having been washed by all of them.",
                "Короче, шире, рукав до локтя. Выглядит так, будто она в семье уже много лет, хотя стирали её ещё не "
                "все.",
            ),
            specs={
                "fabric": Text("100% cotton", "100% хлопок"),
                "density": Text("220 g/m²", "220 г/м²"),
                "fit": Text("oversized", "объёмная"),
                "origin": Text("Portugal", "Португалия"),
            },
            price="34",
            was="39",
            palettes=("plum", "navy", "ecru"),
            stock=7,
            popularity=360,
        ),
    ),
)


HOODIE = Family(
    "hoodie",
    "hoodies-knits",
    Text(
        "Brushed by machine, finished by hand, checked on both sides. If a seam opens in the first two years, we "
        "sew it.",
        "Начёс машинный, отделка ручная, проверка с обеих сторон. Если в первые два года разойдётся шов, мы его "
        "зашьём.",
    ),
    options=(
        Option(text("XS")),
        Option(text("S")),
        Option(text("M")),
        Option(text("L")),
        Option(text("XL")),
        Option(text("XXL")),
    ),
    articles=(
        Article(
            "base-hoodie",
            "Lumen Wear",
            Text("Base hoodie", "Худи Base"),
            about=Text(
                "The grey one that everybody steals from everybody, except that it comes in better colours. A hood "
                "of two layers keeps its shape, and the pocket holds a phone without sagging.",
                "То самое худи, которое все друг у друга таскают, только в цветах получше. Двухслойный капюшон "
                "держит форму, а карман не отвисает под телефоном.",
            ),
            specs={
                "fabric": Text("80% cotton, 20% recycled polyester", "80% хлопок, 20% переработанный полиэстер"),
                "density": Text("360 g/m²", "360 г/м²"),
                "fit": Text("regular", "прямая"),
                "lining": Text("brushed", "с начёсом"),
            },
            price="64",
            was="74",
            palettes=("navy", "moss", "plum"),
            stock=12,
            popularity=880,
        ),
        Article(
            "zip-hoodie",
            "Lumen Wear",
            Text("Zipped hoodie", "Худи на молнии"),
            about=Text(
                "A zip of metal that runs both ways, so you can sit down in it. Warm enough for a balcony in April.",
                "Металлическая молния с двумя бегунками, чтобы удобно было сидеть. Тепла хватит на балкон в апреле.",
            ),
            specs={
                "fabric": Text("85% cotton, 15% polyester", "85% хлопок, 15% полиэстер"),
                "density": Text("340 g/m²", "340 г/м²"),
                "fit": Text("regular", "прямая"),
                "zip": Text("two-way", "двусторонняя"),
            },
            price="72",
            palettes=("ecru", "navy"),
            stock=8,
            popularity=490,
        ),
        Article(
            "camp-hoodie",
            "Tarn",
            Text("Camp fleece hoodie", "Флисовое худи Camp"),
            about=Text(
                "Fleece made from bottles, twenty-two of them, in a weight that dries beside a fire. Thumb holes, a "
                "chest pocket, no noise when you move.",
                "Флис из двадцати двух бутылок, такой плотности, что сохнет у костра. Прорези для пальцев, нагрудный "
                "карман и никакого шуршания.",
            ),
            specs={
                "fabric": Text("100% recycled polyester", "100% переработанный полиэстер"),
                "density": Text("260 g/m²", "260 г/м²"),
                "fit": Text("relaxed", "свободная"),
                "weight": "410 g",
            },
            price="89",
            palettes=("moss", "rust", "navy"),
            stock=6,
            popularity=370,
        ),
        Article(
            "studio-hoodie",
            "Lumen Wear",
            Text("Studio oversized hoodie", "Свободное худи Studio"),
            about=Text(
                "Cut wide on purpose, with shoulders that drop and cuffs that do not. Made for long evenings with "
                "headphones under the hood.",
                "Широкое по замыслу: плечо опущено, а манжета на месте. Для долгих вечеров с наушниками под капюшоном.",
            ),
            specs={
                "fabric": Text("100% cotton", "100% хлопок"),
                "density": Text("400 g/m²", "400 г/м²"),
                "fit": Text("oversized", "объёмная"),
                "origin": Text("Turkey", "Турция"),
            },
            price="79",
            palettes=("rust", "plum", "ecru"),
            popularity=420,
        ),
    ),
)
