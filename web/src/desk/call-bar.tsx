import { lengthOf } from '../text/moments';
import { useText, type Say } from '../text/text';
import type { Language } from '../text/text';
import own from './call-bar.module.css';
import styles from './desk.module.css';
import type { CallTold } from './told';
import type { CallUnderWay } from './use-call';

/** How a call ended, or where it stands, in words. */
export function callInWords(
  { state, outcome, seconds }: Pick<CallTold, 'state' | 'outcome' | 'seconds'>,
  say: Say,
  language: Language,
): string {
  if (state !== 'ended') return say(`call.state.${state}`);
  return say(`call.outcome.${outcome ?? 'unknown'}`, { length: lengthOf((seconds ?? 0) * 1000, language) });
}

/** The call of this page, where it stands now. */
export function CallBar({ of, onClose }: { of: CallUnderWay | undefined; onClose: () => void }) {
  const { say, language } = useText();
  const state = of?.call.state;
  return (
    <div className={own.callBar} role="status" data-state={state} hidden={!of}>
      {of && (
        <>
          <span>
            <strong>{say('call.with', { name: of.name })}</strong>
            {' — '}
            <span data-testid="call-state">
              {of.call.state === 'ended'
                ? say('call.ended', { what: callInWords(of.call, say, language) })
                : say(`call.${of.call.state}`, { name: of.name })}
            </span>
          </span>
          {state === 'ended' && (
            <button type="button" className={styles.plain} onClick={onClose}>
              {say('action.close')}
            </button>
          )}
        </>
      )}
    </div>
  );
}
