/** A benchmark could not be run to its end: a sentence for whoever started it. */
export class BenchError extends Error {
  override readonly name = 'BenchError';
}
