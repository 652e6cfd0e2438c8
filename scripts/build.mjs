// npm run build: does the same build as npm start, without starting. For images and machines that only build.
import path from "node:path";
import { build } from "./setup/build.mjs";
import { openCheckout } from "./setup/checkout.mjs";
import { generate } from "./setup/generate.mjs";
import { exitWith } from "./setup/plain-error.mjs";
import { readSettings } from "./setup/settings.mjs";

const settings = readSettings(path.dirname(import.meta.dirname));
const checkout = openCheckout(settings.root, "npm run build", console.log);
try {
  await checkout.change(async () => {
    await generate(checkout, console.log);
    await build(checkout, settings, console.log);
  });
} catch (error) {
  exitWith(error);
}
