import { bad, type Finding } from './findings.js';

/** One look at one part of the installation. */
export interface Check {
  what: string;
  /** What to do when the look itself breaks off. */
  mend: string;
  look: (signal: AbortSignal) => Promise<Finding[]>;
}

/** Looks at everything at once; one that breaks off or takes too long is a finding, and never an error. */
export async function examine(checks: readonly Check[], timeoutMs: number): Promise<Finding[]> {
  const findings = await Promise.all(checks.map((check) => lookInTime(check, timeoutMs)));
  return findings.flat();
}

async function lookInTime({ what, mend, look }: Check, timeoutMs: number): Promise<Finding[]> {
  const ending = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Finding[]>((resolve) => {
    timer = setTimeout(
      () => resolve([bad(what, `${timeoutMs / 1000} 秒待っても答えがありません`, mend)]),
      timeoutMs,
    );
  });
  try {
    return await Promise.race([look(ending.signal), late]);
  } catch (error) {
    return [bad(what, error instanceof Error ? error.message : String(error), mend)];
  } finally {
    clearTimeout(timer);
    ending.abort();
  }
}
