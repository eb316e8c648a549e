// Shows where in its file a cell or paragraph stands: by Alt and a click, or by a click alone while the button is pressed.

export class Places {
  #twin;
  #panel;
  #page;
  #found = new Map();
  #isOn = false;

  constructor(twin, panel, page) {
    this.#twin = twin;
    this.#panel = panel;
    this.#page = page;
    panel.offerPlaces((isOn) => this.#turn(isOn));
    document.addEventListener("click", (event) => this.#show(event), true);
    document.addEventListener("keydown", (event) => event.key === "Enter" && this.#isOn && this.#show(event), true);
  }

  // What was found is of an earlier page or file.
  forget() {
    this.#leave();
    if (this.#isOn) this.#turn(true);
  }

  async #turn(isOn) {
    this.#isOn = isOn;
    if (!isOn) return this.#leave();
    await this.#ask();
    for (const element of this.#found.keys()) {
      element.classList.add("visa-place");
      if (!element.hasAttribute("tabindex")) element.setAttribute("tabindex", "0");
    }
  }

  #leave() {
    for (const element of document.querySelectorAll(".visa-place")) {
      element.classList.remove("visa-place");
      if (!element.matches(".table-scroll")) element.removeAttribute("tabindex");
    }
    this.#found.clear();
  }

  async #ask() {
    if (this.#found.size) return;
    const answer = await fetch(`/_visa/platser?sida=${encodeURIComponent(this.#page)}`);
    for (const place of await answer.json()) {
      const element = this.#twin.find(place);
      if (element && !this.#found.has(element)) this.#found.set(element, place);
    }
  }

  async #show(event) {
    if (!(this.#isOn || event.altKey) || !event.target.closest("main") || event.target.closest(".visa-mark, summary")) return;
    event.preventDefault();
    let element = event.target;
    await this.#ask();
    while (element && !this.#found.has(element)) element = element.parentElement;
    if (element) this.#panel.showPlace(this.#found.get(element));
  }
}
