// The page as the server sent it, beside the page as scripts and its reader have made it since. What differs between what
// was sent and what is sent now is done to the page: the rest of it is left alone, with its place, open parts and focus.

export class Twin {
  #live = new WeakMap();

  constructor(root) {
    this.root = this.#copy(root);
  }

  // The element of the page that `selector` finds as number `number` in what the server sent.
  find({ selector, number }) {
    const found = this.root.querySelectorAll(selector)[number];
    return found && this.#live.get(found);
  }

  // Makes the page what `fresh` is.
  become(fresh) {
    this.#patch(this.root, fresh);
  }

  #copy(live) {
    const twin = live.cloneNode(false);
    this.#live.set(twin, live);
    for (const child of live.childNodes) twin.append(this.#copy(child));
    return twin;
  }

  #patch(old, fresh) {
    const live = this.#live.get(old);
    if (old.nodeType !== Node.ELEMENT_NODE) {
      if (old.data === fresh.data) return;
      old.data = live.data = fresh.data;
      if (live.parentNode?.localName === "textarea") write(live.parentNode, fresh.data);
      return;
    }
    for (const { name } of [...old.attributes]) {
      if (!fresh.hasAttribute(name)) [old, live].forEach((one) => one.removeAttribute(name));
    }
    for (const { name, value } of fresh.attributes) {
      if (old.getAttribute(name) === value) continue;
      [old, live].forEach((one) => one.setAttribute(name, value));
      if (name === "value" && live.localName === "input") write(live, value);
      if (name === "selected") live.selected = true;
    }
    this.#children(old, live, [...old.childNodes], [...fresh.childNodes]);
  }

  #children(old, live, before, after) {
    while (before.length && after.length && before[0].isEqualNode(after[0])) before.shift(), after.shift();
    let end = null;
    while (before.length && after.length && before.at(-1).isEqualNode(after.at(-1))) end = before.pop(), after.pop();
    for (const fresh of after) {
      const at = before.findIndex((one) => isSame(one, fresh));
      if (at < 0) {
        this.#insert(old, live, fresh, before[0] ?? end);
        continue;
      }
      before.splice(0, at).forEach((one) => this.#remove(one, live));
      this.#patch(before.shift(), fresh);
    }
    before.forEach((one) => this.#remove(one, live));
  }

  #insert(old, live, fresh, next) {
    const made = document.importNode(fresh, true);
    old.insertBefore(this.#copy(made), next);
    live.insertBefore(made, next && this.#within(live, next));
  }

  #remove(twin, live) {
    this.#within(live, twin)?.remove();
    twin.remove();
  }

  // What stands for a node of what was sent right in `live`: scripts may have put it in a row with a button.
  #within(live, twin) {
    let found = this.#live.get(twin);
    while (found && found.parentNode !== live) found = found.parentNode;
    return found ?? null;
  }
}

// Writes in a field, unless its reader is writing there.
function write(field, text) {
  if (field !== document.activeElement) field.value = text;
}

// Whether one node may become another. A drawing is always made anew.
function isSame(one, other) {
  return one.nodeName === other.nodeName && (one.id ?? "") === (other.id ?? "") && (one.localName !== "svg" || one.isEqualNode(other));
}
