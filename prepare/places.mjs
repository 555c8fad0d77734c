import { join } from 'node:path';

/** The clone that is prepared. */
export const top = join(import.meta.dirname ?? '.', '..');
export const at = (...parts) => join(top, ...parts);
