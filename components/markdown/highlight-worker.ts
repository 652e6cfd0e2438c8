// Runs in a worker of its own, so that whoever shows the code can end it.
import type { Reply } from "@/lib/client/ask-worker";
import { type Code, highlight, type Piece } from "./highlight";

const reply = (data: Reply<Piece[] | null>) => postMessage(data);

addEventListener("message", ({ data }: MessageEvent<{ id: number; question: Code }>) => {
  reply({ id: data.id, answer: highlight(data.question) });
});
reply("ready");
