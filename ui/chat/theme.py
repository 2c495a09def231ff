"""The look that Gradio's own parts get: fonts that every platform has, calm colours.

Gives a theme; the page's own parts are styled in `static/chat.css`.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gradio.themes import Base

FONTS = (
    "Hiragino Sans",
    "Yu Gothic UI",
    "Meiryo",
    "Noto Sans CJK JP",
    "Noto Sans JP",
    "sans-serif",
)
"""macOS, Windows, older Windows, Linux; none is fetched."""


def theme() -> "Base":
    """Return the theme."""
    from gradio.themes import Base

    made = Base(primary_hue="blue", neutral_hue="slate", font=FONTS, font_mono=("monospace",))
    return made.set(
        body_background_fill="var(--paper)",
        body_background_fill_dark="var(--paper)",
        body_text_color="var(--ink)",
        body_text_color_dark="var(--ink)",
        block_background_fill="transparent",
        block_background_fill_dark="transparent",
        block_border_width="0px",
        button_primary_background_fill="var(--accent)",
        button_primary_background_fill_dark="var(--accent)",
        button_primary_background_fill_hover="var(--accent-strong)",
        button_primary_background_fill_hover_dark="var(--accent-strong)",
        button_secondary_background_fill_hover="var(--accent-soft)",
        button_secondary_background_fill_hover_dark="var(--accent-soft)",
        button_primary_text_color="var(--on-accent)",
        button_primary_text_color_dark="var(--on-accent)",
        button_secondary_background_fill="var(--surface)",
        button_secondary_background_fill_dark="var(--surface)",
        button_secondary_text_color="var(--ink)",
        button_secondary_text_color_dark="var(--ink)",
    )
