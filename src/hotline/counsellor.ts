/** Somebody who answers the hotline. */
export interface Counsellor {
  id: number;
  organizationId: number;
  name: string;
  /** Three digits: what colleagues dial, and the name of the phone's account. */
  extension: string;
  /** The phone stands outside the office: nothing of it goes unencrypted. */
  outside: boolean;
  /** May listen to others and order them about. */
  supervises: boolean;
  outgoingSecondsPerDay: number;
  lineIds: readonly number[];
}

/** From 101 to 899: what is left are codes of the exchange. */
export function isExtension(text: string): boolean {
  return /^[1-8]\d\d$/.test(text) && text !== '100';
}
