import { instant, money, plural, say } from '../i18n.ts';
import { dashboard } from '../state/connection.ts';
import { en } from '../texts/en.ts';
import { Notice } from './states.tsx';

/** Who stopped everything and when, and what waits meanwhile. */
export function PausedNotice({ id, by, at }: { id: string; by: string; at: string }) {
  const known = dashboard.state.value.value;
  const ready = known?.connection.id === id ? known.ready : null;
  return (
    <Notice tone="asks">
      <p>
        <strong>{say(en.shell.pausedBy, { name: by, time: instant(at) })}</strong>{' '}
        {ready && ready.total > 0 && (
          <>
            {plural(en.shell.pausedWaits, ready.total)}: {ready.money.map(money).join(' + ')}
          </>
        )}
      </p>
    </Notice>
  );
}
