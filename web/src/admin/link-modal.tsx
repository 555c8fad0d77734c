import { Button, CopyButton, Modal, Stack, Text, TextInput } from '@mantine/core';
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
        <TextInput
          label={say('users.link')}
          value={link}
          onFocus={(event) => event.currentTarget.select()}
          data-testid="link"
          readOnly
        />
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
