import { z } from "zod";
import { limits } from "./limits";
import { fields, Id, operation } from "./operation";
import { RoomEntry } from "./room";

export const openDirect = operation({
  name: "direct.open",
  http: "POST /api/direct-rooms",
  repeat: "safe",
  audit: null,
  summary:
    "Open the direct room of you and up to 8 others, which is created if there is none. Nobody else sees a new one before its " +
    "first message. Without others, it is for notes to yourself",
  input: fields({ personIds: z.array(Id).max(limits.directOthers, `Choose at most ${limits.directOthers} people.`) }),
  output: RoomEntry,
  errors: ["not_found", "forbidden"],
  emits: ["me"],
  limit: { points: 30, seconds: 60 },
});
