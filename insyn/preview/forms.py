"""The form's pages and requests."""

import re

import msgspec
from jinja2 import Environment
from msgspec import Struct

from insyn.build.freeze import freeze
from insyn.build.new_plan import NotBegun, begin_plan
from insyn.build.new_plan_report import report_of
from insyn.disk.output import Unwritable
from insyn.form.editor import Editor, EditReply, EditRequest
from insyn.form.view import compose_form
from insyn.preview.session import PreviewState
from insyn.texts import Texts

FORM = "redigera/"
"""Where the forms stand among the preview's own addresses, each under the path of its plan's page."""
TEMPLATE = "preview/form.html"
NEW_PLAN = "ny-plan/"
"""Where a new plan is shown before it is written, under the path that its page will have."""
UNREADABLE = "preview/unreadable.html"
NEW_TEMPLATE = "preview/new_plan.html"
PLAN = re.compile(r"(?P<association>[\w-]+)/(?P<year>\d{4})/")
PAGE = re.compile(r"(?P<association>[\w-]+)/(?:(?P<year>\d{4})/)?")
"""The path of a page that may have a form: a plan's, or a förbund's."""
EDIT, UNDO, FREEZE, BEGIN = "andra", "angra", "spara-version", "ny-plan"
ACTIONS = (EDIT, UNDO, FREEZE, BEGIN)


class NewPlanRequest(Struct, frozen=True):
    """What is asked for when a new plan is to be written."""

    association: str
    year: int
    repeats_last: bool = False


class NewPlanReply(Struct, frozen=True):
    said: str
    address: str = ""
    """Of the new plan's form; empty when no plan was written."""


class Forms:
    """Answers what concerns forms. Used by one thread at a time."""

    def __init__(self, editor: Editor, environment: Environment) -> None:
        self._editor, self._environment = editor, environment

    def page(self, path: str, state: PreviewState) -> bytes | None:
        """Return the form of the plan or förbund whose page has a path; None where there is none that can be read."""
        page = PAGE.fullmatch(path)
        file = f"{self._editor.content.name}/{path}{'plan' if page and page['year'] else 'forbund'}.md"
        there = self._editor.read(file) if page else None
        if page is None or there is None:
            return None
        own = [one for one in state.problems if one.place.file == file]
        text, hash = there
        year = int(page["year"]) if page["year"] else None
        form = compose_form(text, file, hash, own, state.texts, page["association"], year)
        return self._environment.get_template(TEMPLATE).render(page=form).encode() if form else None

    def address_of(self, path: str) -> str:
        """Return the address of the form of a page, from the preview's own top; "" for a page without one."""
        page = PAGE.fullmatch(path)
        has_form = page and (page["year"] or self._editor.inner(f"{self._editor.content.name}/{path}forbund.md"))
        return f"{FORM}{path}" if has_form else ""

    def answer(self, action: str, body: bytes) -> bytes | None:
        """Do what a form asks for; return the reply as JSON, None when it isn't a request that a form makes."""
        try:
            if action == BEGIN:
                return msgspec.json.encode(self._begin(msgspec.json.decode(body, type=NewPlanRequest)))
            request = msgspec.json.decode(body, type=EditRequest)
            asked = {EDIT: self._editor.edit, UNDO: self._editor.undo, FREEZE: self._freeze}[action]
            return msgspec.json.encode(asked(request))
        except msgspec.DecodeError:
            return None
        except Unwritable as fault:
            folder = self._editor.content.name
            return msgspec.json.encode(EditReply(self._editor.texts.tell("unwritable", folder=folder, reason=fault)))

    def _freeze(self, request: EditRequest) -> EditReply:
        """Keep a plan's version as it is."""
        inner = self._editor.inner(request.file)
        plan = PLAN.match(inner or "")
        if plan is None:
            return EditReply(self._editor.texts.tell("form-gone"))
        association, year = plan.groups()
        made = freeze(self._editor.content, association, int(year), request.seen, self._editor.texts)
        return EditReply(self._editor.texts.tell(made.key, **dict(made.values)))

    def new_plan(self, path: str) -> bytes | None:
        """Return the page that shows what a new plan would be; None for a path that no plan can have."""
        plan, texts = PLAN.fullmatch(path), self._editor.texts
        if plan is None:
            return None
        made = begin_plan(
            self._editor.content, plan["association"], int(plan["year"]), texts, repeats_last=False, writes=False
        )
        obstacle = _obstacle(made, texts) if isinstance(made, NotBegun) else ""
        report = "" if isinstance(made, NotBegun) else report_of(made, texts)
        shown = {"association": plan["association"], "year": plan["year"], "report": report, "obstacle": obstacle}
        return self._environment.get_template(NEW_TEMPLATE).render(shown).encode()

    def _begin(self, request: NewPlanRequest) -> NewPlanReply:
        path, texts = f"{request.association}/{request.year}/", self._editor.texts
        if not PLAN.fullmatch(path):
            return NewPlanReply(texts.tell("form-gone"))
        begun = begin_plan(
            self._editor.content,
            request.association,
            request.year,
            texts,
            repeats_last=request.repeats_last,
            writes=True,
        )
        if isinstance(begun, NotBegun):
            return NewPlanReply(_obstacle(begun, texts))
        return NewPlanReply(texts.tell("new-plan-written", file=begun.file), f"/_visa/{FORM}{path}")


def _obstacle(begun: NotBegun, texts: Texts) -> str:
    return texts.tell(begun.key, **dict(begun.values))
