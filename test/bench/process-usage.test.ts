import { deepEqual, equal, ok } from 'node:assert/strict';
import { parseUsage, processUsage } from '../../src/bench/process-usage.js';

describe('what a process uses', () => {
  it("reads the kernel's account, also of a program with brackets and spaces in its name", () => {
    const stat = '4711 (node (a b) c) S 1 4711 4711 0 -1 4194560 9000 0 3 0 250 50 0 0 20 0 11 0 123 99 88';
    const status = 'Name:\tnode\nVmPeak:\t  9999 kB\nVmHWM:\t  204800 kB\nVmRSS:\t  102400 kB\n';
    deepEqual(parseUsage(stat, status), { cpuSeconds: 3, rssMB: 100, peakRssMB: 200 });
  });

  it('knows this process, and none that is not there', () => {
    const own = processUsage(process.pid);
    ok(own && own.cpuSeconds > 0 && own.peakRssMB >= own.rssMB && own.rssMB > 10);
    equal(processUsage(2 ** 30), undefined);
  });
});
