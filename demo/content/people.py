"""Invented people. Addresses end in domains that are reserved for examples; numbers are those kept for films."""

from dataclasses import dataclass

from demo.content.kinds import Text

PASSWORD = "vitrina-demo"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Login:
    """One demo log-in, with the group that gives it its rights."""

    email: str
    first_name: str
    last_name: str
    does: str
    group: str = ""
    language: str = "en"
    time_zone: str = "Europe/Riga"
    superuser: bool = False


LOGINS = (
    Login("admin@example.com", "Ada", "Norden", "everything", superuser=True),
    Login("editor@example.com", "Edgar", "Vale", "pages and posts", "Content managers"),
    Login("shop@example.com", "Sofia", "Marsh", "catalogue, stock, orders", "Shop managers"),
    Login("manager@example.com", "Marta", "Ekman", "sees and disables mailings, blocks people", "Managers"),
    Login("owner@example.com", "Oscar", "Lind", "mailings, about 300 recipients", "Campaign owners"),
    Login(
        "owner2@example.com",
        "Ольга",
        "Власова",
        "mailings in Russian, about 40 recipients",
        "Campaign owners",
        "ru",
        "Europe/Moscow",
    ),
    Login("distributors@example.com", "Dina", "Berg", "has no role yet"),
    Login("distributor@example.com", "Daniel", "Kuhn", "has no role yet"),
    Login("shopper@example.com", "Sam", "Porter", "buys"),
)


@dataclass(frozen=True, slots=True)
class Customer:
    """Somebody who buys. Those with `member` have an account; the others order as guests."""

    name: str
    email: str
    line1: str
    city: str
    postal_code: str
    country: str
    member: bool = True
    language: str = "en"


CUSTOMERS = (
    # The log-in above that buys: its order list has something to show.
    Customer("Sam Porter", "shopper@example.com", "28 Rope Walk", "Cardiff", "CF10 1DD", "GB"),
    Customer("Alice Winter", "alice.winter@example.com", "4 Lark Lane", "York", "YO1 7HH", "GB"),
    Customer("Benjamin Shaw", "ben.shaw@example.org", "19 Mill Road", "Leeds", "LS1 4DY", "GB"),
    Customer("Clara Hoffmann", "clara.hoffmann@example.com", "Lindenweg 8", "Bremen", "28195", "DE"),
    Customer("David Okoro", "david.okoro@example.org", "77 Quay Street", "Bristol", "BS1 4SB", "GB", member=False),
    Customer("Elīna Kalniņa", "elina.kalnina@example.com", "Ozolu iela 3-12", "Rīga", "LV-1010", "LV"),
    Customer("Felix Brandt", "felix.brandt@example.com", "Gartenstraße 41", "Köln", "50667", "DE"),
    Customer("Giulia Moretti", "giulia.moretti@example.org", "Via dei Pini 14", "Torino", "10121", "IT"),
    Customer("Hannah Lewis", "hannah.lewis@example.com", "2 Chapel Row", "Bath", "BA1 1SX", "GB"),
    Customer("Игорь Соколов", "igor.sokolov@example.com", "Tērbatas iela 50-7", "Rīga", "LV-1011", "LV", True, "ru"),
    Customer("Jonas Petrauskas", "jonas.petrauskas@example.org", "Liepų g. 9", "Kaunas", "44249", "LT"),
    Customer("Katrin Saar", "katrin.saar@example.com", "Pärna 17", "Tartu", "50604", "EE"),
    Customer("Лариса Новикова", "larisa.novikova@example.com", "Narva mnt 21-4", "Tallinn", "10120", "EE", True, "ru"),
    Customer("Marek Zieliński", "marek.zielinski@example.org", "ul. Lipowa 6", "Gdańsk", "80-001", "PL"),
    Customer("Nora Lindqvist", "nora.lindqvist@example.com", "Björkgatan 22", "Uppsala", "753 28", "SE"),
    Customer("Oliver Grant", "oliver.grant@example.com", "58 Castle Terrace", "Edinburgh", "EH1 2EL", "GB", False),
    Customer("Paula Jansen", "paula.jansen@example.org", "Kastanjelaan 5", "Utrecht", "3511 AA", "NL"),
    Customer("Quentin Dubois", "quentin.dubois@example.com", "12 rue des Tilleuls", "Lyon", "69001", "FR"),
    Customer("Роман Белов", "roman.belov@example.com", "Brīvības iela 88-15", "Rīga", "LV-1001", "LV", True, "ru"),
    Customer("Sara Nyström", "sara.nystrom@example.org", "Havsgatan 7", "Göteborg", "411 09", "SE", member=False),
    Customer("Tomasz Wójcik", "tomasz.wojcik@example.com", "ul. Polna 31", "Poznań", "60-101", "PL"),
    Customer("Ursula Meier", "ursula.meier@example.com", "Am Markt 2", "Lübeck", "23552", "DE"),
    Customer("Viktor Ozols", "viktor.ozols@example.org", "Kalna iela 1", "Liepāja", "LV-3401", "LV"),
    Customer("Wendy Clarke", "wendy.clarke@example.com", "33 Harbour View", "Whitby", "YO22 4DP", "GB"),
    Customer("Xenia Papadaki", "xenia.papadaki@example.org", "Odos Elias 10", "Chania", "731 31", "GR", member=False),
    Customer("Yannick Peeters", "yannick.peeters@example.com", "Eikenlaan 3", "Gent", "9000", "BE"),
    Customer("Зоя Михайлова", "zoya.mihailova@example.com", "Jūras iela 12", "Jūrmala", "LV-2015", "LV", True, "ru"),
    Customer("Aino Virtanen", "aino.virtanen@example.org", "Koivukuja 6", "Turku", "20100", "FI"),
    Customer("Bruno Silva", "bruno.silva@example.com", "Rua das Oliveiras 9", "Porto", "4000-001", "PT"),
    Customer("Camille Roux", "camille.roux@example.com", "3 place du Lavoir", "Nantes", "44000", "FR", member=False),
    Customer("Dmitri Orlov", "dmitri.orlov@example.org", "Pikk 40-2", "Narva", "20307", "EE", True, "ru"),
    Customer("Emma Doyle", "emma.doyle@example.com", "15 Orchard Close", "Cork", "T12 X0A1", "IE"),
    Customer("Filip Novák", "filip.novak@example.com", "Lipová 23", "Brno", "602 00", "CZ"),
    Customer("Greta Olsen", "greta.olsen@example.org", "Birkevej 11", "Aarhus", "8000", "DK"),
    Customer("Hugo Fernández", "hugo.fernandez@example.com", "Calle del Olmo 4", "Sevilla", "41001", "ES"),
    Customer(
        "Ирина Павлова", "irina.pavlova@example.com", "Rīgas iela 64-30", "Daugavpils", "LV-5401", "LV", True, "ru"
    ),
    Customer("Jack Turner", "jack.turner@example.org", "9 Station Parade", "Brighton", "BN1 4AA", "GB", member=False),
    Customer("Karin Bauer", "karin.bauer@example.com", "Seeweg 19", "Graz", "8010", "AT"),
    Customer("Lukas Weber", "lukas.weber@example.com", "Mühlgasse 7", "Jena", "07743", "DE"),
    Customer("Maija Bērziņa", "maija.berzina@example.org", "Skolas iela 5", "Cēsis", "LV-4101", "LV"),
    Customer("Никита Громов", "nikita.gromov@example.com", "Vytauto g. 18", "Vilnius", "08118", "LT", False, "ru"),
)

FIRST_NAMES = (
    "Agnes Albin Amelia Anders Anton Astrid Basil Beata Carl Cecilia Conrad Daria Edith Elias Ella Emil Erik Eva "
    "Fiona Frida Georg Gerda Hanna Harald Helen Henrik Ida Ilze Ingrid Iris Jakob Jana Joris Julia Karl Kira Laura "
    "Leo Lina Louis Lucia Magnus Maria Mikael Milan Nadia Niklas Nina Otto Petra Rasmus Rosa Ruben Selma Simon Stella "
    "Teodor Thea Valentin Vera"
)
LAST_NAMES = (
    "Abbott Adler Andersen Baker Becker Bishop Blom Carter Chandler Dahl Ekström Eriksen Farrow Fischer Foster Garner "
    "Gray Hale Hansen Hart Holm Hunter Ivarsson Jensen Kaplan Keller Kivi Koch Larsen Lehmann Linden Lowe Madsen Mason "
    "Mercer Moore Nilsson North Olson Palmer Pohl Quist Reed Rivers Rowe Sand Schmidt Sharp Sommer Stone Strand Taylor "
    "Thorn Ulrich Vogel Wade Walker West Wolf Young"
)
# Latin spelling for the address, and the name as it is written.
RUSSIAN_NAMES = (
    ("anna.belova", "Анна Белова"),
    ("boris.kuznetsov", "Борис Кузнецов"),
    ("vadim.lebedev", "Вадим Лебедев"),
    ("galina.morozova", "Галина Морозова"),
    ("denis.volkov", "Денис Волков"),
    ("elena.zaitseva", "Елена Зайцева"),
    ("zhanna.orlova", "Жанна Орлова"),
    ("zahar.titov", "Захар Титов"),
    ("inna.fedorova", "Инна Фёдорова"),
    ("kirill.egorov", "Кирилл Егоров"),
    ("lidia.romanova", "Лидия Романова"),
    ("maksim.vinogradov", "Максим Виноградов"),
    ("natalia.bogdanova", "Наталья Богданова"),
    ("oleg.vorobyov", "Олег Воробьёв"),
    ("polina.sergeeva", "Полина Сергеева"),
    ("ruslan.kovalev", "Руслан Ковалёв"),
    ("svetlana.ilina", "Светлана Ильина"),
    ("timur.gusev", "Тимур Гусев"),
    ("ulyana.kiseleva", "Ульяна Киселёва"),
    ("fyodor.makarov", "Фёдор Макаров"),
    ("kharlampy.andreev", "Харлампий Андреев"),
    ("tsvetana.nikitina", "Цветана Никитина"),
    ("yulia.sorokina", "Юлия Сорокина"),
    ("yakov.medvedev", "Яков Медведев"),
    ("alla.antonova", "Алла Антонова"),
    ("bogdan.tarasov", "Богдан Тарасов"),
    ("vera.belyaeva", "Вера Беляева"),
    ("gleb.komarov", "Глеб Комаров"),
    ("daria.osipova", "Дарья Осипова"),
    ("egor.filatov", "Егор Филатов"),
    ("zinaida.ershova", "Зинаида Ершова"),
    ("ilya.nikonov", "Илья Никонов"),
    ("klavdia.zueva", "Клавдия Зуева"),
    ("leonid.panin", "Леонид Панин"),
    ("marina.rybakova", "Марина Рыбакова"),
    ("nikolai.savin", "Николай Савин"),
    ("olesya.gorbunova", "Олеся Горбунова"),
    ("pavel.kolosov", "Павел Колосов"),
    ("raisa.trofimova", "Раиса Трофимова"),
    ("stepan.blinov", "Степан Блинов"),
)
COMMENTS = (
    Text("Asked for the newsletter in the shop", "Подписалась в магазине"),
    Text("Repaired a turntable here", "Чинил у нас проигрыватель"),
    Text("Likes wool", "Любит шерсть"),
    Text("Workshop visit in spring", "Был на экскурсии в мастерской"),
    Text("Writes for a magazine", "Пишет для журнала"),
)

# Firms that some of them buy for, with VAT numbers as no country gives them out.
COMPANIES = (("Northlight Studio (invented)", "XX000000001"), ("Bureau Kite (invented)", "XX000000002"))
