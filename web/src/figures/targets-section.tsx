import { Button, Group, Progress, Table, Text } from '@mantine/core';
import { useCallback, useRef, useState } from 'react';
import type { Standing } from '../../../src/figures/target';
import { ApiFailure, ask } from '../api/client';
import { useNotices } from '../kit/notices';
import { useAction } from '../kit/use-action';
import { useText } from '../text/text';
import { inDigits, scopeWords, type FiguresAnswer } from './answer';
import classes from './figures.module.css';
import { TargetForm, type Wanted } from './target-form';

/** What was promised beside what there is; those who may, change it here. */
export function TargetsSection({ of, reload }: { of: FiguresAnswer; reload: () => Promise<void> }) {
  const { say, language } = useText();
  const { tell } = useNotices();
  const [edited, setEdited] = useState<{ target: Standing; times: number }>();
  const form = useRef<HTMLDivElement>(null);
  const { fiscalYear, organizationId, targets, mayEdit } = of;

  /** @returns what stands now, or undefined when it was taken away */
  const put = useCallback(
    async ({ measure, scope, value }: Wanted): Promise<void> => {
      const known = targets.find(
        (one) => one.scope === scopeOf(scope, organizationId) && one.measure === measure,
      );
      const send = (to: number | null, version: number) =>
        ask<{ version: number } | undefined>('PUT', '/figures/targets', {
          ...{ fiscalYear, measure, value: to, version },
          ...(organizationId === null ? scope : { organizationId }),
        });
      let saved: { version: number } | undefined;
      try {
        saved = await send(value, known?.version ?? 0);
      } catch (error) {
        // Theirs is to be seen before it is written over.
        if (error instanceof ApiFailure && error.status === 409) await reload();
        throw error;
      }
      const before = known && known.version > 0 ? known.value : null;
      tell(say(value === null ? 'figures.targets.removed' : 'action.saved'), () => {
        void send(before, saved?.version ?? 0).then(
          () => reload(),
          () => reload(),
        );
      });
      setEdited(undefined);
      await reload();
    },
    [fiscalYear, organizationId, targets, reload, say, tell],
  );
  const change = useAction(put);
  const named = ({ scope, measure }: Standing): string =>
    `${scopeWords(scope, of, say)} ${say(`figures.measure.${measure}`)}`;
  return (
    <section className={classes.section} aria-label={say('figures.targets')}>
      <h2>{say('figures.targets')}</h2>
      {targets.length === 0 ? (
        <Text>
          {say('figures.targets.none')} {mayEdit && say('figures.targets.noneEdit')}
        </Text>
      ) : (
        <div className={classes.scroll} tabIndex={0} role="group" aria-label={say('figures.targets')}>
          <Table className={classes.targets}>
            <Table.Thead>
              <Table.Tr>
                {(['of', 'measure', 'value', 'actual', 'percent'] as const).map((name) => (
                  <Table.Th key={name} scope="col">
                    {say(`figures.targets.${name}`)}
                  </Table.Th>
                ))}
                {mayEdit && <td className="no-print" />}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {targets.map((target) => (
                <Table.Tr key={`${target.scope} ${target.measure}`}>
                  <Table.Th scope="row">{scopeWords(target.scope, of, say)}</Table.Th>
                  <Table.Td>
                    {say(`figures.measure.${target.measure}`)}
                    {target.version === 0 && say('figures.targets.ruled')}
                  </Table.Td>
                  <Table.Td>{inDigits(target.value, language)}</Table.Td>
                  <Table.Td>{inDigits(target.actual, language)}</Table.Td>
                  <Table.Td>
                    <Percent percent={target.percent} />
                  </Table.Td>
                  {mayEdit && (
                    <Table.Td className="no-print">
                      <Group gap="xs" wrap="nowrap">
                        <Button
                          variant="default"
                          size="compact-md"
                          aria-label={say('figures.targets.change', { target: named(target) })}
                          onClick={() => {
                            setEdited((before) => ({ target, times: (before?.times ?? 0) + 1 }));
                            form.current?.scrollIntoView({ block: 'nearest' });
                          }}
                        >
                          {say('figures.targets.changeShort')}
                        </Button>
                        {target.version > 0 && (
                          <Button
                            variant="default"
                            size="compact-md"
                            aria-label={say('figures.targets.remove', { target: named(target) })}
                            disabled={change.isBusy}
                            onClick={() =>
                              void change.run({
                                ...{ measure: target.measure, scope: partsOf(target.scope), value: null },
                              })
                            }
                          >
                            {say('figures.targets.removeShort')}
                          </Button>
                        )}
                      </Group>
                    </Table.Td>
                  )}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
      {mayEdit && (
        <div ref={form} className="no-print">
          <TargetForm
            key={edited ? `${edited.target.scope} ${edited.target.measure} ${edited.times}` : 'new'}
            given={edited && { ...edited.target, scope: partsOf(edited.target.scope) }}
            ofAll={organizationId === null}
            regions={of.regions}
            isBusy={change.isBusy}
            save={(wanted) => void change.run(wanted)}
          />
        </div>
      )}
    </section>
  );
}

function Percent({ percent }: { percent: number | null }) {
  const { say } = useText();
  if (percent === null) return <>—</>;
  return (
    <Group gap="xs" wrap="nowrap" miw="9rem">
      <Progress value={Math.min(100, percent)} w="5rem" aria-label={say('figures.targets.percent')} />
      <span>
        {percent}%{percent >= 100 && ' ✓'}
      </span>
    </Group>
  );
}

function partsOf(scope: string): Wanted['scope'] {
  const region = /^region:([^/]+)/.exec(scope)?.[1];
  const kind = /kind:(\w+)$/.exec(scope)?.[1];
  return { ...(region !== undefined && { region }), ...(kind !== undefined && { kind }) };
}

function scopeOf({ region, kind }: Wanted['scope'], organizationId: number | null): string {
  if (organizationId !== null) return `organization:${organizationId}`;
  const parts = [
    ...(region === undefined ? [] : [`region:${region}`]),
    ...(kind === undefined ? [] : [`kind:${kind}`]),
  ];
  return parts.join('/') || 'all';
}
