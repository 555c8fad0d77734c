/**
 * Whose turn it is: the tenant that uses the smallest share of lines for its weight,
 * so that one town's thousands cannot keep another town's nine o'clock waiting.
 *
 * @param waiting tenants that have somebody to call
 * @param inUse lines in use per tenant
 */
export function nextTurn(
  waiting: readonly number[],
  inUse: ReadonlyMap<number, number>,
  weights: ReadonlyMap<number, number>,
): number | undefined {
  const share = (id: number): number => ((inUse.get(id) ?? 0) + 1) / (weights.get(id) ?? 1);
  return [...waiting].sort((one, other) => share(one) - share(other) || one - other)[0];
}
