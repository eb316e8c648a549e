// Keeps an open page what the files are: listens to the server, patches what has changed, shows what is wrong and where.
import { Twin } from "./twin.js";
import { Panel } from "./panel.js";
import { Marks } from "./marks.js";
import { Places } from "./places.js";

const FIRST_WAIT = 500, LONGEST_WAIT = 5000;
const twin = new Twin(document.body), page = decodeURIComponent(location.pathname);
const panel = new Panel(), marks = new Marks(twin, panel), places = new Places(twin, panel, page);
let shown = null, title = document.title, stream, wait = FIRST_WAIT, waiting, fetching = Promise.resolve();

addEventListener("visibilitychange", () => (document.hidden ? close() : listen()));
document.addEventListener("click", ({ target }) => target.closest?.(".visa-whole") && fetch("/_visa/hela", { method: "POST" }));
listen();

// A browser keeps six connections to a server: a page that nobody sees gives its own back.
function listen() {
  if (stream || document.hidden) return;
  clearTimeout(waiting);
  stream = new EventSource(`/_visa/handelser?sida=${encodeURIComponent(page)}`);
  stream.addEventListener("lage", ({ data }) => {
    wait = FIRST_WAIT;
    const told = JSON.parse(data);
    fetching = fetching.then(() => show(told)).catch(() => {});
  });
  stream.addEventListener("error", () => {
    close();
    panel.stopped();
    waiting = setTimeout(listen, wait);
    wait = Math.min(LONGEST_WAIT, wait * 1.5);
  });
}

function close() {
  stream?.close();
  stream = null;
}

async function show(told) {
  if (shown?.frame && told.frame && String(shown.frame) !== String(told.frame)) return location.reload();
  if (told.page !== shown?.page || told.exists !== shown?.exists || page.startsWith("/_visa/")) await patch();
  shown = told;
  document.documentElement.classList.toggle("visa-stale", Boolean(told.obstacle));
  document.title = told.own_count ? `(${told.own_count}) ${title}` : title;
  panel.show(told);
  marks.show(told.own ?? []);
  places.forget();
  document.documentElement.dataset.visa = told.number;
}

// Makes the page what the server has now.
export function refresh() {
  return (fetching = fetching.then(patch));
}

async function patch() {
  const answer = await fetch(page, { headers: { Accept: "text/html" } });
  const form = document.getElementById("form");
  if (form && !answer.ok) return; // what is written in it waits until the file can be read
  if (document.getElementById("unreadable") && answer.ok) return location.reload();
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  twin.become(fresh.body);
  title = fresh.title;
}
