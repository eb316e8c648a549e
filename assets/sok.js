// The search form: asks for what is written, and lists what is found.
import { Index, locate, search as find } from "./sokmotor.js";

const byId = (id) => document.getElementById(id);
const make = (name, given) => Object.assign(document.createElement(name), given);
const copy = (id) => byId(id).content.firstElementChild.cloneNode(true);
const form = byId("sokformular"), status = byId("sokstatus"), found = byId("soktraffar");
const { q, forbund, ar, aldre } = form.elements;
const AT_A_TIME = 10;
const lists = JSON.parse(form.dataset.words);
lists.alike = lists.alike.map((group) => group.map((words) => words.split(" ")));
const indexes = new Map();
let asked = 0;

function load(folder, weight = 1) {
  if (!indexes.has(folder)) indexes.set(folder, new Index(folder, weight).open());
  return indexes.get(folder);
}

// Older plans' indexes are fetched on request.
function loadOlder(year) {
  const parts = form.dataset.older.split(" ").filter((part) => !year || part === String(year % 2));
  return parts.map((part) => load(`aldre/${part}/`, 0.7));
}

async function look({ words, association, year, all }) {
  // Who picks a year wants its plan, however old, but no earlier version.
  const shelves = all ? ["nu", "äldre", "tidigare"] : year ? ["nu", "äldre"] : ["nu"];
  const searched = await Promise.all([load("nu/"), ...(aldre && shelves[1] ? loadOlder(year) : [])]);
  return find(searched, words, lists, (page) =>
    shelves.includes(page.shelf) && (!association || page.association === association) && (!year || page.year === year));
}

function say(key, values) {
  return form.dataset[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

async function search() {
  const wish = { words: q.value.trim(), association: forbund.value, year: ar.value, all: aldre?.checked };
  const mine = ++asked;
  found.replaceChildren();
  status.textContent = "";
  if (!wish.words) return;
  const waiting = setTimeout(() => (status.textContent = say("searching")), 400);
  try {
    const outcome = await look(wish);
    if (mine === asked) await show(outcome, wish);
  } catch {
    giveUp();
  } finally {
    clearTimeout(waiting);
  }
}

async function show(outcome, wish) {
  const mine = asked, { results } = outcome;
  if (!results.length) return showNone(wish);
  const list = make("ol", { className: "hits" });
  await add(list, outcome, 0);
  if (mine !== asked) return;
  found.prepend(list);
  status.textContent = summary(outcome, wish.words);
}

// Counts pages that contain what was written; like words stand apart.
function summary({ results, literal, isWhole, alike }, q) {
  const n = results.length, shown = n > AT_A_TIME ? say("shown", { shown: AT_A_TIME }) : "";
  const words = alike.map((word) => `”${word}”`).join(", "), more = n - literal;
  const containing = say(literal === 1 ? "one" : "many", { q, n: literal });
  if (!isWhole) return say("some", { q }) + shown;
  if (!literal) return say("alike", { q, words }) + shown;
  return containing + (more ? say(more === 1 ? "oneMore" : "manyMore", { n: more, words }) : "") + shown;
}

// Says what was left out by choice. A button ends that.
function showNone({ words, association, year, all }) {
  const chosen = [association, year].filter(Boolean).join(", "), latest = aldre && !all;
  status.textContent = say(chosen ? "noneChosen" : latest ? "noneLatest" : "none", { q: words, chosen });
  if (!chosen && !latest) return;
  const button = copy("sokalla");
  button.addEventListener("click", () => {
    forbund.value = ar.value = "";
    if (aldre) aldre.checked = true;
    ask();
    form.querySelector("button").focus();
  });
  found.replaceChildren(button);
}

async function add(list, outcome, start) {
  const mine = asked, { results, terms } = outcome, next = start + AT_A_TIME;
  const pages = await Promise.all(results.slice(start, next).map((result) => locate(result, terms)));
  if (mine !== asked) return;
  list.append(...pages.sort((one, other) => other.rank - one.rank).map(hit));
  if (start) list.children[start].firstElementChild.focus();
  if (next >= results.length) return;
  const more = copy("sokfler");
  more.addEventListener("click", async () => {
    await add(list, outcome, next);
    more.remove();
  });
  found.append(more);
}

function hit({ page, first, others, pieces }) {
  const item = copy("soktraff"), [link, where, text, also] = item.children;
  const { url, title, association, year, status } = page;
  const href = ({ id }) => form.dataset.root + url + (id && `#${id}`);
  link.href = href(first);
  link.textContent = first.id ? say("chapter", { chapter: first.heading, title }) : title;
  where.textContent = [association, year, status].filter((word) => word && word !== title).join(" · ");
  text.append(...pieces.map(([textContent, isMarked]) => (isMarked ? make("mark", { textContent }) : textContent)));
  const rest = others.filter(({ id }) => id).slice(0, 4);
  also.hidden = !rest.length;
  also.append(...rest.flatMap((part, n) => [n ? ", " : "", make("a", { href: href(part), textContent: part.heading })]));
  return item;
}

// The index from A to Ö remains. The next search tries again.
function giveUp() {
  indexes.clear();
  found.replaceChildren();
  status.textContent = say("failed");
}

function restore() {
  const given = new URLSearchParams(location.search);
  for (const field of [q, forbund, ar]) field.value = given.get(field.name) ?? "";
  if (aldre) aldre.checked = given.has("aldre");
  search();
}

// Searches at an address that can be kept and sent.
function ask() {
  const given = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  const address = given.size ? `?${given}` : location.pathname;
  if (address !== location.search) history.pushState(null, "", address);
  search();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask();
  if (q.value.trim()) return;
  status.textContent = say("empty");
  q.focus();
});
form.addEventListener("change", ({ target }) => {
  if (target !== q && q.value.trim()) ask();
});
q.addEventListener("focus", () => load("nu/").catch(giveUp), { once: true });
addEventListener("popstate", restore);
form.dataset.ready = "yes";
restore();
