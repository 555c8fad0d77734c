/** A cell as its value, or what to tell the person who filled it in. */
export type CellValue<Value> = { ok: true; value: Value } | { ok: false; message: string };

export function accept<Value>(value: Value): CellValue<Value> {
  return { ok: true, value };
}

export function refuse(message: string): { ok: false; message: string } {
  return { ok: false, message };
}
