import { readFileSync } from 'node:fs';

export interface ProcessUsage {
  /** User and system time since its start. */
  cpuSeconds: number;
  rssMB: number;
  /** The most it ever had. */
  peakRssMB: number;
}

/** The kernel's ticks as user space sees them: 100 a second on every Linux. */
const ticksPerSecond = 100;

/** What a process has used so far, by the kernel's account (proc(5)); undefined when it is gone. */
export function processUsage(pid: number): ProcessUsage | undefined {
  try {
    return parseUsage(readFileSync(`/proc/${pid}/stat`, 'utf8'), readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return undefined;
  }
}

export function parseUsage(stat: string, status: string): ProcessUsage {
  // The second field is the program's name in brackets and may hold spaces.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [userTicks = 0, systemTicks = 0] = [fields[11], fields[12]].map(Number);
  const megabytes = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) / 1024;
  return {
    cpuSeconds: (userTicks + systemTicks) / ticksPerSecond,
    rssMB: megabytes('VmRSS'),
    peakRssMB: megabytes('VmHWM'),
  };
}
