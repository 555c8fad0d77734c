import { Anchor, NativeSelect, Table, Text } from '@mantine/core';
import { useCallback } from 'react';
import { isTextKey, useText } from '../text/text';
import { ask } from '../api/client';
import { useNotices } from '../kit/notices';
import { useAction } from '../kit/use-action';
import { inDigits, type FiguresAnswer } from './answer';
import classes from './figures.module.css';

const columns = ['subscribers', 'active', 'contacts', 'handled', 'leases'] as const;

/** Each tenant's year, and where it is: by that it counts towards the targets of a region. */
export function TenantsSection({
  of: { tenants, regions, mayEdit },
  reload,
  choose,
}: {
  of: FiguresAnswer;
  reload: () => Promise<void>;
  choose: (id: string) => void;
}) {
  const { say, language } = useText();
  const { tell } = useNotices();
  const move = useAction(
    useCallback(
      async (organizationId: number, region: string) => {
        await ask('PUT', '/figures/regions', { organizationId, region: region === '' ? null : region });
        tell(say('action.saved'));
        await reload();
      },
      [reload, say, tell],
    ),
  );
  const kindWord = (kind: string): string => {
    const key = `figures.kind.${kind}`;
    return isTextKey(key) ? say(key) : kind;
  };
  return (
    <section className={classes.section} aria-label={say('figures.tenants')}>
      <h2>{say('figures.tenants')}</h2>
      {tenants.length === 0 ? (
        <Text>{say('figures.noTenants')}</Text>
      ) : (
        <div className={classes.scroll} tabIndex={0} role="group" aria-label={say('figures.tenants')}>
          <Table className={classes.numbers}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{say('figures.tenant')}</Table.Th>
                <Table.Th scope="col">{say('figures.kind')}</Table.Th>
                <Table.Th scope="col">{say('figures.region')}</Table.Th>
                {columns.map((name) => (
                  <Table.Th key={name} scope="col" ta="end">
                    {say(`figures.${name}`)}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {tenants.map(({ id, name, kind, region, year }) => (
                <Table.Tr key={id}>
                  <Table.Th scope="row">
                    <Anchor
                      component="button"
                      c="var(--blue)"
                      td="underline"
                      onClick={() => choose(String(id))}
                    >
                      {name}
                    </Anchor>
                  </Table.Th>
                  <Table.Th fw={400}>{kindWord(kind)}</Table.Th>
                  <Table.Th fw={400}>
                    {mayEdit ? (
                      <NativeSelect
                        className={classes.region}
                        aria-label={say('figures.regionOf', { name })}
                        value={region ?? ''}
                        disabled={move.isBusy}
                        onChange={(event) => void move.run(id, event.currentTarget.value)}
                        data={[{ value: '', label: say('figures.noRegion') }, ...regions]}
                      />
                    ) : (
                      region
                    )}
                  </Table.Th>
                  {columns.map((column) => (
                    <Table.Td key={column}>{year ? inDigits(year[column], language) : '—'}</Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
    </section>
  );
}
