import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { fileLines, findFiles, openFile } from "./files.mjs";

async function collect(batches: AsyncIterable<string[]>): Promise<string[][]> {
  const all: string[][] = [];
  for await (const batch of batches) all.push(batch);
  return all;
}

it("A file that was removed after the files were listed is left out, and the others are read", async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), "parley-files-"));
  mkdirSync(path.join(dataDir, "files/a"), { recursive: true });
  for (const name of ["a/kept", "a/removed"]) writeFileSync(path.join(dataDir, "files", name), name);
  const names = await findFiles(dataDir);
  rmSync(path.join(dataDir, "files/a/removed"));
  const read: [string, string[] | null][] = [];
  for (const name of names) {
    const handle = await openFile(dataDir, name);
    read.push([name, handle && (await collect(fileLines(handle))).flat()]);
  }
  rmSync(dataDir, { recursive: true });
  expect(read).toEqual([
    ["a/kept", [JSON.stringify(Buffer.from("a/kept").toString("base64"))]],
    ["a/removed", null],
  ]);
});
