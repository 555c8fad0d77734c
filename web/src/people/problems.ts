import { ApiFailure } from '../api/client';
import type { Problem } from './types';

/** What a refusal says about single fields. */
export function problemsOf(error: unknown): Problem[] {
  if (!(error instanceof ApiFailure)) return [];
  return (error.body as { problems?: Problem[] } | undefined)?.problems ?? [];
}

/** The word about a field, or about the whole of which it is a part. */
export function findProblem(problems: readonly Problem[], field: string): string | undefined {
  return problems.find((one) => one.field === field)?.message;
}
