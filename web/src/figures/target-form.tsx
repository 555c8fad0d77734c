import { Autocomplete, Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useState, type SyntheticEvent } from 'react';
import { plannedKinds, targetMeasures, type TargetMeasure } from '../../../src/figures/target';
import { useText } from '../text/text';

export interface Wanted {
  measure: TargetMeasure;
  scope: { region?: string; kind?: string };
  /** Null takes it away. */
  value: number | null;
}

const measures = Object.keys(targetMeasures) as TargetMeasure[];

/** One target: of what, of whom, how much. */
export function TargetForm({
  given,
  ofAll,
  regions,
  isBusy,
  save,
}: {
  /** The one to change; undefined for a new one. */
  given: Wanted | undefined;
  /** Of the whole service, and so perhaps of a kind or a region. */
  ofAll: boolean;
  regions: readonly string[];
  isBusy: boolean;
  save: (wanted: Wanted) => void;
}) {
  const { say } = useText();
  const [measure, setMeasure] = useState<TargetMeasure>(given?.measure ?? 'subscribers');
  const [kind, setKind] = useState(given?.scope.kind ?? '');
  const [region, setRegion] = useState(given?.scope.region ?? '');
  const [value, setValue] = useState(given ? String(given.value) : '');
  const [isBad, setBad] = useState(false);
  const send = (event: SyntheticEvent): void => {
    event.preventDefault();
    // As people type it: full-width digits, and commas.
    const digits = value.normalize('NFKC').replaceAll(/[,\s]/g, '');
    setBad(!/^\d{1,7}$/.test(digits));
    if (!/^\d{1,7}$/.test(digits)) return;
    const scope = {
      ...(region.trim() !== '' && { region: region.trim() }),
      ...(kind !== '' && { kind }),
    };
    save({ measure, scope: ofAll ? scope : {}, value: Number(digits) });
  };
  return (
    <form onSubmit={send} aria-label={say('figures.targets.edit')}>
      <h3>{say('figures.targets.edit')}</h3>
      <Group align="flex-start">
        <NativeSelect
          label={say('figures.targets.measure')}
          value={measure}
          onChange={(event) => {
            const chosen = measures.find((one) => one === event.currentTarget.value);
            if (chosen) setMeasure(chosen);
          }}
          data={measures.map((one) => ({ value: one, label: say(`figures.measure.${one}`) }))}
        />
        {ofAll && (
          <>
            <NativeSelect
              label={say('figures.kind')}
              value={kind}
              onChange={(event) => setKind(event.currentTarget.value)}
              data={[
                { value: '', label: say('figures.targets.anyKind') },
                ...plannedKinds.map((one) => ({ value: one, label: say(`figures.kind.${one}`) })),
              ]}
            />
            <Autocomplete
              label={say('figures.region')}
              description={say('figures.targets.regionHint')}
              descriptionProps={{ c: 'var(--dim)' }}
              inputWrapperOrder={['label', 'input', 'description']}
              value={region}
              onChange={setRegion}
              data={[...regions]}
              maxLength={40}
            />
          </>
        )}
        <TextInput
          label={say('figures.targets.value')}
          value={value}
          onChange={(event) => setValue(event.currentTarget.value)}
          inputMode="numeric"
          autoComplete="off"
          maxLength={12}
          required
          autoFocus={given !== undefined}
          error={isBad && say('figures.targets.bad')}
        />
        <Button type="submit" mt="1.6rem" loading={isBusy}>
          {say('figures.targets.save')}
        </Button>
      </Group>
    </form>
  );
}
