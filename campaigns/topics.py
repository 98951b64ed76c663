"""An owner's topics: what the preference page offers, and what mailings are about."""

from django.core.exceptions import ValidationError

from accounts.models import User
from campaigns.models import Topic
from campaigns.recipients import storable


def create_topic(*, owner: User, name: str, description: str = "", is_public: bool = True, position: int = 0) -> Topic:
    """Raises ValidationError, by field."""
    return save(Topic(owner=owner), name=name, description=description, is_public=is_public, position=position)


def change_topic(*, topic: Topic, name: str, description: str, is_public: bool, position: int) -> Topic:
    return save(topic, name=name, description=description, is_public=is_public, position=position)


def save(topic: Topic, *, name: str, description: str, is_public: bool, position: int) -> Topic:
    topic.name = " ".join(name.split()) if storable(name) else ""
    topic.description = " ".join(description.split()) if storable(description) else ""
    topic.is_public, topic.position = is_public, position
    topic.clean_fields(exclude=["owner"])
    try:
        topic.validate_constraints()
    except ValidationError as error:
        raise ValidationError({"name": error.messages}) from error
    topic.save()
    return topic


def delete_topic(*, topic: Topic) -> None:
    """What people said about it goes too; mailings about it are about nothing in particular then."""
    topic.delete()
