import { Button, Code, CopyButton, Modal, Stack, Text } from '@mantine/core';
import { useText } from '../text/text';

/** The link of an invitation, for one who hands it over: it is shown once. */
export function LinkModal({ name, link, onClose }: { name: string; link: string; onClose: () => void }) {
  const { say } = useText();
  return (
    <Modal
      opened
      onClose={onClose}
      title={say('users.linkTitle', { name })}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': say('action.close') }}
    >
      <Stack>
        <Text>{say('users.linkHint')}</Text>
        <Code block fz="md" data-testid="link">
          {link}
        </Code>
        <CopyButton value={link}>
          {({ copied, copy }) => (
            <Button onClick={copy}>{say(copied ? 'users.linkCopied' : 'users.linkCopy')}</Button>
          )}
        </CopyButton>
        <Button variant="default" onClick={onClose}>
          {say('action.close')}
        </Button>
      </Stack>
    </Modal>
  );
}
