import { BenchError } from './bench-error.js';

/**
 * A library that only who develops has: the service itself must start without it.
 *
 * @throws BenchError that says which one is missing, and how to get it
 */
export async function neededForBench<Library>(name: string, load: () => Promise<Library>): Promise<Library> {
  try {
    return await load();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new BenchError(
      `${name} is not installed; it is needed for this benchmark alone: npm ci --include=dev`,
    );
  }
}
