// Finds pages, and the place on each, in the indexes that the build has made.
const WORD = /(?<!\d)[1-9]\d{0,2}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+(?:,\d+)?|\p{L}+/gu;
const tidy = (word) => word.toLowerCase().replace(/\s/g, "");
const wordsOf = (text) => (text.normalize("NFC").match(WORD) ?? []).map(tidy);
const fold = (word) => word.normalize("NFD").replace(/[\u0300-\u036f]/g, "");
const isNumber = (word) => /^\d/.test(word);
const best = (map, key, value) => value > (map.get(key) ?? 0) && map.set(key, value);

// Swedish as Snowball stems it.
const REGION = /^(.*?[aeiouyäåö][^aeiouyäåö])(.*)$/;
const ENDING = /(?:heterna|hetens|anden|heten|heter|arnas|ernas|ornas|andes|arens|andet|arna|erna|orna|ande|arne|aste|aren|ades|erns|ade|are|ern|ens|het|ast|ad|en|ar|er|or|as|es|at|a|e|(?<=[bcdfghjklmnoprtvy])s)$/;
function stem(word) {
  const [, start, rest] = word.match(REGION) ?? [];
  if (!rest) return word;
  const at = Math.max(start.length, 3), tail = word.slice(at).replace(ENDING, "");
  const less = tail.replace(/(dd|gd|nn|dt|gt|kt|tt)$/, (pair) => pair[0]);
  return word.slice(0, at) + less.replace(/(lig|ig|els)$/, "").replace(/(lös|full)t$/, "$1");
}

// How well a word answers: itself, a form, its beginning, a part.
function likeness(word, other, loose) {
  if (word.text === other.text) return 1;
  if (word.stem === other.stem) return 0.95;
  if (word.folded === other.folded || word.foldedStem === other.foldedStem) return 0.85;
  if (!loose || word.folded.length < 3) return 0;
  if (other.folded.startsWith(word.foldedStem) && other.folded.length <= word.folded.length * (word.folded.length < 4 ? 2.5 : 9))
    return 0.5 + (0.3 * word.folded.length) / other.folded.length;
  const inside = word.folded.length > 3 ? other.folded.indexOf(word.foldedStem, 2) : -1;
  const after = other.folded.length - inside - word.foldedStem.length;
  if (inside > 0 && (word.folded.length > 4 || after < 4)) return 0.55;
  return 0;
}

const seen = new Map();
function known(text) {
  if (!seen.has(text)) {
    const root = stem(text);
    seen.set(text, { text, stem: root, folded: fold(text), foldedStem: fold(root) });
  }
  return seen.get(text);
}

// Letters to change to make one word of another.
function distance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before = [], row = Array.from({ length: other.length + 1 }, (_, n) => n);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1];
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + !same);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    [before, row] = [row, next];
  }
  return row[other.length];
}

export class Index {
  constructor(folder, weight) {
    Object.assign(this, { folder, weight, files: new Map() });
  }

  async open() {
    const { pages, words, chunks, only } = await this.fetch("sok.json", { cache: "no-cache" });
    Object.assign(this, { pages, words: words.split(" "), chunks, only });
    return this;
  }

  async fetch(file, how) {
    const answer = await fetch(this.folder + file, how);
    if (!answer.ok) throw new Error(file);
    return answer.json();
  }

  once(file) {
    if (!this.files.has(file)) this.files.set(file, this.fetch(file));
    return this.files.get(file);
  }

  text(page) {
    return this.once(page.text);
  }

  // The pages that have a word, and whether it names something there.
  async places(word) {
    const file = this.chunks.findLast(([first]) => first <= word)?.[1];
    const distances = (this.only ?? (file && (await this.once(file))))?.[word];
    let at = 0;
    return (distances ?? []).map((further) => (at += further));
  }

  async pagesWith(term) {
    const found = new Map();
    for (const option of term.options) {
      const parts = await Promise.all(option.maps.map((map) => this.pagesOf(map)));
      for (const [page, likely] of parts[0]) {
        const value = Math.min(...parts.map((part) => part.get(page) ?? 0), likely) * option.value;
        if (value > (found.get(page)?.value ?? 0)) found.set(page, { value, option });
      }
    }
    return found;
  }

  async pagesOf(map) {
    const pages = new Map();
    await Promise.all(
      [...map].map(async ([word, value]) => {
        for (const place of await this.places(word)) best(pages, place >> 1, value * (place & 1 ? 1.5 : 1));
      }),
    );
    return pages;
  }
}

// What is searched for: words and set phrases, with their like in the word list.
function termsOf(query, lists) {
  const words = wordsOf(query), terms = [];
  for (let at = 0; at < words.length; ) {
    const length = [3, 2, 1].find((n) => n === 1 || phrasesLike(words.slice(at, at + n), lists).length);
    const own = words.slice(at, at + length);
    terms.push({ own, common: length === 1 && lists.common.includes(own[0]), at });
    at += length;
  }
  const telling = terms.some((term) => !term.common) ? terms.filter((term) => !term.common) : terms;
  return telling.map(({ own }) => ({
    own,
    options: [option(own, 1, true), ...phrasesLike(own, lists).map((other) => option(other, 0.6, false))],
  }));
}

const option = (words, value, own) => ({ words, value, own, maps: [] });
const same = (one, other) => one.length === other.length && one.every((word, n) => likeness(known(word), known(other[n]), false));

function phrasesLike(words, { alike }) {
  return alike.filter((group) => group.some((one) => same(words, one))).flatMap((group) => group.filter((one) => !same(words, one)));
}

function fill(options, indexes) {
  for (const one of options) {
    one.maps = one.words.map((text) => {
      const map = new Map();
      if (isNumber(text)) return map.set(text, 1);
      for (const other of indexes.flatMap((index) => index.words)) best(map, other, likeness(known(text), known(other), one.own));
      return map;
    });
  }
}

// Words that differ by a letter or two from one that no page has.
function addNearest(term, indexes, lists) {
  const [word] = term.own;
  if (term.own.length > 1 || isNumber(word) || word.length < 4) return;
  const most = word.length < 7 ? 1 : 2, folded = fold(word);
  const near = new Set(indexes.flatMap((index) => index.words).concat(lists.alike.flat().filter((one) => one.length === 1).flat()));
  const ranked = [...near].map((other) => [distance(folded, fold(other), most), other]).filter(([apart]) => apart <= most).sort(([one], [other]) => one - other);
  const nearest = ranked.filter(([apart]) => apart === ranked[0][0]).slice(0, 3).map(([, other]) => other);
  const options = nearest.flatMap((other) => [option([other], 0.8, false), ...phrasesLike([other], lists).map((one) => option(one, 0.5, false))]);
  fill(options, indexes);
  term.options.push(...options);
}

export async function search(indexes, query, lists, accepts) {
  const terms = termsOf(query, lists);
  for (const term of terms) {
    fill(term.options, indexes);
    const has = await Promise.all(indexes.map((index) => index.pagesWith(term)));
    if (!has.some((pages) => pages.size)) addNearest(term, indexes, lists);
  }
  const likely = (await Promise.all(indexes.map((index) => pagesIn(index, terms, accepts, query)))).flat();
  const found = (await Promise.all(likely.map(confirmed))).filter((page) => page.matches.some(Boolean));
  const whole = found.filter((page) => page.matches.every(Boolean));
  const results = (whole.length ? whole : found).sort((one, other) => other.score - one.score);
  const literal = whole.filter((page) => page.matches.every((match) => match.option.own)).length;
  return { terms, results, literal, isWhole: whole.length > 0, alike: likeWords(results) };
}

const nameOf = (text) => wordsOf(text).map((word) => fold(stem(word))).join(" ");

async function pagesIn(index, terms, accepts, query) {
  const pages = await Promise.all(terms.map((term) => index.pagesWith(term)));
  const rarity = pages.map(({ size }) => Math.log(1 + index.pages.length / (size || 1)));
  const asked = nameOf(query);
  return index.pages.flatMap((page, number) => {
    const matches = pages.map((found) => found.get(number));
    if (!accepts(page) || !matches.some(Boolean)) return [];
    const isNamed = (page.names ?? []).some((name) => nameOf(name) === asked);
    const score = matches.reduce((sum, match, n) => sum + (match ? match.value * rarity[n] : 0), isNamed ? 9 : 0);
    return { index, page, matches, rarity, isNamed, score: score * index.weight };
  });
}

// An index doesn't say that the words of a set phrase stand together: the text does.
async function confirmed(result) {
  const { index, page, matches } = result;
  const isPhrase = (match) => match && !match.option.own && match.option.maps.length > 1;
  if (!matches.some(isPhrase)) return result;
  const blocks = (await index.text(page)).flatMap(([, heading, blocks]) => [heading, ...blocks]).map(wordsOf);
  const stands = ({ option: { maps } }) => blocks.some((words) => words.some((_, n) => maps.every((map, m) => map.get(words[n + m]))));
  return { ...result, matches: matches.map((match) => (isPhrase(match) && !stands(match) ? undefined : match)) };
}

// Words found instead of those searched for, the most used first.
function likeWords(results) {
  const used = new Map();
  for (const { matches } of results)
    for (const { option } of matches.filter((match) => match && !match.option.own)) {
      const words = option.words.join(" ");
      used.set(words, (used.get(words) ?? 0) + 1);
    }
  return [...used].sort(([, one], [, other]) => other - one).map(([words]) => words).slice(0, 3);
}

// Finds the block that answers best, and the other parts that answer.
export async function locate(result, terms) {
  const { index, page, rarity } = result;
  const parts = await index.text(page);
  const answers = new Map();
  terms.forEach((term, t) => term.options.forEach((one, o) => one.maps.forEach((map, m) => {
    for (const [word, value] of map) answers.set(word, [...(answers.get(word) ?? []), { t, o, m, value }]);
  })));
  const title = answered(page.title, terms, answers), place = answered(`${page.association ?? ""} ${page.year ?? ""}`, terms, answers);
  const around = terms.map((_, t) => Math.max(1.3 * title.values[t], place.values[t]));
  const placed = parts.map(([id, heading, blocks]) => {
    const above = answered(heading, terms, answers);
    const units = [["", 0.9], ...blocks.map((block) => [block, 1])].map(([block, value]) => {
      const own = answered(block, terms, answers);
      const each = terms.map((_, t) => (Math.max(own.values[t], 1.4 * above.values[t], around[t]) + 0.1 * own.values[t]) * rarity[t]);
      const holds = (t) => own.values[t] || above.values[t];
      const count = terms.some((_, t) => holds(t)) && terms.filter((_, t) => holds(t) || around[t]).length;
      const near = 1 + 0.25 * Math.max(own.near, above.near);
      const sum = count ? each.reduce((one, other) => one + other, 0) : 0;
      return { block, value: (value * sum * near * (0.5 + count / terms.length)) / (1 + own.length / 400 + (own.length < 4) / 10) };
    });
    const top = units.reduce((one, other) => (other.value > one.value ? other : one));
    return { id, heading, block: top.block || blocks[0] || "", value: top.value };
  });
  const ranked = placed.filter(({ value }) => value).sort((one, other) => other.value - one.value);
  const [first = placed[0], ...others] = ranked;
  const rank = (first.value + (result.isNamed ? 9 : 0)) * index.weight * (page.association || result.isNamed ? 1 : 0.95);
  return { page, first, others: others.filter(({ value }) => value > first.value / 2), rank, pieces: marked(first.block, answers) };
}

// How well a text answers to each term, and how many stand side by side.
function answered(text, terms, answers) {
  const found = terms.map(({ options }) => options.map(({ maps }) => maps.map(() => 0)));
  const words = wordsOf(text);
  let near = 0, before = -1;
  for (const word of words) {
    let here = -1;
    for (const { t, o, m, value } of answers.get(word) ?? []) {
      found[t][o][m] = Math.max(found[t][o][m], value);
      here = t;
    }
    if (before >= 0 && here === before + 1) near++;
    before = here;
  }
  const values = found.map((options, t) => Math.max(...options.map((maps, o) => Math.min(...maps) * terms[t].options[o].value)));
  return { values, near: Math.min(near, 2), length: words.length };
}

// A text around the words found in it, in pieces.
function marked(text, answers) {
  const places = [...text.matchAll(WORD)].filter(([word]) => answers.has(tidy(word)));
  const start = Math.max(0, text.lastIndexOf(" ", Math.max(0, (places[0]?.index ?? 0) - 60)));
  const end = text.length < start + 220 ? text.length : text.lastIndexOf(" ", start + 220);
  const pieces = [];
  let at = start;
  for (const { 0: word, index } of places.filter((place) => place.index >= start && place.index + place[0].length <= end)) {
    pieces.push([text.slice(at, index), false], [word, true]);
    at = index + word.length;
  }
  pieces.push([text.slice(at, end), false]);
  if (start) pieces.unshift(["… ", false]);
  if (end < text.length) pieces.push([" …", false]);
  return pieces;
}
