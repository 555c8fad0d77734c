/** What an answer is once it has been JSON: instants are text. */
export type Told<Value> = Value extends Date
  ? string
  : Value extends readonly (infer Item)[]
    ? Told<Item>[]
    : Value extends object
      ? { [Key in keyof Value]: Told<Value[Key]> }
      : Value;

/** A station as the lists of them are told. */
export interface StationTold {
  id: number;
  name: string;
  organizationId: number;
  organizationName: string;
  timeZone: string;
  today: string;
}
