// Loaded into every process of a test run. Prisma compiles queries with WebAssembly, which V8 optimises in the background. In
// each process this takes half a second of CPU, and tests' processes end before they gain from it.
require("node:v8").setFlagsFromString("--liftoff-only");
