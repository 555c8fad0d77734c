import { Button, Checkbox, Group, Stack, Table, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { LineSettings } from '../../../src/http/trunk-router';
import type { Finding } from '../../../src/doctor/findings';
import { ask } from '../api/client';
import { AnswerView } from '../kit/answer-view';
import { FormModal } from '../kit/form-modal';
import { PageFrame } from '../kit/page';
import { Section } from '../kit/section';
import { StateBox } from '../kit/state-box';
import { useAction } from '../kit/use-action';
import { useAnswer } from '../kit/use-answer';
import { useForm } from '../kit/use-form';
import { momentOf, timeOfDay } from '../text/moments';
import { inGroups } from '../text/phone-number';
import { isTextKey, useText, type Say } from '../text/text';

interface Trunk {
  endpoint?: { transport: string; keys: string; codecs: string; domain: string };
  contacts: { address: string; status: string }[];
  calledFrom: string[];
  registrations: { server: string; status: string }[];
  channelsInUse: number;
}

interface TestCallRow {
  id: number;
  numberEnd: string;
  by: string;
  state: 'calling' | 'ended';
  outcome?: string;
  sipStatus?: number;
  startedAt: string;
}

interface TrunkAnswer {
  settings: LineSettings;
  trunk?: Trunk;
  causes: { outcome: string; sipStatus?: number; cause?: number; count: number }[];
  testCalls: TestCallRow[];
}

const everyMs = 5000;
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The line to the carrier: does it work, how is it set, and trying it. */
export function TrunkPage() {
  const { say } = useText();
  const trunk = useAnswer<TrunkAnswer>('/trunk', { everyMs });
  return (
    <PageFrame title={say('trunk.title')}>
      <AnswerView of={trunk}>
        {(answer) => (
          <Stack gap="lg">
            <Text fw={700}>{nowSentence(answer, say)}</Text>
            <Examination />
            <TestCallSection calls={answer.testCalls} onCalled={trunk.reload} />
            <Section title={say('trunk.settings')}>
              <Facts rows={settingRows(answer, say)} />
              <Text size="sm">{say('trunk.settingsHint')}</Text>
            </Section>
            <Causes causes={answer.causes} />
          </Stack>
        )}
      </AnswerView>
    </PageFrame>
  );
}

function nowSentence({ trunk, settings }: TrunkAnswer, say: Say): string {
  if (!trunk) return say('trunk.noExchange');
  if (!trunk.endpoint) return say('trunk.noEndpoint');
  const isOut = trunk.registrations.some(({ status }) => !/^registered$/i.test(status));
  if (isOut) return say('trunk.notRegistered');
  return say('trunk.works', { used: trunk.channelsInUse, cap: settings.channelCap });
}

function settingRows({ settings, trunk }: TrunkAnswer, say: Say): [string, string][] {
  const none = say('trunk.unknown');
  const known = (text: string | undefined): string => (text === undefined || text === '' ? none : text);
  const registrations = trunk?.registrations.map(({ server, status }) => `${server}（${status}）`) ?? [];
  return [
    [say('trunk.pbx'), settings.pbxId],
    [say('trunk.callerNumber'), inGroups(settings.callerNumber)],
    [say('trunk.cap'), String(settings.channelCap)],
    [say('trunk.reserved'), String(settings.reservedChannels)],
    [say('trunk.starts'), String(settings.startsPerSecond)],
    [say('trunk.exchange'), settings.exchange],
    [say('trunk.used'), trunk ? String(trunk.channelsInUse) : none],
    [
      say('trunk.contacts'),
      known(trunk?.contacts.map(({ address, status }) => `${address}（${status}）`).join('、')),
    ],
    [
      say('trunk.registrations'),
      registrations.length > 0 ? registrations.join('、') : trunk ? say('trunk.needsNone') : none,
    ],
    [say('trunk.calledFrom'), known(trunk?.calledFrom.join('、'))],
    [say('trunk.keys'), known(trunk?.endpoint?.keys)],
    [say('trunk.codecs'), known(trunk?.endpoint?.codecs)],
  ];
}

function Facts({ rows }: { rows: [string, string][] }) {
  return (
    <Table>
      <Table.Tbody>
        {rows.map(([name, value]) => (
          <Table.Tr key={name}>
            <Table.Th scope="row" w="45%">
              {name}
            </Table.Th>
            <Table.Td>{value}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** All that `genkidesu doctor` looks at, with what to do. */
function Examination() {
  const { say, language } = useText();
  const [found, setFound] = useState<{ findings: Finding[]; at: string }>();
  const examine = useAction(async () => setFound(await ask('POST', '/trunk/examination')));
  const bad = found?.findings.filter(({ state }) => state !== 'good').length ?? 0;
  return (
    <Section title={say('trunk.examination')}>
      <Group>
        <Button onClick={() => void examine.run()} loading={examine.isBusy}>
          {say('trunk.examine')}
        </Button>
        {found && (
          <Text role="status">
            {say(bad === 0 ? 'trunk.allGood' : 'trunk.someBad', {
              count: bad,
              time: timeOfDay(new Date(found.at), zone, language),
            })}
          </Text>
        )}
      </Group>
      {found?.findings.map(({ what, state, said, mend }, index) => (
        <StateBox key={index} look={state} title={`${say(`trunk.${state}`)}: ${what}`} testId="finding">
          <Text>{said}</Text>
          {mend !== '' && <Text mt={4}>→ {mend}</Text>}
        </StateBox>
      ))}
    </Section>
  );
}

function TestCallSection({
  calls,
  onCalled,
}: {
  calls: readonly TestCallRow[];
  onCalled: () => Promise<void>;
}) {
  const { say, language } = useText();
  const [number, setNumber] = useState('');
  /** One key for one press of the button: pressed twice, it is one call. */
  const [pressed, setPressed] = useState<string>();
  const [isConfirmed, setConfirmed] = useState(false);
  const form = useForm(
    async () => {
      await ask('POST', '/trunk/test-calls', { key: pressed, number, confirmed: isConfirmed });
      setPressed(undefined);
      setNumber('');
      await onCalled();
    },
    { number: ['notDialable'] },
  );
  return (
    <Section title={say('trunk.testCall')}>
      <Text>{say('trunk.testHint')}</Text>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setConfirmed(false);
          setPressed(newKey());
        }}
      >
        <Group align="flex-end">
          <TextInput
            label={say('trunk.number')}
            value={number}
            inputMode="tel"
            autoComplete="off"
            maxLength={40}
            onChange={(event) => setNumber(event.currentTarget.value)}
            required
          />
          <Button type="submit" variant="default">
            {say('trunk.callIt')}
          </Button>
        </Group>
      </form>
      {pressed !== undefined && (
        <FormModal
          title={say('trunk.confirm')}
          submit={say('trunk.callNow')}
          form={form}
          onClose={() => setPressed(undefined)}
        >
          <TextInput label={say('trunk.number')} value={number} error={form.errorAt('number')} readOnly />
          <Checkbox
            label={say('trunk.own')}
            checked={isConfirmed}
            onChange={(event) => setConfirmed(event.currentTarget.checked)}
            required
          />
        </FormModal>
      )}
      {calls.map(({ id, numberEnd, by, state, outcome, sipStatus, startedAt }) => {
        const key = `trunk.outcome.${outcome ?? 'calling'}`;
        return (
          <Text key={id} data-testid="test-call">
            {momentOf(new Date(startedAt), new Date(), zone, language)} …{numberEnd}（{by}）{' '}
            {state === 'calling' ? say('trunk.outcome.calling') : isTextKey(key) ? say(key) : outcome}
            {sipStatus !== undefined && `（SIP ${sipStatus}）`}
          </Text>
        );
      })}
    </Section>
  );
}

/** Also on plain HTTP in an office, where the browser has no randomUUID. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function Causes({ causes }: { causes: TrunkAnswer['causes'] }) {
  const { say } = useText();
  return (
    <Section title={say('trunk.causes')}>
      {causes.length === 0 ? (
        <Text>{say('trunk.noCalls')}</Text>
      ) : (
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{say('trunk.outcome')}</Table.Th>
              <Table.Th scope="col">SIP</Table.Th>
              <Table.Th scope="col">{say('trunk.cause')}</Table.Th>
              <Table.Th scope="col">{say('trunk.count')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {causes.map(({ outcome, sipStatus, cause, count }) => {
              const key = `trunk.outcome.${outcome}`;
              return (
                <Table.Tr key={`${outcome} ${sipStatus} ${cause}`}>
                  <Table.Td>{isTextKey(key) ? say(key) : outcome}</Table.Td>
                  <Table.Td>{sipStatus ?? '―'}</Table.Td>
                  <Table.Td>{cause ?? '―'}</Table.Td>
                  <Table.Td>{count}</Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      )}
    </Section>
  );
}
