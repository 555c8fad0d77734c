import { cardForm } from '../../../src/consultations/card-form';
import type { CardChoices } from './hotdesk';

interface Consent {
  to: string;
  what: string[];
  form: string;
}

const fields = new Map(cardForm.flatMap((section) => section.fields.map((field) => [field.path, field])));

/** What a field says, in the words that people read; empty when it says nothing. */
export function wordsOf(path: string, value: unknown, { choices, triage }: CardChoices): string {
  if (value === undefined || value === null || value === '') return '';
  const field = fields.get(path);
  const labels = field && 'list' in field ? (choices[field.list] as Record<string, string>) : {};
  switch (field?.kind) {
    case 'triage':
      return triage[value as string]?.label ?? '';
    case 'flag':
      return value === true ? 'はい' : 'いいえ';
    case 'one':
      return labels[value as string] ?? '';
    case 'some':
      return (value as string[]).map((one) => labels[one] ?? one).join('、');
    case 'phones':
      return (value as string[]).join('、');
    case 'consents':
      return (value as Consent[])
        .map(({ to, what, form }) => {
          const items = what.map((one) => (choices.consentItems as Record<string, string>)[one] ?? one);
          const [whom, how] = [choices.audiences, choices.consentForms] as Record<string, string>[];
          return `${whom?.[to] ?? to}：${items.join('、')}（${how?.[form] ?? form}）`;
        })
        .join('\n');
    case 'date':
    case 'line':
    case 'text':
    case 'whole':
    case undefined:
      return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  }
}
