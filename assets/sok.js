// The search form: asks Pagefind, which lies beside the page, and lists what it finds.
const byId = (id) => document.getElementById(id);
const make = (name, given) => Object.assign(document.createElement(name), given);
const copy = (id) => byId(id).content.firstElementChild.cloneNode(true);
const path = (to) => new URL(to, location.href).pathname;
const form = byId("sokformular"), status = byId("sokstatus"), found = byId("soktraffar");
const { q, forbund, ar, aldre } = form.elements;
const baseUrl = path(form.dataset.root), AT_A_TIME = 10;
const older = new Map();
let engine, asked = 0;

function load() {
  return (engine ??= import(path("nu/pagefind.js")).then(async (pagefind) => {
    await pagefind.options({ baseUrl, excerptLength: 24 });
    await pagefind.init();
    return pagefind;
  }));
}

// Older plans have indexes of their own, for even years and for odd, fetched for those who ask.
function loadOlder(pagefind, year) {
  for (const part of form.dataset.older.split(" ")) {
    if (older.has(part) || (year && part !== String(year % 2))) continue;
    older.set(part, pagefind.mergeIndex(path(`aldre/${part}/`), { baseUrl, indexWeight: 0.7 }));
  }
  return Promise.all(older.values());
}

async function look({ words, association, year, all }) {
  const pagefind = await load();
  // Who picks a year wants its plan, however old. Earlier versions of it are still left out.
  const shelves = all ? ["nu", "äldre", "tidigare"] : year ? ["nu", "äldre"] : ["nu"];
  if (aldre && shelves[1]) await loadOlder(pagefind, year);
  const filters = { läge: { any: shelves }, ...(association && { förbund: association }), ...(year && { år: year }) };
  return (await pagefind.search(words, { filters })).results;
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
    const results = await look(wish);
    if (mine === asked) await show(results, wish);
  } catch {
    giveUp();
  } finally {
    clearTimeout(waiting);
  }
}

async function show(results, wish) {
  const mine = asked, n = results.length, shown = Math.min(n, AT_A_TIME), q = wish.words;
  if (!n) return showNone(wish);
  const list = make("ol", { className: "hits" });
  await add(list, results, 0);
  if (mine !== asked) return;
  found.prepend(list);
  status.textContent = say(n === 1 ? "one" : n > shown ? "some" : "many", { q, n, shown });
}

// Says what was left out by choice, with a button that leaves out nothing.
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

async function add(list, results, start) {
  const mine = asked;
  const next = start + AT_A_TIME;
  const pages = await Promise.all(results.slice(start, next).map((result) => result.data()));
  if (mine !== asked) return;
  list.append(...pages.map(hit));
  if (start) list.children[start].firstElementChild.focus();
  if (next >= results.length) return;
  const more = copy("sokfler");
  more.addEventListener("click", async () => {
    await add(list, results, next);
    more.remove();
  });
  found.append(more);
}

function hit(page) {
  const item = copy("soktraff"), [link, where, text, others] = item.children;
  const { title, status } = page.meta;
  const chapters = page.sub_results.filter((part) => part.url.includes("#"));
  const [best = page] = [...page.sub_results].sort((one, other) => weight(other) - weight(one));
  const { förbund: [association] = [], år: [year] = [] } = page.filters;
  link.href = best.url;
  link.textContent = chapters.includes(best) ? say("chapter", { chapter: best.title, title }) : title;
  where.textContent = [association, year, status].filter((word) => word && word !== title).join(" · ");
  text.append(...excerpt(best.excerpt));
  const rest = chapters.filter((part) => part !== best).slice(0, 4);
  others.hidden = !rest.length;
  others.append(...rest.flatMap(({ url, title }, n) => [n ? ", " : "", make("a", { href: url, textContent: title })]));
  return item;
}

const weight = (part) => part.weighted_locations.reduce((sum, place) => sum + place.balanced_score, 0);

// Pagefind writes an excerpt as markup. Nothing of it is used but its words, and which of them are marked.
function excerpt(markup) {
  const { body } = new DOMParser().parseFromString(markup, "text/html");
  return [...body.childNodes].map(({ nodeName, textContent }) =>
    nodeName === "MARK" ? make("mark", { textContent }) : textContent,
  );
}

// The index from A to Ö remains. The next search tries again.
function giveUp() {
  engine = undefined;
  older.clear();
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
q.addEventListener("focus", () => load().catch(giveUp), { once: true });
addEventListener("popstate", restore);
form.dataset.ready = "yes";
restore();
