/** Where a query is found in a name, and how well: 0 at its start, 1 at the start of a word, 2 inside. Null when it is not. */
export function match(name: string, query: string): { at: number; rank: 0 | 1 | 2 } | null {
  const wanted = fold(query);
  const within = fold(name);
  const at = within.indexOf(wanted);
  if (at < 0) return null;
  if (at === 0) return { at, rank: 0 };
  const word = wordStart(within, wanted);
  return word < 0 ? { at, rank: 2 } : { at: word, rank: 1 };
}

function wordStart(within: string, wanted: string): number {
  for (let at = within.indexOf(wanted); at >= 0; at = within.indexOf(wanted, at + 1)) {
    if (/[\s\-_.]/.test(within[at - 1] ?? "")) return at;
  }
  return -1;
}

/** Case and accents do not matter: "naïve" is found by "naive". Letters keep their places, so that the found part can be shown. */
function fold(text: string): string {
  return Array.from(text, (letter) => {
    const bare = letter.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    return bare.length === letter.length ? bare : letter;
  }).join("");
}
