"""`qcluster [-n NAME]`: the worker."""

import os
import sys
from typing import Any

from django_q.conf import Conf
from django_q.management.commands import qcluster
from django_q.signals import post_spawn

from jobs.processes import Cluster, die_with_parent


class Command(qcluster.Command):
    help = "Works on the queue, as the default cluster or as the one named with -n."

    def handle(self, *args: Any, **options: Any) -> None:
        name = options.get("cluster_name")
        if name and name != Conf.CLUSTER_NAME:
            # django-q2 has read its settings by now, for the default cluster: start again with the name in place.
            os.environ["Q_CLUSTER_NAME"] = name
            os.execv(sys.executable, [sys.executable, *sys.argv])  # noqa: S606 - ourselves, with our own arguments
        post_spawn.connect(on_worker_start)
        cluster = Cluster()
        cluster.start()
        if options.get("run_once"):
            cluster.stop()
        elif cluster.sentinel is not None:
            cluster.sentinel.join()


def on_worker_start(**kwargs: Any) -> None:
    die_with_parent()
