"""What the worker does for long work: an id in, one verb called."""

from jobs import work as works


def work(work_id: int) -> None:
    works.run(work_id=work_id)


def resume_works() -> None:
    """Scheduled."""
    works.resume_abandoned()


def forget_works() -> None:
    """Scheduled."""
    works.forget_old()
