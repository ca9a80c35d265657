import { dashboard } from '../../state/connection.ts';
import { ConnectionCard } from './connection-card.tsx';
import { Exports } from './exports.tsx';
import { Invoicing } from './invoicing.tsx';
import { Since } from './since.tsx';
import { Watch } from './watch.tsx';

/** Beside what needs a person: is it running, what went and came of it, what to know. */
export function Secondary() {
  const view = dashboard.state.value.value;
  if (!view) return null;
  const { connection, exports, invoicing } = view;
  return (
    <>
      <ConnectionCard of={connection} />
      {exports && <Exports connection={connection} of={exports} />}
      {invoicing && <Invoicing connection={connection} of={invoicing} />}
      <Since of={view.writtenSince} />
      <Watch />
    </>
  );
}
