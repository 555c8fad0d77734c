/** Long enough that guessing at the pace we allow takes for ever; no rules about signs (NIST SP 800-63B). */
const fewest = 10;
/** Hashing takes longer for a novel. */
const most = 200;

export type PasswordProblem = 'tooShort' | 'tooLong' | 'tooPlain' | 'likeTheMail';

/** Full-width and half-width forms of a sign are the same to the one who types them. */
export function normalizePassword(typed: string): string {
  return typed.normalize('NFKC');
}

/** @returns what is wrong with a password that somebody chose, or undefined */
export function passwordProblem(typed: string, mail: string): PasswordProblem | undefined {
  const password = normalizePassword(typed);
  const length = Array.from(password).length;
  if (length < fewest) return 'tooShort';
  if (length > most) return 'tooLong';
  const low = password.toLowerCase();
  const ownName = mail.toLowerCase().split('@')[0] ?? '';
  if (low === mail.toLowerCase() || (ownName.length >= 4 && low.replaceAll(/\d/g, '') === ownName))
    return 'likeTheMail';
  if (new Set(low).size < 5 || isRun(low) || commonBeginnings.test(low)) return 'tooPlain';
  return undefined;
}

/** Such as 1234567890 or abcdefghij: every sign follows the one before it. */
function isRun(text: string): boolean {
  const steps = Array.from(text.slice(1), (_, index) => text.charCodeAt(index + 1) - text.charCodeAt(index));
  return (
    ['1', '-1'].includes(String(steps[0])) &&
    steps.filter((step) => step === steps[0]).length >= steps.length - 1
  );
}

const commonBeginnings = /^(password|passw0rd|qwertyuiop|genkidesu|administrator|p@ssword)\d*!*$/;
