// What a server counts, as Prometheus reads it.
import type { RunningServer } from "./server";

/** What servers are started with whose figures are read. */
export const metricsToken = "a token that nobody would guess";

/** By series, such as `parley_answers_total{operation="sync",door="rest",code="ok"}`. */
export type Figures = ReadonlyMap<string, number>;

export const scrape = (server: RunningServer): Promise<Response> =>
  fetch(`${server.url}/metrics`, { headers: { authorization: `Bearer ${metricsToken}` } });

export async function figuresOf(server: RunningServer): Promise<Figures> {
  const lines = (await (await scrape(server)).text()).split("\n").filter((line) => line && !line.startsWith("#"));
  return new Map(
    lines.map((line) => {
      const space = line.lastIndexOf(" ");
      return [line.slice(0, space), Number(line.slice(space + 1))];
    }),
  );
}
