// The generator: a separate process that plays all connected people. It takes commands over IPC.
import { abuse } from "./abusers.mjs";
import { gather } from "./crowd.mjs";
import { askInTurn, get, post, readPages } from "./programs.mjs";
import { steadily } from "./steady.mjs";
import { makeVisitors } from "./visitors.mjs";

let crowd;
const visitors = makeVisitors();

const commands = {
  async gather(input) {
    crowd = await gather(input);
  },
  closedLoop: (options) => crowd.closedLoop(options),
  openLoop: (options) => crowd.openLoop(options),
  mentionLoop: (options) => crowd.mentionLoop(options),
  replyLoop: (options) => crowd.replyLoop(options),
  reactionLoop: (options) => crowd.reactionLoop(options),
  oneByOne: (options) => crowd.oneByOne(options),
  reaches: (options) => crowd.reaches(options),
  check: () => crowd.check(),
  close: () => crowd.close(),
  arrive: (input) => visitors.arrive(input),
  leave: () => visitors.leave(),
  changePresence: (input) => visitors.changePresence(input),
  post,
  get,
  askInTurn,
  readPages,
  abuse,
  steadily,
};

process.on("message", ({ number, name, input }) => {
  Promise.resolve(commands[name](input)).then(
    (output) => process.send({ number, output }),
    (error) => process.send({ number, failure: error.stack }),
  );
});
for (const end of ["disconnect", "SIGTERM"]) process.on(end, () => process.exit(0));
process.send({ type: "ready" });
