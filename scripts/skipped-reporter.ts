// Lists every skipped test with the reason, which vitest's own reporters omit.
import type { Reporter, TestModule } from 'vitest/node';

export default class SkippedReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    for (const module of modules) {
      for (const test of module.children.allTests('skipped')) {
        const result = test.result();
        const note = result.state === 'skipped' && result.note ? `: ${result.note}` : '';
        process.stdout.write(`skipped: ${test.fullName.replaceAll(' > ', ' ')}${note}\n`);
      }
    }
  }
}
