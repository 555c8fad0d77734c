/** Carriers tell a caller as 0…, 81… or +81…; anything else is no number that we know, and becomes ''. */
export function domesticNumber(told: string): string {
  const digits = told.replace(/^\+?81(?=[1-9])/, '0');
  return /^0\d{9,10}$/.test(digits) ? digits : '';
}
