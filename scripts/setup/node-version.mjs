// Old Node versions must be able to read this file: keep its syntax old.

/** Exits with a sentence if this Node is too old. */
export function requireNode(major, minor) {
  const have = process.versions.node.split(".").map(Number);
  if (have[0] > major || (have[0] === major && have[1] >= minor)) return;
  console.error(
    "Parley needs Node " +
      major +
      "." +
      minor +
      " or newer. This is " +
      process.versions.node +
      ". See https://nodejs.org.",
  );
  process.exit(1);
}

/** Suggests a newer Node if this one is older than `oldest`. */
export function adviseNode(oldest, better, say) {
  const have = process.versions.node;
  if (Number(have.split(".")[0]) >= oldest) return;
  say("Node " + have + " no longer gets security fixes. Parley runs on it, but Node " + better + " is better.");
}
