// Opened from a disk, without a server, a link to a folder shows a list of files. Then point it at the page in the folder.
if (location.protocol === "file:") {
  for (const link of document.querySelectorAll("a[href]")) {
    const [address, part] = link.getAttribute("href").split("#");
    if (/^(?!\w+:).*\/$/.test(address)) link.href = `${address}index.html${part ? `#${part}` : ""}`;
  }
  document.getElementById("sokformular")?.setAttribute("data-ready", "no");
}
