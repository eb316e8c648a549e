"""The form's pages and requests."""

import re

import msgspec
from jinja2 import Environment

from insyn.form.editor import Editor, EditReply, EditRequest
from insyn.form.view import compose_form
from insyn.preview.session import PreviewState

FORM = "redigera/"
"""Where the forms stand among the preview's own addresses, each under the path of its plan's page."""
TEMPLATE = "preview/form.html"
PLAN = re.compile(r"(?P<association>[\w-]+)/(?P<year>\d{4})/")
ACTIONS = ("andra", "angra")


class Forms:
    """Answers what concerns forms. Used by one thread at a time."""

    def __init__(self, editor: Editor, environment: Environment) -> None:
        self._editor, self._environment = editor, environment

    def page(self, path: str, state: PreviewState) -> bytes | None:
        """Return the form of the plan whose page has a path; None where there is none that can be read."""
        plan = PLAN.fullmatch(path)
        file = f"{self._editor.content.name}/{path}plan.md"
        there = self._editor.read(file) if plan else None
        if plan is None or there is None:
            return None
        own = [one for one in state.problems if one.place.file == file]
        text, hash = there
        form = compose_form(text, file, hash, own, state.texts, plan["association"], int(plan["year"]))
        return self._environment.get_template(TEMPLATE).render(page=form).encode() if form else None

    def answer(self, action: str, body: bytes) -> bytes | None:
        """Do what a form asks for; return the reply as JSON, None when it isn't a request that a form makes."""
        try:
            request = msgspec.json.decode(body, type=EditRequest)
        except msgspec.DecodeError:
            return None
        reply: EditReply = self._editor.edit(request) if action == ACTIONS[0] else self._editor.undo(request)
        return msgspec.json.encode(reply)


def form_of(path: str) -> str:
    """Return the address of the form of a plan's page, from the site's top; "" for other pages."""
    return f"{FORM}{path}" if PLAN.fullmatch(path) else ""
