"""Laptops and monitors."""

from demo.content.kinds import Article, Family, Option, Text, text

LAPTOP = Family(
    "laptop",
    "laptops",
    Text(
        "The keyboard comes with English and Russian legends. Memory, drive and battery can be reached with five "
        "ordinary screws, and the manual shows how.",
        "Клавиатура с английской и русской гравировкой. До памяти, накопителя и батареи добираются через пять "
        "обычных винтов, и в руководстве показано как.",
    ),
    options=(
        Option(text("16 GB / 512 GB")),
        Option(text("32 GB / 1 TB"), "260"),
    ),
    articles=(
        Article(
            "slate-14",
            "Halden",
            Text("Slate 14 laptop", "Ноутбук Slate 14"),
            about=Text(
                "A laptop for people who write, plan and calculate. The screen is matte and a little taller than "
                "usual, so that a page fits on it; the fan stays silent until you really ask for something.",
                "Ноутбук для тех, кто пишет, планирует и считает. Экран матовый и чуть выше обычного, чтобы "
                "помещалась страница; вентилятор молчит, пока вы не попросите о чём-то серьёзном.",
            ),
            specs={
                "screen": "14″, 2240 × 1400",
                "processor": Text("8 cores", "8 ядер"),
                "battery": "13 h",
                "ports": "2 × USB-C, 2 × USB-A, HDMI",
                "weight": "1.29 kg",
            },
            price="1149",
            palettes=("graphite", "silver"),
            stock=22,
            popularity=870,
        ),
        Article(
            "slate-16-pro",
            "Halden",
            Text("Slate 16 Pro laptop", "Ноутбук Slate 16 Pro"),
            about=Text(
                "For photographs, code and long timelines. The screen shows the whole of the P3 colours out of the "
                "box and comes with its own measuring sheet; the charger is small enough to stay in the bag.",
                "Для фотографий, кода и длинных монтажных лент. Экран показывает весь охват P3 прямо из коробки, "
                "лист с измерениями приложен; зарядное такое маленькое, что может жить в сумке.",
            ),
            specs={
                "screen": "16″, 3072 × 1920",
                "processor": Text("14 cores", "14 ядер"),
                "battery": "11 h",
                "ports": "3 × USB-C, HDMI, SD",
                "weight": "1.92 kg",
            },
            price="1890",
            was="2090",
            palettes=("silver", "petrol"),
            stock=9,
            popularity=640,
        ),
        Article(
            "fern-13",
            "Orrin",
            Text("Fern 13 light laptop", "Лёгкий ноутбук Fern 13"),
            about=Text(
                "Under a kilogram, with a battery for a day of lectures and a lid that opens with one finger. Fern "
                "has no fan at all: it works in a library without anyone looking up.",
                "Меньше килограмма, батареи хватает на день лекций, крышка открывается одним пальцем. Вентилятора у "
                "Fern нет совсем: в библиотеке никто не обернётся.",
            ),
            specs={
                "screen": "13.3″, 2560 × 1600",
                "processor": Text("8 cores", "8 ядер"),
                "battery": "16 h",
                "ports": Text("2 × USB-C, audio", "2 × USB-C, аудио"),
                "weight": "0.98 kg",
            },
            price="899",
            palettes=("petrol", "sand"),
            stock=18,
            popularity=590,
        ),
        Article(
            "chalk-15",
            "Orrin",
            Text("Chalk 15 study laptop", "Ноутбук для учёбы Chalk 15"),
            about=Text(
                "Honest and tough: rubber corners, a keyboard that drains a spilled glass of water, and a hinge that "
                "opens flat so that two can look. Enough for school, the household and an evening series.",
                "Честный и крепкий: резиновые углы, клавиатура со сливом для пролитого стакана воды и петля, "
                "раскрывающая экран плашмя, чтобы смотреть вдвоём. Хватит для школы, дома и вечернего сериала.",
            ),
            specs={
                "screen": "15.6″, 1920 × 1080",
                "processor": Text("6 cores", "6 ядер"),
                "battery": "10 h",
                "ports": "USB-C, 2 × USB-A, HDMI",
                "weight": "1.65 kg",
            },
            price="549",
            was="629",
            palettes=("sand", "coral", "silver"),
            stock=31,
            popularity=530,
        ),
        Article(
            "ember-16",
            "Halden",
            Text("Ember 16 creator laptop", "Ноутбук Ember 16 для творчества"),
            about=Text(
                "A desktop that folds. Graphics for video and three-dimensional work, a cooling system that keeps "
                "its word for hours, and a quiet mode that caps the power while you are on a call.",
                "Настольный компьютер, который складывается. Графика для видео и трёхмерных сцен, охлаждение, "
                "которое держит слово часами, и тихий режим, ограничивающий мощность во время звонка.",
            ),
            specs={
                "screen": "16″, 3840 × 2400",
                "processor": Text("16 cores", "16 ядер"),
                "graphics": "12 GB",
                "battery": "8 h",
                "weight": "2.35 kg",
            },
            price="2290",
            palettes=("coral", "graphite"),
            stock=4,
            popularity=360,
        ),
    ),
)


MONITOR = Family(
    "monitor",
    "monitors",
    Text(
        "Delivered with the cable you need, not the cheapest one. Two dead pixels are enough for an exchange "
        "within the first year.",
        "В комплекте тот кабель, который нужен, а не самый дешёвый. В первый год двух битых пикселей достаточно "
        "для обмена.",
    ),
    articles=(
        Article(
            "vista-27",
            "Halden",
            Text("Vista 27 monitor, 4K", "Монитор Vista 27, 4K"),
            about=Text(
                "Sharp text for people who read all day. One cable brings the picture and charges the laptop; the "
                "stand lifts, tilts and turns, and the lower edge goes down to the desk.",
                "Чёткий текст для тех, кто весь день читает. Один кабель передаёт картинку и заряжает ноутбук; "
                "подставка поднимается, наклоняется и поворачивается, нижний край опускается до стола.",
            ),
            specs={
                "screen": "27″, 3840 × 2160",
                "refresh": "60 Hz",
                "charging": "90 W",
                "ports": "USB-C, 2 × HDMI, DisplayPort",
                "weight": "6.1 kg",
            },
            price="429",
            was="479",
            palettes=("graphite", "silver"),
            stock=26,
            popularity=690,
        ),
        Article(
            "vista-24",
            "Halden",
            Text("Vista 24 office monitor", "Офисный монитор Vista 24"),
            about=Text(
                "The one we bought for our own desks. Matte, evenly lit, without flicker at any brightness, and "
                "narrow enough at the sides to stand in pairs.",
                "Тот, который мы купили на свои столы. Матовый, ровно подсвеченный, не мерцает ни на какой яркости и "
                "достаточно узкий по бокам, чтобы ставить по два.",
            ),
            specs={
                "screen": "23.8″, 1920 × 1200",
                "refresh": "75 Hz",
                "ports": "HDMI, DisplayPort, 3 × USB",
                "height": Text("adjustable by 13 cm", "регулировка 13 см"),
                "weight": "5.2 kg",
            },
            price="199",
            palettes=("silver", "graphite"),
            stock=44,
            popularity=420,
        ),
        Article(
            "vista-34-wide",
            "Halden",
            Text("Vista 34 ultrawide monitor", "Сверхширокий монитор Vista 34"),
            about=Text(
                "Two documents and a calendar side by side, with no frame in between. The curve is gentle, so lines "
                "in a drawing stay straight, and the built-in switch moves keyboard and mouse from one computer to "
                "the other.",
                "Два документа и календарь рядом, без рамки посередине. Изгиб мягкий, линии чертежа остаются "
                "прямыми, а встроенный переключатель переносит клавиатуру и мышь с одного компьютера на другой.",
            ),
            specs={
                "screen": "34″, 3440 × 1440",
                "refresh": "120 Hz",
                "charging": "96 W",
                "ports": "2 × USB-C, HDMI, DisplayPort",
                "weight": "8.9 kg",
            },
            price="749",
            palettes=("petrol", "graphite"),
            stock=8,
            popularity=370,
        ),
        Article(
            "proof-27",
            "Aster",
            Text("Proof 27 colour monitor", "Монитор Proof 27 для работы с цветом"),
            about=Text(
                "For print and photography: calibrated in the factory and checked again in our shop. The report with "
                "the measured values lies in the box, signed by the person who measured.",
                "Для печати и фотографии: откалиброван на заводе и проверен ещё раз у нас. Отчёт с измерениями лежит "
                "в коробке, с подписью того, кто измерял.",
            ),
            specs={
                "screen": "27″, 3840 × 2160",
                "gamut": "99% Adobe RGB",
                "refresh": "60 Hz",
                "ports": "USB-C, HDMI, DisplayPort",
                "weight": "7.4 kg",
            },
            price="1190",
            palettes=("sand", "graphite"),
            stock=5,
            popularity=180,
        ),
        Article(
            "rally-27",
            "Volna",
            Text("Rally 27 gaming monitor", "Игровой монитор Rally 27"),
            about=Text(
                "A hundred and eighty pictures a second and settings you can understand: three presets named after "
                "what they do. The stand is a plain round foot that leaves room for the mouse.",
                "Сто восемьдесят кадров в секунду и понятные настройки: три режима, названные по тому, что они "
                "делают. Подставка простая и круглая, она оставляет место для мыши.",
            ),
            specs={
                "screen": "27″, 2560 × 1440",
                "refresh": "180 Hz",
                "response": Text("1 ms", "1 мс"),
                "ports": "2 × HDMI, DisplayPort",
                "weight": "5.8 kg",
            },
            price="359",
            was="419",
            palettes=("coral", "graphite"),
            popularity=510,
        ),
    ),
)
