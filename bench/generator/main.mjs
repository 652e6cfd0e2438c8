// The generator: a process of its own that plays everybody who is connected, and is asked over IPC.
import { gather } from "./crowd.mjs";

let crowd;

const answers = {
  async gather(given) {
    crowd = await gather(given);
  },
  closedLoop: (how) => crowd.closedLoop(how),
  openLoop: (how) => crowd.openLoop(how),
  check: () => crowd.check(),
  close: () => crowd.close(),
};

process.on("message", ({ number, name, input }) => {
  Promise.resolve(answers[name](input)).then(
    (output) => process.send({ number, output }),
    (error) => process.send({ number, failure: error.stack }),
  );
});
for (const end of ["disconnect", "SIGTERM"]) process.on(end, () => process.exit(0));
process.send({ type: "ready" });
