import { Alert, Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../text/text';
import type { SentForm } from './use-form';

/** A form over the page: it takes the focus, and gives it back. */
export function FormModal({
  title,
  submit,
  form,
  onClose,
  children,
}: {
  title: string;
  submit: string;
  form: SentForm;
  onClose: () => void;
  children: ReactNode;
}) {
  const { say } = useText();
  const { rest } = form;
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size="lg"
      closeButtonProps={{ 'aria-label': say('action.close') }}
    >
      <form onSubmit={form.send}>
        <Stack>
          {children}
          {rest !== undefined && (
            <Alert color="red" role="alert" variant="outline">
              {rest}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {say('action.cancel')}
            </Button>
            <Button type="submit" loading={form.isBusy}>
              {submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
