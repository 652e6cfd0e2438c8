import type { Home } from "@/lib/contract/home";
import type { Parley } from "./parley";

export interface ParleyOptions {
  home: Home;
  version: string;
}
export function createParley(_options: ParleyOptions): Parley {
  throw new Error("not yet");
}
