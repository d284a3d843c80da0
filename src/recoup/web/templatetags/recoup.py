"""What templates need beyond Django: icons, the library's notices, and a few plain words."""

from __future__ import annotations

from datetime import date

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from recoup.model.emergency import Country
from recoup.model.exercise import Exercise, Position
from recoup.model.wording import Notice
from recoup.script.cues import Cue, plan
from recoup.script.pace import Step
from recoup.services import figures, films, mode, shelf, speech
from recoup.services.films import State
from recoup.services.showing import Showing, showing
from recoup.web.wording import FIGURE_WORDS, POSITIONS

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon. It is decoration: the words beside it carry the meaning."""
    return render_to_string(f"web/icons/{name}.svg")


@register.simple_tag
def notice(name: str) -> Notice:
    """Return a notice of the library, such as ``{% notice "flare-plan" as flare %}``."""
    return shelf.current().wording.notices[name]


@register.simple_tag(takes_context=True)
def chosen_country(context: Context) -> Country | None:
    """Return the country that the page's person chose: ``{% chosen_country as country %}``."""
    return shelf.current().emergency.country(_country(context))


@register.simple_tag
def numbers_anywhere() -> tuple[str, ...]:
    """Return the emergency numbers to try where the country is not known."""
    return shelf.current().emergency.numbers


@register.simple_tag(takes_context=True)
def say(context: Context, text: str) -> str:
    """Say a text with the emergency number of the person's country, when it is known."""
    return shelf.current().emergency.said(text, _country(context))


def _country(context: Context) -> str:
    return getattr(context.get("person"), "country", "")


@register.simple_tag
def standing_line() -> str:
    """Return the line every page carries: not reviewed yet, what this is for, or who answers."""
    notices = shelf.current().wording.notices
    if mode.is_supervised():
        return " ".join(notices["supervised-line"].text).format(organisation=mode.organisation())
    return " ".join(notices["preview-line" if mode.is_preview() else "education-line"].text)


@register.simple_tag
def responsible() -> str:
    """Return who is responsible, in supervised mode: ``{% responsible as who %}``."""
    return mode.organisation() if mode.is_supervised() else ""


@register.simple_tag(takes_context=True)
def showing_of(context: Context, exercise: Exercise) -> Showing:
    """Return what the page's person sees of an exercise, or what everybody does on a page that is
    open to all: ``{% showing_of exercise as shown %}``."""
    person = context.get("person")
    return showing(exercise, figures.figure_of(person) if person else figures.USUAL)


@register.simple_tag
def portrait_of(figure: str) -> str | None:
    """Return the name of a figure's picture: ``{% portrait_of "man" as portrait %}``."""
    return films.portrait_of(figure)


@register.simple_tag
def cues_there() -> str | None:
    """Return the name of the timer's spoken cues: ``{% cues_there as cues %}``."""
    return speech.cues()


@register.simple_tag
def reading_of(exercise: Exercise) -> str | None:
    """Return the name of an exercise read out: ``{% reading_of exercise as reading %}``."""
    return speech.reading(exercise)


@register.simple_tag(takes_context=True)
def artefact(context: Context, name: str) -> str:
    """Return the address of a film's file: everybody's, or that of the person's ``own`` film."""
    if context.get("own"):
        return reverse("session-file", args=[context["person"].pk, name])
    return reverse("media", args=[name])


@register.filter
def cues_of(steps: tuple[Step, ...]) -> tuple[Cue, ...]:
    """Return what is said during the steps, and when."""
    return plan(steps)


@register.simple_tag(takes_context=True)
def film_state(context: Context) -> State:
    """Return how far the films are that the person sees, or on a public page all of them:
    ``{% film_state as films %}``."""
    person = context.get("person")
    return films.state() if person is None else films.state([figures.figure_of(person)])


@register.filter
def figure_words(figure: str) -> str:
    """Return what a figure is called within a sentence: the older woman."""
    return FIGURE_WORDS[figure]


@register.filter
def position_words(position: Position) -> str:
    return POSITIONS[position]


@register.filter
def day_words(day: date) -> str:
    """Say a date as people do: Sunday 22 November."""
    return f"{day:%A} {day.day} {day:%B}"
