import type { Names, NamesOptions } from "./names";

/** Returns a function that fetches the code of `./names` when it is first called. It rejects if that fails; the next call tries again. */
export function createLazyNames(options: NamesOptions): () => Promise<Names> {
  let names: Promise<Names> | undefined;
  return () =>
    (names ??= import("./names").then(
      ({ createNames }) => createNames(options),
      (error: unknown) => {
        names = undefined;
        throw error;
      },
    ));
}
