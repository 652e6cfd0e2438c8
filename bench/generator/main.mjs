// The generator: a process of its own that plays everybody who is connected, and is asked over IPC.
import { abuse } from "./abusers.mjs";
import { gather } from "./crowd.mjs";
import { askInTurn, get, post } from "./programs.mjs";
import { steadily } from "./steady.mjs";
import { makeVisitors } from "./visitors.mjs";

let crowd;
const visitors = makeVisitors();

const answers = {
  async gather(given) {
    crowd = await gather(given);
  },
  closedLoop: (how) => crowd.closedLoop(how),
  openLoop: (how) => crowd.openLoop(how),
  oneByOne: (how) => crowd.oneByOne(how),
  reaches: (how) => crowd.reaches(how),
  check: () => crowd.check(),
  close: () => crowd.close(),
  arrive: (given) => visitors.arrive(given),
  leave: () => visitors.leave(),
  post,
  get,
  askInTurn,
  abuse,
  steadily,
};

process.on("message", ({ number, name, input }) => {
  Promise.resolve(answers[name](input)).then(
    (output) => process.send({ number, output }),
    (error) => process.send({ number, failure: error.stack }),
  );
});
for (const end of ["disconnect", "SIGTERM"]) process.on(end, () => process.exit(0));
process.send({ type: "ready" });
