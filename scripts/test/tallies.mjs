// What the two test programs report, as { passed, failed }.
import { existsSync, readFileSync } from "node:fs";

/** A vitest report: each test counts one, and so does a file that could not even be loaded. */
export function vitestTally(file) {
  const report = read(file);
  const unloaded = report?.testResults.filter((each) => each.status === "failed" && each.assertionResults.length === 0);
  return report && { passed: report.numPassedTests, failed: report.numFailedTests + unloaded.length };
}

/** A Playwright report: a test that passed only when repeated has failed. */
export function playwrightTally(file) {
  const report = read(file);
  return report && { passed: report.stats.expected, failed: report.stats.unexpected + report.stats.flaky };
}

/** What a test program is held to: an exit code against its own report, or no test at all, is a failure. */
export function settle(tally, code) {
  const { passed, failed } = tally ?? { passed: 0, failed: 0 };
  const silent = failed === 0 && (code !== 0 || passed === 0);
  return { passed, failed: silent ? 1 : failed };
}

function read(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}
