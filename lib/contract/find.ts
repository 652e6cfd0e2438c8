// How every finder finds: rooms, people, groups, actions; in the browser and on the server. Its work grows with the length
// of what is looked through and nothing else, because names are somebody else's text (decision 0028).

/** Where a query was found in a text. */
export interface Found {
  /** The less the better. Below `close` the words stand there as they were typed. */
  rank: number;
  /** The parts of the text that were found, from and to. */
  marks: (readonly [from: number, to: number])[];
}

/** From this rank on there is a slip in a word, from `loose` on only its letters are there in their order. */
const step = 64;
export const close = 3 * step;
const loose = 4 * step;

const mostWords = 8;
/** What a place that is not the beginning of the name costs, as a part of one step. */
const later = 0.25;
/** In shorter words a slip makes any other word. */
const leastForSlip = 4;
const gap = /[\s\-_.,:;/·–—]/u;
const mark = /\p{M}|\p{Default_Ignorable_Code_Point}/u;
const marks = /\p{M}/gu;
const digit = /\p{N}/u;
// Letters that Unicode does not take apart.
const plain: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
};

/** A text without case, marks and gaps. */
interface Folded {
  letters: string;
  /** For each letter, where what it was made from begins and ends. */
  from: number[];
  to: number[];
  /** Where words begin. */
  starts: number[];
}

function foldSign(sign: string): string {
  if (sign < "\u0080") return sign.toLowerCase();
  const bare = sign.normalize("NFKD").replace(marks, "").toLowerCase();
  return plain[bare] ?? bare;
}

function fold(text: string): Folded {
  const folded: Folded = { letters: "", from: [], to: [], starts: [] };
  let at = 0;
  let before = "gap";
  for (const sign of text) {
    const end = at + sign.length;
    const bare = gap.test(sign) || (sign >= "\u0080" && mark.test(sign)) ? "" : foldSign(sign);
    if (gap.test(sign)) before = "gap";
    else if (!bare && folded.to.length > 0) folded.to[folded.to.length - 1] = end;
    else if (bare) {
      const kind = digit.test(bare) ? "digit" : "letter";
      if (kind !== before) folded.starts.push(folded.letters.length);
      before = kind;
      folded.letters += bare;
      for (let each = 0; each < bare.length; each++) {
        folded.from.push(at);
        folded.to.push(end);
      }
    }
    at = end;
  }
  return folded;
}

/** Looks for a query in one text after another. Null where it is not found. */
export function finder(query: string): (text: string) => Found | null {
  const wanted = query.trim().replace(/^[#@]+/, "");
  const words = wanted
    .split(gap)
    .map((word) => fold(word).letters)
    .filter(Boolean)
    .slice(0, mostWords);
  if (words.length === 0) return (text) => (text.includes(wanted) ? { rank: 0, marks: [] } : null);
  return (text) => {
    const folded = fold(text);
    let [worst, sum] = [0, 0];
    const found: Found["marks"] = [];
    for (const word of words) {
      const place = asTyped(word, folded) ?? withSlip(word, folded) ?? inOrder(word, folded);
      if (!place) return null;
      worst = Math.max(worst, Math.floor(place.rank));
      // A word that is found whole is better than the beginning of a longer one.
      sum += place.rank + (isEnd(folded, place.parts.at(-1)?.[1] ?? 0) ? 0 : 0.5);
      for (const [from, to] of place.parts) found.push([folded.from[from] ?? 0, folded.to[to - 1] ?? 0]);
    }
    return { rank: worst * step + sum, marks: joined(found) };
  };
}

/** The best of several texts about one thing: a name, a handle. Marks are those of the first. */
export function bestFound(find: ReturnType<typeof finder>, texts: readonly string[]): Found | null {
  const all = texts.flatMap((text, at) => {
    const found = find(text);
    return found ? [at === 0 ? found : { ...found, marks: [] }] : [];
  });
  return all.reduce<Found | null>((best, found) => (best && best.rank <= found.rank ? best : found), null);
}

/** What a query finds, the best first, else as it was given. Slips are forgiven where nothing is found as it was typed. */
export function findIn<Item>(
  items: readonly Item[],
  query: string,
  textsOf: (item: Item) => readonly string[],
): { item: Item; found: Found }[] {
  const find = finder(query);
  const all = items.flatMap((item) => {
    const found = bestFound(find, textsOf(item));
    return found ? [{ item, found }] : [];
  });
  const best = all.reduce((least, { found }) => Math.min(least, found.rank), Number.POSITIVE_INFINITY);
  const until = best < close ? close : best < loose ? loose : Number.POSITIVE_INFINITY;
  return all.filter(({ found }) => found.rank < until).toSorted((a, b) => a.found.rank - b.found.rank);
}

/** Whether two names differ in nothing that a finder looks at. */
export function isSameName(a: string, b: string): boolean {
  return fold(a).letters === fold(b).letters;
}

type Place = { rank: number; parts: [from: number, to: number][] };

/** As it was typed: at the beginning, at the beginning of a word, inside. */
function asTyped(word: string, { letters, starts }: Folded): Place | null {
  const first = letters.indexOf(word);
  if (first < 0) return null;
  const at = first === 0 ? 0 : (starts.find((start) => letters.startsWith(word, start)) ?? first);
  return { rank: at === 0 ? 0 : starts.includes(at) ? 1 : 2, parts: [[at, at + word.length]] };
}

/** At the beginning of a word with one letter wrong, missing or too many, or two exchanged. */
function withSlip(word: string, { letters, starts }: Folded): Place | null {
  if (word.length < leastForSlip) return null;
  for (const start of starts) {
    const length = lengthWithSlip(word, letters, start);
    if (length > 0) return { rank: 3 + (start > 0 ? later : 0), parts: [[start, start + length]] };
  }
  return null;
}

function lengthWithSlip(word: string, letters: string, start: number): number {
  let same = 0;
  while (same < word.length && letters[start + same] === word[same]) same++;
  const at = start + same;
  const [here, next] = [word[same] ?? "", word[same + 1] ?? ""];
  const after = word.slice(same + 1);
  if (next && letters.startsWith(next + here + word.slice(same + 2), at)) return word.length;
  if (at < letters.length && letters.startsWith(after, at + 1)) return word.length;
  if (letters.startsWith(word.slice(same), at + 1)) return word.length + 1;
  return letters.startsWith(after, at) ? word.length - 1 : 0;
}

/** Its letters in their order, from the beginning of a word; of several places the shortest. */
function inOrder(word: string, { letters, starts }: Folded): Place | null {
  if (word.length < 2) return null;
  let shortest: number[] | null = null;
  for (const start of starts) {
    if (letters[start] !== word[0]) continue;
    const places = [start];
    for (let at = start + 1; at < letters.length && places.length < word.length; at++) {
      if (letters[at] === word[places.length]) places.push(at);
    }
    if (places.length < word.length) break;
    if (!shortest || length(places) < length(shortest)) shortest = places;
  }
  if (!shortest) return null;
  // How far the letters are apart, as a part of one step.
  const apart = (1 - word.length / length(shortest)) / 2;
  return { rank: 4 + apart + ((shortest[0] ?? 0) > 0 ? later : 0), parts: shortest.map((at) => [at, at + 1]) };
}

const length = (places: readonly number[]) => (places.at(-1) ?? 0) - (places[0] ?? 0) + 1;

const isEnd = ({ letters, starts }: Folded, at: number) => at === letters.length || starts.includes(at);

/** In their order, with those that touch as one. */
function joined(parts: Found["marks"]): Found["marks"] {
  const all: [number, number][] = [];
  for (const [from, to] of parts.toSorted((a, b) => a[0] - b[0])) {
    const last = all.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else all.push([from, to]);
  }
  return all;
}
