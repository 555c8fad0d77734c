import { Alert } from '@mantine/core';

/** Why something could not be done, if so; read out at once. */
export function Refusal({ text }: { text: string | undefined }) {
  if (text === undefined) return null;
  return (
    <Alert color="red" role="alert" variant="outline">
      {text}
    </Alert>
  );
}
