import { useState, type ReactNode } from 'react';
import { DraftLine } from '../kit/draft-line';
import { useDraft } from '../kit/use-draft';

export interface PartDraftHandle<Value> {
  isOpen: boolean;
  /** It was asked for, and it is not known yet what an earlier time has left: that would take the place of what is typed meanwhile. */
  isOpening: boolean;
  open: () => void;
  /** What was typed; undefined while nobody has changed anything. */
  draft: Value | undefined;
  setDraft: (draft: Value) => void;
  flush: () => void;
  /** Says whether what is typed is safe. */
  line: ReactNode;
  /** Forgets what was typed, and shows the part again. */
  close: () => Promise<void>;
}

/**
 * A part of a person's record that is changed in its place; what was begun and not sent is gone on with.
 *
 * @param part its name among the drafts of this person
 * @param isMine whether what was found has the form of this part
 */
export function usePartDraft<Value>(
  part: string,
  personId: number,
  mayEdit: boolean,
  isMine: (found: unknown) => found is Value,
): PartDraftHandle<Value> {
  const [isOpen, setOpen] = useState(false);
  const [draft, setDraft] = useState<Value>();
  const [restoredAt, setRestoredAt] = useState<Date>();
  const kept = useDraft('person', `${personId}-${part}`, draft, isMine, (found, at) => {
    if (!mayEdit) return;
    setDraft(found);
    setRestoredAt(at);
    setOpen(true);
  });
  const close = async (): Promise<void> => {
    setOpen(false);
    setDraft(undefined);
    setRestoredAt(undefined);
    await kept.drop();
  };
  const line = <DraftLine state={kept.state} restoredAt={restoredAt} onDiscard={() => void close()} />;
  return {
    ...{ isOpen: isOpen && kept.isKnown, isOpening: isOpen && !kept.isKnown, open: () => setOpen(true) },
    ...{ draft, setDraft, flush: kept.flush, line, close },
  };
}
