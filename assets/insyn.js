// What makes a page handier. Without this it says the same.
const each = (parts, act) => document.querySelectorAll(parts).forEach((part) => act(part));
const make = (name, given) => Object.assign(document.createElement(name), given);

// On a disk a link to a folder shows its files: point it at its page.
if (location.protocol === "file:") {
  each("a[href]", (link) => {
    link.href = link.getAttribute("href").replace(/^(?!\w+:)[^#]*\/(?=#|$)/, "$&index.html");
  });
  each("#sokformular", (form) => (form.dataset.ready = "no"));
}
each("[data-onward]", (link) => location.replace(link.href));

each(".table--stacks, .table--stacks *", tellRole);
each(".contents", (contents) => {
  unfold(contents);
  follow(contents);
  // In a task of its own, so that a slow phone can answer.
  setTimeout(offerPermalinks, 0, contents.dataset.permalink);
});
each(".citation", offerCopy);
each(".table-scroll", offerStop);

// A box is a stop, with a name, only where it scrolls.
function offerStop(box) {
  const { role, ariaLabel } = box;
  new ResizeObserver(() => {
    const scrolls = box.scrollWidth > box.clientWidth;
    Object.assign(box, scrolls ? { role, ariaLabel, tabIndex: 0 } : { role: null, ariaLabel: null, tabIndex: -1 });
  }).observe(box);
}

// Cells that stand below each other are no table to some browsers, unless its parts have roles.
function tellRole(part) {
  const th = part.scope === "col" ? "columnheader" : "rowheader";
  const role = { table: "table", thead: "rowgroup", tbody: "rowgroup", tr: "row", th, td: "cell" }[part.localName];
  if (role) part.setAttribute("role", role);
}

// Opens what a link leads into, and all on request and for print. Above the text, the contents close after a choice.
function unfold(contents) {
  const folds = [...document.querySelectorAll(".fold")], list = contents.querySelector("details");
  const wide = matchMedia("(min-width: 58em)"), { open, close } = contents.dataset;
  const place = () => (list.open = wide.matches);
  const set = (parts, isOpen) => parts.forEach((part) => (part.open = isOpen));
  const reveal = () => {
    const target = document.querySelector(":target");
    for (let part = target; (part = part?.closest("details:not([open])")); ) part.open = true;
    if (target?.closest("details")) target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  reveal();
  wide.addEventListener("change", place);
  place();
  list.addEventListener("click", (event) => event.target.localName === "a" && place());
  list.addEventListener("focusout", ({ relatedTarget: next }) => next && !list.contains(next) && place());
  list.addEventListener("keydown", ({ key }) => key === "Escape" && (list.firstElementChild.focus(), place()));
  let closed;
  addEventListener("beforeprint", () => set((closed = folds.filter((part) => !part.open)), true));
  addEventListener("afterprint", () => set(closed, false));
  if (folds.length < 2) return;
  const button = make("button", { type: "button", className: "button" });
  const name = () => (button.textContent = folds.every((part) => part.open) ? close : open);
  button.addEventListener("click", () => (set(folds, button.textContent === open), place()));
  addEventListener("toggle", name, true);
  name();
  list.firstElementChild.after(button);
}

// Marks among the contents the part that is read: the last begun at the window's top.
function follow(contents) {
  const links = new Map();
  for (const link of contents.querySelectorAll("a")) {
    const part = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (part) links.set(part, link);
  }
  const parts = [...links.keys()], footer = document.querySelector(".site-footer"), seen = new Set();
  const note = (changed) => {
    for (const { target, isIntersecting } of changed) seen[isIntersecting ? "add" : "delete"](target);
    const link = links.get(seen.has(footer) ? parts.at(-1) : parts.findLast((part) => seen.has(part)));
    contents.querySelector("[aria-current]")?.removeAttribute("aria-current");
    link?.setAttribute("aria-current", "true");
    contents.scrollTop = (link?.offsetTop ?? 0) - contents.clientHeight / 2;
  };
  const above = new IntersectionObserver(note, { rootMargin: "1000000px 0px -88% 0px" });
  for (const part of parts) above.observe(part);
  new IntersectionObserver(note).observe(footer);
}

// A link beside each heading, whose name stays.
function offerPermalinks(words) {
  each(".page__content :is(h2, h3)[id]:not(summary > *)", (heading) => {
    const link = make("a", { className: "permalink", href: `#${heading.id}` });
    link.setAttribute("aria-label", words.replace("{heading}", heading.textContent.trim()));
    const row = make("div", { className: "permalink-row" });
    heading.replaceWith(row);
    row.append(heading, link);
  });
}

// Copies how to refer to the page, on a safe connection.
function offerCopy(citation) {
  if (!navigator.clipboard) return;
  const { copy, copied } = citation.dataset, text = citation.textContent.trim();
  const button = make("button", { type: "button", className: "button", textContent: copy });
  const told = make("span"), row = make("p", { className: "copy" });
  told.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(/https?:/.test(text) ? text : `${text} ${location.href.split("#")[0]}`);
    told.textContent = copied;
  });
  row.append(button, " ", told);
  citation.after(row);
}
