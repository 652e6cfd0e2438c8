// For tests: random texts made of Markdown fragments.

/** A random number generator (mulberry32). The same seed gives the same numbers. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const pieces = [
  ...Array.from("*_~|`\\[]()!#>-.:/@<&\"' \n\t123abcdé漢。字ひ한שلา😀"),
  ..."**|***|~~|||__|```|``|\n\n|\n> |\n- |\n1. |\n  - |# |## |---|](https://e.org/a)|https://e.org|e.org|a@e.org|:tada:|\n```\n|\n```ts\n|\\*|\\_|\n|a|b|\n|-|-|\n|[ ] |\u200b|e\u0301|word|two words".split(
    "|",
  ),
].filter(Boolean);

/** A text of 1 to 25 random pieces. The same seed gives the same text. */
export function randomText(seed: number): string {
  const next = random(seed);
  const length = 1 + Math.floor(next() * 25);
  return Array.from({ length }, () => pieces[Math.floor(next() * pieces.length)]).join("");
}
