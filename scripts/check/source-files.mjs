import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

/** Files of the working tree whose path matches, except those that git ignores. */
export function sourceFiles(pattern) {
  const list = execFileSync(
    "git",
    ["-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
    {
      encoding: "utf8",
    },
  );
  const files = [...new Set(list.split("\0"))].filter((path) => pattern.test(path) && existsSync(path));
  if (files.length < 5) throw new Error(`Only ${files.length} files were found: run this from the repository's root.`);
  return files;
}
