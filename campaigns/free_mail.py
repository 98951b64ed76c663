"""Providers of free mailboxes. They tell receivers to refuse mail in their name that others send (DMARC)."""

from campaigns import addresses

NAMES = """
aol.com bk.ru duck.com fastmail.com gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.net googlemail.com hey.com
hotmail.co.uk hotmail.com hotmail.de hotmail.fr hotmail.it icloud.com inbox.ru internet.ru libero.it list.ru
live.com live.co.uk live.fr live.nl mac.com mail.com mail.ru me.com msn.com naver.com orange.fr outlook.com
outlook.de outlook.fr pm.me proton.me protonmail.com qq.com rambler.ru rocketmail.com t-online.de tutanota.com
vk.com web.de wp.pl ya.ru yahoo.ca yahoo.co.in yahoo.co.jp yahoo.co.uk yahoo.com yahoo.com.br yahoo.de yahoo.es
yahoo.fr yahoo.in yahoo.it yandex.by yandex.com yandex.kz yandex.ru ymail.com zoho.com 126.com 163.com
"""
DOMAINS = frozenset(NAMES.split())


def is_free_mail(email: str) -> bool:
    return addresses.normalise(email).rpartition("@")[2] in DOMAINS
