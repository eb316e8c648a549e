// Marks at the very cell, goal or paragraph that something is wrong with. They aren't part of what the server sent.

export class Marks {
  #twin;
  #panel;
  #marked = new Map();

  constructor(twin, panel) {
    this.#twin = twin;
    this.#panel = panel;
    addEventListener("hashchange", () => this.#reveal());
    document.addEventListener("click", (event) => event.target.closest?.(".visa-show") && this.#reveal(event.target.hash));
  }

  show(problems) {
    const wanted = new Map(problems.filter((one) => one.mark).map((one) => [one.id, one]));
    for (const [id, { mark, element }] of this.#marked) {
      if (wanted.has(id) && this.#twin.find(wanted.get(id).mark) === element) continue;
      mark.remove();
      this.#marked.delete(id);
      if (![...this.#marked.values()].some((one) => one.element === element)) element.classList.remove("visa-marked", "visa-marked--error");
    }
    for (const [id, problem] of wanted) this.#mark(id, problem);
  }

  #mark(id, problem) {
    const element = this.#twin.find(problem.mark);
    if (!element) return;
    element.classList.add("visa-marked");
    element.classList.toggle("visa-marked--error", problem.stops || element.classList.contains("visa-marked--error"));
    if (this.#marked.has(id)) return;
    const mark = Object.assign(document.createElement("button"), { type: "button", id, className: "visa-mark", textContent: "!" });
    mark.setAttribute("aria-label", `${problem.allvar}: ${problem.text}`);
    mark.title = problem.text;
    mark.addEventListener("click", () => this.#panel.open(id));
    (element.localName === "tr" ? element.firstElementChild : element).append(mark);
    this.#marked.set(id, { mark, element });
  }

  // Opens what a mark lies in, and brings it into view.
  #reveal(hash = location.hash) {
    const mark = document.getElementById(hash.slice(1));
    if (!mark?.classList.contains("visa-mark")) return;
    for (let part = mark; (part = part.parentElement?.closest("details:not([open])")); ) part.open = true;
    mark.scrollIntoView({ block: "center" });
    mark.focus({ preventScroll: true });
  }
}
