// Reports imports that .dependency-cruiser.mjs forbids, and source files that are in none of its groups.
import swc from "@swc/core";
import { cruise } from "dependency-cruiser";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import rules, { groups } from "../../.dependency-cruiser.mjs";
import { sourceFiles } from "./source-files.mjs";

// dependency-cruiser 17 does not enable JSX for swc (its issue 1081). Version 18 does, but needs Node 22.
const parseFile = swc.parseFileSync;
swc.parseFileSync = (file, options) => parseFile(file, { ...options, tsx: file.endsWith(".tsx") });

const GROUPS = Object.values(groups).map((pattern) => new RegExp(pattern));

/**
 * All violations in these files, as sentences. The cruiser reads and reports nothing if its parser is missing. So fewer than
 * `least` modules count as a broken check.
 */
export async function boundaries(root, files, least) {
  const { output } = await cruise(
    files,
    {
      baseDir: root,
      ruleSet: rules,
      validate: true,
      parser: "swc",
      tsPreCompilationDeps: true, // an import of types counts: the database's types must not leak either
      doNotFollow: { path: ["node_modules", "^lib/generated/"] },
      exclude: { path: ["^lib/generated/.*/internal/"] },
      moduleSystems: ["es6", "cjs"],
    },
    {
      alias: { "@": root },
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json", ".d.ts"],
      exportsFields: ["exports"],
      conditionNames: ["import", "default"],
    },
  );
  const ours = output.modules.filter(
    (module) => existsSync(join(root, module.source)) && !/(^|\/)node_modules\//.test(module.source),
  );
  const refusals = output.summary.violations.map(({ rule, from, to, cycle }) => {
    const path = cycle ? cycle.map((each) => each.name).join(" → ") : to;
    return `${from} → ${path}  ${rule.name}: ${rules.forbidden.find((each) => each.name === rule.name)?.comment}`;
  });
  for (const { source } of ours) {
    if (!GROUPS.some((group) => group.test(source))) {
      refusals.push(`${source}  is in no group of .dependency-cruiser.mjs: put it where the map has a name for it.`);
    }
  }
  const imports = ours.reduce((sum, module) => sum + module.dependencies.length, 0);
  if (ours.length < least || imports < ours.length / 2) {
    refusals.push(`Only ${ours.length} modules and ${imports} imports were read: the check itself is broken.`);
  }
  return { refusals, modules: ours.length, imports };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const files = sourceFiles(/\.([cm]?[jt]s|tsx)$/);
  const { refusals, modules, imports } = await boundaries(process.cwd(), files, files.length);
  for (const refusal of refusals) console.log(refusal);
  console.log(`${modules} modules, ${imports} imports, ${refusals.length} refusals`);
  process.exitCode = refusals.length > 0 ? 1 : 0;
}
