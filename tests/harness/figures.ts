// Reads a server's metrics as Prometheus does.
import type { RunningServer } from "./server";

/** The METRICS_TOKEN of servers whose metrics a test reads. */
export const metricsToken = "a token that nobody would guess";

/** Values by series, such as `parley_answers_total{operation="sync",door="rest",code="ok"}`. */
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
