import { Button, Center, Paper, Stack, Title } from '@mantine/core';
import { useState, type ReactNode, type SyntheticEvent } from 'react';
import { tellFailure } from '../api/client';
import { Refusal } from '../kit/refusal';
import { DisplayMenu } from '../display/display';
import { useText } from '../text/text';

/** One card in the middle: a heading, fields, one button, and what went wrong in words that help. */
export function FormCard({
  title,
  submit,
  onSubmit,
  children,
  below,
}: {
  title: string;
  submit: string;
  onSubmit: () => Promise<void>;
  children: ReactNode;
  below?: ReactNode;
}) {
  const { say } = useText();
  const [failure, setFailure] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const send = (event: SyntheticEvent): void => {
    event.preventDefault();
    setBusy(true);
    setFailure(undefined);
    onSubmit()
      .catch((error: unknown) => setFailure(tellFailure(error, say)))
      .finally(() => setBusy(false));
  };
  return (
    <Center mih="100dvh" p="md" component="main">
      <Paper withBorder radius="md" p="xl" w="26rem" maw="100%">
        <form onSubmit={send}>
          <Stack>
            <Title order={1} size="h2">
              {title}
            </Title>
            {children}
            <Refusal text={failure} />
            <Button type="submit" size="md" loading={isBusy}>
              {submit}
            </Button>
          </Stack>
        </form>
        {below}
        <Center mt="lg">
          <DisplayMenu />
        </Center>
      </Paper>
    </Center>
  );
}
