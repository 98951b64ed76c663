"""What the demo's customers think: by department, stars and language; (title, text)."""

from demo.content.kinds import Text

Opinion = tuple[int, Text, Text]

CLOTHES: tuple[Opinion, ...] = (
    (
        5,
        Text("Wear it all the time", "Ношу не снимая"),
        Text(
            "Bought it for the office and now it lives in my weekend bag. The fabric is dense, the seams are straight "
            "and after six washes nothing has moved.",
            "Брала для работы, а ношу и по выходным. Ткань плотная, швы ровные, после шести стирок ничего не повело.",
        ),
    ),
    (
        5,
        Text("Exactly my size", "Села идеально"),
        Text(
            "I am 182 cm and took an L by the size guide: shoulders sit where they should and the sleeves do not end "
            "at the elbow. I have ordered a second one in another colour.",
            "Рост 182, взял L по таблице: плечи на месте, рукава не короткие. Заказал вторую в другом цвете.",
        ),
    ),
    (
        4,
        Text("Warm, a little stiff at first", "Тёплая, но первые дни жестковата"),
        Text(
            "For the first week the collar felt stiff, then it softened. Warmer than it looks; one star off for the "
            "pocket, which is too shallow for my phone.",
            "Первую неделю воротник казался жёстким, потом обмялся. Теплее, чем кажется. Минус звезда за карман.",
        ),
    ),
    (
        4,
        Text("Good for the money", "Хорошо за эти деньги"),
        Text(
            "The colour is slightly darker than in the picture, which I do not mind. Delivered a day earlier than "
            "promised.",
            "Цвет чуть темнее, чем на фото, но мне так даже нравится. Привезли на день раньше обещанного.",
        ),
    ),
    (
        3,
        Text("Nice, but runs large", "Неплохо, но большемерит"),
        Text(
            "Good cotton, honest work, but a size larger than I am used to. The exchange took five days and was free.",
            "Хороший хлопок, честная работа, но на размер больше обычного. Обменяли за пять дней, бесплатно.",
        ),
    ),
    (
        2,
        Text("Not my colour after all", "Всё-таки не мой цвет"),
        Text(
            "In daylight it is much greener than on my screen. The quality is fine, so two stars and not one.",
            "При дневном свете цвет совсем другой. К качеству вопросов нет, поэтому две звезды, а не одна.",
        ),
    ),
)

DEVICES: tuple[Opinion, ...] = (
    (
        5,
        Text("Quiet, quick, finished", "Тихо, быстро, аккуратно"),
        Text(
            "Set up in ten minutes without an account or an app. Three weeks of daily use and I have stopped noticing "
            "it, which is the best that I can say of a device.",
            "Настроил за десять минут без всяких приложений. Пользуюсь три недели каждый день и уже не замечаю: для "
            "техники это лучшая похвала.",
        ),
    ),
    (
        5,
        Text("Better than the one twice the price", "Лучше, чем вдвое дороже"),
        Text(
            "I compared it with my brother's, which cost twice as much. The difference is the logo. Battery lasts two "
            "days longer than the box says.",
            "Сравнил с тем, что у брата, вдвое дороже. Разница в логотипе. Батарея держит дольше, чем обещают.",
        ),
    ),
    (
        4,
        Text("Very good, cable too short", "Очень хорошо, но короткий кабель"),
        Text(
            "Everything works as described. The cable in the box is 60 cm, so plan for a longer one.",
            "Всё работает, как написано. Кабель в комплекте 60 сантиметров, сразу берите длиннее.",
        ),
    ),
    (
        4,
        Text("Solid", "Крепкая вещь"),
        Text(
            "Heavier than I thought and that is a good sign: nothing creaks. The manual is one page long and enough.",
            "Тяжелее, чем ожидала, и это хорошо: ничего не скрипит. Инструкция на одну страницу, и её хватает.",
        ),
    ),
    (
        3,
        Text("Does its job", "Работает"),
        Text(
            "No complaints about the main thing. The buttons are hard to tell apart in the dark.",
            "К главному претензий нет. Кнопки в темноте на ощупь не различить.",
        ),
    ),
    (
        1,
        Text("Arrived with a scratch", "Пришло с царапиной"),
        Text(
            "There was a long scratch on the side. The shop took it back at once, but the next one took a week.",
            "На боку была длинная царапина. Магазин сразу принял обратно, но замену пришлось ждать неделю.",
        ),
    ),
)

# How often each of them is drawn.
WEIGHTS = (8, 7, 5, 4, 2, 1)

ANSWERS = {
    1: Text(
        "We are sorry: it left us whole, but that is no comfort. The next one was packed in double card.",
        "Нам очень жаль: от нас вещь уехала целой, но вам от этого не легче. Замену упаковали в двойной картон.",
    ),
    2: Text(
        "Thank you for being fair. Colours differ between screens; returns are free for thirty days.",
        "Спасибо за честность. Экраны передают цвет по-разному; вернуть можно бесплатно в течение тридцати дней.",
    ),
}
