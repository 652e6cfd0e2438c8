// Reads the reports of Vitest and Playwright as { passed, failed }.
import { existsSync, readFileSync } from "node:fs";

/** Reads a Vitest report. A file that could not be loaded counts as one failed test. */
export function vitestTally(file) {
  const report = read(file);
  const unloadedFiles = report?.testResults.filter(
    (each) => each.status === "failed" && each.assertionResults.length === 0,
  );
  return report && { passed: report.numPassedTests, failed: report.numFailedTests + unloadedFiles.length };
}

/** Reads a Playwright report. A test that passed only after a retry counts as failed. */
export function playwrightTally(file) {
  const report = read(file);
  return report && { passed: report.stats.expected, failed: report.stats.unexpected + report.stats.flaky };
}

/** Counts one failure if the report has none, but the exit code is not 0 or no test passed. */
export function countFailure(tally, code) {
  const { passed, failed } = tally ?? { passed: 0, failed: 0 };
  const hasFailedSilently = failed === 0 && (code !== 0 || passed === 0);
  return { passed, failed: hasFailedSilently ? 1 : failed };
}

function read(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}
