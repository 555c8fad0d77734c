import { Router } from 'express';

/** What the bearer of the token may do here: as a display that also sets itself up. */
const machinePermissions = ['hotline.see', 'ledger.see', 'wallboard.see', 'wallboard.edit'];

/** Who asks, for pages that show only what may be done. Goes behind the token, below /api. */
export function meRouter(): Router {
  const router = Router();
  router.get('/me', (_request, response) => {
    response.json({
      user: { id: 0, name: 'API', mail: '', role: 'machine', stationIds: [] },
      stage: 'full',
      permissions: machinePermissions,
    });
  });
  return router;
}
