// The line between a page and the server, looked at packet by packet.
import { expect, type Page } from "@playwright/test";
import { message, settled } from "./screen";
import { sayAs, type Team } from "./team";

/**
 * Loads an address through a proxy that can hold WebSocket packets, and waits until the page is connected. Until then, the page
 * sends its requests over HTTP, which is not held. After `hold`, packets that match are delayed until `goOn`, in their order.
 */
export async function onLine(page: Page, at: string, { up, down }: { up?: RegExp; down?: RegExp }) {
  let held: (() => void)[] | null = null;
  const pass = (which: RegExp | undefined, text: string, go: () => void) => {
    if (held && which?.test(text)) held.push(go);
    else go();
  };
  let isReady = () => {};
  const ready = new Promise<void>((resolve) => (isReady = resolve));
  await page.routeWebSocket(/\/socket\.io\//, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((text) => pass(up, String(text), () => server.send(text)));
    server.onMessage((text) => {
      pass(down, String(text), () => socket.send(text));
      if (String(text).startsWith('42["ready"')) isReady();
    });
  });
  await page.goto(at);
  await settled(page);
  await ready;
  return {
    hold(): void {
      held ??= [];
    },
    goOn(): void {
      const all = held ?? [];
      held = null;
      for (const go of all) go();
    },
  };
}

/** Waits until a page in the team's room hears Bo through its connection: the first words it may have loaded with the room. */
export async function hearsBo(page: Page, team: Pick<Team, "bo" | "room">): Promise<void> {
  for (const words of ["Can you hear me?", "And now?"]) {
    await sayAs(team.bo, team, [words]);
    await expect(message(page, words)).toBeVisible();
  }
}
