/** One way of writing for each address: looked up by it, and sent to it. */
export function normalizeMail(typed: string): string {
  return typed.normalize('NFKC').trim().toLowerCase();
}

/** Whether a mail can be sent there; one address only, and nothing that a header could be broken with. */
export function isMailAddress(typed: string): boolean {
  const mail = normalizeMail(typed);
  return mail.length <= 254 && /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(mail);
}
