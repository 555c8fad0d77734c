/** What became of a change to a record that two may edit. */
export type Changed =
  | { kind: 'changed'; version: number }
  /** Somebody else was faster. */
  | { kind: 'changedMeanwhile' }
  | { kind: 'nameTaken' }
  | { kind: 'noSuch' };
