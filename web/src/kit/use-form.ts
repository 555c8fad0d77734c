import { useState, type SyntheticEvent } from 'react';
import { ApiFailure, tellFailure } from '../api/client';
import { useText } from '../text/text';

export interface SentForm {
  send: (event: SyntheticEvent) => void;
  isBusy: boolean;
  /** What is wrong with this field. */
  errorAt: (field: string) => string | undefined;
  /** What is wrong and belongs to none of the fields. */
  rest: string | undefined;
}

/**
 * A form that is sent once at a time, and whose refusals stand at their fields.
 *
 * @param fields its fields as the service calls them, each with the refusals that are about it
 */
export function useForm(
  work: () => Promise<void>,
  fields: Readonly<Record<string, readonly string[]>>,
): SentForm {
  const { say } = useText();
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const field = failure === undefined ? undefined : fieldOf(failure, fields);
  const text =
    failure === undefined
      ? undefined
      : failure instanceof ApiFailure && failure.code === 'badParameter' && field !== undefined
        ? say('error.badRequest')
        : tellFailure(failure, say);
  return {
    isBusy,
    send: (event) => {
      event.preventDefault();
      if (isBusy) return;
      setBusy(true);
      setFailure(undefined);
      work()
        .catch(setFailure)
        .finally(() => setBusy(false));
    },
    errorAt: (name) => (name === field ? text : undefined),
    rest: field === undefined ? text : undefined,
  };
}

function fieldOf(failure: unknown, fields: Readonly<Record<string, readonly string[]>>): string | undefined {
  if (!(failure instanceof ApiFailure)) return undefined;
  // The service names the field before its reason: `mail: a mail address`.
  const named = failure.code === 'badParameter' ? failure.message.split(/[.:]/)[0] : undefined;
  return Object.keys(fields).find((name) => name === named || fields[name]?.includes(failure.code));
}
