/** Instants are ms since 1970 UTC in every table. */
export function toInstant(stored: number | string | null): Date | undefined {
  return stored === null ? undefined : new Date(Number(stored));
}

export function fromInstant(at: Date | undefined): number | null {
  return at ? at.getTime() : null;
}
