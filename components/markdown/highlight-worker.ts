// Runs in its own worker, so that the page can terminate it if highlighting takes too long.
import type { Reply } from "@/lib/client/ask-worker";
import { type Code, highlight, type Piece } from "./highlight";

const reply = (data: Reply<Piece[] | null>) => postMessage(data);

addEventListener("message", ({ data }: MessageEvent<{ id: number; question: Code }>) => {
  reply({ id: data.id, answer: highlight(data.question) });
});
reply("ready");
