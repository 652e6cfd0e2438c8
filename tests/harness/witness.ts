// Somebody else, who asks for something small all the while: what they wait is what abuse costs the others.
import { data, type Login } from "./login";

const everyMs = 20;

export interface Witness {
  /** Stops asking. Resolves to the ms that the slowest answer took, and how many there were. */
  stop(): Promise<{ slowest: number; answers: number }>;
}

export function witness(login: Login, roomId: string): Witness {
  let running = true;
  let [slowest, answers] = [0, 0];
  const asking = (async () => {
    while (running) {
      const began = performance.now();
      data(await login.rest("room.show", { roomId }));
      slowest = Math.max(slowest, performance.now() - began);
      answers++;
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
  })();
  // A failure is told by `stop`.
  asking.catch(() => {});
  return {
    async stop() {
      running = false;
      await asking;
      return { slowest, answers };
    },
  };
}
