import type { CounsellorState } from '../../../src/hotline/picture-view';

/** Shapes beside the words and the colours: nobody has to tell red from green. */
export const triageSigns: Readonly<Record<string, string>> = {
  immediate: '▲',
  urgent: '◆',
  standard: '●',
  information: '○',
};

export const stateSigns: Readonly<Record<CounsellorState, string>> = {
  free: '●',
  ringing: '▲',
  talking: '■',
  wrapUp: '◆',
  paused: '‖',
  unreachable: '×',
  away: '○',
};

export const stateColours: Readonly<Record<CounsellorState, string>> = {
  free: 'var(--green)',
  ringing: 'var(--red)',
  talking: 'var(--blue)',
  wrapUp: 'var(--yellow)',
  paused: 'var(--yellow)',
  unreachable: 'var(--red)',
  away: 'var(--dim)',
};
