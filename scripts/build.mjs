// npm run build: what npm start does when sources have changed, for images and machines that only build.
import path from "node:path";
import { build } from "./setup/build.mjs";
import { generateClient } from "./setup/generate.mjs";
import { exitWith } from "./setup/plain-error.mjs";
import { readSettings } from "./setup/settings.mjs";

const settings = readSettings(path.dirname(import.meta.dirname));
try {
  await generateClient(settings.root, console.log);
  await build(settings, console.log);
} catch (error) {
  exitWith(error);
}
