"""django-post_office as a yardstick: the same text to as many recipients, over the same sink, on the same database.

A settings module and a script: `post_office.py COUNT PROCESSES` prints messages a second. Installed for this only.
"""

import os
import sys
import time

if __name__ != "__main__":
    from config.settings import *  # noqa: F403
    from config.settings import INSTALLED_APPS

    INSTALLED_APPS = [*INSTALLED_APPS, "post_office"]
    POST_OFFICE = {
        "BACKENDS": {"default": "django.core.mail.backends.smtp.EmailBackend"},
        "BATCH_SIZE": 1000,
        "THREADS_PER_PROCESS": 5,
        "LOG_LEVEL": 2,
    }


def main(count: int, processes: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from post_office import mail

    call_command("migrate", "post_office", verbosity=0)
    for first in range(0, count, 1000):
        mail.send_many(
            [
                {
                    "sender": "shop@example.com",
                    "recipients": [f"reader{number}@domain{number % 997}.example"],
                    "subject": f"News for Анна Читатель {number}",
                    "message": f"Hello Анна Читатель {number},\n\n" + BODY,
                    "html_message": f"<p>Hello Анна Читатель {number},</p><p>{BODY}</p>",
                }
                for number in range(first, min(first + 1000, count))
            ]
        )
    began = time.monotonic()
    call_command("send_queued_mail", processes=processes, log_level=2, verbosity=0)
    seconds = time.monotonic() - began
    from post_office.models import STATUS, Email

    taken = Email.objects.filter(status=STATUS.sent).count()
    print(f"{taken} {taken / seconds:.1f}")


BODY = "here is what is new in our shop this week.\n" * 12

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.post_office"
    main(int(sys.argv[1]), int(sys.argv[2]))
