import { useEffect, useId, useRef, useState } from 'react';
import { closeReasons, type CloseReason } from '../../../src/alerts/alert-work';
import { useText } from '../text/text';
import styles from './desk.module.css';
import own from './record-panel.module.css';

/** What was done: one click on a reason keeps it; words are for those who have some. */
export function RecordPanel({
  isBusy,
  onDone,
  onCancel,
}: {
  isBusy: boolean;
  onDone: (reason: CloseReason, words: string) => void;
  onCancel: () => void;
}) {
  const { say } = useText();
  const [words, setWords] = useState('');
  const [isMissing, setMissing] = useState(false);
  const first = useRef<HTMLButtonElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  useEffect(() => first.current?.focus(), []);
  const choose = (reason: CloseReason): void => {
    if (reason !== 'other' || words.trim() !== '') {
      onDone(reason, words.trim());
      return;
    }
    setMissing(true);
    field.current?.focus();
  };
  return (
    <section
      className={own.record}
      aria-labelledby={id}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onCancel();
      }}
    >
      <strong id={id}>{say('done.title')}</strong>
      <div className={styles.chips}>
        {closeReasons.map((reason, index) => (
          <button
            key={reason}
            ref={index === 0 ? first : undefined}
            type="button"
            className={styles.chip}
            disabled={isBusy}
            onClick={() => choose(reason)}
          >
            {say(`done.${reason}`)}
          </button>
        ))}
        <button type="button" className={styles.plain} onClick={onCancel}>
          {say('action.cancel')}
        </button>
      </div>
      <label className={own.words}>
        <span>{say('done.words')}</span>
        <textarea
          ref={field}
          rows={2}
          maxLength={2000}
          value={words}
          aria-invalid={isMissing}
          onChange={(event) => {
            setWords(event.currentTarget.value);
            setMissing(false);
          }}
        />
      </label>
      {isMissing && (
        <p className={own.missing} role="alert">
          {say('done.wordsNeeded')}
        </p>
      )}
    </section>
  );
}
