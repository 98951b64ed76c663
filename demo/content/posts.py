"""The whole journal, the latest first."""

from demo.content import (
    posts_keyboard_wax,
    posts_light,
    posts_repair_shoes,
    posts_road,
    posts_sound,
    posts_wool_screens,
)
from demo.content.kinds import Post

POSTS: tuple[Post, ...] = (
    *posts_sound.POSTS,
    *posts_wool_screens.POSTS,
    *posts_repair_shoes.POSTS,
    *posts_keyboard_wax.POSTS,
    *posts_light.POSTS,
    *posts_road.POSTS,
)
