import { Button, Group, Text } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import { ask, askFile } from '../api/client';
import { useAction } from '../kit/use-action';
import { useText } from '../text/text';
import { useHotdesk } from './hotdesk';

interface Voice {
  id: number;
  kind: 'recording' | 'message';
  seconds?: number;
}

/** Plays what a caller left, or what was recorded of a call: it is decrypted by the service, and the look is written down first. */
export function VoicePlayer({
  pbxId,
  callId,
  kind,
  words,
  reason,
}: {
  pbxId: string;
  callId: string;
  kind: Voice['kind'];
  /** On the button. */
  words: string;
  reason: string;
}) {
  const { say } = useText();
  const { organizationId } = useHotdesk();
  const [url, setUrl] = useState<string>();
  const [isMissing, setMissing] = useState(false);
  const player = useRef<HTMLAudioElement>(null);
  const { run, isBusy } = useAction(
    useCallback(async () => {
      const base = `/organizations/${organizationId}`;
      const where = new URLSearchParams({ pbxId, callId });
      const voices = await ask<Voice[]>('GET', `${base}/voice?${where.toString()}`);
      const voice = voices.find((one) => one.kind === kind);
      setMissing(!voice);
      if (!voice) return;
      const body = new Blob([JSON.stringify({ reason })], { type: 'application/json' });
      const path = kind === 'message' ? 'messages' : 'voice';
      const sound = await askFile('POST', `${base}/${path}/${voice.id}/listen`, { body });
      setUrl(URL.createObjectURL(sound));
    }, [organizationId, pbxId, callId, kind, reason]),
  );
  useEffect(() => {
    if (url === undefined) return undefined;
    player.current?.focus();
    // A browser may want one more key before it plays: the controls are there.
    void player.current?.play().catch(() => undefined);
    return () => URL.revokeObjectURL(url);
  }, [url]);
  return (
    <Group gap="xs">
      {url === undefined ? (
        <Button size="compact-md" loading={isBusy} disabled={reason === ''} onClick={() => void run()}>
          {words}
        </Button>
      ) : (
        // What a caller says has no subtitles.
        <audio ref={player} src={url} controls aria-label={say('message.player')} />
      )}
      {isMissing && (
        <Text size="sm" role="status">
          {say(kind === 'message' ? 'message.noVoice' : 'super.noRecording')}
        </Text>
      )}
    </Group>
  );
}
