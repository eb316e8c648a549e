// What is wrong, at the foot of the page: this page's own first. Told quietly to who doesn't see it; focus is never moved.

const make = (name, given = {}, ...parts) => {
  const made = Object.assign(document.createElement(name), given);
  made.append(...parts);
  return made;
};

export class Panel {
  #list = make("div", { className: "visa-panel__list" });
  #heading = make("summary", { className: "visa-panel__heading" });
  #obstacle = make("p", { className: "visa-panel__obstacle", hidden: true });
  #status = make("p", { className: "visually-hidden" });
  #root = make("aside", { className: "visa-panel" });
  #place = make("p", { className: "visa-panel__place", hidden: true });
  #button;
  #words = {};
  #told = "";
  #items = new Map();

  constructor() {
    this.#status.setAttribute("role", "status");
    this.#root.setAttribute("aria-label", "Fel och varningar");
    this.#fold = make("details", {}, this.#heading, this.#list);
    this.#root.append(this.#obstacle, this.#place, this.#fold, this.#status);
    document.body.append(this.#root);
  }

  #fold;

  show(told) {
    this.#root.classList.remove("visa-panel--stopped");
    const words = (this.#words = told.words ?? {});
    if (this.#button) this.#button.textContent = words.places ?? "";
    this.#obstacle.textContent = told.obstacle ?? "";
    this.#obstacle.hidden = !told.obstacle;
    this.#heading.textContent = told.heading ?? "";
    this.#heading.classList.toggle("visa-panel__heading--faulty", Boolean(told.own_count || told.faults));
    this.#items.clear();
    const part = (heading, problems) => (problems?.length ? [make("h2", { textContent: heading }), this.#problems(problems, words)] : []);
    const more = told.more ? [make("p", {}, make("a", { href: "/_visa/", textContent: told.more }))] : [];
    const scrolled = this.#list.scrollTop;
    this.#list.replaceChildren(...part(told.own_heading, told.own), ...part(told.others_heading, told.others), ...more);
    this.#list.scrollTop = scrolled;
    this.#fold.hidden = !told.heading;
    this.#say([told.heading, told.obstacle].filter(Boolean).join(". "));
  }

  // Offers to show where things stand in the file; `turn` is told whether that is asked for.
  offerPlaces(turn) {
    this.#button = make("button", { type: "button", className: "visa-panel__button" });
    this.#button.setAttribute("aria-pressed", "false");
    this.#button.addEventListener("click", () => {
      const isOn = this.#button.getAttribute("aria-pressed") !== "true";
      this.#button.setAttribute("aria-pressed", String(isOn));
      this.#place.hidden ||= !isOn;
      turn(isOn);
    });
    this.#root.prepend(this.#button);
  }

  // Shows where in its file something stands.
  showPlace({ where, address, row }) {
    const way = address ? [" ", make("a", { href: address, textContent: this.#words.open.replace("{row}", row) })] : [];
    this.#place.replaceChildren(make("code", { textContent: where }), ...way);
    this.#place.hidden = false;
    this.#say(where);
  }

  stopped() {
    this.#root.classList.add("visa-panel--stopped");
    this.#obstacle.textContent = document.querySelector(".visa-ribbon")?.dataset.stopped ?? "";
    this.#obstacle.hidden = false;
    this.#say(this.#obstacle.textContent);
  }

  // Opens the panel at a problem.
  open(id) {
    this.#fold.open = true;
    const item = this.#items.get(id);
    item?.scrollIntoView({ block: "nearest" });
    item?.focus();
  }

  #say(text) {
    if (text !== this.#told) this.#status.textContent = this.#told = text;
  }

  #problems(problems, words) {
    return make("ul", {}, ...problems.map((one) => this.#problem(one, words)));
  }

  #problem(one, words) {
    const item = make("li", { className: `visa-problem visa-problem--${one.stops ? "error" : "warning"}`, tabIndex: -1 });
    item.append(make("p", { className: "visa-problem__what" }, make("strong", { textContent: one.allvar }), ` ${one.text}`));
    if (one["råd"]) item.append(make("p", { textContent: one["råd"] }));
    if (one.excerpt) item.append(make("pre", { textContent: one.excerpt }));
    const ways = make("p", { className: "visa-problem__ways" }, make("code", { textContent: one.where }));
    if (one.address) ways.append(" ", make("a", { href: one.address, textContent: words.open.replace("{row}", one.rad) }));
    if (one.mark) ways.append(" ", make("a", { href: `#${one.id}`, className: "visa-show", textContent: words.show }));
    if (one.leads) ways.append(" ", make("a", { href: one.leads, textContent: words.page }));
    item.append(ways);
    this.#items.set(one.id, item);
    return item;
  }
}
