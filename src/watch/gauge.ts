import { Gauge, type Registry } from 'prom-client';

/** One value of a gauge. */
export interface Sample {
  labels?: Readonly<Record<string, string>>;
  value: number;
}

const patienceMs = 3000;

/**
 * A gauge whose values are asked for when somebody reads the figures. Where they cannot be had in time there is no
 * figure, rather than an old one; the others are given all the same.
 */
export function addGauge(
  registry: Registry,
  { name, help, labels = [] }: { name: string; help: string; labels?: readonly string[] },
  read: () => readonly Sample[] | Promise<readonly Sample[]>,
): void {
  new Gauge({
    name: `genkidesu_${name}`,
    help,
    labelNames: [...labels],
    registers: [registry],
    async collect() {
      const samples = await inTime(read);
      if (labels.length === 0) this.remove();
      else this.reset();
      for (const { labels: of = {}, value } of samples) this.set({ ...of }, value);
    },
  });
}

async function inTime(
  read: () => readonly Sample[] | Promise<readonly Sample[]>,
): Promise<readonly Sample[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<readonly Sample[]>((resolve) => {
    timer = setTimeout(() => resolve([]), patienceMs);
  });
  try {
    return await Promise.race([Promise.resolve().then(read), late]);
  } catch {
    return [];
  } finally {
    clearTimeout(timer);
  }
}

/** Asks at most every so often, however many ask; a question that failed is asked anew. */
export function remembered<Value>(ms: number, read: () => Promise<Value>): () => Promise<Value> {
  let asked: { at: number; answer: Promise<Value> } | undefined;
  return () => {
    const now = performance.now();
    if (asked && now - asked.at < ms) return asked.answer;
    const answer = read();
    const question = { at: now, answer };
    asked = question;
    answer.catch(() => {
      if (asked === question) asked = undefined;
    });
    return answer;
  };
}
