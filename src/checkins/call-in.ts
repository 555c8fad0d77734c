/** Somebody phoned the number that called them; the exchange kept it, with or without us. */
export interface CallIn {
  callId: string;
  /** Domestic digits as the carrier told them; empty when the caller hid the number. */
  number: string;
  calledAt: Date;
  messageFile: string | undefined;
}

/** Where the exchange keeps those who phoned back until we have taken them in. */
export interface CallInBox {
  read(): Promise<CallIn[]>;
  /** Forgets an entry that is stored; one that has changed since stays for the next reading. */
  forget(callIn: CallIn): Promise<void>;
}
