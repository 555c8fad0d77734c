import { Router } from 'express';
import type { Health } from './health.js';
import type { Metrics } from './metrics.js';

/** A health check that hangs is an answer too. */
const patienceMs = 5000;

/** For those who watch over the process itself; nothing in here is about a person. */
export function probesRouter({
  health,
  metrics,
}: {
  health: () => Promise<Health>;
  metrics: Metrics;
}): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.json({ alive: true, uptimeSeconds: Math.round(process.uptime()) });
  });
  router.get('/readyz', async (_request, response) => {
    const found = await withinPatience(health());
    response.status(found?.ready ? 200 : 503).json(found ?? { ready: false, said: 'no answer in time' });
  });
  router.get('/metrics', async (_request, response) => {
    // Not json(), which would add a second charset.
    response.set('Content-Type', metrics.contentType).end(await metrics.text());
  });
  return router;
}

async function withinPatience<Value>(answer: Promise<Value>): Promise<Value | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), patienceMs);
  });
  try {
    return await Promise.race([answer, late]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
