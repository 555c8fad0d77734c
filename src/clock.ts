/** Where the time comes from: the real clock, or a test's own. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();
