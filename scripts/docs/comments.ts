// Finds the comments in the text of the contract's files.

/** Each comment is a list of lines: one, and one for each point of a list. */
interface Comments {
  /** The comment of the declaration itself. */
  own: string[];
  ofFields: Record<string, string[]>;
}

/** Returns a function that finds the comments of a constant and, if it is an object, of its fields and those that it spreads. */
export function comments(source: string): (name: string) => Comments {
  const find = (name: string): Comments => {
    const start = new RegExp(`(?:/\\*\\*((?:(?!\\*/)[^])*)\\*/\\n)?(?:export )?const ${name}\\b[^=]*= `).exec(source);
    if (!start) return { own: [], ofFields: {} };
    const text = source.slice(start.index + start[0].length);
    // An object of several lines ends with its bracket at the start of a line.
    const body = /^(?:fields\()?\{\n/.test(text) ? text.slice(0, text.search(/^\}/m)) : "";
    const ofFields: Record<string, string[]> = {};
    for (const [, spread] of body.matchAll(/\.\.\.(\w+)/g)) Object.assign(ofFields, find(spread as string).ofFields);
    for (const [, comment, field] of body.matchAll(/\/\*\*((?:(?!\*\/)[^])*)\*\/\s*(\w+):/g))
      ofFields[field as string] = linesOf(comment as string);
    return { own: linesOf(start[1] ?? ""), ofFields };
  };
  return find;
}

const linesOf = (comment: string): string[] =>
  comment
    .replace(/^\s*\*/gm, "")
    .replace(/\s+/g, " ")
    .trim()
    .split(/ (?=- `)/)
    .filter((line) => line !== "");
