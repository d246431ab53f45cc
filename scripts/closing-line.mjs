// Jest reporter: ends a run with one plain line that any CI can read, such as `tests: 120 passed, 0 failed, 2 skipped`.
export default class ClosingLine {
  onRunComplete(_contexts, results) {
    const { numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped } = results;
    const broken = results.testResults.filter((file) => file.testExecError).length;
    process.stdout.write(`\ntests: ${passed} passed, ${failed + broken} failed, ${skipped} skipped\n`);
  }
}
