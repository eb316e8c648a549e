// What makes a page handier. Without this it says the same.

// Opened from a disk, without a server, a link to a folder shows a list of files. Then point it at the page in the folder.
if (location.protocol === "file:") {
  for (const link of document.querySelectorAll("a[href]")) {
    const [address, part] = link.getAttribute("href").split("#");
    if (/^(?!\w+:).*\/$/.test(address)) link.href = `${address}index.html${part ? `#${part}` : ""}`;
  }
  document.getElementById("sokformular")?.setAttribute("data-ready", "no");
}

const contents = document.querySelector(".contents");
if (contents) {
  follow(contents);
  // In a task of its own, so that a slow phone answers its reader in between.
  setTimeout(offerPermalinks, 0, contents.dataset.permalink);
}
document.querySelectorAll(".citation").forEach(offerCopy);

// Mark, in the list of contents, the part that is being read: the last that begins above a third of the window, and at
// the page's end the last of all.
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
    if (!link) return;
    link.setAttribute("aria-current", "true");
    const box = contents.getBoundingClientRect(), place = link.getBoundingClientRect();
    if (place.top < box.top || place.bottom > box.bottom) contents.scrollTop += place.top - box.top - box.height / 2;
  };
  const above = new IntersectionObserver(note, { rootMargin: "1000000px 0px -66% 0px" });
  for (const part of parts) above.observe(part);
  new IntersectionObserver(note).observe(footer);
}

// A link beside each heading, to copy or send. It stands outside the heading, whose name stays what it was.
function offerPermalinks(words) {
  for (const heading of document.querySelectorAll(".page__content :is(h2, h3)[id]")) {
    const link = document.createElement("a");
    link.className = "permalink";
    link.href = `#${heading.id}`;
    link.setAttribute("aria-label", words.replace("{heading}", heading.textContent.trim()));
    const row = document.createElement("div");
    row.className = "permalink-row";
    heading.replaceWith(row);
    row.append(heading, link);
  }
}

// A button that copies how to refer to the page. Browsers let a page copy only when its way here was safe.
function offerCopy(citation) {
  if (!navigator.clipboard) return;
  const button = document.createElement("button"), told = document.createElement("span");
  const text = citation.textContent.trim();
  button.type = "button";
  button.className = "button";
  button.textContent = citation.dataset.copy;
  told.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(/https?:/.test(text) ? text : `${text} ${location.href.split("#")[0]}`);
    told.textContent = citation.dataset.copied;
  });
  const row = document.createElement("p");
  row.className = "copy";
  row.append(button, " ", told);
  citation.after(row);
}
