import { bad, coded, type Finding } from './findings.js';

/** One look at one part of the installation. */
export interface Check {
  what: string;
  /** Of the finding that stands for a look that breaks off, where it is watched all the time. */
  code?: string;
  /** What to do when the look itself breaks off. */
  mend: string;
  look: (signal: AbortSignal) => Promise<Finding[]>;
}

/** Looks at everything at once; one that breaks off or takes too long is a finding, and never an error. */
export async function examine(checks: readonly Check[], timeoutMs: number): Promise<Finding[]> {
  const findings = await Promise.all(checks.map((check) => lookInTime(check, timeoutMs)));
  return findings.flat();
}

async function lookInTime({ what, code, mend, look }: Check, timeoutMs: number): Promise<Finding[]> {
  const failed = (said: string): Finding[] => {
    const finding = bad(what, said, mend);
    return [code === undefined ? finding : coded(code, finding)];
  };
  const ending = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Finding[]>((resolve) => {
    timer = setTimeout(() => resolve(failed(`${timeoutMs / 1000} 秒待っても答えがありません`)), timeoutMs);
  });
  try {
    return await Promise.race([look(ending.signal), late]);
  } catch (error) {
    return failed(error instanceof Error ? error.message : String(error));
  } finally {
    clearTimeout(timer);
    ending.abort();
  }
}
