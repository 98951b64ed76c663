"""The pages that every shop owes its customers."""

from demo.content.kinds import Heading, Paragraph, Points, Quote, Sheet, Text

SHEETS: tuple[Sheet, ...] = (
    Sheet(
        "delivery-and-returns",
        title=Text("Delivery & returns", "Доставка и возврат"),
        intro=Text(
            "What it costs, how long it takes, and how to send something back.",
            "Сколько стоит, сколько ждать и как вернуть.",
        ),
        in_menu=True,
        body=(
            Heading(Text("Delivery", "Доставка")),
            Paragraph(
                Text(
                    "Orders paid before two in the afternoon leave our warehouse the same working day. You get a "
                    "message when the parcel is on its way, and the order page shows every step from payment to your "
                    "door.",
                    "Заказы, оплаченные до двух часов дня, уходят со склада в тот же рабочий день. Когда посылка "
                    "отправится, вы получите письмо, а страница заказа показывает каждый шаг от оплаты до двери.",
                )
            ),
            Points(
                (
                    Text(
                        "Standard delivery takes three to five working days.",
                        "Обычная доставка занимает от трёх до пяти рабочих дней.",
                    ),
                    Text(
                        "Express delivery takes one or two working days.",
                        "Срочная доставка занимает один или два рабочих дня.",
                    ),
                    Text(
                        "Collecting from our shop costs nothing; we keep a parcel for ten days.",
                        "Самовывоз из магазина бесплатный; посылка ждёт десять дней.",
                    ),
                ),
            ),
            Paragraph(
                Text(
                    "The exact price for your country stands in the cart and at the checkout before you enter "
                    "anything about payment. There are no charges that appear later.",
                    "Точная цена для вашей страны видна в корзине и при оформлении, ещё до того как вы введёте "
                    "что-либо об оплате. Позже никаких доплат не появится.",
                )
            ),
            Heading(Text("Returns", "Возврат")),
            Paragraph(
                Text(
                    "You have thirty days from the day the parcel arrives. Try things on, listen, type. Shoes should "
                    "not have seen the street and software should be sealed; everything else may have been used the "
                    "way one uses things to find out whether they suit.",
                    "У вас тридцать дней со дня получения. Примеряйте, слушайте, печатайте. Обувь не должна побывать "
                    "на улице, а программы должны быть запечатаны; остальным можно пользоваться так, как пользуются, "
                    "чтобы понять, подходит ли вещь.",
                )
            ),
            Points(
                (
                    Text(
                        "Write to us or answer the confirmation mail with your order number.",
                        "Напишите нам или ответьте на письмо с подтверждением, указав номер заказа.",
                    ),
                    Text(
                        "We send a label. Print it or show it on your phone at the counter.",
                        "Мы пришлём этикетку. Распечатайте её или покажите с телефона в пункте приёма.",
                    ),
                    Text(
                        "The money goes back the way it came, within three days of the parcel's arrival.",
                        "Деньги вернутся тем же путём в течение трёх дней после прибытия посылки.",
                    ),
                ),
            ),
            Heading(Text("If something breaks", "Если что-то сломалось")),
            Paragraph(
                Text(
                    "Two years by law and a third one by us. Most things can be mended within a week; if not, you "
                    "choose between a new one and your money. Batteries count as things that break.",
                    "Два года по закону и третий от нас. Большинство вещей чинится за неделю; если нет, вы выбираете "
                    "новую вещь или деньги. Батареи тоже считаются тем, что ломается.",
                )
            ),
        ),
    ),
    Sheet(
        "about",
        title=Text("About us", "О нас"),
        intro=Text(
            "A small shop for things that last: electronics that can be opened and clothes that can be mended.",
            "Небольшой магазин долгих вещей: электроника, которую можно открыть, и одежда, которую можно починить.",
        ),
        in_menu=True,
        picture="window-noon",
        body=(
            Paragraph(
                Text(
                    "Vitrina began with a window. It belonged to a repair shop on Harbour Street, and in it stood, "
                    "among clocks and radios, the things that nobody had collected, cleaned and put in order. People "
                    "asked whether one could buy them. After a year the window sold more than the workshop mended.",
                    "«Витрина» началась с окна. Оно принадлежало мастерской на Портовой улице, и в нём среди часов и "
                    "радиоприёмников стояли вещи, за которыми никто не пришёл, вычищенные и приведённые в порядок. "
                    "Люди спрашивали, нельзя ли их купить. Через год окно продавало больше, чем чинила мастерская.",
                )
            ),
            Paragraph(
                Text(
                    "Today we are twenty-three. We still mend, in the back, and everything that we sell has passed "
                    "over that bench first: if we cannot open it, we do not stock it. Clothing came later, by way of "
                    "a jacket that was brought in by mistake.",
                    "Сегодня нас двадцать три. Мы по-прежнему чиним, в задней комнате, и всё, что продаём, сначала "
                    "побывало на том верстаке: не можем открыть, не берём на склад. Одежда появилась позже, из-за "
                    "куртки, которую принесли по ошибке.",
                )
            ),
            Heading(Text("What we promise", "Что мы обещаем")),
            Points(
                (
                    Text(
                        "We have used everything that we recommend for at least a month.",
                        "Всем, что советуем, мы сами пользовались не меньше месяца.",
                    ),
                    Text(
                        "Spare parts for seven years, and a price list for them before you buy.",
                        "Запчасти семь лет, и цены на них известны до покупки.",
                    ),
                    Text(
                        "No countdowns, no invented old prices, no boxes ticked in advance.",
                        "Никаких обратных отсчётов, выдуманных старых цен и заранее поставленных галочек.",
                    ),
                    Text(
                        "A person answers, with a name, within one working day.",
                        "Отвечает человек, с именем, в течение одного рабочего дня.",
                    ),
                ),
            ),
            Quote(
                Text(
                    "A thing is cheap when you need not buy it again.",
                    "Вещь дешёвая, если её не приходится покупать снова.",
                )
            ),
            Heading(Text("Where to find us", "Где нас найти")),
            Paragraph(
                Text(
                    "The shop is open from Tuesday to Saturday, ten to seven. Ring at the side door if you carry "
                    "something heavy.",
                    "Магазин открыт со вторника по субботу, с десяти до семи. Если несёте тяжёлое, звоните в боковую "
                    "дверь.",
                )
            ),
        ),
    ),
    Sheet(
        "contacts",
        title=Text("Contacts", "Контакты"),
        intro=Text(
            "Four ways to reach us, from the quickest to the most pleasant.",
            "Четыре способа связаться с нами, от самого быстрого до самого приятного.",
        ),
        in_menu=True,
        body=(
            Heading(Text("About an order", "По заказу")),
            Paragraph(
                Text(
                    "Answer the confirmation mail; the order number is already in it, and your letter lands with the "
                    "person who packs. Or write to shop@example.com. On working days we answer before the evening.",
                    "Ответьте на письмо с подтверждением: номер заказа в нём уже есть, и ваше письмо попадёт к тому, "
                    "кто собирает посылки. Или напишите на shop@example.com. В рабочие дни отвечаем до вечера.",
                )
            ),
            Heading(Text("By telephone", "По телефону")),
            Paragraph(
                Text(
                    "+44 20 7946 0100, Tuesday to Saturday from ten to seven, in English and Russian. If nobody "
                    "picks up, we are carrying something; we call back.",
                    "+44 20 7946 0100, со вторника по субботу с десяти до семи, по-русски и по-английски. Если никто "
                    "не берёт трубку, значит, мы что-то несём; перезвоним.",
                )
            ),
            Heading(Text("In the shop", "В магазине")),
            Paragraph(
                Text(
                    "12 Harbour Street, two steps down, the door with the brass handle. There is a bench for people "
                    "who wait and a bowl of water for dogs that do.",
                    "Портовая улица, 12, две ступеньки вниз, дверь с латунной ручкой. Для тех, кто ждёт, есть "
                    "скамейка, а для собак, которые ждут, миска с водой.",
                )
            ),
            Heading(Text("For the press and for schools", "Прессе и школам")),
            Paragraph(
                Text(
                    "We show the workshop on the first Thursday of the month. Groups of up to twelve, aprons are "
                    "there. Write a few lines about yourselves to hello@example.com.",
                    "Мастерскую показываем в первый четверг месяца. Группы до двенадцати человек, фартуки есть. "
                    "Напишите пару строк о себе на hello@example.com.",
                )
            ),
        ),
    ),
    Sheet(
        "privacy",
        title=Text("Privacy", "Конфиденциальность"),
        intro=Text(
            "What we keep about you, why, for how long, and how to get it or have it deleted. In words one can read.",
            "Что мы о вас храним, зачем, как долго и как это получить или удалить. Понятными словами.",
        ),
        body=(
            Heading(Text("When you only look around", "Когда вы просто смотрите")),
            Paragraph(
                Text(
                    "We count how often a page was read, not who read it. One cookie remembers your cart and your "
                    "language, another whether you like the site light or dark. There is nothing on these pages that "
                    "reports to anybody else.",
                    "Мы считаем, сколько раз прочли страницу, а не кто её прочёл. Одна cookie помнит корзину и язык, "
                    "другая светлую или тёмную тему. Ничего, что докладывало бы о вас кому-то ещё, на этих страницах "
                    "нет.",
                )
            ),
            Heading(Text("When you order", "Когда вы заказываете")),
            Paragraph(
                Text(
                    "We need a name, an address, an e-mail and, for the courier, a telephone number. They are kept "
                    "with the order for as long as tax law asks, and used for that order. Card numbers go to the "
                    "payment provider directly and never reach us.",
                    "Нам нужны имя, адрес, электронная почта и, для курьера, телефон. Они хранятся вместе с заказом "
                    "столько, сколько требует налоговый закон, и нужны только для этого заказа. Номера карт уходят "
                    "прямо платёжному сервису и к нам не попадают.",
                )
            ),
            Heading(Text("When you want our letters", "Когда вы хотите получать письма")),
            Paragraph(
                Text(
                    "Only if you ask for them, separately from everything else. We store when and how you agreed, "
                    "and every letter ends with a link that takes it back at once.",
                    "Только если вы попросили, отдельно от всего остального. Мы храним, когда и как вы согласились, "
                    "а каждое письмо кончается ссылкой, которая сразу отменяет согласие.",
                )
            ),
            Heading(Text("Your rights", "Ваши права")),
            Points(
                (
                    Text(
                        "See what we have: write to us, and within ten working days you get a file.",
                        "Узнать, что у нас есть: напишите, и в течение десяти рабочих дней вы получите файл.",
                    ),
                    Text(
                        "Correct it yourself in your account, or ask us.",
                        "Исправить самостоятельно в личном кабинете или попросить нас.",
                    ),
                    Text(
                        "Have it deleted. What the law obliges us to keep is locked instead.",
                        "Удалить. То, что закон обязывает хранить, мы заблокируем.",
                    ),
                ),
            ),
            Paragraph(
                Text(
                    "This shop is a demonstration: its company, its addresses and its customers are invented. If you "
                    "run a real one, put your own text here.",
                    "Этот магазин демонстрационный: компания, адреса и покупатели вымышлены. Если у вас настоящий, "
                    "поставьте сюда свой текст.",
                )
            ),
        ),
    ),
)
