import { dashboard } from '../../state/connection.ts';
import { Checklist } from './checklist.tsx';

/** What is left until the first sync of a connection. */
export function FirstSteps() {
  const view = dashboard.state.value.value;
  return (
    view && (
      <Checklist
        steps={view.checklist}
        connectionId={view.connection.id}
        systemId={view.connection.systemId}
      />
    )
  );
}
