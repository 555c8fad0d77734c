import { Text, Title } from '@mantine/core';
import type { Kpi, KpiName } from '../../../src/hotline/kpis';
import { useAnswer } from '../kit/use-answer';
import { lengthOf } from '../text/moments';
import { useText, type Language } from '../text/text';
import { useHotdesk } from './hotdesk';
import classes from './hotdesk.module.css';

interface KpiAnswer {
  name: string;
  figures: Partial<Record<KpiName, Kpi>>;
}

/** Today's figures of each line, each with the rule by which it is counted. */
export function KpisToday() {
  const { say } = useText();
  const { desk } = useHotdesk();
  return (
    <section className={classes.section} aria-label={say('super.kpis')}>
      <Title order={2} size="h4" mb="xs">
        {say('super.kpis')}
      </Title>
      {desk?.lines.map(({ id, name }) => (
        <LineKpis key={id} lineId={id} name={name} />
      ))}
    </section>
  );
}

function LineKpis({ lineId, name }: { lineId: number; name: string }) {
  const { say, language } = useText();
  const { answer } = useAnswer<KpiAnswer>(`/hotline/lines/${lineId}/kpis?window=day`, { everyMs: 15_000 });
  if (!answer) return null;
  const figures = Object.values(answer.figures);
  return (
    <>
      <Text fw={700}>{name}</Text>
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={`${say('super.kpis')} ${name}`}>
        <table className={classes.rows} data-testid="kpis">
          <tbody>
            {figures.map((kpi) => (
              <tr key={kpi.label}>
                <th scope="row">{kpi.label}</th>
                <td className={classes.nowrap}>{kpiInWords(kpi, language)}</td>
                <td>
                  <Text size="sm" c="var(--dim)">
                    {kpi.formula}
                  </Text>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function kpiInWords({ value, unit }: Kpi, language: Language): string {
  if (value === undefined) return '-';
  if (unit === 'share') return `${Math.round(value * 100)}%`;
  return unit === 'seconds' ? lengthOf(value * 1000, language) : String(value);
}
