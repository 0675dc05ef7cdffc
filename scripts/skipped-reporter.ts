// Lists every test that was skipped, with what is missing for it; vitest's own reporters keep the reason to themselves.
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
