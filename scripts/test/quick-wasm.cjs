// Loaded into every process of a test run. Prisma's query compiler is WebAssembly, which V8 optimises in the background. This
// takes half a second of CPU time per process, and test processes end before they benefit from it.
require("node:v8").setFlagsFromString("--liftoff-only");
