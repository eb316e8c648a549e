// The search form: asks Pagefind, which lies beside the page, and lists what it finds.
const form = document.getElementById("sokformular");
const status = document.getElementById("sokstatus");
const found = document.getElementById("soktraffar");
const hitTemplate = document.getElementById("soktraff").content;
const moreTemplate = document.getElementById("sokfler").content;
const root = new URL(form.dataset.root, location.href).pathname;
const base = new URL("nu/", location.href).href;
const AT_A_TIME = 10;
const older = new Map();
let engine, asked = 0;

function load() {
  engine ??= import(`${base}pagefind.js`).then(async (pagefind) => {
    await pagefind.options({ baseUrl: root, excerptLength: 24 });
    await pagefind.init();
    return pagefind;
  });
  return engine;
}

// Older plans have indexes of their own, for even years and for odd, fetched for those who ask.
function loadOlder(pagefind, year) {
  const parts = form.dataset.older.split(" ").filter((part) => !year || part === String(year % 2));
  for (const part of parts.filter((part) => !older.has(part))) {
    const place = new URL(`aldre/${part}/`, location.href).pathname;
    older.set(part, pagefind.mergeIndex(place, { baseUrl: root, indexWeight: 0.7 }));
  }
  return Promise.all(older.values());
}

function wishes() {
  const given = new FormData(form);
  const [words, association, year] = ["q", "forbund", "ar"].map((name) => (given.get(name) ?? "").trim());
  return { words, association, year, all: given.has("aldre") };
}

async function look({ words, association, year, all }) {
  const pagefind = await load();
  // Who picks a year wants its plan, however old. Earlier versions of it are still left out.
  const shelves = all ? ["nu", "äldre", "tidigare"] : year ? ["nu", "äldre"] : ["nu"];
  if (form.elements.aldre && shelves.length > 1) await loadOlder(pagefind, year);
  const filters = { läge: { any: shelves } };
  if (association) filters.förbund = association;
  if (year) filters.år = year;
  return (await pagefind.search(words, { filters })).results;
}

function say(key, values = {}) {
  return form.dataset[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

async function search() {
  const mine = ++asked, wish = wishes();
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

async function show(results, { words, all }) {
  const n = results.length, shown = Math.min(n, AT_A_TIME);
  if (!n) {
    status.textContent = say(form.elements.aldre && !all ? "noneOlder" : "none", { q: words });
    return;
  }
  const list = document.createElement("ol");
  list.className = "hits";
  await add(list, results, 0);
  found.replaceChildren(list);
  status.textContent = say(n === 1 ? "one" : n > shown ? "some" : "many", { q: words, n, shown });
}

async function add(list, results, start) {
  const mine = asked;
  const pages = await Promise.all(results.slice(start, start + AT_A_TIME).map((result) => result.data()));
  if (mine !== asked) return;
  const hits = pages.map(hit);
  list.append(...hits);
  if (start) hits[0].querySelector("a").focus();
  const next = start + AT_A_TIME;
  if (next >= results.length) return;
  const more = moreTemplate.cloneNode(true).firstElementChild;
  more.addEventListener("click", async () => {
    await add(list, results, next);
    more.remove();
  });
  setTimeout(() => list.after(more));
}

function hit(page) {
  const item = hitTemplate.cloneNode(true).firstElementChild;
  const [link, where, text, others] = ["title", "where", "text", "more"].map((part) => item.querySelector(`.hit__${part}`));
  const { title, status } = page.meta;
  const chapters = page.sub_results.filter((part) => part.url.includes("#"));
  const best = page.sub_results.reduce((one, other) => (one && weight(one) >= weight(other) ? one : other), null) ?? page;
  const { förbund: [association] = [], år: [year] = [] } = page.filters;
  link.href = best.url;
  link.textContent = chapters.includes(best) ? say("chapter", { chapter: best.title, title }) : title;
  where.textContent = [association, year, status].filter((word) => word && word !== title).join(" · ");
  where.hidden = !where.textContent;
  text.append(...excerpt(best.excerpt));
  const rest = chapters.filter((part) => part !== best).slice(0, 4);
  others.hidden = !rest.length;
  others.append(...rest.flatMap((part, n) => [n ? ", " : "", anchor(part)]));
  return item;
}

function weight(part) {
  return part.weighted_locations.reduce((sum, place) => sum + place.balanced_score, 0);
}

function anchor({ url, title }) {
  const link = document.createElement("a");
  link.href = url;
  link.textContent = title;
  return link;
}

// Pagefind writes an excerpt as markup. Nothing of it is used but its words, and which of them are marked.
function excerpt(markup) {
  const { body } = new DOMParser().parseFromString(markup, "text/html");
  return [...body.childNodes].map((part) => {
    if (part.nodeName !== "MARK") return part.textContent;
    const mark = document.createElement("mark");
    mark.textContent = part.textContent;
    return mark;
  });
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
  for (const name of ["q", "forbund", "ar"]) form.elements[name].value = given.get(name) ?? "";
  if (form.elements.aldre) form.elements.aldre.checked = given.has("aldre");
  search();
}

function remember() {
  const given = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  const address = given.size ? `?${given}` : location.pathname;
  if (address !== location.search) history.pushState(null, "", address);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  remember();
  search();
});
form.addEventListener("change", (event) => {
  if (event.target.name === "q" || !form.elements.q.value.trim()) return;
  remember();
  search();
});
form.elements.q.addEventListener("focus", () => load().catch(giveUp), { once: true });
addEventListener("popstate", restore);
form.dataset.ready = "yes";
restore();
