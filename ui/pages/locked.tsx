import { Empty, ErrorBox } from '../parts/states.tsx';
import { door, open } from '../state/session.ts';
import { lockedTexts } from '../texts/en-locked.ts';

/** Why nothing can be shown: not framed, no answer from the host, or access refused. */
export function LockedPage() {
  const state = door.value;
  if (state.state !== 'locked') return null;
  const { why } = state;
  return (
    <main class="page door">
      <h1>Ledgerport</h1>
      {why.kind === 'refused' ? (
        <ErrorBox error={why.error} again={open} />
      ) : why.failure === 'no-answer' ? (
        <ErrorBox
          error={{
            code: 'access.unauthenticated',
            ...lockedTexts[why.failure],
            said: null,
            requestId: '',
            retryAt: null,
          }}
          again={open}
        />
      ) : (
        <Empty
          icon="info"
          title={lockedTexts[why.failure].message}
          help={lockedTexts[why.failure].next}
        />
      )}
    </main>
  );
}
