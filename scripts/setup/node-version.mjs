// Read by whatever Node the machine has: keep the syntax old.

/** Ends the process with a sentence when this Node is too old. */
export function requireNode(major, minor) {
  const have = process.versions.node.split(".").map(Number);
  if (have[0] > major || (have[0] === major && have[1] >= minor)) return;
  console.error(
    "Parley needs Node " +
      major +
      "." +
      minor +
      " or newer, this is " +
      process.versions.node +
      ": see https://nodejs.org.",
  );
  process.exit(1);
}
