import { readFileSync } from 'node:fs';

/**
 * Whether what is typed at our terminal is meant for us: behind a shell's `&` it is the shell's, and who reads
 * it takes it away. `npm run demo` gives us a session of our own, so that our parent's is asked instead.
 */
export function isInForeground(readStat: (pid: number) => string = statOf): boolean {
  try {
    const own = fieldsOf(readStat(process.pid));
    const asked = own.terminal === 0 ? fieldsOf(readStat(process.ppid)) : own;
    return asked.terminal !== 0 && asked.group === asked.foregroundGroup;
  } catch {
    return false;
  }
}

function statOf(pid: number): string {
  return readFileSync(`/proc/${pid}/stat`, 'utf8');
}

/** See proc_pid_stat(5): the name may hold spaces and brackets, so that fields are counted from its end. */
function fieldsOf(stat: string): { group: number; terminal: number; foregroundGroup: number } {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { group: Number(fields[2]), terminal: Number(fields[4]), foregroundGroup: Number(fields[5]) };
}
