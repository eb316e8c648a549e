// The form: sends each change as operations on the plan's file, and shows what came of them.
import { refresh } from "./visa.js";

const form = document.getElementById("form");
const selected = document.getElementById("selected");
const status = document.getElementById("form-status");
const conflict = document.getElementById("conflict");
const EDIT = "andra", FREEZE = "spara-version";
const LOST = "Ändringen kom inte fram. Är förhandsvisningen igång?";
let last = null; // where in the grid the author stands, or last stood
let conflicting = null; // what was asked for a file that somebody else had changed
let unsaved = ""; // what was said of the latest change, when it wasn't saved
let sending = Promise.resolve();

const read = (text) => JSON.parse(text);
const indexOf = (path) => path[path.length - 1];
const listOf = (path) => path.slice(0, -1);
const valueOf = (text) => (text.trim() ? text : null);
const amountOf = (text) => (text.trim() === "~" ? null : valueOf(text));

/** What the form was like when a field was entered: a change is for that, whatever has come since. */
const entered = new WeakMap();
const later = new Map(); // by the hash of a text: that of the text that an edit of ours made of it

function seen(hash) {
  while (later.has(hash) && hash !== form.dataset.hash) hash = later.get(hash); // a text may come back
  return hash;
}

function follow(before, made) {
  later.delete(made); // an undone edit leads back to it
  later.set(before, made);
}

/** Ask for something, after what has been asked for. */
function ask(action, hash, operations) {
  sending = sending.then(() => post(action, hash, operations)).catch(() => {
    if (action === EDIT) unsaved = LOST;
    say(LOST);
  });
  return sending;
}

async function post(action, hash, operations) {
  const answer = await fetch(`/_visa/${action}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    keepalive: true, // the page may be left meanwhile
    body: JSON.stringify({ file: form.dataset.file, seen: seen(hash), operations }),
  });
  const { said, hash: made, difference, saves } = await answer.json();
  if (made) follow(seen(hash), made);
  await refresh();
  say(said);
  if (action === FREEZE) return;
  if (action === EDIT) unsaved = saves ? "" : said;
  conflict.hidden = !difference;
  conflict.querySelector("pre").textContent = difference;
  conflicting = difference ? operations : null;
}

/** Do what moves other fields: nothing can be written meanwhile, in a field that is about to be another. */
async function restructure(operation, focus) {
  const at = document.activeElement;
  form.inert = true;
  await ask(EDIT, form.dataset.hash, [operation]);
  form.inert = false;
  (document.getElementById(focus) ?? (at.isConnected ? at : last))?.focus();
}

function write(field, operation) {
  ask(EDIT, entered.get(field)?.hash ?? form.dataset.hash, [operation]);
}

document.getElementById("redo").addEventListener("click", () => conflicting && ask(EDIT, form.dataset.hash, conflicting));
document.getElementById("drop").addEventListener("click", () => {
  conflict.hidden = true;
  conflicting = null;
  unsaved = "";
});

function say(text) {
  status.textContent = text;
}

// --- Fields and buttons -----------------------------------------------------------------------------------------------

form.addEventListener("focusin", ({ target }) => {
  entered.set(target, { hash: form.dataset.hash, ...target.dataset });
  if (!target.dataset.row) return;
  last = target;
  selected.textContent = `Du står i ${target.getAttribute("aria-label")}.`;
});

form.addEventListener("change", ({ target }) => {
  const { chapter, column, row, path } = entered.get(target) ?? target.dataset;
  if (chapter) write(target, { op: "set-chapter", chapter: Number(chapter), text: target.value });
  else if (column) write(target, { op: "set-cell", row: read(row), column: Number(column), text: amountOf(target.value) });
  else if (path) write(target, { op: "set-text", path: read(path), text: valueOf(target.value) });
});

form.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (!button) return;
  const { add, at, path, write: first, move, columnAdd, columnMove, column } = button.dataset;
  if (add) restructure({ op: "add-item", path: read(path), at: Number(at), item: read(add) });
  else if (first) restructure({ op: "set-text", path: read(first), text: "[fyll i]" });
  else if (move) moveItem(read(path), Number(move), itemsBeside(button));
  else if ("remove" in button.dataset) restructure({ op: "remove", path: read(path) });
  else if (columnAdd) restructure({ op: "add-column", at: Number(column) + 1, column: read(columnAdd) });
  else if (columnMove) moveColumn(Number(column), Number(columnMove));
  else if ("columnRemove" in button.dataset) restructure({ op: "remove-column", column: Number(column) });
  else if (last?.isConnected) onRow(button.dataset, read(last.dataset.row));
  else say("Ställ dig först i en ruta i tabellen.");
});

function onRow({ cell, rowAdd, rowMove, rowRemove }, row) {
  const { column, path } = last.dataset;
  const text = cell === "~" ? null : cell;
  if (cell && column) restructure({ op: "set-cell", row, column: Number(column), text });
  else if (cell && path) restructure({ op: "set-text", path: read(path), text });
  else if (rowAdd) restructure({ op: "add-item", path: listOf(row), at: indexOf(row) + 1, item: read(last.closest("table").dataset.new) }, nameAfter(row));
  else if (rowMove) moveItem(row, Number(rowMove), rowsBeside(row));
  else if (rowRemove) restructure({ op: "remove", path: row });
}

const nameAfter = (row) => [...listOf(row), indexOf(row) + 1, "namn"].join(".");
const itemsBeside = (button) => button.closest(".form-group").querySelectorAll(":scope > :is(.form-item, .form-field)").length;

/** How many rows and groups stand in the list of a row. */
function rowsBeside(row) {
  const list = JSON.stringify(listOf(row));
  const rows = [...form.querySelectorAll("[data-movable]")].map(({ dataset }) => read(dataset.row));
  return rows.filter((one) => JSON.stringify(listOf(one)) === list).length;
}

function moveItem(path, by, count) {
  const to = indexOf(path) + by;
  if (to < 0 || to >= count) say(to < 0 ? "Det står redan först." : "Det står redan sist.");
  else restructure({ op: "move-item", path: listOf(path), item: indexOf(path), to });
}

function moveColumn(column, by) {
  const to = column + by;
  const count = form.querySelectorAll("[data-column-add]").length;
  if (to < 0 || to >= count) say(to < 0 ? "Den står redan först." : "Den står redan sist.");
  else restructure({ op: "move-column", column, to });
}

addEventListener("pagehide", () => document.activeElement.blur()); // what is being written is saved

document.getElementById("undo").addEventListener("click", async () => {
  form.inert = true;
  await ask("angra", form.dataset.hash, []);
  form.inert = false;
});

document.addEventListener("click", async ({ target }) => {
  if (!target.closest?.("#freeze")) return;
  await sending; // what was being written is saved first, or nothing is kept
  if (unsaved) say(unsaved);
  else ask(FREEZE, form.dataset.hash, []);
});

// --- The grid ---------------------------------------------------------------------------------------------------------

/** The field some rows below in the same column, in this table or the next. */
function below(field, rows) {
  const { column } = field.dataset;
  const fields = [...form.querySelectorAll(column ? `.form-grid [data-column="${column}"]` : ".form-name")];
  return fields[fields.indexOf(field) + rows];
}

function beside(field, step) {
  const fields = [...field.closest("tr").querySelectorAll("input, select")];
  return fields[fields.indexOf(field) + step];
}

const isAll = (field) => field.selectionStart === 0 && field.selectionEnd === field.value.length;

form.addEventListener("keydown", (event) => {
  const field = event.target;
  if (event.altKey || event.ctrlKey || event.metaKey || !field.matches(".form-grid input")) return;
  const to = {
    ArrowUp: () => below(field, -1),
    ArrowDown: () => below(field, 1),
    Enter: () => below(field, event.shiftKey ? -1 : 1),
    ArrowLeft: () => (isAll(field) || field.selectionEnd === 0) && beside(field, -1),
    ArrowRight: () => (isAll(field) || field.selectionStart === field.value.length) && beside(field, 1),
  }[event.key]?.();
  if (!to) return;
  event.preventDefault();
  to.focus();
  to.select?.();
});

form.addEventListener("paste", (event) => {
  const { column, row } = entered.get(event.target) ?? event.target.dataset;
  const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n$/, "");
  if (!column || !/[\t\n]/.test(text)) return;
  event.preventDefault();
  const texts = text.split("\n").map((line) => line.split("\t"));
  write(event.target, { op: "paste-cells", row: read(row), column: Number(column), texts });
});
