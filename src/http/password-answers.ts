import { TooBusyError } from '../users/bounded-work.js';
import type { PasswordProblem } from '../users/password-rule.js';
import { ApiError } from './api-error.js';

const said: Readonly<Record<PasswordProblem, string>> = {
  tooShort: 'At least 10 characters.',
  tooLong: 'At most 200 characters.',
  tooPlain: 'Too easy to guess.',
  likeTheMail: 'Not your own mail address.',
};

export function unfitPassword(problem: PasswordProblem): ApiError {
  return new ApiError(422, `password.${problem}`, said[problem]);
}

/** Hashing is bounded; who comes in the rush is asked to come again. */
export async function whenFree<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof TooBusyError)) throw error;
    throw new ApiError(503, 'busy', 'Too much at this moment; try again in a few seconds.');
  }
}
