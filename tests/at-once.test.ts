import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { command } from "./installation";
import { newPlace, type Place, start, type Started, stubFor } from "./started";

// Several starts and commands take long on a busy machine.
const timeout = 120_000;
let place: Place;
let parley: Started;

const begin = () => start(place, stubFor(place));
const READY = "Press Ctrl-C to stop";

beforeAll(async () => {
  place = await newPlace();
  parley = begin();
  await parley.says(READY);
}, timeout);

afterAll(async () => {
  parley.process.kill("SIGTERM");
  await parley.ended;
  fs.rmSync(place.folder, { recursive: true, force: true });
});

test("Of two backups to one file at once, one writes it and the other is refused", { timeout }, async () => {
  const file = path.join(place.folder, "one.parley");
  const both = await Promise.all([command("backup", [file], place), command("backup", [file], place)]);
  expect(both.map(({ code }) => code).toSorted((a, b) => a - b)).toEqual([0, 1]);
  expect(both.map(({ refusal }) => refusal).join("")).toBe(
    `${file} already exists. Choose another name, or add --force to replace it.\n`,
  );
  const left = fs.readdirSync(place.folder).filter((name) => name.startsWith("one"));
  expect(left).toEqual(["one.parley"]);
  expect(await command("backup", [file, "--force"], place)).toMatchObject({ code: 0, refusal: "" });
});

test("Of two restores into one folder at once, one is refused and the other is complete", { timeout }, async () => {
  const target = { dataDir: path.join(place.folder, "restored") };
  const file = path.join(place.folder, "one.parley");
  const both = await Promise.all([command("restore", [file], target), command("restore", [file], target)]);
  expect(both.map(({ code }) => code).toSorted((a, b) => a - b)).toEqual([0, 1]);
  expect(both.map(({ refusal }) => refusal).join("")).toMatch(/^Parley is already running here: .*\n$/);
  expect(await command("doctor", [], target)).toMatchObject({ code: 0, refusal: "" });
});

test("A start, a backup and the doctor at once in one folder each succeed or fail with one sentence", {
  timeout,
}, async () => {
  parley.process.kill("SIGTERM");
  await parley.ended;
  parley = begin();
  const file = path.join(place.folder, "two.parley");
  const [backup, doctor] = await Promise.all([
    command("backup", [file], place),
    command("doctor", [], place),
    Promise.race([parley.ended, parley.says(READY)]).catch(() => {}),
  ]);
  const outcomes = [backup.refusal, doctor.refusal, parley.output()];
  for (const said of outcomes) expect(said).not.toMatch(/^\s+at /m);
  for (const refusal of outcomes.slice(0, 2)) expect(refusal.trim().split("\n").length).toBe(1);
  // The first one got the folder, so at least one command succeeded.
  expect(outcomes.filter((said) => said === "" || said.includes(READY)).length).toBeGreaterThan(0);
  const again = begin();
  if (parley.process.exitCode === null) expect(await again.ended).toBe(1);
  else parley = again;
  await parley.says(READY);
});
