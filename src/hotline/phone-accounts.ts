/** What a counsellor's phone logs in to the exchange with. */
export interface PhoneAccount {
  /** Its name and its user, too. */
  extension: string;
  secret: string;
  /** Only over TLS, with encrypted speech. */
  outside: boolean;
}

/** The exchange's accounts for counsellors' phones. */
export interface PhoneAccounts {
  /**
   * Makes these the accounts that there are: creates, changes and removes what differs, and nothing else.
   * Calls in progress go on.
   *
   * @returns how many accounts were created, changed or removed
   */
  keep(accounts: readonly PhoneAccount[]): Promise<number>;
}

/** Asks phones whether they are there; an exchange that has just started asks each only within half a minute. */
export interface PhoneFinder {
  find(extensions: readonly string[]): Promise<void>;
}
