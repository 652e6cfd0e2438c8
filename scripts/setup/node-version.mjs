// Old Node versions must be able to read this file: keep its syntax old.

/** Exits with a sentence if this Node is too old. */
export function requireNode(major, minor) {
  const current = process.versions.node.split(".").map(Number);
  if (current[0] > major || (current[0] === major && current[1] >= minor)) return;
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

/** Suggests Node `better` if this Node is older than `oldestSupported`. */
export function adviseNode(oldestSupported, better, say) {
  const current = process.versions.node;
  if (Number(current.split(".")[0]) >= oldestSupported) return;
  say("Node " + current + " no longer gets security fixes. Parley runs on it, but Node " + better + " is better.");
}
